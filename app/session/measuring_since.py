"""How long a run has trained since something was last changed by hand: what tells "edit, then train" from "train, then
edit". Marks will not do for that: those of one gesture are one, at its first step.
"""

from typing import TYPE_CHECKING

from app.lessons.quantities import Measure
from app.session.inputs import Configure, NewBoard, PutBoard, SetParameter

if TYPE_CHECKING:
    from app.session.session import Session

POINTS = (NewBoard, PutBoard)


def since_points(session: "Session", _: Measure) -> float | None:
    """Since points were edited."""
    return _epochs(session, *POINTS)


def since_weights(session: "Session", _: Measure) -> float | None:
    """Since a weight or bias was set."""
    return _epochs(session, SetParameter)


def since_settings(session: "Session", _: Measure) -> float | None:
    """Since something was set that changes live, such as the learning rate."""
    return _epochs(session, Configure)


def _epochs(session: "Session", *kinds: type) -> float | None:
    """Updates since the last input of these `kinds`, in passes over the points of now; since step 0, where there was
    none. None without points to train on."""
    if not session.steps_per_epoch:
        return None
    past = session.past
    branch = past.shown
    so_far = branch.log[: past.position - branch.forgotten]
    # Of what is no longer kept nothing is known but that it came before the first step there is.
    first = branch.first if branch.forgotten else 0
    last = max((step for step, change in so_far if isinstance(change, kinds)), default=first)
    return (session.step - last) / session.steps_per_epoch
