"""Handlers of what frames show."""

from typing import TYPE_CHECKING

from app.session import commands as ask
from app.session.events import Ok
from app.session.handlers.common import Answer
from app.session.pointing import Pointing, check_unit

if TYPE_CHECKING:
    from app.session.session import Session


def set_view(session: "Session", command: ask.SetView) -> Answer:
    """Which pictures frames carry."""
    session.view = command.view.kept_inside()
    return Ok(id=command.id), [session.state()]


def inspect(session: "Session", command: ask.Inspect) -> Answer:
    """What is pointed at. Frames tell, so that a pointer's moves cost no events."""
    if command.unit is not None:
        check_unit(session.machine.network, command.unit)
    session.pointing = Pointing(command.at, command.unit)
    return Ok(id=command.id), []
