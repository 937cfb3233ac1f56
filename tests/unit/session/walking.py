"""What the tests of walks share."""

from typing import Any

import numpy as np

from app.session.events import Event
from app.session.session import Session
from app.session.walk_events import WalkChanged
from tests.unit.session.building import do


def walk(session: Session, **fields: Any) -> WalkChanged:
    """Where the walk stands after a command."""
    return shown(do(session, "walk", **fields))


def shown(events: list[Event]) -> WalkChanged:
    """The last word about the walk."""
    return [event for event in events if isinstance(event, WalkChanged)][-1]


def weights(session: Session) -> Any:
    """Everything training goes on from."""
    return session.machine.trainer.checkpoint()


def assert_same_run(one: Session, other: Session) -> None:
    """Parameters, moments, statistics, cursor and loss rows, to the bit."""
    mine, yours = weights(one), weights(other)
    np.testing.assert_array_equal(mine.vectors, yours.vectors)
    np.testing.assert_array_equal(mine.statistics, yours.statistics)
    assert (mine.clock, mine.cursor) == (yours.clock, yours.cursor)
    np.testing.assert_array_equal(one.history.since(0), other.history.since(0))
