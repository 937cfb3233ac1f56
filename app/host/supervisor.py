"""Which session lives on which engine, who looks at it, and how it survives its engine's death.

When an engine dies, the one that takes its place is told the story of each of its sessions: the last snapshot, then
the commands since, those already answered as replays, the others to be answered.
"""

import asyncio
import secrets
import time

from app.host.engines import Engines
from app.host.kept_tables import KeptTable, table_payload
from app.host.link import Kind, Message
from app.host.record import Record, Viewer
from app.host.story import Story

KEY_BYTES = 18
"""Randomness in a session's key: nobody guesses another's."""
PATIENCE = 10.0
"""Seconds that whoever asks for a session's story waits for its engine."""
FAILED = (1011, "this session met an error of the server's; it begins anew")
"""Close code and reason."""


class ServerFullError(Exception):
    """No session can be begun: all places are taken by sessions somebody looks at."""


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
    ) -> None:
        self._max, self._idle, self._tables_bytes = max_sessions, idle_seconds, tables_bytes
        self._engines = Engines(
            engines, frames_per_second, hang_seconds, self._deliver, self._tell_again, self._give_up_all
        )
        self._records: dict[str, Record] = {}
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
        self.expire()
        if len(self._records) >= self._max:
            self._make_room()
        self._last += 1
        engine = self._least_loaded()
        kind = Kind.RESTORE if story.is_snapshot else Kind.OPEN
        opening = Message(kind, self._last, payload=story.opening)
        record = Record(self._last, secrets.token_urlsafe(KEY_BYTES), engine, opening, time.monotonic())
        record.begin(story, self._room)
        self._records[record.key] = self._numbers[record.number] = record
        for message in record.story():
            self._send(record, message)
        return record.key

    async def story(self, key: str) -> Story:
        """All of a session as it stands now, or as it last stood if its engine does not answer; KeyError for one that
        is not there."""
        record = self._records[key]
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
        self._send(record, record.join(viewer))
        return record.joined

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
        if (record := self._records.get(key)) is not None:
            self._send(record, record.command(viewer, payload))

    @property
    def _room(self) -> int:
        """Bytes of tables that the server can still keep."""
        return self._tables_bytes - sum(record.tables.size for record in self._records.values())

    # -- tables ----------------------------------------------------------------------------------------------

    def keep_table(self, key: str, name: str, table: KeptTable) -> None:
        """A table of the session's own, which it can name from now on. NoRoomError where there is no room; KeyError for
        a session that is gone."""
        record = self._records[key]
        for dropped in record.tables.put(name, table, self._room):
            self._send(record, Message(Kind.DROP, record.number, payload=dropped.encode()))
        self._send(record, Message(Kind.TABLE, record.number, payload=table_payload(name, table.data)))

    def table(self, key: str, name: str) -> KeptTable | None:
        """The table of that name that the session has been given."""
        record = self._records.get(key)
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
        """Let a session go that cannot go on; its viewers come back to a new one."""
        for viewer in record.viewers.values():
            viewer.close(*FAILED)
        self.close(record.key)

    def _give_up_all(self, engine: int) -> None:
        for record in self._on(engine):
            self._give_up(record)

    def _tell_again(self, engine: int) -> None:
        """An engine is new: tell it the stories of its sessions."""
        for record in self._on(engine):
            for message in record.story():
                self._send(record, message)

    def _on(self, engine: int) -> list[Record]:
        return [record for record in self._numbers.values() if record.engine == engine]
