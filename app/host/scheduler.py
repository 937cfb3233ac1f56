"""Who works when: slices of a few milliseconds, least CPU used first. The one owner of the clock; free of asyncio
and sockets.

`receive` takes a request at once; `work` does one piece of work. Whoever runs it calls `receive` between two
pieces, so a command waits one slice at most.
"""

import heapq
from collections.abc import Callable
from functools import partial
from json import loads
from typing import Any

import structlog

from app.data.tables import Shelf
from app.engine.pictures import PictureBuffers
from app.host.hosted import NEVER, SLICE, WINDOW, Hosted, Viewer
from app.host.keeping import PASSING
from app.host.kept_tables import named_table
from app.host.link import Kind, Message
from app.host.tally import Tally
from app.session.commands import parse_command
from app.session.events import Error, Event
from app.session.session import Session
from app.spec import Experiment, SpecError
from app.wire.frames import encode_frame
from app.wire.tables import decode_table

log = structlog.get_logger()

Send = Callable[[Message], None]
Clock = Callable[[], float]

CATCH_UP = 0.1
"""Seconds of CPU that a session which has rested may use before those that have not."""


class Scheduler:
    """Runs many sessions fairly. `send` passes reports on; `clock` gives seconds that never go back; `at_work` is told
    the number of the session that is worked at, and 0 when it no longer is."""

    def __init__(
        self,
        send: Send,
        clock: Clock,
        frames_per_second: float,
        at_work: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._send, self._clock, self._at_work = send, clock, at_work
        self._interval = 1 / frames_per_second
        self._hosted: dict[int, Hosted] = {}
        self._shelves: dict[int, Shelf] = {}
        """A session's tables; there may be some before it is opened."""
        self._buffers = PictureBuffers()
        self._ready: list[tuple[float, int, int]] = []
        self._waiting: list[tuple[float, int, int]] = []
        self.tally = Tally()
        self._served = 0.0
        """CPU used by the sessions being served, of which each time the one with the least is."""
        self.frames_held = False
        """The line to the web process is full: no frames until it is not. Events and answers wait, none is
        dropped."""

    # -- requests --------------------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """Carry out a request. One for a session that is not here is for one just closed, and nobody waits for it."""
        self._at_work(message.session)
        try:
            self._carry_request_out(message)
        except Exception:
            self._fail(message.session)
        self._at_work(0)

    def _carry_request_out(self, message: Message) -> None:
        if message.kind in TABLES:
            TABLES[message.kind](self._shelf(message.session), message.payload)
        if message.kind is Kind.CLOSE:
            self._shelves.pop(message.session, None)
        if message.kind in OPENERS:
            self._open(message)
        if (hosted := self._hosted.get(message.session)) is None:
            return
        if message.kind in REQUESTS:
            REQUESTS[message.kind](self, hosted, message)
        if message.session in self._hosted:
            self._enqueue(message.session, hosted)

    def _open(self, message: Message) -> None:
        """A newcomer begins where the others stand, so that it neither starves them nor is starved."""
        session = OPENERS[message.kind](message.payload, self._shelf(message.session))
        hosted = Hosted(session, self._served, sequence=message.sequence)
        hosted.repace(self._clock())
        self._hosted[message.session] = hosted

    def _shelf(self, number: int) -> Shelf:
        return self._shelves.setdefault(number, Shelf())

    def _fail(self, number: int) -> None:
        """A mistake of ours in one session must not end the others: it is forgotten, and its viewers begin anew."""
        log.exception("a session failed")
        self._hosted.pop(number, None)
        self._shelves.pop(number, None)
        self._send(Message(Kind.FAILED, number))

    def _command(self, hosted: Hosted, message: Message) -> None:
        """The answer goes to whoever asked, the rest to all."""
        reply, *news = self._carry_out(hosted, message)
        self._tell(message.session, reply, message.viewer, message.sequence)
        for event in news:
            self._tell(message.session, event, 0, message.sequence)

    def _replay(self, hosted: Hosted, message: Message) -> None:
        reply = self._carry_out(hosted, message)[0]
        if isinstance(reply, Error):
            hosted.session.refusal = reply.model_copy(update={"id": None})

    def _carry_out(self, hosted: Hosted, message: Message) -> list[Event]:
        hosted.sequence = message.sequence
        before, start = (hosted.playing, hosted.steps_per_second), self._clock()
        step_size, version = hosted.step_size, hosted.session.version
        events = answer(hosted.session, message.payload)
        if message.payload.startswith(PASSING):
            hosted.looked(version)
        now = self._clock()
        hosted.cpu += now - start
        if before != (hosted.playing, hosted.steps_per_second):
            hosted.repace(now)
        if hosted.step_size > step_size:
            hosted.step_cost = SLICE
        return events

    def _join(self, hosted: Hosted, message: Message) -> None:
        if not hosted.viewers:
            hosted.repace(self._clock())
        hosted.viewers[message.viewer] = Viewer()
        for event in hosted.session.greet():
            self._tell(message.session, event, message.viewer, message.sequence)

    def _credit(self, hosted: Hosted, message: Message) -> None:
        if viewer := hosted.viewers.get(message.viewer):
            viewer.credits = min(WINDOW, viewer.credits + 1)

    def _leave(self, hosted: Hosted, message: Message) -> None:
        hosted.viewers.pop(message.viewer, None)

    def _close(self, hosted: Hosted, message: Message) -> None:
        del self._hosted[message.session]

    def _save_now(self, hosted: Hosted, message: Message) -> None:
        self.save(message.session, hosted, message.viewer)

    def _tell(self, session: int, event: Event, viewer: int, sequence: int) -> None:
        self._send(Message(Kind.EVENT, session, viewer, sequence, event.model_dump_json().encode()))

    # -- work ------------------------------------------------------------------------------------------------

    def work(self) -> float | None:
        """Do the most urgent piece of work. Returns seconds until the next piece: 0 for now, None for none in
        sight."""
        now = self._clock()
        while self._waiting and self._waiting[0][0] <= now:
            _, number, ticket = heapq.heappop(self._waiting)
            if (hosted := self._current(number, ticket)) is not None:
                heapq.heappush(self._ready, (hosted.cpu, number, ticket))
        while self._ready:
            _, number, ticket = heapq.heappop(self._ready)
            if (hosted := self._current(number, ticket)) is not None:
                self._at_work(number)
                self._give_turn(number, hosted, now)
                self._at_work(0)
                break
        return self._until_next()

    def _give_turn(self, number: int, hosted: Hosted, now: float) -> None:
        self._served = max(self._served, hosted.cpu)
        try:
            self._attend(number, hosted, now)
        except Exception:
            self._fail(number)
            return
        hosted.cpu += self._clock() - now
        self._enqueue(number, hosted)

    def _current(self, number: int, ticket: int) -> Hosted | None:
        """The session behind a place in a queue, unless it has taken another place since."""
        hosted = self._hosted.get(number)
        return hosted if hosted is not None and hosted.ticket == ticket else None

    def _enqueue(self, number: int, hosted: Hosted) -> None:
        now = self._clock()
        hosted.ticket += 1
        hosted.cpu = max(hosted.cpu, self._served - CATCH_UP)
        due = hosted.next_due(now, self._interval, self.frames_held)
        if due <= now:
            heapq.heappush(self._ready, (hosted.cpu, number, hosted.ticket))
        elif due < NEVER:
            heapq.heappush(self._waiting, (due, number, hosted.ticket))

    def _until_next(self) -> float | None:
        if self._ready:
            return 0.0
        return max(0.0, self._waiting[0][0] - self._clock()) if self._waiting else None

    def _attend(self, number: int, hosted: Hosted, now: float) -> None:
        """A slice of training if it is due, then the frames and the snapshot that are."""
        if steps := hosted.steps_due(now, self._interval):
            self._train(number, hosted, steps)
        for name, viewer in hosted.viewers.items():
            if not self.frames_held and hosted.frame_due(viewer, self._interval) <= now:
                self._show(number, hosted, name, viewer, now)
        if hosted.snapshot_due() <= now:
            self.save(number, hosted)

    def _train(self, number: int, hosted: Hosted, steps: int) -> None:
        session, start = hosted.session, self._clock()
        before = session.step
        events = session.advance(steps)
        seconds = self._clock() - start
        self.tally.add(max(0, session.step - before), seconds)
        cost = seconds / steps
        weight = 0.3 if hosted.step_cost < SLICE else 1.0
        hosted.step_cost += weight * (max(cost, SLICE / 1e5) - hosted.step_cost)
        hosted.paced_steps += steps
        for event in events:
            self._tell(number, event, 0, hosted.sequence)

    def _show(self, number: int, hosted: Hosted, name: int, viewer: Viewer, now: float) -> None:
        session, figures = hosted.session, hosted.figures_due(viewer, now, self._interval)
        frame = session.frame(self._buffers, viewer.rows, figures)
        hosted.shown(viewer, now, self._interval, figures)
        data = encode_frame(frame, viewer.frames)
        self._send(Message(Kind.FRAME, number, name, hosted.sequence, data))

    def save(self, number: int, hosted: Hosted, asked: int = 0) -> None:
        """Tell a session's snapshot; `asked` is the number that came with a request for it."""
        snapshot = hosted.session.snapshot()
        hosted.saved(self._clock())
        self._send(Message(Kind.SNAPSHOT, number, asked, hosted.sequence, snapshot))


def _begin(payload: bytes, shelf: Shelf) -> Session:
    """A session; where only its table shows that the spec cannot be, one with the default spec, which says so."""
    try:
        return Session.create(Experiment.parse(loads(payload)), shelf)
    except SpecError as error:
        session = Session.create(Experiment(), shelf)
        session.refusal = Error(id=None, code=error.code, message=error.message, path=error.path)
        return session


def _take_table(shelf: Shelf, payload: bytes) -> None:
    """Only the bytes are kept until somebody asks for the table."""
    name, data = named_table(payload)
    shelf.put(name, partial(decode_table, data, name))


def _drop_table(shelf: Shelf, payload: bytes) -> None:
    shelf.drop(payload.decode())


def answer(session: Session, payload: bytes) -> list[Event]:
    """What `session` says to a command's JSON text; the first event is the answer."""
    try:
        command = parse_command(payload)
    except SpecError as error:
        return [Error(id=readable_id(payload), code=error.code, message=error.message, path=error.path)]
    return session.handle(command)


def readable_id(payload: bytes) -> int | None:
    """The id of a command that could not be read whole, if there is one."""
    try:
        found: Any = loads(payload)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**53 else None


OPENERS: dict[Kind, Callable[[bytes, Shelf], Session]] = {Kind.OPEN: _begin, Kind.RESTORE: Session.restore}
TABLES: dict[Kind, Callable[[Shelf, bytes], None]] = {Kind.TABLE: _take_table, Kind.DROP: _drop_table}
REQUESTS: dict[Kind, Callable[[Scheduler, Hosted, Message], None]] = {
    Kind.COMMAND: Scheduler._command,
    Kind.REPLAY: Scheduler._replay,
    Kind.JOIN: Scheduler._join,
    Kind.CREDIT: Scheduler._credit,
    Kind.LEAVE: Scheduler._leave,
    Kind.CLOSE: Scheduler._close,
    Kind.SAVE: Scheduler._save_now,
}
