"""What several handlers need."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.session.board import Board
from app.session.events import Event, Ok, Phase
from app.spec import BOUNDS, Experiment, SpecError
from app.spec.data import check_label
from app.vocabulary import Source, Task

if TYPE_CHECKING:
    from app.session.session import Session

Answer = tuple[Ok, list[Event]]
"""What answers the command, and the news."""


def need_points(session: "Session", what: str) -> None:
    if not session.machine.trainer.rows:
        raise SpecError(f"cannot {what} without training points; allowed: add_points", (), "not_allowed")


def check_update(spec: Experiment, board: Board) -> None:
    spec.check_update(int(board.trained.sum()))


def check_target(spec: Experiment, target: float, path: Sequence[str | int]) -> None:
    """SpecError unless a point of `spec` may have this label or value. A table's may be as large as its numbers."""
    if spec.task is Task.CLASSIFICATION:
        check_label(target, spec.data.classes, tuple(path))
    elif spec.data.source is not Source.TABLE and abs(target) > BOUNDS.target:
        most = f"{BOUNDS.target:g}"
        raise SpecError(
            f"a target of {target:g} is too large; allowed: -{most} to {most}", tuple(path), "bad_command"
        )


def stand_without_points(session: "Session") -> list[Event]:
    """Where nothing is left to train on, training stands, whatever the table says."""
    if session.machine.trainer.rows or session.phase is not Phase.PLAYING:
        return []
    session.phase, session.pending_steps = Phase.PAUSED, None
    return [session.phase_changed()]
