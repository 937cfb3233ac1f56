"""Lines to engines, as the web process holds them.

A line delivers reports to a callback and says when its engine has died. Knows nothing of what the messages mean.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Protocol, cast

from app.host.at_work import AtWork
from app.host.link import Kind, Message, Unpacker, pack
from app.host.tally import Tally

Deliver = Callable[[Message], None]


class Line(Protocol):
    """A way to one engine."""

    @property
    def tally(self) -> Tally:
        """What the engine has done, as it last said."""

    async def start(self) -> None:
        """Bring the engine up."""

    def send(self, message: Message) -> None:
        """Hand over a request."""

    async def stop(self) -> None:
        """End the engine."""


def spawn(line: socket.socket, frames_per_second: float, at_work: AtWork) -> subprocess.Popen[bytes]:
    """An engine process that holds `line` and tells in `at_work` what it does; returns at once."""
    held = [line.fileno(), at_work.descriptor]
    words = [str(word) for word in (line.fileno(), frames_per_second, at_work.descriptor)]
    command = [sys.executable, "-m", "app.host.engine_process", *words]
    return subprocess.Popen(command, pass_fds=held, stdin=subprocess.DEVNULL)  # noqa: S603  # our own words


class ProcessLine(asyncio.Protocol):
    """An engine process at the other end of a socketpair. When it dies unasked, `died` is told."""

    def __init__(
        self, deliver: Deliver, died: Callable[["ProcessLine"], None], frames_per_second: float
    ) -> None:
        self._deliver, self._died, self._fps = deliver, died, frames_per_second
        self._unpacker = Unpacker()
        self._transport: asyncio.Transport | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._at_work = AtWork.new()
        self.tally = Tally()
        self.silent = True
        """Nothing has come since this was last set."""

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    @property
    def at_work(self) -> int:
        """The number of the session that it works at, or died at; 0 for none."""
        return self._at_work.session

    async def start(self) -> None:
        """Start the process; requests sent before it is up wait in the line."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._process = spawn(theirs, self._fps, self._at_work)
        theirs.close()
        self._at_work.close()
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=ours)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is open."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one only in what it can do

    def data_received(self, data: bytes) -> None:
        """Reports, in any portions."""
        self.silent = False
        for message in self._unpacker.feed(data):
            if message.kind is Kind.PONG:
                self.tally = Tally.unpack(message.payload)
            else:
                self._deliver(message)

    def connection_lost(self, error: Exception | None) -> None:
        """The engine is gone."""
        self._transport = None
        if not self._stopping:
            if self._process:
                self._process.kill()  # dead already, unless it closed the line for reasons of its own
                self._process.wait()
            self._died(self)

    def send(self, message: Message) -> None:
        """Hand over a request; one to a dead engine is lost here and sent again by whoever restores the session."""
        if self._transport is not None:
            self._transport.write(pack(message))

    def kill(self) -> None:
        """End an engine that hangs; the end of its line is then told like that of any other that dies."""
        if self._process:
            self._process.kill()

    async def stop(self) -> None:
        """Close the line, which ends the process; one that hangs is killed."""
        self._stopping = True
        if self._transport:
            self._transport.close()
        if self._process:
            try:
                await asyncio.to_thread(self._process.wait, 2.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                await asyncio.to_thread(self._process.wait)
