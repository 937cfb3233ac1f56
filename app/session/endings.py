"""How training ends by itself: early stopping, or divergence."""

from typing import TYPE_CHECKING

from app.engine.divergence import Divergence
from app.session.describe import describe_divergence, describe_stop
from app.session.events import Diverged, Event, Phase, Stopped
from app.session.marks import MarkKind
from app.session.stopping import Halt

if TYPE_CHECKING:
    from app.session.session import Session


def stopped(session: "Session", halt: Halt) -> list[Event]:
    """Early stopping says so: training stands."""
    rule = session.spec.training.early_stopping
    assert rule, "only a rule can stop"
    best = halt.best_epoch
    session.phase, session.pending_steps = Phase.PAUSED, None
    session.mark(MarkKind.STOPPED, f"Stopped early; best after epoch {best}")
    told = Stopped(
        step=session.step,
        epoch=session.epoch,
        best_epoch=best,
        loss_part=halt.loss_part,
        restored=halt.restored,
        message=describe_stop(rule.patience, best, halt.loss_part, halt.restored),
    )
    return [told, session.marks_changed(), session.phase_changed()]


def diverged(session: "Session", divergence: Divergence) -> list[Event]:
    """A bad update was taken back: training stands at the last good step."""
    session.phase, session.pending_steps = Phase.DIVERGED, None
    session.past.rewind(session.run)
    session.history.rewind(session.step)
    session.record()
    message = describe_divergence(divergence, session.machine)
    told = Diverged(
        step=session.step,
        cause=divergence.cause.value,
        layer=divergence.layer,
        rate=float(session.machine.trainer.rate),
        message=message,
    )
    marked = session.marks.version
    session.marks.rewind(session.step)
    session.mark(MarkKind.DIVERGED, "Diverged")
    marks = [session.marks_changed()] if session.marks.version != marked else []
    return [told, *marks, session.phase_changed()]
