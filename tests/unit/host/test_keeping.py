"""What a store is told of sessions, what waits for it, and how sessions leave memory and come back."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from app.host.keeping import Durable, Saving, digest_of
from app.host.link import Kind, Message
from app.host.story import Story
from app.host.supervisor import OutdatedError, ServerFullError, Supervisor
from app.session.session import Session
from app.spec import Experiment
from app.store.kept import KeptSession, KeptTable
from tests.unit.host.lines import ERROR, OK, SPEC, Clock, Engine, Spectator, ask, make, turns

NAME = "t-0123456789abcdef"
TABLE = KeptTable(b"rows", b"{}", 3)
INSPECT = b'{"type":"inspect","id":9,"at":[0,0]}'


@dataclass
class Notebook:
    """A keeper that writes down what it is told, and finds what it was given. While `ok`, answers wait."""

    ok: bool = True
    keeps: bool = True
    told: list[tuple[str, str, int]] = field(default_factory=list)
    stored: dict[str, KeptSession] = field(default_factory=dict)
    unsettled: set[str] = field(default_factory=set)
    searches: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def listen(self, durable: Durable, saving: Saving) -> None:
        self.durable, self.saving = durable, saving

    def begin(self, digest: str, session: KeptSession) -> None:
        self.told.append(("begin", digest, session.sequence))
        self.stored[digest] = session

    def command(self, digest: str, sequence: int, payload: bytes) -> bool:
        self.told.append(("command", digest, sequence))
        return self.ok

    def snapshot(self, digest: str, sequence: int, payload: bytes) -> None:
        self.told.append(("snapshot", digest, sequence))
        self.stored[digest] = KeptSession(payload, True, sequence)

    def hold(self, digest: str, tables: Mapping[str, KeptTable]) -> None:
        self.told.append(("hold", digest, len(tables)))

    def see(self, digest: str) -> None:
        self.told.append(("see", digest, 0))

    def forget(self, digest: str) -> None:
        del self.stored[digest]

    def settled(self, digest: str) -> bool:
        return digest not in self.unsettled

    async def settle(self, digest: str) -> None:
        await self.gate.wait()

    def until(self) -> int | None:
        return 2_000_000_000

    async def find(self, digest: str) -> KeptSession | None:
        self.searches += 1
        await self.gate.wait()
        return self.stored.get(digest)


@pytest.fixture
def notebook() -> Notebook:
    """A keeper."""
    return Notebook()


async def begun(notebook: Notebook) -> tuple[Supervisor, str, str, Spectator, int]:
    """A session that somebody looks at: supervisor, key, digest, viewer and its number."""
    supervisor = await make(keeper=notebook)
    key, viewer = supervisor.open(SPEC), Spectator()
    number = supervisor.join(key, viewer)
    notebook.told.clear()
    return supervisor, key, digest_of(key), viewer, number


# -- waiting -----------------------------------------------------------------------------------------------------


async def test_an_answer_and_all_that_follows_wait_for_the_store_in_their_order(
    engines: list[Engine], notebook: Notebook
) -> None:
    supervisor, key, digest, viewer, number = await begun(notebook)
    ask(supervisor, key, number, 1, 2)
    engines[0].report(Kind.EVENT, 1, 0, 0, b"news before")
    engines[0].report(Kind.EVENT, 1, number, 1, OK % 1)
    engines[0].report(Kind.EVENT, 1, 0, 1, b"news of it")
    engines[0].report(Kind.FRAME, 1, number, 1, b"picture of it")
    engines[0].report(Kind.EVENT, 1, number, 2, OK % 2)
    assert notebook.told == [("command", digest, 1), ("command", digest, 2)]
    assert (viewer.events, viewer.frames) == ([b"news before"], [])
    notebook.durable(digest, 1)
    assert (viewer.events, viewer.frames) == ([b"news before", OK % 1, b"news of it"], [b"picture of it"])
    notebook.durable(digest, 2)
    assert viewer.events[-1] == OK % 2
    engines[0].report(Kind.FRAME, 1, number, 2, b"the next picture")
    assert viewer.frames[-1] == b"the next picture"


async def test_what_was_refused_and_what_only_looks_is_neither_kept_nor_waited_for(
    engines: list[Engine], notebook: Notebook
) -> None:
    supervisor, key, _, viewer, number = await begun(notebook)
    ask(supervisor, key, number, 1)
    supervisor.command(key, number, INSPECT)
    engines[0].report(Kind.EVENT, 1, number, 1, ERROR % 1)
    engines[0].report(Kind.EVENT, 1, number, 2, OK % 9)
    assert viewer.events == [ERROR % 1, OK % 9]
    assert notebook.told == []


async def test_nobody_waits_for_a_store_that_fails_and_all_are_told(
    engines: list[Engine], notebook: Notebook
) -> None:
    supervisor, key, digest, viewer, number = await begun(notebook)
    ask(supervisor, key, number, 1, 2)
    engines[0].report(Kind.EVENT, 1, number, 1, OK % 1)
    notebook.ok = False
    notebook.saving(False, "the disk is full")
    notebook.durable(digest, 1)
    engines[0].report(Kind.EVENT, 1, number, 2, OK % 2)
    told = b'{"type":"saving","ok":false,"message":"the disk is full"}'
    assert viewer.events == [told, OK % 1, OK % 2]
    newcomer = Spectator()
    supervisor.join(key, newcomer)
    assert newcomer.events == [told]
    notebook.saving(True, "")
    assert json.loads(newcomer.events[-1]) == {"type": "saving", "ok": True, "message": ""}
    later = Spectator()
    supervisor.join(key, later)
    assert later.events == []


async def test_answers_that_wait_survive_their_engine(engines: list[Engine], notebook: Notebook) -> None:
    supervisor, key, digest, viewer, number = await begun(notebook)
    (text,) = ask(supervisor, key, number, 1)
    engines[0].report(Kind.EVENT, 1, number, 1, OK % 1)
    engines[0].die()
    assert engines[1].commands()[-1] == ("REPLAY", 1, text)
    notebook.durable(digest, 1)
    assert viewer.events == [OK % 1]


# -- keeping -----------------------------------------------------------------------------------------------------


async def test_a_snapshot_of_what_nobody_has_touched_is_not_kept_because_its_spec_says_as_much(
    engines: list[Engine], notebook: Notebook
) -> None:
    _, _, digest, _, _ = await begun(notebook)
    engines[0].report(Kind.SNAPSHOT, 1, 0, 0, b"as it begins")
    assert notebook.told == []
    engines[0].report(Kind.SNAPSHOT, 1, 0, 1, b"after a command")
    assert notebook.told == [("snapshot", digest, 1)]


async def test_the_store_is_told_of_tables(engines: list[Engine], notebook: Notebook) -> None:
    supervisor, key, digest, _, _ = await begun(notebook)
    supervisor.keep_table(key, NAME, TABLE)
    assert notebook.told == [("hold", digest, 1)]


async def test_a_story_begins_with_its_commands_in_the_store(
    engines: list[Engine], notebook: Notebook
) -> None:
    supervisor = await make(keeper=notebook)
    key = supervisor.begin(Story(SPEC, False, (b"one", b"two"), {NAME: TABLE}))
    assert notebook.stored[digest_of(key)] == KeptSession(
        SPEC, False, 0, ((1, b"one"), (2, b"two")), {NAME: TABLE}
    )


# -- coming back -------------------------------------------------------------------------------------------------


async def test_a_session_comes_back_with_the_numbers_of_its_commands_under_the_same_key(
    engines: list[Engine], notebook: Notebook
) -> None:
    notebook.gate.set()
    snapshot = Session.create(Experiment()).snapshot()
    notebook.stored[digest_of("key")] = KeptSession(snapshot, True, 7, ((8, b"eight"), (11, b"eleven")))
    supervisor = await make(keeper=notebook)
    assert not supervisor.has("key")
    assert await supervisor.find("key")
    assert supervisor.has("key")
    number = supervisor.join("key", Spectator())
    (text,) = ask(supervisor, "key", number, 1)
    assert engines[0].commands() == [
        ("RESTORE", 7, snapshot),
        ("REPLAY", 8, b"eight"),
        ("REPLAY", 11, b"eleven"),
        ("COMMAND", 12, text),
    ]


async def test_all_who_come_back_at_once_find_the_same_session(
    engines: list[Engine], notebook: Notebook
) -> None:
    notebook.stored[digest_of("key")] = KeptSession(SPEC, False)
    supervisor = await make(keeper=notebook)
    finding = [asyncio.create_task(supervisor.find("key")) for _ in range(5)]
    await turns()
    finding[0].cancel()
    notebook.gate.set()
    assert await asyncio.gather(*finding[1:]) == [True] * 4
    assert (notebook.searches, supervisor.sessions) == (1, 1)


async def test_what_cannot_be_read_is_said(engines: list[Engine], notebook: Notebook) -> None:
    notebook.gate.set()
    notebook.stored[digest_of("key")] = KeptSession(b"of another format", True, 7)
    supervisor = await make(keeper=notebook)
    with pytest.raises(OutdatedError):
        await supervisor.find("key")
    assert not await supervisor.find("nobody's")
    assert supervisor.sessions == 0


async def test_a_session_leaves_memory_only_when_all_of_it_is_in_the_store(
    engines: list[Engine], notebook: Notebook, clock: Clock
) -> None:
    supervisor, key, digest, _, number = await begun(notebook)
    supervisor.leave(key, number)
    assert engines[0].heard[-1] == Message(Kind.SAVE, 1, number)
    clock.now += 100.0
    supervisor.expire()
    assert supervisor.has(key), "its last snapshot has not come yet"
    engines[0].report(Kind.SNAPSHOT, 1, 0, 0, b"one that was on its way")
    supervisor.expire()
    assert supervisor.has(key)
    engines[0].report(Kind.SNAPSHOT, 1, number, 1, b"as it was left")
    notebook.unsettled.add(digest)
    supervisor.expire()
    assert supervisor.has(key), "it is not written yet"
    notebook.unsettled.clear()
    supervisor.expire()
    assert not supervisor.has(key)


async def test_a_full_server_does_not_forget_what_is_not_kept(
    engines: list[Engine], notebook: Notebook
) -> None:
    supervisor = await make(max_sessions=1, keeper=notebook)
    key = supervisor.open(SPEC)
    supervisor.leave(key, supervisor.join(key, Spectator()))
    with pytest.raises(ServerFullError):
        supervisor.open(SPEC)
    engines[0].report(Kind.SNAPSHOT, 1, 1, 0, b"as it was left")
    other = supervisor.open(SPEC)
    assert (supervisor.has(key), supervisor.has(other)) == (False, True)


async def test_an_engine_that_dies_before_the_last_snapshot_is_asked_for_it_again(
    engines: list[Engine], notebook: Notebook
) -> None:
    supervisor, key, _, _, number = await begun(notebook)
    supervisor.leave(key, number)
    engines[0].die()
    assert engines[1].heard[-1] == Message(Kind.SAVE, 1, number)


async def test_a_session_that_fails_comes_back_from_the_store_once(
    engines: list[Engine], notebook: Notebook
) -> None:
    notebook.gate.set()
    supervisor, key, digest, viewer, _ = await begun(notebook)
    engines[0].report(Kind.FAILED, 1)
    assert viewer.closed == [1011]
    assert await supervisor.find(key)
    engines[0].report(Kind.FAILED, 2)
    assert not await supervisor.find(key)
    assert digest not in notebook.stored


async def test_a_session_that_fails_again_much_later_comes_back_again(
    engines: list[Engine], notebook: Notebook, clock: Clock
) -> None:
    notebook.gate.set()
    supervisor, key, _, _, _ = await begun(notebook)
    for number in (1, 2, 3):
        engines[0].report(Kind.FAILED, number)
        assert await supervisor.find(key)
        clock.now += 301.0


async def test_a_session_on_its_way_from_the_store_is_in_use(
    engines: list[Engine], notebook: Notebook
) -> None:
    """No sweep takes it."""
    supervisor, key, digest, _, number = await begun(notebook)
    supervisor.leave(key, number)
    supervisor.close(key)
    coming = asyncio.ensure_future(supervisor.find(key))
    await asyncio.sleep(0)
    assert not supervisor.has(key)
    assert supervisor.digests == [digest]
    notebook.gate.set()
    assert await coming
    assert set(supervisor.digests) == {digest}
