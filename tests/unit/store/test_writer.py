"""What is handed over to the store's writer is found again, whoever waits for it is told, and a database that fails
stops nobody for long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.store import sessions as the_sessions
from app.store import writer as the_writer
from app.store.database import Database, T
from app.store.kept import KeptSession, KeptTable
from app.store.writer import DAY, Writer

A, B = "a" * 64, "b" * 64
NAME = "t-0123456789abcdef"
TABLE = KeptTable(b"rows", b"{}", 3)
SPEC = KeptSession(b'{"spec":1}', is_snapshot=False)
MOST = 40
"""Bytes of sessions: four of SPEC."""


class Flaky(Database):
    """A database that fails while `broken`, and does not answer while `silent`; it counts its transactions."""

    broken = silent = False
    transactions = 0

    async def transact(self, work: Callable[..., T], *args: Any) -> T:
        if self.silent:
            await asyncio.Event().wait()
        if self.broken:
            raise OperationalError("INSERT", {}, Exception("disk full"))
        self.transactions += 1
        return await super().transact(work, *args)


@dataclass
class Desk:
    """A writer, its database, the time, and what it has told."""

    database: Flaky
    now: float = 1_000_000.0
    durable: list[tuple[str, int]] = field(default_factory=list)
    saving: list[tuple[bool, str]] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.writer = Writer(self.database, 30, MOST, lambda: self.now)
        self.writer.listen(
            lambda digest, sequence: self.durable.append((digest, sequence)),
            self._hear,
        )

    def _hear(self, ok: bool, message: str) -> None:
        self.saving.append((ok, message))
        self.news.set()

    async def told(self, count: int) -> None:
        """Wait until so much was said about keeping."""
        async with asyncio.timeout(20):
            while len(self.saving) < count:
                await self.news.wait()
                self.news.clear()


@pytest.fixture
async def desk(address: str) -> AsyncIterator[Desk]:
    """A writer at work."""
    database = await Flaky.open(address)
    desk = Desk(database)
    await desk.writer.start(lambda: desk.alive)
    yield desk
    database.broken = database.silent = False
    await desk.writer.stop()
    await database.close()


async def test_what_was_handed_over_is_found_again(desk: Desk) -> None:
    writer = desk.writer
    writer.begin(A, SPEC)
    assert await writer.find(A) == SPEC
    assert writer.command(A, 1, b"one")
    assert writer.command(A, 3, b"three")
    writer.hold(A, {NAME: TABLE})
    found = await writer.find(A)
    assert found == KeptSession(SPEC.opening, False, 0, ((1, b"one"), (3, b"three")), {NAME: TABLE})
    assert await writer.find(B) is None


async def test_a_snapshot_takes_the_place_of_what_it_holds(desk: Desk) -> None:
    writer = desk.writer
    writer.begin(A, SPEC)
    writer.command(A, 1, b"one")
    await writer.flush()
    writer.command(A, 2, b"two")
    writer.command(A, 3, b"three")
    writer.snapshot(A, 2, b"as it was after two")
    assert await writer.find(A) == KeptSession(b"as it was after two", True, 2, ((3, b"three"),))
    writer.snapshot(A, 3, b"older")
    writer.snapshot(A, 3, b"newer")
    assert await writer.find(A) == KeptSession(b"newer", True, 3)


async def test_whoever_waits_is_told_once_it_is_committed(desk: Desk) -> None:
    desk.writer.begin(A, SPEC)
    desk.writer.command(A, 1, b"one")
    desk.writer.command(A, 2, b"two")
    desk.writer.begin(B, SPEC)
    desk.writer.command(B, 7, b"seven")
    assert desk.durable == []
    await desk.writer.flush()
    assert sorted(desk.durable) == [(A, 2), (B, 7)]
    assert desk.database.transactions == 2  # the other one was the sweep at the start
    assert desk.writer.settled(A)
    assert desk.saving == []


async def test_a_session_begun_again_has_nothing_of_the_one_before(desk: Desk) -> None:
    desk.writer.begin(A, KeptSession(b"old", True, 5, ((6, b"six"),), {NAME: TABLE}))
    await desk.writer.flush()
    desk.writer.begin(A, SPEC)
    assert await desk.writer.find(A) == SPEC


async def test_a_forgotten_session_does_not_come_back(desk: Desk) -> None:
    desk.writer.begin(A, SPEC)
    desk.writer.command(A, 1, b"one")
    await desk.writer.flush()
    desk.writer.forget(A)
    assert await desk.writer.find(A) is None


async def test_what_fails_is_written_later_with_what_came_since(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.writer.begin(A, SPEC)
    await desk.writer.flush()
    monkeypatch.setattr(the_writer, "PATIENCE", 0.05)
    desk.database.broken = True
    assert desk.writer.command(A, 1, b"one")
    await desk.told(1)
    assert desk.saving == [
        (
            False,
            "What you do now is not saved: the server's database cannot be written. The server keeps trying.",
        )
    ]
    assert desk.durable[-1] == (A, 1)
    assert not desk.writer.command(A, 2, b"two")  # nobody waits while nothing is kept
    assert not desk.writer.settled(A)
    desk.writer.snapshot(A, 1, b"after one")
    desk.database.broken = False
    await desk.told(2)
    assert desk.saving[1] == (True, "")
    assert await desk.writer.find(A) == KeptSession(b"after one", True, 1, ((2, b"two"),))
    assert desk.writer.command(A, 3, b"three")


async def test_a_mistake_of_ours_does_not_end_the_writing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("somebody's words")

    write = the_sessions.write
    monkeypatch.setattr(the_writer, "PATIENCE", 0.05)
    monkeypatch.setattr(the_sessions, "write", fail)
    desk.writer.begin(A, SPEC)
    await desk.told(1)
    assert "somebody" not in desk.saving[0][1]
    monkeypatch.setattr(the_sessions, "write", write)
    await desk.told(2)
    assert await desk.writer.find(A) == SPEC


async def test_a_database_that_does_not_answer_is_not_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.writer.begin(A, SPEC)
    await desk.writer.flush()
    monkeypatch.setattr(the_writer, "PATIENCE", 0.05)
    monkeypatch.setattr(the_writer, "GIVEN_UP", 0.2)
    monkeypatch.setattr(the_writer, "FIND_PATIENCE", 0.01)
    desk.database.silent = True
    desk.writer.command(A, 1, b"one")
    await desk.told(1)
    assert "database does not answer" in desk.saving[0][1]
    assert desk.durable[-1] == (A, 1)
    with pytest.raises(OSError, match="does not answer"):
        await desk.writer.find(A)
    desk.database.silent = False
    await desk.told(2)
    monkeypatch.undo()
    assert await desk.writer.find(A) == KeptSession(SPEC.opening, False, 0, ((1, b"one"),))


async def test_settling_waits_for_what_was_handed_over_but_not_for_a_database_that_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.writer.begin(A, SPEC)
    await desk.writer.settle(A)
    assert desk.writer.settled(A)
    monkeypatch.setattr(the_writer, "PATIENCE", 0.05)
    desk.database.broken = True
    desk.writer.hold(A, {NAME: TABLE})
    await desk.writer.settle(A)
    assert not desk.writer.settled(A)
    assert desk.saving[0][0] is False


async def test_old_sessions_go_with_their_tables_but_not_those_in_use(desk: Desk) -> None:
    for digest in (A, B, "c" * 64):
        desk.writer.begin(digest, SPEC)
    desk.writer.hold(A, {NAME: TABLE})
    await desk.writer.flush()
    assert desk.writer.until() == 1_000_000 + 30 * DAY
    desk.now += 29 * DAY
    desk.writer.see(B)
    await desk.writer.flush()
    desk.now += 2 * DAY
    desk.alive = ["c" * 64]
    assert await desk.writer.sweep() == 1
    assert await desk.writer.find(A) is None
    assert await desk.writer.find(B) == SPEC
    assert await desk.writer.find("c" * 64) == SPEC
    assert await desk.writer.sweep() == 0


async def test_where_sessions_take_too_much_room_those_go_that_nobody_has_looked_at_longest(
    desk: Desk,
) -> None:
    digests = [letter * 64 for letter in "abcdef"]
    for digest in digests:
        desk.now += 1
        desk.writer.begin(digest, SPEC)
        await desk.writer.flush()
    desk.alive = [digests[0]]
    assert await desk.writer.sweep() == 2
    assert await desk.writer.sweep() == 0
    found = [await desk.writer.find(digest) for digest in digests]
    assert [kept is not None for kept in found] == [True, False, False, True, True, True]
