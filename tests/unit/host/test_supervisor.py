"""What the web process knows of sessions, with engines that only write down what they are told."""

import asyncio
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from app.host import engines as engines_module
from app.host import supervisor as supervisor_module
from app.host.engines import SHORT_LIFE, SHORT_LIVES
from app.host.link import Kind, Message
from app.host.supervisor import ServerFullError, Supervisor

SPEC = b"{}"
OK = b'{"type":"ok","id":%d,"ids":[],"seed":null}'
ERROR = b'{"type":"error","id":%d,"code":"unknown_point","message":"no","path":[]}'


class Engine:
    """A line to an engine that is none. `alive` until `die`; what is sent to it after that is lost."""

    started: ClassVar[list["Engine"]] = []

    def __init__(
        self, deliver: Callable[[Message], None], died: Callable[["Engine"], None], fps: float
    ) -> None:
        self._deliver, self._died = deliver, died
        self.heard: list[Message] = []
        self.alive = True
        self.pid = 0

    async def start(self) -> None:
        self.started.append(self)

    def send(self, message: Message) -> None:
        if self.alive:
            self.heard.append(message)

    async def stop(self) -> None:
        self.alive = False

    def die(self) -> None:
        self.alive = False
        self._died(self)

    def report(
        self, kind: Kind, session: int, viewer: int = 0, sequence: int = 0, payload: bytes = b""
    ) -> None:
        self._deliver(Message(kind, session, viewer, sequence, payload))

    def commands(self) -> list[tuple[str, int, bytes]]:
        """What it was asked to carry out, and how."""
        kinds = {Kind.OPEN, Kind.RESTORE, Kind.COMMAND, Kind.REPLAY}
        return [(m.kind.name, m.sequence, m.payload) for m in self.heard if m.kind in kinds]


class Spectator:
    """A viewer that remembers what it was given."""

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.frames: list[bytes] = []
        self.closed: list[int] = []

    def close(self, code: int, reason: str) -> None:
        self.closed.append(code)

    def event(self, payload: bytes) -> None:
        self.events.append(payload)

    def frame(self, payload: bytes) -> None:
        self.frames.append(payload)


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(supervisor_module, "time", clock)
    monkeypatch.setattr(engines_module, "time", clock)
    return clock


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> list[Engine]:
    """The engines in the order in which they are started: those that work, then a spare."""
    silence = SimpleNamespace(warning=lambda *_: None, error=lambda *_: None)
    monkeypatch.setattr(engines_module, "log", silence)
    monkeypatch.setattr(engines_module, "ProcessLine", Engine)
    monkeypatch.setattr(Engine, "started", started := [])
    return started


async def make(count: int = 1, max_sessions: int = 100, idle_seconds: float = 60.0) -> Supervisor:
    """A supervisor that has started."""
    supervisor = Supervisor(count, 60.0, max_sessions, idle_seconds)
    await supervisor.start()
    return supervisor


def ask(supervisor: Supervisor, key: str, viewer: int, *ids: int) -> list[bytes]:
    """Give commands of these ids; their texts."""
    texts = [json.dumps({"type": "pause", "id": number}).encode() for number in ids]
    for text in texts:
        supervisor.command(key, viewer, text)
    return texts


async def until(found: Callable[[], Any]) -> None:
    """Let the event loop work until `found` is true."""
    async with asyncio.timeout(5.0):
        while not found():
            await asyncio.sleep(0)


# -- placement ---------------------------------------------------------------------------------------------------


async def test_sessions_go_to_the_engine_that_has_fewest(engines: list[Engine]) -> None:
    supervisor = await make(3)
    keys = [supervisor.open(SPEC) for _ in range(7)]
    assert [len(engine.heard) for engine in engines[:3]] == [3, 2, 2]
    supervisor.close(keys[1])
    supervisor.close(keys[4])
    supervisor.open(SPEC)
    assert engines[1].heard[-1].kind is Kind.OPEN


