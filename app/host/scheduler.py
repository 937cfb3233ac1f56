"""Who works when: slices of a few milliseconds, least CPU used first. The one owner of the clock; free of asyncio
and sockets.

`receive` takes a request at once; `work` does one piece of work. Whoever runs it calls `receive` between two
pieces, so a command waits one slice at most.
"""

import heapq
from collections.abc import Callable
from json import loads
from typing import Any

from app.engine.pictures import PictureBuffers
from app.host.hosted import NEVER, SLICE, WINDOW, Hosted, Viewer
from app.host.link import Kind, Message
from app.session.commands import parse_command
from app.session.events import Error, Event
from app.session.session import Session
from app.spec import Experiment, SpecError
from app.wire.frames import encode_frame

Send = Callable[[Message], None]
Clock = Callable[[], float]


class Scheduler:
    """Runs many sessions fairly. `send` passes reports on; `clock` gives seconds that never go back."""

    def __init__(self, send: Send, clock: Clock, frames_per_second: float) -> None:
        self._send, self._clock = send, clock
        self._interval = 1 / frames_per_second
        self._hosted: dict[int, Hosted] = {}
        self._buffers = PictureBuffers()
        self._ready: list[tuple[float, int, int]] = []
        self._waiting: list[tuple[float, int, int]] = []
        self.frames_held = False
        """The line to the web process is full: no frames until it is not. Events and answers wait, none is
        dropped."""

    # -- requests --------------------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """Carry out a request. One for a session that is not here is for one just closed, and nobody waits for it."""
        hosted = self._hosted.get(message.session)
        if message.kind in OPENERS:
            hosted = self._hosted[message.session] = self._newcomer(OPENERS[message.kind](message.payload))
        if hosted is None:
            return
        REQUESTS[message.kind](self, hosted, message)
        if message.session in self._hosted:
            self._enqueue(message.session, hosted)

    def _newcomer(self, session: Session) -> Hosted:
        """A newcomer begins at the least CPU used, so that it neither starves nor is starved."""
        hosted = Hosted(session, cpu=min((other.cpu for other in self._hosted.values()), default=0.0))
        hosted.repace(self._clock())
        return hosted

    def _opened(self, hosted: Hosted, message: Message) -> None:
        hosted.sequence = message.sequence

    def _command(self, hosted: Hosted, message: Message) -> None:
        """The answer goes to whoever asked, the rest to all."""
        reply, *news = self._carry_out(hosted, message)
        self._tell(message.session, reply, message.viewer, message.sequence)
        for event in news:
            self._tell(message.session, event, 0, message.sequence)

    def _replay(self, hosted: Hosted, message: Message) -> None:
        self._carry_out(hosted, message)

    def _carry_out(self, hosted: Hosted, message: Message) -> list[Event]:
        hosted.sequence = message.sequence
        before, start = (hosted.playing, hosted.steps_per_second), self._clock()
        events = answer(hosted.session, message.payload)
        now = self._clock()
        hosted.cpu += now - start
        if before != (hosted.playing, hosted.steps_per_second):
            hosted.repace(now)
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
                self._attend(number, hosted, now)
                hosted.cpu += self._clock() - now
                self._enqueue(number, hosted)
                break
        return self._until_next()

    def _current(self, number: int, ticket: int) -> Hosted | None:
        """The session behind a place in a queue, unless it has taken another place since."""
        hosted = self._hosted.get(number)
        return hosted if hosted is not None and hosted.ticket == ticket else None

    def _enqueue(self, number: int, hosted: Hosted) -> None:
        now = self._clock()
        hosted.ticket += 1
        due = hosted.next_due(now, self._interval)
        if self.frames_held and due <= now and not hosted.playing:
            due = now + self._interval
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
        if steps := hosted.steps_due(now):
            self._train(number, hosted, steps)
        for name, viewer in hosted.viewers.items():
            if not self.frames_held and hosted.frame_due(viewer, self._interval) <= now:
                self._show(number, hosted, name, viewer, now)
        if hosted.snapshot_due() <= now:
            self._save(number, hosted, now)

    def _train(self, number: int, hosted: Hosted, steps: int) -> None:
        session, start = hosted.session, self._clock()
        events = session.advance(steps)
        cost = (self._clock() - start) / steps
        hosted.step_cost += 0.3 * (max(cost, SLICE / 1e5) - hosted.step_cost)
        hosted.paced_steps += steps
        for event in events:
            self._tell(number, event, 0, hosted.sequence)

    def _show(self, number: int, hosted: Hosted, name: int, viewer: Viewer, now: float) -> None:
        session = hosted.session
        viewer.shown(now, self._interval)
        data = encode_frame(session.frame(self._buffers, viewer.rows), viewer.frames)
        viewer.seen, viewer.rows = session.version, session.recorded
        self._send(Message(Kind.FRAME, number, name, hosted.sequence, data))

    def _save(self, number: int, hosted: Hosted, now: float) -> None:
        hosted.saved_version, hosted.saved_at = hosted.session.version, now
        self._send(Message(Kind.SNAPSHOT, number, 0, hosted.sequence, hosted.session.snapshot()))


def _begin(payload: bytes) -> Session:
    return Session.create(Experiment.parse(loads(payload)))


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


OPENERS: dict[Kind, Callable[[bytes], Session]] = {Kind.OPEN: _begin, Kind.RESTORE: Session.restore}
REQUESTS: dict[Kind, Callable[[Scheduler, Hosted, Message], None]] = {
    Kind.OPEN: Scheduler._opened,
    Kind.RESTORE: Scheduler._opened,
    Kind.COMMAND: Scheduler._command,
    Kind.REPLAY: Scheduler._replay,
    Kind.JOIN: Scheduler._join,
    Kind.CREDIT: Scheduler._credit,
    Kind.LEAVE: Scheduler._leave,
    Kind.CLOSE: Scheduler._close,
}
