"""What several handlers need."""

from typing import TYPE_CHECKING

from app.session.board import Board
from app.session.events import Event, Ok, Phase
from app.spec import Experiment, SpecError

if TYPE_CHECKING:
    from app.session.session import Session

Answer = tuple[Ok, list[Event]]
"""What answers the command, and the news."""


def need_points(session: "Session", what: str) -> None:
    if not session.machine.trainer.rows:
        raise SpecError(f"cannot {what} without training points; allowed: add_points", (), "not_allowed")


def check_update(spec: Experiment, board: Board) -> None:
    spec.check_update(int(board.trained.sum()))


def stand_without_points(session: "Session") -> list[Event]:
    """Where nothing is left to train on, training stands, whatever the table says."""
    if session.machine.trainer.rows or session.phase is not Phase.PLAYING:
        return []
    session.phase, session.pending_steps = Phase.PAUSED, None
    return [session.phase_changed()]
