"""The conversation with one browser over its WebSocket; see docs/protocol.md. Nothing that a browser sends ends in
a traceback."""

import asyncio
import contextlib
from typing import NoReturn

from starlette.datastructures import Headers
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from app.assemble import settle
from app.data.tables import BUNDLED
from app.host.kept_tables import NoRoomError
from app.host.supervisor import OutdatedError, ServerFullError, Supervisor
from app.session.events import Error
from app.spec import Experiment, SpecError
from app.web.counts import Counts
from app.web.inbox import Forward, read
from app.web.limits import Limits, TokenBucket
from app.web.security import origin_allowed
from app.web.viewer import POLICY, BrowserViewer
from app.wire.messages import Ack, Open, Ping, Pong, Welcome

LAST_WORDS = 1.0
"""Seconds for what is still to be said when a conversation ends."""

NOT_KEPT = "the server does not know this session any more"
OUTDATED = "this session was kept by an older version of the playground, which this one cannot read"

GOING_AWAY, FULL, SILENT, NOT_OPENED = 1001, 1013, 4000, 4001
"""Close codes."""


class LeftError(Exception):
    """The browser is gone, or has been told to go."""


class Conversation:
    """One socket, from `open` to the end."""

    def __init__(self, socket: WebSocket, supervisor: Supervisor, limits: Limits, counts: Counts) -> None:
        self._socket, self._supervisor, self._limits = socket, supervisor, limits
        self._viewer = BrowserViewer(self._stop_listening, counts)
        self._bucket = TokenBucket(limits.commands_per_second, limits.command_burst)
        self._patience: asyncio.Timeout | None = None
        self._key = ""
        self._number = 0

    async def run(self) -> None:
        """Refuse foreign pages, then talk until the browser or the server ends it."""
        if not origin_allowed(Headers(scope=self._socket.scope), self._limits.allowed_origins):
            await self._socket.close(POLICY, "pages of another site may not connect")
            return
        self._socket.scope["headers"] = []  # kilobytes that nobody asks for again
        await self._socket.accept()
        writer = asyncio.create_task(self._viewer.run(self._socket))
        try:
            with contextlib.suppress(LeftError):
                await self._talk()
        finally:
            if self._number:
                self._supervisor.leave(self._key, self._number)
            await self._finish(writer)

    def go_away(self) -> None:
        """The server ends: say so and close."""
        self._viewer.close(GOING_AWAY, "the server is going away")

    async def _finish(self, writer: asyncio.Task[None]) -> None:
        """Give the last words a moment; a browser that is gone or does not read them is not waited for."""
        gone = self._socket.client_state is WebSocketState.DISCONNECTED
        if gone:
            writer.cancel()
        done, _ = await asyncio.wait([writer], timeout=LAST_WORDS)
        if not done:
            writer.cancel()
        elif (
            not writer.cancelled()
            and (error := writer.exception())
            and not gone  # then sending to it fails in one way or another, which is nobody's mistake
            and not isinstance(error, WebSocketDisconnect)
        ):
            raise error

    async def _talk(self) -> None:
        """Listen while the browser says something now and then. One timer that is put off, not one a message."""
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(self._limits.open_seconds) as self._patience:
                await self._open()
                while True:
                    self._patience.reschedule(now() + self._limits.silent_seconds)
                    self._take(await self._receive())
        except TimeoutError:
            self._patience = None
            if self._number:
                self._leave(SILENT, "nothing was said for too long")
            self._leave(NOT_OPENED, "open was not sent in time")
        finally:
            self._patience = None

    def _stop_listening(self) -> None:
        """A close has been decided on elsewhere: no more waiting for what the browser may say."""
        if self._patience is not None:
            self._patience.reschedule(asyncio.get_running_loop().time())

    async def _receive(self) -> str | bytes:
        """The next message; LeftError when there will be none."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise LeftError
        text: str | None = message.get("text")
        return text if text is not None else message["bytes"]

    def _leave(self, code: int, reason: str) -> NoReturn:
        self._viewer.close(code, reason)
        raise LeftError

    # -- opening ---------------------------------------------------------------------------------------------

    async def _open(self) -> None:
        data = await self._receive()
        if self._patience is not None:  # how long the store takes is not the browser's fault
            self._patience.reschedule(asyncio.get_running_loop().time() + self._limits.silent_seconds)
        try:
            message = self._read(data)
        except SpecError as error:
            self._refuse(error)
            message = None
        if not isinstance(message, Open):
            self._leave(NOT_OPENED, "the first message must be open")
        lost = refused = None
        if message.session is not None:
            lost = await self._come_back(message.session)
        if not self._key:
            spec, refused = usable_spec(message.spec)
            await self._supervisor.room()
            self._key = self._begin(spec)
        until, resumed = self._supervisor.kept_until, self._key == message.session
        welcome = Welcome(session=self._key, resumed=resumed, spec_refused=refused, kept_until=until)
        self._say(welcome.model_copy(update={"not_resumed": lost}))
        self._number = self._supervisor.join(self._key, self._viewer)

    async def _come_back(self, key: str) -> str | None:
        """Take up the session of that key; why not, where it is not there any more."""
        try:
            if not await self._supervisor.find(key):
                return NOT_KEPT
        except OutdatedError:
            return OUTDATED
        except ServerFullError:
            self._turn_away("the server is full")
        except NoRoomError as error:
            self._turn_away(str(error))
        except OSError:
            self._turn_away("the server cannot read what it has kept")
        self._key = key
        return None

    def _begin(self, spec: Experiment) -> str:
        try:
            return self._supervisor.open(spec.model_dump_json(exclude_unset=True).encode())
        except ServerFullError:
            self._turn_away("the server is full")

    def _turn_away(self, why: str) -> NoReturn:
        self._refuse(SpecError(f"{why}; try again later", (), "server_full"))
        self._leave(FULL, why)

    def _say(self, message: Welcome | Pong | Error) -> None:
        self._viewer.event(message.model_dump_json().encode())

    # -- talking ---------------------------------------------------------------------------------------------

    def _take(self, data: str | bytes) -> None:
        """One message after `open`."""
        number = None
        try:
            message = self._read(data)
            if isinstance(message, Ack):
                self._acknowledge()
                return
            if isinstance(message, Open):
                raise SpecError("this socket is open already", (), "bad_command")
            if isinstance(message, Forward):
                number = message.id
            if not self._bucket.take():
                limit = f"{self._limits.commands_per_second:g} commands a second"
                raise SpecError(f"commands come too fast; allowed: {limit}", (), "too_fast")
            if isinstance(message, Ping):
                self._say(Pong())
            else:
                self._supervisor.command(self._key, self._number, message.text)
        except SpecError as error:
            self._refuse(error, number)

    def _read(self, data: str | bytes) -> Open | Ack | Ping | Forward:
        if isinstance(data, bytes):
            raise SpecError("binary messages are not understood; send JSON text", (), "bad_command")
        return read(data)

    def _acknowledge(self) -> None:
        """One more frame may come; an acknowledgement of nothing means nothing."""
        if self._viewer.frames_out > 0:
            self._viewer.frames_out -= 1
            self._supervisor.credit(self._key, self._number)

    def _refuse(self, error: SpecError, number: int | None = None) -> None:
        self._say(Error(id=number, code=error.code, message=error.message, path=error.path))


def usable_spec(tree: dict[str, object] | None) -> tuple[Experiment, str | None]:
    """The spec to begin with, and why the given one was not used if it was not. A new session has no tables of its own,
    so one that names such a table is not."""
    try:
        return Experiment.parse(settle(tree or {}, BUNDLED)), None
    except SpecError as error:
        return Experiment(), error.message
