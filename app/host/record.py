"""What the web process keeps of one session, so that it outlives its engine: the last snapshot and the journal of
commands since. Knows no engine; it says what to tell one."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from app.host.kept_tables import KeptTables
from app.host.link import Kind, Message
from app.host.story import Story

REFUSAL = b'{"type":"error"'


class Viewer(Protocol):
    """Whoever looks at a session; all calls return at once."""

    def event(self, payload: bytes) -> None:
        """An event's JSON."""

    def frame(self, payload: bytes) -> None:
        """A frame's bytes."""

    def close(self, code: int, reason: str) -> None:
        """It is over; a WebSocket close code and words for people."""


@dataclass
class Record:
    """`opening` begins the session until there is a snapshot. `sequence` numbers its commands, `answered` is the last
    one whose answer has gone out, `journal` holds those that no snapshot holds yet."""

    number: int
    key: str
    engine: int
    opening: Message
    left_at: float
    sequence: int = 0
    answered: int = 0
    journal: dict[int, Message] = field(default_factory=dict)
    viewers: dict[int, Viewer] = field(default_factory=dict)
    joined: int = 0
    tables: KeptTables = field(default_factory=KeptTables)
    waiting: list[asyncio.Future[Story]] = field(default_factory=list)
    """Who waits for the next snapshot."""

    def join(self, viewer: Viewer) -> Message:
        """Let `viewer` look. Its number is new, so that what is on the way to one who has left reaches nobody."""
        self.joined += 1
        self.viewers[self.joined] = viewer
        return Message(Kind.JOIN, self.number, self.joined)

    def command(self, viewer: int, payload: bytes) -> Message:
        """The next command, entered in the journal."""
        self.sequence += 1
        self.tables.note_use(payload)
        message = Message(Kind.COMMAND, self.number, viewer, self.sequence, payload)
        self.journal[self.sequence] = message
        return message

    def story(self) -> Iterator[Message]:
        """All that a new engine must be told to go on as the old one would have."""
        for payload in self.tables.told():
            yield Message(Kind.TABLE, self.number, payload=payload)
        yield self.opening
        for message in self.journal.values():
            yield message._replace(kind=Kind.REPLAY) if message.sequence <= self.answered else message
        for number in self.viewers:
            yield Message(Kind.JOIN, self.number, number)

    def begin(self, story: Story, room: int) -> None:
        """Take over the commands and tables of `story`, whose opening is the record's. NoRoomError where its tables are
        more than `room` bytes."""
        self.tables.take_over(story.tables, room)
        for payload in story.commands:
            self.sequence += 1
            self.journal[self.sequence] = Message(Kind.REPLAY, self.number, 0, self.sequence, payload)
        self.answered = self.sequence

    def as_story(self) -> Story:
        """As it stands: the last snapshot, and the answered commands that it does not hold."""
        commands = [message.payload for number, message in self.journal.items() if number <= self.answered]
        is_snapshot = self.opening.kind is Kind.RESTORE
        return Story(self.opening.payload, is_snapshot, tuple(commands), self.tables.all())

    def take(self, report: Message) -> None:
        """A report of the engine's."""
        REPORTS[report.kind](self, report)


def _event(record: Record, report: Message) -> None:
    """News for all, or an answer for one. A refused command has changed nothing and need not be kept."""
    if report.viewer == 0:
        for viewer in record.viewers.values():
            viewer.event(report.payload)
        return
    record.answered = max(record.answered, report.sequence)
    if report.payload.startswith(REFUSAL):
        record.journal.pop(report.sequence, None)
    if (asker := record.viewers.get(report.viewer)) is not None:
        asker.event(report.payload)


def _frame(record: Record, report: Message) -> None:
    if (viewer := record.viewers.get(report.viewer)) is not None:
        viewer.frame(report.payload)


def _snapshot(record: Record, report: Message) -> None:
    """From now on the session is restored from here, and earlier commands need not be kept."""
    record.opening = report._replace(kind=Kind.RESTORE)
    for sequence in [number for number in record.journal if number <= report.sequence]:
        del record.journal[sequence]
    for future in record.waiting:
        if not future.done():
            future.set_result(record.as_story())
    record.waiting.clear()


REPORTS: dict[Kind, Callable[[Record, Message], None]] = {
    Kind.EVENT: _event,
    Kind.FRAME: _frame,
    Kind.SNAPSHOT: _snapshot,
}
