"""Handlers of what examines the network."""

from typing import TYPE_CHECKING

from app.session import commands as ask
from app.session.events import Ok
from app.session.gradient import checked_gradient
from app.session.handlers.common import Answer, need_points

if TYPE_CHECKING:
    from app.session.session import Session


def check_gradient(session: "Session", command: ask.CheckGradient) -> Answer:
    """Is the gradient that training follows the loss's own?"""
    need_points(session, "check the gradient")
    return Ok(id=command.id), [checked_gradient(session.machine)]
