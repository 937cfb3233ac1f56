"""The sockets that are open, so that they can be told when the server ends."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from app.host.supervisor import Supervisor
from app.web.counts import Counts
from app.web.limits import Limits
from app.web.socket import Conversation

FAREWELL = 1.5
"""Seconds that sockets get to close when the server ends."""


class Conversations:
    """All conversations of the server."""

    def __init__(self, supervisor: Supervisor, limits: Limits) -> None:
        self._supervisor, self._limits = supervisor, limits
        self.counts = Counts()
        self._open: set[Conversation] = set()
        self._none = asyncio.Event()

    async def hold(self, websocket: WebSocket) -> None:
        """Talk with one browser from beginning to end."""
        conversation = Conversation(websocket, self._supervisor, self._limits, self.counts)
        self._open.add(conversation)
        self._none.clear()
        try:
            await conversation.run()
        finally:
            self._open.discard(conversation)
            if not self._open:
                self._none.set()

    async def end(self) -> None:
        """Tell every browser to come back later, and wait until they know or do not listen."""
        for conversation in self._open:
            conversation.go_away()
        if self._open:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._none.wait(), FAREWELL)


class Door:
    """Lets sockets at `path` in before the router: what that keeps for as long as a socket is open takes 10 kB."""

    def __init__(self, app: ASGIApp, path: str, hold: Callable[[WebSocket], Awaitable[None]]) -> None:
        self._app, self._path, self._hold = app, path, hold

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a socket's conversation; anything else is passed on."""
        if scope["type"] == "websocket" and scope["path"] == self._path:
            await self._hold(WebSocket(scope, receive, send))
        else:
            await self._app(scope, receive, send)
