"""Which session lives on which engine, who looks at it, and how it survives its engine's death.

When an engine dies, the one that takes its place is told the story of each of its sessions: the last snapshot, then
the commands since, those already answered as replays, the others to be answered.
"""

import asyncio
import secrets
import time
from functools import partial

from app.host.engines import Engines
from app.host.keeping import Keeper, NoKeeper, digest_of
from app.host.kept_tables import KeptTable, table_payload
from app.host.link import Kind, Message
from app.host.record import Record, Viewer
from app.host.story import Story
from app.host.tally import Tally
from app.session.snapshot import readable
from app.store.kept import KeptSession
from app.wire.messages import Saving

KEY_BYTES = 18
"""Randomness in a session's key: nobody guesses another's."""
PATIENCE = 10.0
"""Seconds that whoever asks for a session's story waits for its engine."""
ROOM_PATIENCE, ROOM_LOOK = 2.0, 0.05
"""Seconds that a newcomer waits for a place that somebody has just left, and between two looks."""
FAILED = (1011, "this session met an error of the server's; it begins anew")
"""Close code and reason."""
SECOND_FAILURE = 300.0
"""Seconds: a session that meets an error of ours again so soon after the last is not taken from the store any more."""
SEEN_EVERY = 3600.0
"""Seconds between two notes to the store that a session is looked at."""


class ServerFullError(Exception):
    """No session can be begun: all places are taken by sessions somebody looks at."""


class OutdatedError(Exception):
    """A session that was kept by an older version of the program, which this one cannot read."""


