"""Engines that only write down what they are told, and viewers that remember what they were given."""

import asyncio
import json
from collections.abc import Callable
from typing import ClassVar

from app.host.keeping import Keeper
from app.host.link import Kind, Message
from app.host.supervisor import Supervisor
from app.host.tally import Tally

SPEC = b"{}"
OK = b'{"type":"ok","id":%d,"ids":[],"seed":null}'
ERROR = b'{"type":"error","id":%d,"code":"unknown_point","message":"no","path":[]}'


class Engine:
    """A line to an engine that is none. `alive` until `die`; what is sent to it after that is lost."""

    started: ClassVar[list["Engine"]] = []

    def __init__(
        self, deliver: Callable[[Message], None], died: Callable[["Engine"], None], fps: float
    ) -> None:
        self._deliver, self._died = deliver, died
        self.heard: list[Message] = []
        self.alive = True
        self.silent = True
        self.pid = self.at_work = 0
        self.tally = Tally(slices=1, steps=10, seconds=0.5)

    async def start(self) -> None:
        self.started.append(self)

    def send(self, message: Message) -> None:
        if self.alive:
            self.heard.append(message)

    async def stop(self) -> None:
        self.alive = False

    def kill(self) -> None:
        self.die()

    def die(self, at_work: int = 0) -> None:
        """In the middle of the session of this number."""
        self.alive, self.at_work = False, at_work
        self._died(self)

    def report(
        self, kind: Kind, session: int, viewer: int = 0, sequence: int = 0, payload: bytes = b""
    ) -> None:
        self._deliver(Message(kind, session, viewer, sequence, payload))

    def commands(self) -> list[tuple[str, int, bytes]]:
        """What it was asked to carry out, and how."""
        kinds = {Kind.OPEN, Kind.RESTORE, Kind.COMMAND, Kind.REPLAY}
        return [(m.kind.name, m.sequence, m.payload) for m in self.heard if m.kind in kinds]


class Spectator:
    """A viewer that remembers what it was given."""

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.frames: list[bytes] = []
        self.closed: list[int] = []

    def close(self, code: int, reason: str) -> None:
        self.closed.append(code)

    def event(self, payload: bytes) -> None:
        self.events.append(payload)

    def frame(self, payload: bytes) -> None:
        self.frames.append(payload)


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


async def make(
    count: int = 1,
    max_sessions: int = 100,
    idle_seconds: float = 60.0,
    hang_seconds: float = 10.0,
    tables_bytes: int = 10**9,
    keeper: Keeper | None = None,
) -> Supervisor:
    """A supervisor that has started."""
    supervisor = Supervisor(count, 60.0, max_sessions, idle_seconds, hang_seconds, tables_bytes, keeper)
    await supervisor.start()
    return supervisor


def ask(supervisor: Supervisor, key: str, viewer: int, *ids: int) -> list[bytes]:
    """Give commands of these ids; their texts."""
    texts = [json.dumps({"type": "pause", "id": number}).encode() for number in ids]
    for text in texts:
        supervisor.command(key, viewer, text)
    return texts


async def turns() -> None:
    """Let the event loop do what is waiting."""
    for _ in range(10):
        await asyncio.sleep(0)
