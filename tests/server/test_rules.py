"""What a browser may not do, what it is told, and with which code the server hangs up; the session outlives it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

from tests.server.running import Browser, Server, connected, key, opened, serving

BAD: dict[str, str | bytes] = {
    "no JSON": "play",
    "nothing": "",
    "a list": "[]",
    "a number": "7",
    "no type": '{"id": 99}',
    "a type that is none": '{"type": "dance"}',
    "a type that is no word": '{"type": 1, "id": 99}',
    "NaN": '{"type": "set_weight", "id": 99, "layer": 0, "unit": 0, "input": 0, "value": NaN}',
    "Infinity": '{"type": "set_speed", "id": 99, "epochs_per_second": Infinity}',
    "a number too large": '{"type": "set_speed", "id": 99, "epochs_per_second": 1e999}',
    "digits without end": '{"type": "play", "id": ' + "9" * 5000 + "}",
    "nesting without end": "[" * 100_000,
    "deep nesting": '{"type": "set_spec", "id": 99, "spec": ' + '{"a":' * 5000 + "1" + "}" * 5001,
    "half a surrogate": '{"type": "\\ud800", "id": 99}',
    "a zero byte": '{"type": "play\\u0000", "id": 99}',
    "opening again": '{"type": "open"}',
    "acknowledging nothing": '{"type": "ack"}',
    "binary": b"\x00\x01\x02",
    "binary JSON": b'{"type": "play", "id": 99}',
}


@pytest.mark.parametrize("bad", BAD)
async def test_a_message_that_is_none_gets_an_error_and_the_session_goes_on(inline: Server, bad: str) -> None:
    async with opened(inline) as browser:
        await browser.say(BAD[bad])
        error = await browser.message("error")
        assert error["code"] == "bad_command"
        assert error["message"]
        assert (await browser.ask("step", batches=1))["type"] == "ok"


@pytest.mark.parametrize("bad", ["no JSON", "binary", "a type that is none", "deep nesting"])
async def test_bad_messages_without_end_are_hung_up_on_and_the_session_lives(
    server: Server, bad: str
) -> None:
    async with opened(server) as browser:
        await browser.ask("step", batches=3)
        for _ in range(25):
            await browser.say(BAD[bad])
        assert await browser.close_code() == 1008
        assert len(browser.all("error")) >= 20
        session = key(browser)
    async with opened(server, session=session) as browser:
        assert browser.all("welcome")[0]["resumed"]
        assert browser.all("state")[0]["step"] == 3
        assert (await browser.ask("play"))["type"] == "ok"


async def test_bad_messages_now_and_then_are_forgiven(inline: Server) -> None:
    async with opened(inline) as browser:
        for _ in range(4):
            for _ in range(10):
                await browser.say("bad")
            assert (await browser.ask("pause"))["type"] == "ok"
        assert browser.closed is None
        assert len(browser.all("error")) == 40


@pytest.mark.parametrize("content", [b"x" * 300_000, "x" * 300_000], ids=["binary", "text"])
async def test_a_message_too_large_is_hung_up_on_and_the_session_lives(server: Server, content: str) -> None:
    async with opened(server) as browser:
        await browser.ask("play")
        await browser.say(content)
        assert await browser.close_code() == 1009
        session = key(browser)
    async with opened(server, session=session) as browser:
        assert browser.all("welcome")[0]["resumed"]


async def test_a_large_edit_fits_into_a_message(inline: Server) -> None:
    """All the points of a full board at once, with all their digits."""
    async with opened(inline) as browser:
        added = await browser.ask("add_points", points=[[-1.23456789012345, 1.23456789012345, 0]] * 4960)
        assert len(added["ids"]) == 4960


async def test_text_that_is_not_utf_8_is_hung_up_on(inline: Server) -> None:
    async with opened(inline) as browser:
        browser.socket.protocol.writes.append(Frame(Opcode.TEXT, b"\xff\xfe").serialize(mask=True))
        browser.socket.send_data()
        assert await browser.close_code() == 1007


@pytest.mark.parametrize("first", ['{"type":"play","id":1}', '{"type":"ack","number":1}', "[]", b"open"])
async def test_whoever_does_not_open_first_is_hung_up_on(inline: Server, first: str | bytes) -> None:
    before = inline.health()["sessions"]
    async with connected(inline) as browser:
        await browser.say(first)
        assert await browser.close_code() == 4001
    assert inline.health()["sessions"] == before


# -- origins -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://["])
async def test_a_page_of_another_site_may_not_connect(inline: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connected(inline, additional_headers={"Origin": origin}):
            pass
    assert refused.value.response.status_code == 403


async def test_the_servers_own_page_may_connect(inline: Server) -> None:
    origin = {"Origin": f"http://127.0.0.1:{inline.port}"}
    async with connected(inline, additional_headers=origin) as browser:
        await browser.say('{"type":"open"}')
        await browser.message("welcome")


@pytest.mark.parametrize("path", ["/", "/ws/", "/static/js/main.js", "/nowhere"])
async def test_there_is_no_socket_elsewhere(inline: Server, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(f"ws://127.0.0.1:{inline.port}{path}", compression=None):
            pass
    assert refused.value.response.status_code in (307, 403, 404)


# -- a strict server ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict() -> Iterator[Server]:
    """A server where little is allowed."""
    with serving(
        engines=0,
        max_sessions=3,
        commands_per_second=5,
        command_burst=10,
        allowed_origins="https://school.example, http://other.example:8080",
        max_message_bytes=2048,
    ) as server:
        yield server


async def test_commands_that_come_too_fast_are_refused_and_not_carried_out(strict: Server) -> None:
    async with opened(strict) as browser:
        for _ in range(30):
            await browser.send("step", batches=1)
        answers = [await browser.answer(number) for number in range(1, 31)]
        refused = [answer for answer in answers if answer["type"] == "error"]
        assert 18 <= len(refused) <= 20
        assert {answer["code"] for answer in refused} == {"too_fast"}
        assert refused[0]["message"] == "commands come too fast; allowed: 5 commands a second"
        done = 30 - len(refused)
        assert (await browser.message("phase", done))["step"] == done
        assert browser.closed is None


@pytest.mark.parametrize("origin", ["https://school.example", "http://other.example:8080"])
async def test_a_page_of_an_allowed_site_may_connect(strict: Server, origin: str) -> None:
    async with connected(strict, additional_headers={"Origin": origin}) as browser:
        await browser.say('{"type":"open"}')
        await browser.message("welcome")


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """A server that does not wait long."""
    with serving(engines=0, open_seconds=1.5, silent_seconds=1.5) as server:
        yield server


async def test_a_socket_that_does_not_open_in_time_is_hung_up_on(hasty: Server) -> None:
    async with connected(hasty) as browser:
        assert await browser.close_code() == 4001


async def test_a_browser_that_says_nothing_for_too_long_is_let_go_and_may_come_back(hasty: Server) -> None:
    async with opened(hasty) as browser:
        assert await browser.close_code() == 4000
        session = key(browser)
    async with opened(hasty, session=session) as browser:
        assert browser.all("welcome")[0]["resumed"]


async def test_a_browser_that_only_acknowledges_is_not_silent(hasty: Server) -> None:
    async with opened(hasty) as browser:
        await browser.ask("set_speed", epochs_per_second=5)
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["epoch"] >= 10)
        assert browser.closed is None


async def test_a_full_server_says_so_and_takes_the_next_when_there_is_room(strict: Server) -> None:
    async with holding(strict, 3), connected(strict) as browser:
        await browser.say('{"type":"open"}')
        assert await browser.close_code() == 1013
        (error,) = browser.messages
        assert (error["type"], error["code"], error["id"]) == ("error", "server_full", None)
    async with opened(strict) as browser:
        assert not browser.all("welcome")[0]["resumed"]
    assert strict.health()["sessions"] <= 3


@asynccontextmanager
async def holding(server: Server, count: int) -> AsyncIterator[list[Browser]]:
    """So many sessions that somebody looks at."""
    if count == 0:
        yield []
        return
    async with opened(server) as browser, holding(server, count - 1) as others:
        yield [browser, *others]


# -- crowds ------------------------------------------------------------------------------------------------------


async def test_a_viewer_that_stops_reading_holds_nobody_up(engines: Server) -> None:
    async with (
        opened(engines) as lazy,
        opened(engines, session=key(lazy)) as beside,
        opened(engines) as other,
    ):
        for browser in (lazy, other):
            await browser.ask("set_view", view={"grid": 200, "maps": True})
            await browser.ask("play")
        lazy.socket.transport.pause_reading()
        lazy.acknowledging = False
        for browser in (beside, other):
            await further(browser, 30)
            assert (await browser.ask("pause"))["type"] == "ok"
        lazy.socket.transport.resume_reading()


async def further(browser: Browser, frames: int) -> None:
    """Wait for so many more frames."""
    start = (await browser.picture()).facts["number"]
    await browser.picture(lambda picture: picture.facts["number"] >= start + frames)


async def test_three_hundred_drags_in_a_second_are_survived(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("play")
        loop = asyncio.get_running_loop()
        start, sent = loop.time(), []
        for drag in range(300):
            sent.append(await browser.send("move_points", points=[[0, drag / 100, -drag / 100]]))
            await asyncio.sleep(
                max(0.0, start + drag / 300 - loop.time())
            )  # the pace of the drags, no waiting
        for number in sent:
            assert (await browser.answer(number))["type"] == "ok"
        assert (await browser.message("points", 301))["points"][0][:3] == [0, 2.99, -2.99]
        await browser.picture(lambda picture: picture.facts["data_revision"] == 300)


async def test_pointing_as_fast_as_a_pointer_moves_is_answered_and_the_last_place_is_shown(
    server: Server,
) -> None:
    """As 60 moves and 60 places a second, for a second and more; no state and no points come of pointing."""
    async with opened(server) as browser:
        await browser.ask("play")
        loop, sent = asyncio.get_running_loop(), []
        start = loop.time()
        for turn in range(100):
            sent.append(await browser.send("inspect", at=[turn / 100, 1], unit=[0, turn % 3]))
            sent.append(await browser.send("move_points", points=[[0, turn / 100, 1]], gesture=1))
            await asyncio.sleep(max(0.0, start + turn / 60 - loop.time()))  # the pace of the hand, no waiting
        for number in sent:
            assert (await browser.answer(number))["type"] == "ok"
        shown = await browser.picture(lambda picture: picture.facts["data_revision"] == 100)
        assert (shown.facts["probe_at"], shown.facts["focus_unit"]) == ([0.99, 1], [0, 0])
        assert shown.tensors["probe"][:2].tolist() == [np.float32(0.99), 1.0]
        assert len(browser.all("state")) == 1  # on joining
        assert len(browser.all("points")) == 101


async def test_commands_at_once_are_answered_in_their_order(server: Server) -> None:
    async with opened(server) as browser:
        for _ in range(200):
            await browser.send("step", batches=1)
        await browser.answer(200)
        answered = [message["id"] for message in browser.messages if message["type"] == "ok"]
        assert answered == list(range(1, 201))
        assert (await browser.message("phase", 200))["step"] == 200


async def test_a_browser_that_vanishes_in_the_middle_leaves_the_server_well(server: Server) -> None:
    for _ in range(5):
        async with opened(server) as browser:
            await browser.ask("play")
            await browser.send("step", batches=1000)
            browser.socket.transport.abort()
    async with opened(server) as browser:
        assert (await browser.ask("play"))["type"] == "ok"
    assert json.loads(server.get("/healthz")[2])["status"] == "ok"