async def test_keys_cannot_be_guessed_from_one_another(engines: list[Engine]) -> None:
    supervisor = await make()
    keys = {supervisor.open(SPEC) for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key) == 24 for key in keys)


async def test_the_spare_holds_no_session(engines: list[Engine]) -> None:
    supervisor = await make(2)
    for _ in range(6):
        supervisor.open(SPEC)
    assert len(engines) == 3
    assert engines[2].heard == []
    assert len(supervisor.engine_pids) == 2


# -- reports -----------------------------------------------------------------------------------------------------


async def test_news_go_to_all_who_look_and_answers_and_frames_to_one(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    anna, bert = Spectator(), Spectator()
    first, second = supervisor.join(key, anna), supervisor.join(key, bert)
    engines[0].report(Kind.EVENT, 1, 0, payload=b"news")
    engines[0].report(Kind.EVENT, 1, second, payload=b"answer")
    engines[0].report(Kind.FRAME, 1, first, payload=b"picture")
    assert (anna.events, anna.frames) == ([b"news"], [b"picture"])
    assert (bert.events, bert.frames) == ([b"news", b"answer"], [])


async def test_what_was_on_its_way_to_a_viewer_that_left_does_not_reach_the_next(
    engines: list[Engine],
) -> None:
    """A page is loaded again: the answers and frames of the old one are not the new one's."""
    supervisor = await make()
    key = supervisor.open(SPEC)
    old = supervisor.join(key, Spectator())
    supervisor.leave(key, old)
    newcomer = Spectator()
    supervisor.join(key, newcomer)
    engines[0].report(Kind.EVENT, 1, old, payload=OK % 1)
    engines[0].report(Kind.FRAME, 1, old, payload=b"picture")
    assert (newcomer.events, newcomer.frames) == ([], [])


async def test_a_report_for_a_session_just_closed_falls_away(engines: list[Engine]) -> None:
    supervisor = await make()
    supervisor.close(supervisor.open(SPEC))
    for kind in (Kind.EVENT, Kind.FRAME, Kind.SNAPSHOT):
        engines[0].report(kind, 1, 1)
    assert supervisor.sessions == 0


async def test_leaving_and_acknowledging_after_the_end_is_nothing(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    supervisor.close(key)
    said = len(engines[0].heard)
    supervisor.credit(key, viewer)
    supervisor.leave(key, viewer)
    assert len(engines[0].heard) == said


# -- survival ----------------------------------------------------------------------------------------------------


async def test_a_session_without_a_snapshot_is_begun_again_with_all_its_commands(
    engines: list[Engine],
) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    one, two = ask(supervisor, key, viewer, 1, 2)
    engines[0].die()
    assert engines[1].commands() == [("OPEN", 0, SPEC), ("COMMAND", 1, one), ("COMMAND", 2, two)]


async def test_a_session_is_rebuilt_from_snapshot_replays_commands_and_viewers_in_that_order(
    engines: list[Engine],
) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    anna, bert = supervisor.join(key, Spectator()), supervisor.join(key, Spectator())
    _, _, three, four = ask(supervisor, key, anna, 1, 2, 3, 4)
    for number in (1, 2, 3):
        engines[0].report(Kind.EVENT, 1, anna, number, OK % number)
    engines[0].report(Kind.SNAPSHOT, 1, 0, 2, b"saved")
    engines[0].die()
    assert engines[1].heard == [
        Message(Kind.RESTORE, 1, 0, 2, b"saved"),
        Message(Kind.REPLAY, 1, anna, 3, three),
        Message(Kind.COMMAND, 1, anna, 4, four),
        Message(Kind.JOIN, 1, anna),
        Message(Kind.JOIN, 1, bert),
    ]


async def test_a_snapshot_makes_the_journal_forget_what_it_holds(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    for number in range(1, 101):
        ask(supervisor, key, viewer, number)
        engines[0].report(Kind.EVENT, 1, viewer, number, OK % number)
    engines[0].report(Kind.SNAPSHOT, 1, 0, 100, b"saved")
    engines[0].die()
    assert engines[1].commands() == [("RESTORE", 100, b"saved")]


async def test_a_refused_command_is_not_carried_out_again(engines: list[Engine]) -> None:
    """It changed nothing, no snapshot ever follows it, and after the death it might no longer be refused."""
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    one, _, three = ask(supervisor, key, viewer, 1, 2, 3)
    engines[0].report(Kind.EVENT, 1, viewer, 1, OK % 1)
    engines[0].report(Kind.EVENT, 1, viewer, 2, ERROR % 2)
    engines[0].die()
    assert engines[1].commands() == [("OPEN", 0, SPEC), ("REPLAY", 1, one), ("COMMAND", 3, three)]


async def test_each_answer_reaches_whoever_asked_once(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    anna = Spectator()
    viewer = supervisor.join(key, anna)
    ask(supervisor, key, viewer, 1, 2)
    engines[0].report(Kind.EVENT, 1, viewer, 1, OK % 1)
    engines[0].die()
    for kind, sequence, _ in engines[1].commands():
        if kind == "COMMAND":
            engines[1].report(Kind.EVENT, 1, viewer, sequence, OK % sequence)
    assert anna.events == [OK % 1, OK % 2]


async def test_a_greeting_is_no_answer(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    (text,) = ask(supervisor, key, viewer, 1)
    engines[0].report(Kind.EVENT, 1, viewer, 0, b'{"type":"state"}')
    engines[0].die()
    assert engines[1].commands()[-1] == ("COMMAND", 1, text)


async def test_only_the_dead_engines_sessions_are_rebuilt(engines: list[Engine]) -> None:
    supervisor = await make(2)
    for _ in range(4):
        supervisor.open(SPEC)
    engines[1].die()
    assert [message.session for message in engines[2].heard] == [2, 4]
    assert len(engines[0].heard) == 2


async def test_who_left_or_was_closed_is_not_brought_back(engines: list[Engine]) -> None:
    supervisor = await make()
    gone, kept = supervisor.open(SPEC), supervisor.open(SPEC)
    supervisor.leave(kept, supervisor.join(kept, Spectator()))
    supervisor.close(gone)
    engines[0].die()
    assert engines[1].heard == [Message(Kind.OPEN, 2, payload=SPEC)]


async def test_the_spare_takes_over_at_once_and_another_spare_is_started(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    engines[0].die()
    assert [message.kind for message in engines[1].heard] == [Kind.OPEN]
    await until(lambda: len(engines) == 3)
    engines[1].die()
    assert [message.kind for message in engines[2].heard] == [Kind.OPEN]
    assert supervisor.has(key)


async def test_a_dead_spare_is_started_again(engines: list[Engine]) -> None:
    supervisor = await make()
    supervisor.open(SPEC)
    engines[1].die()
    await until(lambda: len(engines) == 3)
    await asyncio.sleep(0)
    engines[0].die()
    assert [message.kind for message in engines[2].heard] == [Kind.OPEN]


async def test_commands_given_while_no_engine_is_up_are_carried_out_when_one_is(
    engines: list[Engine],
) -> None:
    """Two engines die in the same moment, and there is one spare."""
    supervisor = await make(2)
    keys = [supervisor.open(SPEC), supervisor.open(SPEC)]
    viewers = [supervisor.join(key, Spectator()) for key in keys]
    engines[0].die()
    engines[1].die()
    (text,) = ask(supervisor, keys[1], viewers[1], 1)
    await until(lambda: any(engine.commands()[-1:] == [("COMMAND", 1, text)] for engine in engines[3:]))


async def test_sessions_that_their_engines_keep_dying_of_are_given_up(
    engines: list[Engine], clock: Clock
) -> None:
    """Whatever it is that they do, it must not go on for ever."""
    supervisor = await make(2)
    fatal, sound = supervisor.open(SPEC), supervisor.open(SPEC)
    viewer, other = Spectator(), Spectator()
    supervisor.join(fatal, viewer)
    supervisor.join(sound, other)
    for death in range(SHORT_LIVES):
        assert supervisor.has(fatal)
        clock.now += SHORT_LIFE / 2
        started = len(engines)
        next(
            engine for engine in engines if engine.alive and engine.heard and engine.heard[0].session == 1
        ).die()
        await until(lambda started=started: len(engines) > started)
        await asyncio.sleep(0)
        assert viewer.closed == ([1011] if death == SHORT_LIVES - 1 else [])
    assert not supervisor.has(fatal)
    assert supervisor.has(sound)
    assert other.closed == []


async def test_deaths_far_apart_give_nothing_up(engines: list[Engine], clock: Clock) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    for _ in range(3 * SHORT_LIVES):
        clock.now += SHORT_LIFE + 1.0
        started = len(engines)
        next(engine for engine in engines if engine.alive and engine.heard).die()
        await until(lambda started=started: len(engines) > started)
        await asyncio.sleep(0)
    assert supervisor.has(key)


async def test_a_session_that_failed_is_let_go_and_its_viewers_are_told(engines: list[Engine]) -> None:
    supervisor = await make()
    key, other = supervisor.open(SPEC), supervisor.open(SPEC)
    viewers = Spectator(), Spectator()
    for viewer in viewers:
        supervisor.join(key, viewer)
    engines[0].report(Kind.FAILED, 1)
    assert [viewer.closed for viewer in viewers] == [[1011], [1011]]
    assert not supervisor.has(key)
    assert supervisor.has(other)


async def test_a_command_for_a_session_that_has_gone_is_nothing(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    supervisor.close(key)
    ask(supervisor, key, viewer, 1)
    assert engines[0].heard[-1].kind is Kind.CLOSE


# -- places ------------------------------------------------------------------------------------------------------


async def test_a_session_nobody_looks_at_is_forgotten_after_the_idle_time(
    engines: list[Engine], clock: Clock
) -> None:
    supervisor = await make(idle_seconds=60.0)
    deserted, watched = supervisor.open(SPEC), supervisor.open(SPEC)
    supervisor.join(watched, Spectator())
    viewer = supervisor.join(deserted, Spectator())
    clock.now += 100.0
    supervisor.leave(deserted, viewer)
    clock.now += 59.0
    supervisor.expire()
    assert supervisor.has(deserted)
    clock.now += 2.0
    supervisor.expire()
    assert not supervisor.has(deserted)
    assert supervisor.has(watched)
    assert engines[0].heard[-1] == Message(Kind.CLOSE, 1)


async def test_a_full_server_forgets_the_session_that_was_left_longest_ago(
    engines: list[Engine], clock: Clock
) -> None:
    supervisor = await make(max_sessions=3, idle_seconds=1000.0)
    keys = [supervisor.open(SPEC) for _ in range(3)]
    viewers = [supervisor.join(key, Spectator()) for key in keys]
    for index in (1, 0):
        clock.now += 1.0
        supervisor.leave(keys[index], viewers[index])
    newcomer = supervisor.open(SPEC)
    assert [supervisor.has(key) for key in keys] == [True, False, True]
    assert supervisor.has(newcomer)
    assert supervisor.sessions == 3


async def test_a_server_full_of_sessions_looked_at_begins_no_other(engines: list[Engine]) -> None:
    supervisor = await make(max_sessions=2)
    keys = [supervisor.open(SPEC) for _ in range(2)]
    for key in keys:
        supervisor.join(key, Spectator())
    with pytest.raises(ServerFullError):
        supervisor.open(SPEC)
    assert [supervisor.has(key) for key in keys] == [True, True]


async def test_stopping_ends_every_engine_and_the_spare(engines: list[Engine]) -> None:
    supervisor = await make(2)
    await supervisor.stop()
    assert [engine.alive for engine in engines] == [False, False, False]
