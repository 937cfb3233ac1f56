"""What a lesson can ask about the step that comes next, and about batch norm. They look, and change nothing."""

from typing import TYPE_CHECKING

from app.engine.ledger import LayerLedger
from app.lessons.quantities import Measure
from app.session.walk import begin

if TYPE_CHECKING:
    from app.session.session import Session


def delta(session: "Session", asked: Measure) -> float | None:
    """Slope of one point's own loss by the weighted sum of a unit, in the step that comes next."""
    found = _next_step(session, asked)
    return float(found[0].delta[asked.unit, found[1]]) if found else None


def batch_sum(session: "Session", asked: Measure) -> float | None:
    """What the unit's activation is applied to in the step that comes next: the weighted sum, or what batch norm makes
    of it with the batch's own mean and variance."""
    found = _next_step(session, asked)
    return float(found[0].z[asked.unit, found[1]]) if found else None


def _next_step(session: "Session", asked: Measure) -> tuple[LayerLedger, int] | None:
    """The layer's numbers in the step that comes next, and the column of the batch's first point, or of `row` where
    that is in the batch."""
    walk = begin(session) if session.machine.trainer.rows else None
    if walk is None:
        return None
    column = 0 if asked.row is None else walk.ids.index(int(session.board.ids[asked.row]))
    return walk.ledger.layers[asked.layer or 0], column


def running_mean(session: "Session", asked: Measure) -> float | None:
    """Batch norm's running mean of a unit's weighted sums."""
    return _running(session, asked, 0)


def running_variance(session: "Session", asked: Measure) -> float | None:
    """Batch norm's running variance of a unit's weighted sums."""
    return _running(session, asked, 1)


def _running(session: "Session", asked: Measure, which: int) -> float | None:
    network, layer = session.machine.network, asked.layer or 0
    if not network.layers[layer].batch_norm:
        return None
    return float(network.running(session.machine.trainer.statistics, layer)[which][asked.unit or 0, 0])
