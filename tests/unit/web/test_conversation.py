"""How a conversation ends when the browser goes in the middle of a frame."""

import asyncio
from typing import Any, cast

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket

from app.host.record import Viewer
from app.host.supervisor import Supervisor
from app.web.counts import Counts
from app.web.limits import Limits
from app.web.socket import Conversation

LIMITS = Limits(1000, 100.0, 100, 5.0, 5.0, ())
SCOPE = {"type": "websocket", "headers": [(b"host", b"localhost")]}


class Host:
    """A supervisor with one session, whose viewer gets a frame when the test says so."""

    kept_until: int | None = None

    def __init__(self) -> None:
        self.viewer: Viewer | None = None
        self.left = False

    def has(self, key: str) -> bool:
        return False

    async def room(self) -> None:
        return

    def open(self, spec: bytes) -> str:
        return "key"

    def join(self, key: str, viewer: Viewer) -> int:
        self.viewer = viewer
        return 1

    def leave(self, key: str, viewer: int) -> None:
        self.left = True


class Uvicorn:
    """The server's side of a socket, which ends when the browser has broken its rules."""

    def __init__(self, host: Host, error: Exception) -> None:
        self._host, self._error = host, error
        self.said: asyncio.Queue[Message] = asyncio.Queue()
        for message in (
            {"type": "websocket.connect"},
            {"type": "websocket.receive", "text": '{"type":"open"}'},
        ):
            self.said.put_nowait(message)
        self.over = False

    async def receive(self) -> Message:
        if self.said.empty():
            self._end()
        return await self.said.get()

    def _end(self) -> None:
        """The socket is closed, and in the same moment a frame comes."""
        self.over = True
        assert self._host.viewer is not None
        self._host.viewer.frame(b"picture")
        asyncio.get_running_loop().call_later(
            0.01, self.said.put_nowait, {"type": "websocket.disconnect", "code": 1009}
        )

    async def send(self, message: Message) -> None:
        if self.over:
            raise self._error


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'."),
        OSError("gone"),
    ],
    ids=["closed by the server's library", "lost"],
)
async def test_a_frame_for_a_browser_that_has_just_gone_is_no_mistake(error: Exception) -> None:
    host = Host()
    line = Uvicorn(host, error)
    conversation = Conversation(
        WebSocket(cast(Any, dict(SCOPE)), line.receive, line.send), cast(Supervisor, host), LIMITS, Counts()
    )
    await asyncio.wait_for(conversation.run(), 5.0)
    assert host.left


class Slow(Host):
    """A host whose store takes longer than a browser may take to say its first word."""

    async def find(self, key: str) -> bool:
        await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=0.15)
        return True


async def test_a_slow_store_is_not_the_browsers_fault() -> None:
    """Whoever has said `open` in time is not told that it came too late, after which a page does not come back."""
    host, said = Slow(), []
    line = Uvicorn(host, OSError("gone"))
    line.said = asyncio.Queue()
    line.said.put_nowait({"type": "websocket.connect"})
    line.said.put_nowait({"type": "websocket.receive", "text": '{"type":"open","session":"a-key"}'})

    async def send(message: Message) -> None:
        said.append(message)

    limits = Limits(1000, 100.0, 100, 0.05, 5.0, ())
    socket = WebSocket(cast(Any, dict(SCOPE)), line.receive, send)
    await asyncio.wait_for(Conversation(socket, cast(Supervisor, host), limits, Counts()).run(), 5.0)
    assert [message["type"] for message in said if message["type"] == "websocket.close"] == []
    assert any('"type":"welcome"' in message.get("text", "") for message in said)
