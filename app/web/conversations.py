"""The sockets that are open, so that they can be told when the server ends."""

import asyncio
import contextlib

from starlette.websockets import WebSocket

from app.host.supervisor import Supervisor
from app.web.limits import Limits
from app.web.socket import Conversation

FAREWELL = 1.5
"""Seconds that sockets get to close when the server ends."""


class Conversations:
    """All conversations of the server."""

    def __init__(self, supervisor: Supervisor, limits: Limits) -> None:
        self._supervisor, self._limits = supervisor, limits
        self._open: set[Conversation] = set()
        self._none = asyncio.Event()

    async def hold(self, websocket: WebSocket) -> None:
        """Talk with one browser from beginning to end."""
        conversation = Conversation(websocket, self._supervisor, self._limits)
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
