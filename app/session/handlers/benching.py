"""Handler of the regularisation bench."""

from typing import TYPE_CHECKING

from app.session import commands as ask
from app.session.bench import Bench
from app.session.events import Ok
from app.session.handlers.common import Answer

if TYPE_CHECKING:
    from app.session.session import Session


def bench(session: "Session", command: ask.StartBench) -> Answer:
    """Begin; `advance` works it off, any command that changes training ends it."""
    session.pending_steps = None
    beginning = session.past.shown.beginning
    session.bench = Bench.of(session.spec, session.board, command.sizes, command.epochs, beginning)
    return Ok(id=command.id), [session.bench.told()]
