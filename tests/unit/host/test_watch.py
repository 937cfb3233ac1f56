"""Engines that hang are noticed, told from those that are merely slow, and treated as dead."""

import asyncio

import pytest

from app.host import engines as engines_module
from app.host.engines import SHORT_LIVES
from app.host.link import Kind
from app.host.watch import LOOKS, PING, STARTING, Watchdog
from tests.unit.host.lines import SPEC, Clock, Engine, Spectator, make, turns


def line() -> Engine:
    return Engine(lambda _: None, lambda _: None, 60.0)


def test_an_engine_that_answers_each_ping_is_never_taken_for_one_that_hangs() -> None:
    dog, engine = Watchdog[Engine](), line()
    for look in range(1, 101):
        engine.silent = False
        assert dog.look([engine]) == []
        assert engine.heard == [PING] * look


def test_an_engine_that_no_longer_answers_is_found_at_the_fifth_look_in_a_row() -> None:
    dog, engine = Watchdog[Engine](), line()
    engine.silent = False
    dog.look([engine])
    assert [bool(dog.look([engine])) for _ in range(LOOKS)] == [False, False, False, False, True]


def test_a_late_answer_begins_the_count_anew() -> None:
    dog, engine = Watchdog[Engine](), line()
    for _ in range(10):
        engine.silent = False
        found = [dog.look([engine]) for _ in range(LOOKS)]
        assert not any(found)


def test_a_new_engine_has_twelve_times_as_long_for_its_first_word() -> None:
    dog, engine = Watchdog[Engine](), line()
    found = [bool(dog.look([engine])) for _ in range(STARTING * LOOKS + 1)]
    assert found.index(True) == 60


def test_only_the_line_that_hangs_is_found() -> None:
    dog, good, bad = Watchdog[Engine](), line(), line()
    good.silent = bad.silent = False
    dog.look([good, bad])
    for _ in range(LOOKS - 1):
        good.silent = False
        assert dog.look([good, bad]) == []
    good.silent = False
    assert dog.look([good, bad]) == [bad]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> "Looks":
    looks = Looks()
    monkeypatch.setattr(engines_module, "rest", looks.rest)
    return looks


class Looks:
    """Lets the watch take its looks when a test says so."""

    def __init__(self) -> None:
        self._due = asyncio.Semaphore(0)
        self.rests: list[float] = []

    async def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        await self._due.acquire()

    async def take(self, count: int, answering: list[Engine]) -> None:
        """So many looks, before each of which the `answering` have said something."""
        for _ in range(count):
            for engine in answering:
                engine.silent = False
            self._due.release()
            await turns()


async def test_the_sessions_of_an_engine_that_hangs_go_on_in_another(
    engines: list[Engine], looks: Looks
) -> None:
    supervisor = await make(hang_seconds=20.0)
    key = supervisor.open(SPEC)
    viewer = Spectator()
    supervisor.join(key, viewer)
    bad, spare = engines
    await looks.take(1, [bad, spare])
    await looks.take(LOOKS - 1, [spare])
    assert (bad.alive, spare.alive) == (True, True)
    await looks.take(1, [spare])
    assert [engine.alive for engine in engines] == [False, True, True]
    assert [message.kind for message in spare.heard if message.session] == [Kind.OPEN, Kind.JOIN]
    assert viewer.closed == []
    assert looks.rests[0] == 20.0 / LOOKS


async def test_sessions_under_which_engine_after_engine_hangs_are_given_up(
    engines: list[Engine], looks: Looks, clock: Clock
) -> None:
    """The time in which a hang is noticed is no life: each has lived a second."""
    supervisor = await make(hang_seconds=10.0)
    key = supervisor.open(SPEC)
    viewer = Spectator()
    supervisor.join(key, viewer)
    for life in range(SHORT_LIVES):
        bad = engines[life]
        await looks.take(1, engines)
        clock.now += 11.0
        await looks.take(LOOKS, [engine for engine in engines if engine is not bad])
    assert viewer.closed == [1011]
    assert not supervisor.has(key)
