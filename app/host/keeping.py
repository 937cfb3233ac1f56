"""What hosting asks of a store, and the answer of none. Knows no database."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Protocol

from app.store.kept import KeptSession, KeptTable

Durable = Callable[[str, int], None]
"""Told a session's digest and the number of a command: all up to it need not be waited for any longer."""
Saving = Callable[[bool, str], None]
"""Told that things are kept again, or that they are not, and why, in words for people."""

PASSING = tuple(
    b'{"type":"%s"' % name
    for name in (b"inspect", b"rows", b"chain", b"compare", b"check_gradient", b"check")
)
"""How commands begin that only look, as the page writes them: nothing is lost with them."""


def digest_of(key: str) -> str:
    """By what a session's key is known to store and memory alike: looking it up tells nobody, by the time that it
    takes, how much of a key is right."""
    return hashlib.sha256(key.encode()).hexdigest()


class Keeper(Protocol):
    """What outlives the server. Whatever is handed over is written soon, in its order; only `find` waits."""

    @property
    def keeps(self) -> bool:
        """Anything outlives the server at all."""

    def listen(self, durable: Durable, saving: Saving) -> None:
        """Who is to be told."""

    def begin(self, digest: str, session: KeptSession) -> None:
        """A session begins."""

    def command(self, digest: str, sequence: int, payload: bytes) -> bool:
        """A command that was carried out. Whether its answer has to wait until `durable` is told of it."""

    def snapshot(self, digest: str, sequence: int, payload: bytes) -> None:
        """The whole session, with all commands up to `sequence` in it."""

    def hold(self, digest: str, tables: Mapping[str, KeptTable]) -> None:
        """The session has these tables, and no others."""

    def see(self, digest: str) -> None:
        """Somebody looks at it, or has until now."""

    def forget(self, digest: str) -> None:
        """The session must not come back."""

    def settled(self, digest: str) -> bool:
        """All that was handed over of it is written."""

    async def settle(self, digest: str) -> None:
        """Wait until all that was handed over of it is written, but not where nothing can be."""

    def until(self) -> int | None:
        """When a session that somebody looks at now, and nobody later, may go: seconds since 1970; None without an
        answer."""

    async def find(self, digest: str) -> KeptSession | None:
        """A session that is kept. OSError where that cannot be told now."""


class NoKeeper:
    """Nothing outlives the process, and nothing waits."""

    keeps = False

    def listen(self, durable: Durable, saving: Saving) -> None:
        """There will be nothing to tell."""

    def begin(self, digest: str, session: KeptSession) -> None:
        """Nothing."""

    def command(self, digest: str, sequence: int, payload: bytes) -> bool:
        """No waiting."""
        return False

    def snapshot(self, digest: str, sequence: int, payload: bytes) -> None:
        """Nothing."""

    def hold(self, digest: str, tables: Mapping[str, KeptTable]) -> None:
        """Nothing."""

    def see(self, digest: str) -> None:
        """Nothing."""

    def forget(self, digest: str) -> None:
        """Nothing."""

    def settled(self, digest: str) -> bool:
        """There is nothing to wait for."""
        return True

    async def settle(self, digest: str) -> None:
        """Nor here."""

    def until(self) -> int | None:
        """Not kept."""
        return None

    async def find(self, digest: str) -> KeptSession | None:
        """None is there."""
        return None
