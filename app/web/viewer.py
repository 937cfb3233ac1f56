"""A browser that looks at a session: what is on its way to it, sent in order by one task, so that none waits for
another."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from starlette.types import Message

from app.web.counts import Counts

MOST_WAITING = 12 << 20
"""Bytes that may wait for a browser: four frames of the largest view (its two credits, and two more when an engine has
taken a dead one's place) and some events. More than this means that it has stopped reading."""

GIVEN_UP = 1013
"""Close code for a browser that does not read."""

MOST_STRIKES, POLICY = 20, 1008
"""Bad messages in a row before the socket is closed, and the code to close it with."""

STRIKE, PRAISE = (b'{"type":"error"', b'"code":"bad_command"'), b'{"type":"ok"'
"""How the answer to a bad message begins and what it holds; how the answer to a good one begins."""


class Socket(Protocol):
    """The part of a Starlette WebSocket that is used here."""

    async def send(self, message: Message) -> None:
        """Send an ASGI message; waits while the line is full."""


class BrowserViewer:
    """Takes events and frames at any time; `run` sends them. `closing` is called once when it is decided to close."""

    def __init__(self, closing: Callable[[], None], counts: Counts) -> None:
        self._counts = counts
        self._waiting: list[tuple[Message, int]] = []  # short; an empty deque takes ten times as much
        self._size = 0
        self._sleep: asyncio.Future[None] | None = None  # an Event takes five times as much
        self._close: tuple[int, str] | None = None
        self._closing = closing
        self.frames_out = 0
        self.strikes = 0
        """Bad messages in a row."""

    def event(self, payload: bytes) -> None:
        """An event's JSON."""
        begins, holds = STRIKE
        if payload.startswith(begins):
            self._counts.refusal(payload)
            self.strikes += holds in payload
        elif payload.startswith(PRAISE):
            self.strikes = 0
        self._put({"type": "websocket.send", "text": payload.decode()}, len(payload))
        if self.strikes >= MOST_STRIKES:
            self.close(POLICY, "too many bad messages")

    def frame(self, payload: bytes) -> None:
        """A frame's bytes."""
        self.frames_out += 1
        self._counts.frame(len(payload))
        self._put({"type": "websocket.send", "bytes": payload}, len(payload))

    def close(self, code: int, reason: str) -> None:
        """Close after what is waiting; the first reason given stands, and nothing is taken any more."""
        if self._close is None:
            self._close = (code, reason)
            self._wake()
            self._closing()

    def _put(self, message: Message, size: int) -> None:
        if self._close is not None:
            return
        if self._size + size > MOST_WAITING:
            self._waiting.clear()
            self.close(GIVEN_UP, "too much is waiting: this browser does not read")
            return
        self._size += size
        self._waiting.append((message, size))
        self._wake()

    def _wake(self) -> None:
        if self._sleep is not None and not self._sleep.done():
            self._sleep.set_result(None)

    async def run(self, socket: Socket) -> None:
        """Send until closed."""
        while True:
            if not self._waiting and self._close is None:
                self._sleep = asyncio.get_running_loop().create_future()
                await self._sleep
            while self._waiting:
                message, size = self._waiting.pop(0)
                await socket.send(message)
                self._size -= size
            if self._close:
                code, reason = self._close
                await socket.send({"type": "websocket.close", "code": code, "reason": reason})
                return
