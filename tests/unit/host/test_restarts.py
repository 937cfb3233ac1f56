"""Engines that die as soon as they start are started again, but not in a hot loop."""

import asyncio

import pytest

from app.host import engines as engines_module
from app.host.engines import AT_ONCE, LONGEST_PAUSE, PROMPT_STARTS
from tests.unit.host.lines import SPEC, Clock, Engine, make, turns


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses made before starts; they take no time here."""
    made: list[float] = []

    async def pause(seconds: float) -> None:
        made.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(engines_module, "pause", pause)
    return made


async def die_newest(engines: list[Engine], times: int) -> None:
    """The engine started last dies at once, and the one that takes its place, and so on."""
    for _ in range(times):
        engines[-1].die()
        await turns()


async def test_the_first_deaths_are_made_good_at_once(engines: list[Engine], pauses: list[float]) -> None:
    await make()
    await die_newest(engines, PROMPT_STARTS)
    assert len(engines) == 2 + PROMPT_STARTS
    assert pauses == []


async def test_pauses_double_up_to_a_bound(engines: list[Engine], pauses: list[float]) -> None:
    await make()
    await die_newest(engines, PROMPT_STARTS + 10)
    assert pauses == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert LONGEST_PAUSE == 30
    assert len(engines) == 2 + PROMPT_STARTS + 10


async def test_a_start_that_lasts_ends_the_pauses(
    engines: list[Engine], pauses: list[float], clock: Clock
) -> None:
    await make()
    await die_newest(engines, PROMPT_STARTS + 2)
    clock.now += AT_ONCE
    await die_newest(engines, 1 + PROMPT_STARTS)
    assert pauses == [0.25, 0.5]


async def test_sessions_wait_for_the_engine_that_at_last_comes_up(
    engines: list[Engine], pauses: list[float]
) -> None:
    """Their own engine dies while no spare comes up."""
    supervisor = await make()
    await die_newest(engines, PROMPT_STARTS)
    key = supervisor.open(SPEC)
    engines[-1].die()
    engines[0].die()
    await turns()
    assert len(pauses) == 2
    assert supervisor.has(key)
    assert any(message.payload == SPEC for engine in engines[-2:] for message in engine.heard)


async def test_pauses_are_logged(
    engines: list[Engine], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, float]] = []
    monkeypatch.setattr(engines_module.log, "error", lambda text, seconds: said.append((text, seconds)))
    await make()
    await die_newest(engines, PROMPT_STARTS + 1)
    assert said == [("engines die as soon as they start; the next one waits", 0.25)]
