"""Which session lives on which engine, who looks at it, and how it survives its engine's death.

Of every session it keeps the last snapshot and the commands sent since (the journal). When an engine dies, the
spare takes its place and gets the snapshots, then the journals: commands already answered as replays, the others to
be answered.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from app.host.lines import Line, ProcessLine
from app.host.link import Kind, Message

log = structlog.get_logger()

KEY_BYTES = 18
"""Randomness in a session's key: nobody guesses another's."""


class Viewer(Protocol):
    """Whoever looks at a session; both calls return at once."""

    def event(self, payload: bytes) -> None:
        """An event's JSON."""

    def frame(self, payload: bytes) -> None:
        """A frame's bytes."""


class ServerFullError(Exception):
    """No session can be begun: all places are taken by sessions somebody looks at."""


@dataclass
class Record:
    """What the web process keeps of a session. `opening` begins it until there is a snapshot."""

    number: int
    key: str
    engine: int
    opening: Message
    left_at: float
    sequence: int = 0
    answered: int = 0
    journal: deque[Message] = field(default_factory=deque)
    viewers: dict[int, Viewer] = field(default_factory=dict)


class Supervisor:
    """All sessions of the server. Its methods are for the event loop's thread and return at once."""

    def __init__(
        self, engines: int, frames_per_second: float, max_sessions: int, idle_seconds: float
    ) -> None:
        self._fps, self._max, self._idle = frames_per_second, max_sessions, idle_seconds
        self._inline = engines == 0
        self._lines: list[Line] = [self._new_line() for _ in range(max(1, engines))]
        self._spare: Line | None = None
        self._records: dict[str, Record] = {}
        self._numbers: dict[int, Record] = {}
        self._last = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def _new_line(self) -> Line:
        if self._inline:
            from app.host.inline import (
                InlineLine,
            )  # not above: with engine processes the web process needs no NumPy

            return InlineLine(self._deliver, self._fps)
        return ProcessLine(self._deliver, self._died, self._fps)

    async def start(self) -> None:
        """Bring the engines up, and a spare for when one dies: starting it only then would take most of a second."""
        for line in self._lines:
            await line.start()
        if not self._inline:
            await self._start_spare()

    async def _start_spare(self) -> None:
        spare = self._new_line()
        await spare.start()
        self._spare = spare

    async def stop(self) -> None:
        """End the engines; the sessions are gone."""
        spare = [self._spare] if self._spare else []
        await asyncio.gather(*(line.stop() for line in [*self._lines, *spare]))

    @property
    def sessions(self) -> int:
        """How many sessions there are."""
        return len(self._records)

    @property
    def engine_pids(self) -> list[int]:
        """The ids of the engine processes that hold sessions; none when inline."""
        return [line.pid for line in self._lines if isinstance(line, ProcessLine)]

    # -- sessions --------------------------------------------------------------------------------------------

    def open(self, spec: bytes) -> str:
        """Begin a session with a spec's JSON, which must be valid; its key. ServerFullError if there is no place."""
        self.expire()
        if len(self._records) >= self._max:
            self._make_room()
        self._last += 1
        engine = self._least_loaded()
        opening = Message(Kind.OPEN, self._last, payload=spec)
        record = Record(self._last, secrets.token_urlsafe(KEY_BYTES), engine, opening, time.monotonic())
        self._records[record.key] = self._numbers[record.number] = record
        self._send(record, opening)
        return record.key

    def _least_loaded(self) -> int:
        """The engine with the fewest sessions."""
        loads = [0] * len(self._lines)
        for record in self._numbers.values():
            loads[record.engine] += 1
        return loads.index(min(loads))

    def _make_room(self) -> None:
        """Forget the session that nobody has looked at for longest."""
        deserted = [record for record in self._records.values() if not record.viewers]
        if not deserted:
            raise ServerFullError
        self.close(min(deserted, key=lambda record: record.left_at).key)

    def expire(self) -> None:
        """Forget sessions that nobody has looked at for the idle time."""
        latest = time.monotonic() - self._idle
        for record in list(self._records.values()):
            if not record.viewers and record.left_at < latest:
                self.close(record.key)

    def close(self, key: str) -> None:
        """Forget a session."""
        record = self._records.pop(key)
        del self._numbers[record.number]
        self._send(record, Message(Kind.CLOSE, record.number))

    def has(self, key: str) -> bool:
        """The session is there."""
        return key in self._records

    # -- viewers ---------------------------------------------------------------------------------------------

    def join(self, key: str, viewer: Viewer) -> int:
        """Let `viewer` look; it gets state, points and a frame. Its number among the session's viewers."""
        record = self._records[key]
        number = max(record.viewers, default=0) + 1
        record.viewers[number] = viewer
        self._send(record, Message(Kind.JOIN, record.number, number))
        return number

    def leave(self, key: str, viewer: int) -> None:
        """`viewer` is gone; without any, the session stands still and waits."""
        if (record := self._records.get(key)) is None:
            return
        record.viewers.pop(viewer, None)
        record.left_at = time.monotonic()
        self._send(record, Message(Kind.LEAVE, record.number, viewer))

    def credit(self, key: str, viewer: int) -> None:
        """`viewer` has drawn a frame."""
        if (record := self._records.get(key)) is not None:
            self._send(record, Message(Kind.CREDIT, record.number, viewer))

    def command(self, key: str, viewer: int, payload: bytes) -> None:
        """A command of `viewer`'s, in its JSON text; kept until a snapshot holds it."""
        record = self._records[key]
        record.sequence += 1
        message = Message(Kind.COMMAND, record.number, viewer, record.sequence, payload)
        record.journal.append(message)
        self._send(record, message)

    def _send(self, record: Record, message: Message) -> None:
        self._lines[record.engine].send(message)

    # -- reports ---------------------------------------------------------------------------------------------

    def _deliver(self, message: Message) -> None:
        """Pass a report on; one for a session just closed falls away."""
        if (record := self._numbers.get(message.session)) is not None:
            REPORTS[message.kind](record, message)

    def _died(self, line: Line) -> None:
        """An engine has died: the spare takes its place and its sessions, and another spare is started."""
        if line is self._spare:
            self._spare = None
            self._later(self._start_spare())
        elif self._spare is not None:
            log.warning("an engine died; the spare takes its sessions")
            engine = self._lines.index(line)
            self._lines[engine], self._spare = self._spare, None
            self._rebuild_all(engine)
            self._later(self._start_spare())
        else:
            log.warning("an engine died; another is started for its sessions")
            self._later(self._replace(self._lines.index(line)))

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, engine: int) -> None:
        line = self._new_line()
        await line.start()
        self._lines[engine] = line
        self._rebuild_all(engine)

    def _rebuild_all(self, engine: int) -> None:
        for record in self._numbers.values():
            if record.engine == engine:
                self._rebuild(record)

    def _rebuild(self, record: Record) -> None:
        """Snapshot, journal, viewers: what the dead engine knew of a session."""
        self._send(record, record.opening)
        for message in record.journal:
            known = message.sequence <= record.answered
            self._send(record, message._replace(kind=Kind.REPLAY) if known else message)
        for number in record.viewers:
            self._send(record, Message(Kind.JOIN, record.number, number))


def _event(record: Record, message: Message) -> None:
    if message.viewer == 0:
        for viewer in record.viewers.values():
            viewer.event(message.payload)
        return
    record.answered = max(record.answered, message.sequence)
    if (asker := record.viewers.get(message.viewer)) is not None:
        asker.event(message.payload)


def _frame(record: Record, message: Message) -> None:
    if (viewer := record.viewers.get(message.viewer)) is not None:
        viewer.frame(message.payload)


def _snapshot(record: Record, message: Message) -> None:
    """From now on the session is restored from here, and earlier commands need not be kept."""
    record.opening = Message(Kind.RESTORE, record.number, 0, message.sequence, message.payload)
    while record.journal and record.journal[0].sequence <= message.sequence:
        record.journal.popleft()


REPORTS: dict[Kind, Callable[[Record, Message], None]] = {
    Kind.EVENT: _event,
    Kind.FRAME: _frame,
    Kind.SNAPSHOT: _snapshot,
}
