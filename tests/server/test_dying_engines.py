"""Engines are killed under sessions that play and are edited: no socket drops, nobody's edit is lost, all plays on."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterator

import numpy as np
import pytest

from tests.server.running import Browser, Server, key, looks, opened, points, serving

SPEED = 20.0
STEPS_PER_SECOND = SPEED * 2
"""Two updates an epoch."""
MOST_LOST = 1.0
"""Seconds of training."""
SESSIONS = 20


# No engine of a server is killed more than twice: the third that dies young is thought to die of its sessions.


@contextlib.contextmanager
def complaining(**settings: object) -> Iterator[Server]:
    """A server that tells of engines that died or hang, and of nothing else."""
    with serving(engines=2, **settings) as server:
        yield server
        complaints = server.said().splitlines()
        assert complaints, "nobody was told that an engine died"
        known = ("an engine died", "an engine hangs")
        assert [line for line in complaints if not any(words in line for words in known)] == []


@pytest.fixture(scope="module")
def crowded() -> Iterator[Server]:
    """A server for a crowd, and one page after it."""
    with complaining() as server:
        yield server


@pytest.fixture
def struck_twice() -> Iterator[Server]:
    """A server of a test's own."""
    with complaining() as server:
        yield server


@pytest.fixture
def emptied() -> Iterator[Server]:
    """A server of a test's own, all of whose engines die at once: the spare that takes a dead one's place dies too."""
    with complaining() as server:
        yield server


@pytest.fixture(scope="module")
def impatient() -> Iterator[Server]:
    """A server that soon takes an engine to hang."""
    with complaining(hang_seconds=3) as server:
        yield server


def kill(server: Server, engine: int) -> None:
    """Kill an engine that holds sessions."""
    os.kill(server.health()["engines"][engine], signal.SIGKILL)


def kill_all(server: Server) -> None:
    """Kill every engine and the spare."""
    for process in server.engines():
        process.kill()


@contextlib.asynccontextmanager
async def crowd(server: Server, count: int = SESSIONS) -> AsyncIterator[list[Browser]]:
    """So many browsers, each with a session that plays and whose frames come."""
    async with contextlib.AsyncExitStack() as stack:
        browsers = [await stack.enter_async_context(opened(server)) for _ in range(count)]
        for browser in browsers:
            await browser.ask("set_view", view={"grid": 16, "maps": False})
            await browser.ask("set_speed", epochs_per_second=SPEED)
            await browser.ask("play")
        for browser in browsers:
            await browser.picture(lambda picture: picture.facts["step"] >= STEPS_PER_SECOND)
        yield browsers


def step(browser: Browser) -> int:
    """The newest step that a browser has seen."""
    found: int = browser.pictures[-1].facts["step"]
    return found


async def trained_on(browser: Browser, seen: int) -> None:
    """Wait until training is a second further than the step `seen`."""
    await browser.picture(lambda picture: picture.facts["step"] > seen + STEPS_PER_SECOND)


async def drag(browser: Browser, until: asyncio.Event) -> dict[int, list[float]]:
    """Drag point after point, waiting for no answer; what was asked, by id of the command."""
    asked: dict[int, list[float]] = {}
    while not until.is_set():
        row = [float(len(asked) % 40), len(asked) / 100 % 6, -len(asked) / 100 % 6]
        number = await browser.send("move_points", points=[[int(row[0]), *row[1:]]], gesture=1)
        asked[number] = row
        await asyncio.sleep(0.05)  # twenty drags a second, four hundred of the whole crowd
    return asked


async def test_an_engine_killed_under_twenty_playing_sessions_costs_no_socket_no_edit_and_little_training(
    crowded: Server,
) -> None:
    async with crowd(crowded) as browsers:
        stop = asyncio.Event()
        drags = [asyncio.create_task(drag(browser, stop)) for browser in browsers]
        await asyncio.gather(*(browser.message("points", 20) for browser in browsers))
        before = [step(browser) for browser in browsers]
        greetings = [len(browser.all("state")) for browser in browsers]
        kill(crowded, 0)
        for browser, seen in zip(browsers, before, strict=True):
            await trained_on(browser, seen)
        stop.set()
        asked = await asyncio.gather(*drags)

        revived = [len(b.all("state")) > count for b, count in zip(browsers, greetings, strict=True)]
        assert revived.count(True) == SESSIONS // 2
        for browser, drawn, seen, again in zip(browsers, asked, before, revived, strict=True):
            assert browser.closed is None
            await browser.answer(max(drawn))
            await browser.ask("inspect", at=[0, 0])  # what follows the last answer has come before this one's
            assert all([m["type"] for m in browser.answers(number)] == ["ok"] for number in drawn)
            if again:
                assert browser.all("state")[-1]["step"] >= seen - MOST_LOST * STEPS_PER_SECOND
            moved = {int(row[0]): row[1:] for row in drawn.values()}
            now = {row[0]: row[1:3] for row in points(browser)}
            assert {number: now[number] for number in moved} == moved
        _, stored, _ = await looks(crowded, key(browsers[0]))
        assert stored == points(browsers[0])


