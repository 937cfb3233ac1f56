"""What is on its way to a browser: in order, bounded, and the end said last."""

import asyncio

import pytest
from starlette.types import Message

from app.spec import BOUNDS
from app.web.counts import Counts
from app.web.viewer import MOST_WAITING, BrowserViewer


class Line:
    """A socket that takes messages while it is open."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.open = asyncio.Event()
        self.open.set()
        self.arrivals: asyncio.Queue[Message] = asyncio.Queue()

    async def send(self, message: Message) -> None:
        await self.open.wait()
        self.sent.append(message)
        self.arrivals.put_nowait(message)


class Closings:
    """Counts."""

    count = 0

    def __call__(self) -> None:
        self.count += 1


async def end(viewer: BrowserViewer, line: Line) -> list[Message]:
    """Let the viewer send all it has, which ends with the close it has been given."""
    await asyncio.wait_for(viewer.run(line), 5.0)
    return line.sent


@pytest.fixture
def closings() -> Closings:
    return Closings()


@pytest.fixture
def viewer(closings: Closings) -> BrowserViewer:
    return BrowserViewer(closings, Counts())


async def test_events_and_frames_go_out_in_the_order_in_which_they_came(viewer: BrowserViewer) -> None:
    viewer.event(b"one")
    viewer.frame(b"two")
    viewer.event("d\u00e9j\u00e0".encode())
    viewer.close(1000, "done")
    assert await end(viewer, Line()) == [
        {"type": "websocket.send", "text": "one"},
        {"type": "websocket.send", "bytes": b"two"},
        {"type": "websocket.send", "text": "d\u00e9j\u00e0"},
        {"type": "websocket.close", "code": 1000, "reason": "done"},
    ]


async def test_what_comes_while_it_sends_goes_out_too(viewer: BrowserViewer) -> None:
    line = Line()
    task = asyncio.create_task(viewer.run(line))
    async with asyncio.timeout(5.0):
        for text in (b"a", b"b", b"c"):
            viewer.event(text)
            assert await line.arrivals.get() == {"type": "websocket.send", "text": text.decode()}
        viewer.close(1000, "")
        await task
    assert len(line.sent) == 4


async def test_the_first_reason_to_close_stands_and_is_told_once(
    viewer: BrowserViewer, closings: Closings
) -> None:
    viewer.close(4000, "first")
    viewer.close(1008, "second")
    viewer.event(b"too late")
    assert await end(viewer, Line()) == [{"type": "websocket.close", "code": 4000, "reason": "first"}]
    assert closings.count == 1


async def test_a_browser_that_does_not_read_is_given_up(viewer: BrowserViewer, closings: Closings) -> None:
    line = Line()
    line.open.clear()
    task = asyncio.create_task(viewer.run(line))
    message = b"x" * 1_000_000
    while closings.count == 0:
        viewer.event(message)
    viewer.event(b"nothing more is kept")
    line.open.set()
    await asyncio.wait_for(task, 5.0)
    assert line.sent[-1]["code"] == 1013
    assert sum(len(sent.get("text", "")) for sent in line.sent) <= MOST_WAITING


async def test_what_was_sent_no_longer_counts_as_waiting(viewer: BrowserViewer, closings: Closings) -> None:
    line = Line()
    task = asyncio.create_task(viewer.run(line))
    async with asyncio.timeout(5.0):
        for _ in range(20):
            viewer.frame(b"x" * (MOST_WAITING // 2))
            await line.arrivals.get()
        viewer.close(1000, "")
        await task
    assert closings.count == 1
    assert line.sent[-1]["code"] == 1000


async def test_frames_of_the_largest_view_may_wait_for_a_slow_line(
    viewer: BrowserViewer, closings: Closings
) -> None:
    """Two that are not acknowledged yet, and two more from an engine that took a dead one's place."""
    boundary, maps = 2 * BOUNDS.grid**2, BOUNDS.hidden_units * BOUNDS.map_grid**2
    for _ in range(4):
        viewer.frame(b"x" * (boundary + maps))
    assert closings.count == 0


def test_bad_messages_in_a_row_are_counted_and_a_good_one_makes_up_for_them(viewer: BrowserViewer) -> None:
    bad = b'{"type":"error","id":1,"code":"bad_command","message":"","path":[]}'
    refused = b'{"type":"error","id":1,"code":"not_allowed","message":"","path":[]}'
    for payload in (bad, bad, refused, bad):
        viewer.event(payload)
    assert viewer.strikes == 3
    viewer.event(b'{"type":"ok","id":2,"ids":[],"seed":null}')
    assert viewer.strikes == 0


def test_words_of_a_learners_that_look_like_an_error_are_none(viewer: BrowserViewer) -> None:
    viewer.event(b'{"type":"state","spec":"\\"type\\":\\"error\\"\\"code\\":\\"bad_command\\""}')
    assert viewer.strikes == 0
