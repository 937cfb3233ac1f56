"""Handlers of edits of points."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.session import commands as ask
from app.session.board import Board
from app.session.describe import describe_edit
from app.session.events import Event, Ok
from app.session.handlers.common import Answer, check_target, check_update, stand_without_points
from app.session.marks import MarkKind
from app.session.telling import points_of
from app.spec import SpecError
from app.vocabulary import ScheduleUnit

if TYPE_CHECKING:
    from app.session.session import Session

UNDONE, REDONE = "Edit of points undone", "Edit of points redone"


def add_points(session: "Session", command: ask.AddPoints) -> Answer:
    """More points; the answer names their ids. On a curve the place is the target."""
    for row, point in enumerate(command.points):
        check_target(session.spec, point[2], ("points", row, 2))
    first = session.board.next_id
    x, target = session.chart.placed(np.array(command.points, np.float64).T)
    events = _edit(session, session.board.added(x, target, command.part), command.gesture)
    return Ok(id=command.id, ids=tuple(range(first, session.board.next_id))), events


def move_points(session: "Session", command: ask.MovePoints) -> Answer:
    """Points at other places."""
    board = session.board
    ids = [point[0] for point in command.points]
    columns = board.columns(ids, "points")
    places = np.array([point[1:] for point in command.points], np.float64).T
    x, target = session.chart.moved(board.x[:, columns], board.target[columns], places)
    return Ok(id=command.id), _edit(session, board.moved(columns, x, target), command.gesture, ids)


def relabel_points(session: "Session", command: ask.RelabelPoints) -> Answer:
    """Points of another class or value."""
    check_target(session.spec, command.label, ("label",))
    board = session.board.relabelled(command.ids, command.label)
    return Ok(id=command.id), _edit(session, board, command.gesture, command.ids)


def delete_points(session: "Session", command: ask.DeletePoints) -> Answer:
    """Fewer points."""
    return Ok(id=command.id), _edit(session, session.board.without(command.ids), command.gesture)


def set_part(session: "Session", command: ask.SetPart) -> Answer:
    """Points that are trained on, choose, or only test."""
    board = session.board.with_part(command.ids, command.part)
    return Ok(id=command.id), _edit(session, board, command.gesture, command.ids)


def undo(session: "Session", command: ask.Undo) -> Answer:
    """The points as they were before the last edit."""
    if not session.undo.undo:
        raise SpecError("cannot undo: there is no edit of points to take back", (), "not_allowed")
    check_update(session.spec, session.undo.past(session.board))
    return Ok(id=command.id), _put(session, lambda: session.undo.take_back(session.board), text=UNDONE)


def redo(session: "Session", command: ask.Redo) -> Answer:
    """The points as they were before the last undo."""
    if not session.undo.redo:
        raise SpecError("cannot redo: there is no edit that was taken back", (), "not_allowed")
    check_update(session.spec, session.undo.future(session.board))
    return Ok(id=command.id), _put(session, lambda: session.undo.do_again(session.board), text=REDONE)


def _edit(
    session: "Session", board: Board, gesture: int | None, changed: Sequence[int] | None = None
) -> list[Event]:
    """Learn from `board`. `changed`: the ids of the only points that it has otherwise; None where points came or
    went."""
    check_update(session.spec, board)
    return _put(session, lambda: session.undo.record(session.board, board, gesture), gesture, changed)


def _put(
    session: "Session",
    change: Callable[[], Board],
    gesture: int | None = None,
    changed: Sequence[int] | None = None,
    text: str | None = None,
) -> list[Event]:
    """Learn from the board that `change` gives. The state is told only where it may have changed, and how a table was
    prepared can change in many ways. `text`: what the mark says, where it does not tell of an edit just recorded."""
    before = _previewed(session)
    board = change()
    session.put_board(board, session.undo.alone)
    session.data_revision += 1
    if text is None and (edit := session.undo.latest):
        text = describe_edit(edit)
    if text:
        session.mark(MarkKind.POINTS, text, None if gesture is None else str(gesture))
    told = [session.state()] if session.board.prepared or _previewed(session) != before else []
    return [*told, points_of(session, changed), *stand_without_points(session)]


def _previewed(session: "Session") -> int:
    """The steps of an epoch, where the state's preview of a schedule counts in them."""
    in_steps = session.spec.training.schedule.unit is ScheduleUnit.STEP
    return session.steps_per_epoch if in_steps else 0
