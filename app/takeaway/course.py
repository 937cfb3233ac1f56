"""Going through a session's past for pictures of it: which steps, and how each is reached in bounded time."""

import time
from collections.abc import Callable, Iterator

from app.session.commands import Pause, Seek
from app.session.events import Phase
from app.session.session import Session

SLICE = 64
"""Updates between two looks at the clock."""

Clock = Callable[[], float]


def chosen_steps(first: int, last: int, count: int) -> list[int]:
    """All steps from `first` to `last`, or of more than `count` some, closer together at the beginning, where most
    happens: the k-th of n lies at the (k / n)^2 part of the way."""
    if last - first < count:
        return list(range(first, last + 1))
    most = count - 1
    return sorted({first + round((last - first) * (row / most) ** 2) for row in range(most + 1)})


def effort() -> Clock:
    """Seconds of the CPU since now, or half of those of the clock, where a busy machine gives so little of the CPU."""
    cpu, wall = time.process_time(), time.monotonic()
    return lambda: max(time.process_time() - cpu, (time.monotonic() - wall) / 2)


def go_through(
    session: Session, steps: list[int], seconds: float, clock: Clock | None = None
) -> Iterator[Session]:
    """`session` at each of `steps`, ascending, of the branch that is shown. When that has taken `seconds` of
    `effort`, with whatever is done there, only those of the rest that are one update away from a stored state."""
    clock = clock or effort()
    until, shown = clock() + seconds, -1
    session.handle(Pause(id=0))
    for step in steps:
        target = step if clock() < until else _near(session, step)
        if target > shown and _reach(session, target, until, clock):
            shown = target
            yield session


def _near(session: Session, step: int) -> int:
    """The step at most `step` that is one update after a stored state."""
    return session.past.shown.nearest(step).step + 1


def _reach(session: Session, step: int, until: float, clock: Clock) -> bool:
    """Go to `step`; False where there is more than a slice to go and no time left."""
    session.handle(Seek(id=0, step=step))
    while session.phase is Phase.SEEKING:
        session.advance(SLICE)
        if clock() >= until:
            return session.phase is not Phase.SEEKING
    return True
