"""Handlers of what frames show."""

from typing import TYPE_CHECKING

from app.data.drawn import DrawingError, checked
from app.session import commands as ask
from app.session.data_told import told_rows
from app.session.events import Ok, Rows
from app.session.handlers.common import Answer
from app.session.pointing import Pointing, check_unit
from app.spec import SpecError

if TYPE_CHECKING:
    from app.session.session import Session


def set_view(session: "Session", command: ask.SetView) -> Answer:
    """Which pictures frames carry."""
    before = session.view.plane
    session.view = command.view.kept_inside()
    if session.board.prepared is None or session.view.plane == before:
        return Ok(id=command.id), [session.state()]
    session.data_revision += 1
    return Ok(id=command.id), [session.state(), session.points()]


def inspect(session: "Session", command: ask.Inspect) -> Answer:
    """What is pointed at. Frames tell, so that a pointer's moves cost no events."""
    if command.unit is not None:
        check_unit(session.machine.network, command.unit)
    _check_pointing(session, command)
    session.pointing = Pointing(command.at, command.unit, command.row, command.values, command.strokes)
    return Ok(id=command.id), []


def _check_pointing(session: "Session", command: ask.Inspect) -> None:
    """SpecError where more than one input is pointed at, or one that this network cannot take."""
    prepared = session.board.prepared
    asked = [name for name in ("at", "row", "values", "strokes") if getattr(command, name) is not None]
    if len(asked) > 1:
        raise SpecError(
            f"{' and '.join(asked)} were asked for; allowed: one of them", (asked[1],), "bad_command"
        )
    if command.row is not None:
        session.board.columns([command.row], "row")
    width = len(session.spec.input_names)
    if command.values is not None and (prepared is None or len(command.values) != width):
        what = f"this table's inputs are {width}" if prepared else "the points are no table's; allowed: at"
        raise SpecError(f"{len(command.values)} values were given; {what}", ("values",), "not_allowed")
    if command.strokes is not None and not (prepared and prepared.image):
        raise SpecError("a drawing was given, but the inputs are no pixels", ("strokes",), "not_allowed")
    if command.strokes is not None:
        try:
            checked(command.strokes)
        except DrawingError as error:
            raise SpecError(str(error), ("strokes",), "bad_command") from error


def rows(session: "Session", command: ask.Rows) -> Answer:
    """Points with all their values."""
    columns = session.board.columns(command.ids, "ids")
    return Ok(id=command.id), [Rows(rows=told_rows(session.board, columns))]
