"""Going to a past step, or to another branch: what is shown stays until the way is gone."""

import math
from typing import TYPE_CHECKING

from app.session.branch import Travel
from app.session.events import Event, Phase

if TYPE_CHECKING:
    from app.session.session import Session

NEAR, NEAR_WORK = 300, 2_000_000
"""Updates, and those times parameters times rows of a batch, up to which a way is gone while answering: a few
milliseconds."""


def set_off(session: "Session", travel: Travel) -> list[Event]:
    """Go where `travel` leads: at once if that is near, else `advance` does it slice by slice."""
    session.pending_steps, session.travel = None, travel
    trainer = travel.run.machine.trainer
    if travel.distance * trainer.theta.size * trainer.batch_size > NEAR_WORK or travel.distance > NEAR:
        return []
    return approach(session, travel, travel.distance)


def approach(session: "Session", travel: Travel, steps: int) -> list[Event]:
    """Up to `steps` updates of the way; on arrival, what is shown is what stood there."""
    if not travel.go(steps, session.past.interval):
        return []
    session.past.leave(session.step, session.history, session.marks, session.undo)
    other, board = travel.branch.id != session.past.current, session.board
    session.run, session.travel = travel.run, None
    session.undo = session.past.arrive(travel)
    if other:
        session.history = travel.branch.history.until(math.inf, session.recorded)
        session.marks = travel.branch.marks.until(travel.branch.last)
        session.revision += 1
    session.pointing = session.pointing.within(session.machine.network)
    session.version += 1
    session.phase = Phase.PAUSED
    told: list[Event] = [session.state()]
    if not board.same_points(session.board):
        session.data_revision += 1
        told.append(session.points())
    return [*told, session.marks_changed(), session.timeline(), session.phase_changed()]
