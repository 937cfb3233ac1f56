"""What the web process keeps of one session, so that it outlives its engine: the last snapshot and the journal of
commands since. Knows no engine; it says what to tell one. What follows a command that was carried out is held back
until the store has that command, so that nothing is told that a crash could take back."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from app.host.keeping import PASSING, Keeper
from app.host.kept_tables import KeptTables
from app.host.link import Kind, Message
from app.host.story import Story
from app.store.kept import KeptSession

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
    one that has been answered, `journal` holds those that no snapshot holds yet. What was reported after command
    `needed` is `held` until the store has all commands up to it (`durable`)."""

    number: int
    digest: str
    engine: int
    keeper: Keeper
    opening: Message
    left_at: float
    seen_at: float
    """When the store was last told that somebody looks."""
    sequence: int = 0
    answered: int = 0
    journal: dict[int, Message] = field(default_factory=dict)
    viewers: dict[int, Viewer] = field(default_factory=dict)
    joined: int = 0
    tables: KeptTables = field(default_factory=KeptTables)
    waiting: list[asyncio.Future[Story]] = field(default_factory=list)
    """Who waits for the next snapshot."""
    needed: int = 0
    durable: int = 0
    held: list[tuple[int, Message]] = field(default_factory=list)
    at_rest: bool = True
    """Nobody looks, and the last snapshot is of the session as it was left."""

    def join(self, viewer: Viewer) -> Message:
        """Let `viewer` look. Its number is new, so that what is on the way to one who has left reaches nobody."""
        self.joined += 1
        self.viewers[self.joined] = viewer
        self.at_rest = False
        return Message(Kind.JOIN, self.number, self.joined)

    def leave(self, viewer: int) -> Iterator[Message]:
        """`viewer` is gone. The last one's leaving asks for a snapshot that is known by its number."""
        self.viewers.pop(viewer, None)
        yield Message(Kind.LEAVE, self.number, viewer)
        yield from self._last_look()

    def _last_look(self) -> Iterator[Message]:
        """Without viewers a session stands still: a snapshot of it, once, for the store."""
        if self.keeper.keeps and not self.viewers and not self.at_rest:
            yield Message(Kind.SAVE, self.number, self.joined)

    @property
    def forgettable(self) -> bool:
        """Nobody looks, and all of it is in the store, if there is one."""
        kept = not self.keeper.keeps or (self.at_rest and self.keeper.settled(self.digest))
        return not self.viewers and kept

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
        yield from self._last_look()

    def begin(self, kept: KeptSession, room: int) -> None:
        """Take over the commands and tables of `kept`, whose opening is the record's. NoRoomError where its tables are
        more than `room` bytes."""
        self.tables.take_over(kept.tables, room)
        self.sequence = kept.sequence
        for sequence, payload in kept.commands:
            self.sequence = sequence
            self.journal[sequence] = Message(Kind.REPLAY, self.number, 0, sequence, payload)
        self.answered = self.needed = self.durable = self.sequence

    def as_story(self) -> Story:
        """As it stands: the last snapshot, and the answered commands that it does not hold."""
        commands = [message.payload for number, message in self.journal.items() if number <= self.answered]
        is_snapshot = self.opening.kind is Kind.RESTORE
        return Story(self.opening.payload, is_snapshot, tuple(commands), self.tables.all())

    def take(self, report: Message) -> None:
        """A report of the engine's."""
        if report.kind is Kind.SNAPSHOT:
            self._keep_snapshot(report)
            return
        if report.viewer and report.kind is Kind.EVENT and report.sequence > self.answered:
            self._note_answer(report)
        if self.needed > self.durable:
            self.held.append((self.needed, report))
        else:
            REPORTS[report.kind](self, report)

    def let_out(self, durable: int) -> None:
        """The store has all commands up to `durable`, or nobody waits for it any longer."""
        self.durable = max(self.durable, durable)
        while self.held and self.held[0][0] <= self.durable:
            _, report = self.held.pop(0)
            REPORTS[report.kind](self, report)

    def _note_answer(self, report: Message) -> None:
        """A refused command has changed nothing and need not be kept."""
        self.answered = report.sequence
        if report.payload.startswith(REFUSAL):
            self.journal.pop(report.sequence, None)
            return
        message = self.journal.get(report.sequence)
        if message is None or message.payload.startswith(PASSING):
            return
        if self.keeper.command(self.digest, report.sequence, message.payload):
            self.needed = report.sequence

    def _keep_snapshot(self, report: Message) -> None:
        """From now on the session is restored from here, and earlier commands need not be kept."""
        self.at_rest = not self.viewers and (self.at_rest or report.viewer == self.joined)
        if (
            report.sequence or self.opening.kind is Kind.RESTORE
        ):  # else the opening says as much in fewer bytes
            self.keeper.snapshot(self.digest, report.sequence, report.payload)
        self.opening = report._replace(kind=Kind.RESTORE, viewer=0)
        for sequence in [number for number in self.journal if number <= report.sequence]:
            del self.journal[sequence]
        for future in self.waiting:
            if not future.done():
                future.set_result(self.as_story())
        self.waiting.clear()


def _event(record: Record, report: Message) -> None:
    """News for all, or an answer for one."""
    if report.viewer == 0:
        for viewer in record.viewers.values():
            viewer.event(report.payload)
    elif (asker := record.viewers.get(report.viewer)) is not None:
        asker.event(report.payload)


def _frame(record: Record, report: Message) -> None:
    if (viewer := record.viewers.get(report.viewer)) is not None:
        viewer.frame(report.payload)


REPORTS: dict[Kind, Callable[[Record, Message], None]] = {
    Kind.EVENT: _event,
    Kind.FRAME: _frame,
}