async def test_commands_that_an_engines_death_cuts_off_are_carried_out_just_once(
    struck_twice: Server,
) -> None:
    """As many updates are done as were asked for, with the same bits as in a session that was left in peace."""
    async with crowd(struck_twice, 2) as (struck, spared):
        for browser in (struck, spared):
            await browser.ask("reset")
        for count in range(300):
            for browser in (struck, spared):
                await browser.send("step", batches=1)
            if count in (100, 200):
                told = len(struck.all("state"))
                kill(struck_twice, 0)
                await struck.message("state", told + 1)
        for browser in (struck, spared):
            await browser.answer(304)
            await browser.picture(lambda picture: picture.facts["step"] == 300)
            answered = [message["id"] for message in browser.messages if message["type"] in ("ok", "error")]
            assert sorted(answered) == list(range(1, 305))
        *_, after_deaths = await looks(struck_twice, key(struck))
        *_, in_peace = await looks(struck_twice, key(spared))
    np.testing.assert_array_equal(after_deaths, in_peace)


async def test_edits_can_be_taken_back_after_an_engines_death_and_what_is_pointed_at_stays(
    crowded: Server,
) -> None:
    async with opened(crowded) as browser:
        before = points(browser)
        await browser.ask("inspect", at=[1.5, -2], unit=[0, 2])
        for x1 in range(5):
            await browser.ask("move_points", points=[[3, x1, 0]], gesture=1)
        await browser.ask("delete_points", ids=[7, 8])
        told = len(browser.all("state"))
        kill(crowded, 0)
        state = await browser.message("state", told + 1)
        assert (state["undo"], state["redo"]) == (2, 0)
        picture = await browser.picture(lambda picture: picture.facts["data_revision"] == 6)
        assert (picture.facts["probe_at"], picture.facts["focus_unit"]) == ([1.5, -2], [0, 2])
        for _ in range(2):
            assert (await browser.ask("undo"))["type"] == "ok"
        await browser.picture(lambda picture: picture.facts["data_revision"] == 8)
        assert points(browser) == before
        assert (await browser.ask("undo"))["code"] == "not_allowed"


async def test_all_engines_and_the_spare_killed_at_once_cost_no_socket(emptied: Server) -> None:
    async with crowd(emptied, 4) as browsers:
        before = [step(browser) for browser in browsers]
        kill_all(emptied)
        numbers = [await browser.send("move_points", points=[[0, 1.5, 2.5]]) for browser in browsers]
        for browser, seen, number in zip(browsers, before, numbers, strict=True):
            assert (await browser.answer(number))["type"] == "ok"
            await trained_on(browser, seen)
            assert browser.closed is None
            assert points(browser)[0][:3] == [0, 1.5, 2.5]
        assert len(emptied.health()["engines"]) == 2


async def test_a_new_page_opens_while_an_engine_is_dead(emptied: Server) -> None:
    kill_all(emptied)
    async with opened(emptied) as one, opened(emptied) as other:
        for browser in (one, other):
            assert (await browser.ask("play"))["type"] == "ok"
            await browser.picture(lambda picture: picture.facts["step"] > 10)


async def test_an_engine_that_hangs_is_killed_and_its_sessions_play_on(impatient: Server) -> None:
    """Stopped, it lives, holds its line and answers nothing. The other engine's session notices nothing."""
    async with crowd(impatient, 2) as (struck, spared):
        first, second = impatient.health()["engines"]
        told, before, quiet = len(struck.all("state")), step(struck), len(spared.all("state"))
        os.kill(first, signal.SIGSTOP)
        number = await struck.send("move_points", points=[[0, 1.5, 2.5]])
        assert (await struck.answer(number))["type"] == "ok"
        state = await struck.message("state", told + 1)
        assert state["step"] >= before - MOST_LOST * STEPS_PER_SECOND
        await trained_on(struck, before)
        assert points(struck)[0][:3] == [0, 1.5, 2.5]
        assert first not in impatient.health()["engines"]
        assert second in impatient.health()["engines"]
        assert (struck.closed, spared.closed) == (None, None)
        assert len(spared.all("state")) == quiet
    assert "an engine hangs" in impatient.said()


async def test_the_window_stays_two_frames_after_an_engines_death(emptied: Server) -> None:
    """The new engine does not know what is still on the way, and may add its own two."""
    async with opened(emptied, acknowledging=False) as browser:
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["number"] == 2)
        kill_all(emptied)
        await browser.message("state", 2)
        await browser.ask("step", epochs=500)
        await browser.until(lambda: next((m for m in browser.all("phase") if m["phase"] == "paused"), None))
        assert len(browser.pictures) <= 4
