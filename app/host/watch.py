"""Noticing an engine that hangs: it lives and holds its line open, but answers nothing any more.

Counts looks, not seconds: where the whole server rests (its terminal was stopped, its machine slept) no engine is taken
for dead when all wake up again. Knows no processes and no clock; whoever looks says when.
"""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from app.host.link import Kind, Message

LOOKS = 5
"""Looks in a row at which nothing has come from an engine since the one before, and it hangs."""
STARTING = 12
"""So many times as long a new engine may take for its first word: it begins with imports, which on a machine that is
very busy have been seen to take ten seconds."""
PING = Message(Kind.PING, 0)


class Watched(Protocol):
    """A line on which an engine answers. `silent`: nothing has come since whoever watches set it."""

    silent: bool

    def kill(self) -> None:
        """End the engine."""

    def send(self, message: Message) -> None:
        """Hand over a request."""


Watchable = TypeVar("Watchable", bound=Watched)


class Watchdog(Generic[Watchable]):
    """Asks the lines it is shown for a sign of life; anything that comes is one."""

    def __init__(self) -> None:
        self._silent: dict[Watchable, int] = {}

    def look(self, lines: Iterable[Watchable]) -> list[Watchable]:
        """Ask each of `lines`, which are all there are; those that hang, once each time they are found to."""
        silent = {line: self._looks(line) for line in lines}
        hanging = [line for line, looks in silent.items() if looks >= LOOKS]
        self._silent = {line: looks for line, looks in silent.items() if looks < LOOKS}
        for line in self._silent:
            line.silent = True
            line.send(PING)
        return hanging

    def _looks(self, line: Watchable) -> int:
        """How many looks in a row have found nothing; below 0 while its engine may still be starting."""
        return self._silent.get(line, -LOOKS * (STARTING - 1) - 1) + 1 if line.silent else 0
