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


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of a test's own: engines that die too often are thought to die of their sessions."""
    with serving(engines=2) as server:
        yield server
        complaints = server.said().splitlines()
        assert complaints, "nobody was told that an engine died"
        assert all("an engine died" in line for line in complaints)


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
    server: Server,
) -> None:
    async with crowd(server) as browsers:
        stop = asyncio.Event()
        drags = [asyncio.create_task(drag(browser, stop)) for browser in browsers]
        await asyncio.gather(*(browser.message("points", 20) for browser in browsers))
        before = [step(browser) for browser in browsers]
        greetings = [len(browser.all("state")) for browser in browsers]
        kill(server, 0)
        for browser, seen in zip(browsers, before, strict=True):
            await trained_on(browser, seen)
        stop.set()
        asked = await asyncio.gather(*drags)

        revived = [len(b.all("state")) > count for b, count in zip(browsers, greetings, strict=True)]
        assert revived.count(True) == SESSIONS // 2
        for browser, drawn, seen, again in zip(browsers, asked, before, revived, strict=True):
            assert browser.closed is None
            await browser.answer(max(drawn))
            assert all([m["type"] for m in browser.answers(number)] == ["ok"] for number in drawn)
            if again:
                assert browser.all("state")[-1]["step"] >= seen - MOST_LOST * STEPS_PER_SECOND
            moved = {int(row[0]): row[1:] for row in drawn.values()}
            now = {row[0]: row[1:3] for row in points(browser)}
            assert {number: now[number] for number in moved} == moved
        _, stored, _ = await looks(server, key(browsers[0]))
        assert stored == points(browsers[0])


async def test_commands_that_an_engines_death_cuts_off_are_carried_out_just_once(server: Server) -> None:
    """As many updates are done as were asked for, with the same bits as in a session that was left in peace."""
    async with crowd(server, 2) as (struck, spared):
        for browser in (struck, spared):
            await browser.ask("reset")
        for count in range(300):
            for browser in (struck, spared):
                await browser.send("step", batches=1)
            if count in (100, 200):
                told = len(struck.all("state"))
                kill(server, 0)
                await struck.message("state", told + 1)
        for browser in (struck, spared):
            await browser.answer(304)
            await browser.picture(lambda picture: picture.facts["step"] == 300)
            answered = [message["id"] for message in browser.messages if message["type"] in ("ok", "error")]
            assert sorted(answered) == list(range(1, 305))
        *_, after_deaths = await looks(server, key(struck))
        *_, in_peace = await looks(server, key(spared))
    np.testing.assert_array_equal(after_deaths, in_peace)


async def test_edits_can_be_taken_back_after_an_engines_death_and_what_is_pointed_at_stays(
    server: Server,
) -> None:
    async with opened(server) as browser:
        before = points(browser)
        await browser.ask("inspect", at=[1.5, -2], unit=[0, 2])
        for x1 in range(5):
            await browser.ask("move_points", points=[[3, x1, 0]], gesture=1)
        await browser.ask("delete_points", ids=[7, 8])
        told = len(browser.all("state"))
        kill(server, 0)
        state = await browser.message("state", told + 1)
        assert (state["undo"], state["redo"]) == (2, 0)
        picture = await browser.picture(lambda picture: picture.facts["data_revision"] == 6)
        assert (picture.facts["probe_at"], picture.facts["focus_unit"]) == ([1.5, -2], [0, 2])
        for _ in range(2):
            assert (await browser.ask("undo"))["type"] == "ok"
        await browser.picture(lambda picture: picture.facts["data_revision"] == 8)
        assert points(browser) == before
        assert (await browser.ask("undo"))["code"] == "not_allowed"


async def test_all_engines_and_the_spare_killed_at_once_cost_no_socket(server: Server) -> None:
    async with crowd(server, 4) as browsers:
        before = [step(browser) for browser in browsers]
        kill_all(server)
        numbers = [await browser.send("move_points", points=[[0, 1.5, 2.5]]) for browser in browsers]
        for browser, seen, number in zip(browsers, before, numbers, strict=True):
            assert (await browser.answer(number))["type"] == "ok"
            await trained_on(browser, seen)
            assert browser.closed is None
            assert points(browser)[0][:3] == [0, 1.5, 2.5]
        assert len(server.health()["engines"]) == 2


async def test_a_new_page_opens_while_an_engine_is_dead(server: Server) -> None:
    kill_all(server)
    async with opened(server) as one, opened(server) as other:
        for browser in (one, other):
            assert (await browser.ask("play"))["type"] == "ok"
            await browser.picture(lambda picture: picture.facts["step"] > 10)


async def test_the_window_stays_two_frames_after_an_engines_death(server: Server) -> None:
    """The new engine does not know what is still on the way, and may add its own two."""
    async with opened(server, acknowledging=False) as browser:
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["number"] == 2)
        kill_all(server)
        await browser.message("state", 2)
        await browser.ask("step", epochs=500)
        await browser.until(lambda: next((m for m in browser.all("phase") if m["phase"] == "paused"), None))
        assert len(browser.pictures) <= 4


async def test_an_engine_that_hangs_is_killed_and_its_sessions_play_on() -> None:
    """Stopped, it lives, holds its line and answers nothing. The other engine's session notices nothing."""
    with serving(engines=2, hang_seconds=3) as server:
        async with crowd(server, 2) as (struck, spared):
            first, second = server.health()["engines"]
            told, before, quiet = len(struck.all("state")), step(struck), len(spared.all("state"))
            os.kill(first, signal.SIGSTOP)
            number = await struck.send("move_points", points=[[0, 1.5, 2.5]])
            assert (await struck.answer(number))["type"] == "ok"
            state = await struck.message("state", told + 1)
            assert state["step"] >= before - MOST_LOST * STEPS_PER_SECOND
            await trained_on(struck, before)
            assert points(struck)[0][:3] == [0, 1.5, 2.5]
            assert first not in server.health()["engines"]
            assert second in server.health()["engines"]
            assert (struck.closed, spared.closed) == (None, None)
            assert len(spared.all("state")) == quiet
        assert "an engine hangs" in server.said()
