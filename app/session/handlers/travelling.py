"""Handlers of going to another step or branch."""

from typing import TYPE_CHECKING

from app.session import commands as ask
from app.session.branch import Travel
from app.session.events import Curves, Ok
from app.session.handlers.common import Answer
from app.session.journey import set_off

if TYPE_CHECKING:
    from app.session.session import Session


def seek(session: "Session", command: ask.Seek) -> Answer:
    """Stand at another step of the branch that is shown."""
    return Ok(id=command.id), set_off(session, session.past.travel(command.step))


def switch_branch(session: "Session", command: ask.SwitchBranch) -> Answer:
    """Stand at the newest step of a branch."""
    branch = session.past.branch(command.branch)
    return Ok(id=command.id), set_off(session, Travel(branch, branch.last))


def name_branch(session: "Session", command: ask.NameBranch) -> Answer:
    """Call a branch something else."""
    session.past.name(command.branch, command.name)
    return Ok(id=command.id), []


def drop_branch(session: "Session", command: ask.DropBranch) -> Answer:
    """Forget a branch."""
    session.past.drop(command.branch)
    return Ok(id=command.id), []


def compare(session: "Session", command: ask.Compare) -> Answer:
    """Tell the curves of some branches."""
    session.timeline()  # the newest rows of the one that is shown are the session's
    curves = tuple(session.past.curve(number) for number in dict.fromkeys(command.branches))
    return Ok(id=command.id), [Curves(curves=curves)]