class Supervisor:
    """All sessions of the server. Its methods are for the event loop's thread and return at once."""

    def __init__(
        self,
        engines: int,
        frames_per_second: float,
        max_sessions: int,
        idle_seconds: float,
        hang_seconds: float,
        tables_bytes: int,
        keeper: Keeper | None = None,
    ) -> None:
        self._max, self._idle, self._tables_bytes = max_sessions, idle_seconds, tables_bytes
        self._engines = Engines(
            engines, frames_per_second, hang_seconds, self._deliver, self._tell_again, self._give_up_those
        )
        self._keeper = keeper or NoKeeper()
        self._keeper.listen(self._let_out, self._tell_saving)
        self._saving = Saving(ok=True, message="")
        self._records: dict[str, Record] = {}
        """By digest, as all that has to do with keys."""
        self._coming: dict[str, asyncio.Task[bool]] = {}
        self._failures: dict[str, float] = {}
        """When each last met an error of ours."""
        self._numbers: dict[int, Record] = {}
        self._last = 0

    async def start(self) -> None:
        """Bring the engines up."""
        await self._engines.start()

    async def stop(self) -> None:
        """End the engines; the sessions are gone."""
        await self._engines.stop()

    @property
    def sessions(self) -> int:
        """How many sessions there are."""
        return len(self._records)

    @property
    def viewers(self) -> int:
        """How many browsers look."""
        return sum(len(record.viewers) for record in self._records.values())

    @property
    def tally(self) -> Tally:
        """What all engines have done."""
        return self._engines.tally

    @property
    def engine_pids(self) -> list[int]:
        """The ids of the engine processes that hold sessions; none when inline."""
        return self._engines.pids

    # -- sessions --------------------------------------------------------------------------------------------

    def open(self, spec: bytes) -> str:
        """Begin a session with a spec's JSON, which must be valid; its key. ServerFullError if there is no place."""
        return self.begin(Story(spec, is_snapshot=False))

    def begin(self, story: Story) -> str:
        """Begin a session that goes on as `story` says; its key. What cannot be is told to the first who joins.
        ServerFullError if there is no place, NoRoomError if there is none for its tables."""
        key = secrets.token_urlsafe(KEY_BYTES)
        kept = KeptSession(
            story.opening, story.is_snapshot, 0, tuple(enumerate(story.commands, 1)), story.tables
        )
        self._begin(digest_of(key), kept)
        self._keeper.begin(digest_of(key), kept)
        return key

    def _begin(self, digest: str, kept: KeptSession) -> None:
        """A session of this digest, as it was kept."""
        self.expire()
        if len(self._records) >= self._max:
            self._make_room()
        self._last += 1
        kind = Kind.RESTORE if kept.is_snapshot else Kind.OPEN
        opening = Message(kind, self._last, 0, kept.sequence, kept.opening)
        now, engine = time.monotonic(), self._least_loaded()
        record = Record(self._last, digest, engine, self._keeper, opening, left_at=now, seen_at=now)
        record.begin(kept, self._room)
        self._records[digest] = self._numbers[record.number] = record
        for message in record.story():
            self._send(record, message)

    async def find(self, key: str) -> bool:
        """Whether the session is there, be it that it has to be brought back from the store. OutdatedError where that
        cannot be, OSError where the store does not tell, else as `begin`."""
        digest = digest_of(key)
        if digest in self._records:
            return True
        if (coming := self._coming.get(digest)) is None:  # whoever else asks meanwhile waits for the same one
            coming = self._coming[digest] = asyncio.create_task(self._bring_back(digest))
            coming.add_done_callback(partial(self._has_come, digest))
        return await asyncio.shield(coming)

    def _has_come(self, digest: str, task: asyncio.Task[bool]) -> None:
        del self._coming[digest]
        if not task.cancelled():
            task.exception()  # told to whoever still waits for it

    async def _bring_back(self, digest: str) -> bool:
        kept = await self._keeper.find(digest)
        if kept is None:
            return False
        if kept.is_snapshot and not readable(kept.opening):
            raise OutdatedError
        self._begin(digest, kept)
        self._keeper.see(digest)
        return True

    async def settle(self, key: str) -> None:
        """Wait until all of the session that has happened so far is in the store, or is known not to be kept."""
        await self._keeper.settle(digest_of(key))

    @property
    def kept_until(self) -> int | None:
        """When a session that somebody looks at now, and nobody later, may go: seconds since 1970."""
        return self._keeper.until()

    @property
    def digests(self) -> list[str]:
        """Of the sessions that are in memory, or on their way there."""
        return [*self._records, *self._coming]

    async def story(self, key: str) -> Story:
        """All of a session as it stands now, or as it last stood if its engine does not answer; KeyError for one that
        is not there."""
        record = self._records[digest_of(key)]
        future = asyncio.get_running_loop().create_future()
        record.waiting.append(future)
        self._send(record, Message(Kind.SAVE, record.number))
        try:
            return await asyncio.wait_for(future, PATIENCE)
        except TimeoutError:
            return record.as_story()

    def _least_loaded(self) -> int:
        """The engine with the fewest sessions."""
        loads = [0] * len(self._engines)
        for record in self._numbers.values():
            loads[record.engine] += 1
        return loads.index(min(loads))

    async def room(self) -> None:
        """Wait a moment where all places are taken, but one of them by somebody who has left and whose session is just
        being written: then it can be forgotten."""
        until = time.monotonic() + ROOM_PATIENCE
        while len(self._records) >= self._max and time.monotonic() < until:
            left = [record for record in self._records.values() if not record.viewers]
            if not left or any(record.forgettable for record in left):
                return
            await asyncio.sleep(ROOM_LOOK)

    def _make_room(self) -> None:
        """Forget the session that nobody has looked at for longest, of those that can be forgotten."""
        deserted = [record for record in self._records.values() if record.forgettable]
        if not deserted:
            raise ServerFullError
        self._close(min(deserted, key=lambda record: record.left_at))

    def expire(self) -> None:
        """Forget sessions that nobody has looked at for the idle time; what is in the store stays there."""
        now = time.monotonic()
        for record in list(self._records.values()):
            if record.viewers and record.seen_at < now - SEEN_EVERY:
                self._see(record)
            if record.left_at < now - self._idle and record.forgettable:
                self._close(record)

    def _see(self, record: Record) -> None:
        record.seen_at = time.monotonic()
        self._keeper.see(record.digest)

    def close(self, key: str) -> None:
        """Forget a session."""
        self._close(self._records[digest_of(key)])

    def _close(self, record: Record) -> None:
        del self._records[record.digest]
        del self._numbers[record.number]
        self._send(record, Message(Kind.CLOSE, record.number))

    def has(self, key: str) -> bool:
        """The session is there."""
        return digest_of(key) in self._records

    # -- viewers ---------------------------------------------------------------------------------------------

    def join(self, key: str, viewer: Viewer) -> int:
        """Let `viewer` look; it gets state, points and a frame. Its number among the session's viewers."""
        record = self._records[digest_of(key)]
        self._see(record)
        if not self._saving.ok:
            viewer.event(self._saving.model_dump_json().encode())
        self._send(record, record.join(viewer))
        return record.joined

    def leave(self, key: str, viewer: int) -> None:
        """`viewer` is gone; without any, the session stands still and waits."""
        if (record := self._find(key)) is None:
            return
        record.left_at = time.monotonic()
        self._see(record)
        for message in record.leave(viewer):
            self._send(record, message)

    def credit(self, key: str, viewer: int) -> None:
        """`viewer` has drawn a frame."""
        if (record := self._find(key)) is not None:
            self._send(record, Message(Kind.CREDIT, record.number, viewer))

    def command(self, key: str, viewer: int, payload: bytes) -> None:
        """A command of `viewer`'s, in its JSON text; kept until a snapshot holds it."""
        if (record := self._find(key)) is not None:
            self._send(record, record.command(viewer, payload))

    def _find(self, key: str) -> Record | None:
        return self._records.get(digest_of(key))

    @property
    def _room(self) -> int:
        """Bytes of tables that the server can still keep."""
        return self._tables_bytes - sum(record.tables.size for record in self._records.values())

    # -- tables ----------------------------------------------------------------------------------------------

    def keep_table(self, key: str, name: str, table: KeptTable) -> None:
        """A table of the session's own, which it can name from now on. NoRoomError where there is no room; KeyError for
        a session that is gone."""
        record = self._records[digest_of(key)]
        for dropped in record.tables.put(name, table, self._room):
            self._send(record, Message(Kind.DROP, record.number, payload=dropped.encode()))
        self._send(record, Message(Kind.TABLE, record.number, payload=table_payload(name, table.data)))
        self._keeper.hold(record.digest, record.tables.all())

    def table(self, key: str, name: str) -> KeptTable | None:
        """The table of that name that the session has been given."""
        record = self._find(key)
        return record.tables.get(name) if record else None

    def _send(self, record: Record, message: Message) -> None:
        self._engines.send(record.engine, message)

    # -- reports ---------------------------------------------------------------------------------------------

    def _deliver(self, message: Message) -> None:
        """Pass a report on; one for a session just closed falls away."""
        if (record := self._numbers.get(message.session)) is None:
            return
        if message.kind is Kind.FAILED:
            self._give_up(record)
        else:
            record.take(message)

    def _give_up(self, record: Record) -> None:
        """Let a session go that cannot go on. Its viewers come back to what the store has of it, which is from before
        the command or the step that has failed; where it soon fails again, to a new one."""
        for viewer in record.viewers.values():
            viewer.close(*FAILED)
        self._close(record)
        now = time.monotonic()
        if now - self._failures.get(record.digest, -SECOND_FAILURE) < SECOND_FAILURE:
            self._keeper.forget(record.digest)
        self._failures[record.digest] = now

    def _give_up_those(self, engine: int, numbers: frozenset[int]) -> None:
        """Let sessions of an engine go; all of them where none is named."""
        for record in self._on(engine):
            if not numbers or record.number in numbers:
                self._give_up(record)

    def _tell_again(self, engine: int) -> None:
        """An engine is new: tell it the stories of its sessions."""
        for record in self._on(engine):
            for message in record.story():
                self._send(record, message)

    def _on(self, engine: int) -> list[Record]:
        return [record for record in self._numbers.values() if record.engine == engine]

    # -- the store -------------------------------------------------------------------------------------------

    def _let_out(self, digest: str, durable: int) -> None:
        if (record := self._records.get(digest)) is not None:
            record.let_out(durable)

    def _tell_saving(self, ok: bool, message: str) -> None:
        """What is kept is everybody's business."""
        self._saving = Saving(ok=ok, message=message)
        news = self._saving.model_dump_json().encode()
        for record in self._records.values():
            for viewer in record.viewers.values():
                viewer.event(news)
