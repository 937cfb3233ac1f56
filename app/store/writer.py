"""The store's single writer: what is handed over of all sessions is written together, in one transaction after another,
and whoever waits for it is told. Where the database fails nobody waits longer than PATIENCE, and that is said."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Collection, Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.store import sessions
from app.store.database import Database, first_line
from app.store.kept import KeptSession, KeptTable
from app.store.sessions import Change

log = structlog.get_logger()

PATIENCE = 2.0
"""Seconds that an answer waits for the database."""
GATHERING = 0.15
"""Seconds in which snapshots gather before they are written together, where no answer waits."""
GAP, LONGEST_GAP = 3.0, 0.02
"""After a transaction the next one waits so many times as long as it took, and at most so many seconds: where a crowd
drags points, more of them share one, and most of the time is left for pictures."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 15.0
"""Seconds before the database is tried again; each pause is twice the one before."""
GIVEN_UP = 30.0
"""Seconds after which a transaction that does not end is broken off."""
FAREWELL = 5.0
"""Seconds to write what is left when the server ends."""
FIND_PATIENCE = 5.0
"""Seconds that whoever looks for a session waits for the database."""
SWEEP_EVERY = 3600.0
DAY = 86_400
SLOW, FAILS = "the server's database does not answer", "the server's database cannot be written"
"""What everybody is told; a database's own words name its place and its users, and are for the log."""

rest = asyncio.sleep


class Writer:
    """Keeps sessions in `database` for `keep_days` after they were last looked at, and all together in about `most`
    bytes at most. `clock`: seconds since 1970."""

    keeps = True

    def __init__(
        self, database: Database, keep_days: float, most: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._database, self._keep, self._most, self._clock = database, keep_days * DAY, most, clock
        self._pending: dict[str, Change] = {}
        self._writing: dict[str, Change] = {}
        self._wake, self._hurry = asyncio.Event(), asyncio.Event()
        self._news = asyncio.Event()
        """Set, and another put in its place, whenever something was written or given up."""
        self._timer: asyncio.TimerHandle | None = None
        self._pause = FIRST_PAUSE
        self._tasks: list[asyncio.Task[None]] = []
        self._durable: Callable[[str, int], None] = lambda digest, sequence: None
        self._saving: Callable[[bool, str], None] = lambda ok, message: None
        self._alive: Callable[[], Collection[str]] = tuple
        self._ok = True
        self._why = SLOW

    def listen(self, durable: Callable[[str, int], None], saving: Callable[[bool, str], None]) -> None:
        """Who is to be told of what is durable, and of the state of things."""
        self._durable, self._saving = durable, saving

    async def start(self, alive: Callable[[], Collection[str]] = tuple) -> None:
        """Begin to write. `alive`: the digests of the sessions that are in use, which no sweep takes."""
        self._alive = alive
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._sweep())]

    async def stop(self) -> None:
        """Write what is left, as long as it can be hoped for."""
        with contextlib.suppress(SQLAlchemyError, OSError):
            async with asyncio.timeout(FAREWELL):
                await self.flush()
                async with self._database.writing():  # so that neither task is in the middle of a transaction
                    self._cancel()
        self._cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._quiet()

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def flush(self) -> None:
        """Wait until all that was handed over is written."""
        await self._until(lambda: not (self._pending or self._writing))

    # -- handing over ----------------------------------------------------------------------------------------

    def begin(self, digest: str, session: KeptSession) -> None:
        """A session begins."""
        opening = (session.opening, session.is_snapshot, session.sequence)
        tables = session.tables or None
        self._pending[digest] = Change(opening, dict(session.commands), tables, begun=True)
        self._call()

    def command(self, digest: str, sequence: int, payload: bytes) -> bool:
        """A command that was carried out; whether its answer has to wait."""
        self._change(digest).commands[sequence] = payload
        self._hurry.set()
        return self._ok

    def snapshot(self, digest: str, sequence: int, payload: bytes) -> None:
        """The whole session."""
        self._change(digest).snapshot(payload, sequence)

    def hold(self, digest: str, tables: Mapping[str, KeptTable]) -> None:
        """The session's tables."""
        self._change(digest).tables = tables

    def see(self, digest: str) -> None:
        """Somebody looks at it."""
        self._change(digest).seen = True

    def forget(self, digest: str) -> None:
        """The session must not come back."""
        self._pending[digest] = Change(forgotten=True)
        self._call()

    def _change(self, digest: str) -> Change:
        self._call()
        return self._pending.setdefault(digest, Change())

    def _call(self) -> None:
        self._wake.set()
        if self._timer is None and self._ok:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._lose_patience)

    def settled(self, digest: str) -> bool:
        """All that was handed over of it is written."""
        return digest not in self._pending and digest not in self._writing

    async def settle(self, digest: str) -> None:
        """Wait until all that was handed over of it is written, or until nobody waits any longer."""
        await self._until(lambda: self.settled(digest) or not self._ok)

    def until(self) -> int:
        """When a session that is looked at now may go."""
        return int(self._clock() + self._keep)

    async def find(self, digest: str) -> KeptSession | None:
        """A session that is kept; OSError where the database does not tell."""
        try:
            async with asyncio.timeout(FIND_PATIENCE):
                await self._until(lambda: self.settled(digest))
                # As if it wrote, so that no sweep takes meanwhile what is read here.
                return await self._database.transact(sessions.read, digest)
        except TimeoutError as error:
            raise OSError(SLOW) from error
        except SQLAlchemyError as error:
            raise OSError(first_line(error)) from error

    # -- writing ---------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GATHERING):
                    await self._hurry.wait()
            self._wake.clear()
            self._hurry.clear()
            self._writing, self._pending = self._pending, {}
            start = time.monotonic()
            try:
                async with asyncio.timeout(GIVEN_UP):
                    await self._database.transact(sessions.write, self._writing, int(self._clock()))
            except Exception as error:  # whatever it is: without this task nothing would be kept any more
                await self._fail(error)
            else:
                self._succeed()
                await rest(min(LONGEST_GAP, GAP * (time.monotonic() - start)))

    def _succeed(self) -> None:
        self._quiet()
        self._pause = FIRST_PAUSE
        done, self._writing = self._writing, {}
        if not self._ok:
            self._ok = True
            log.info("what happens is kept again")
            self._saving(True, "")
        for digest, change in done.items():
            self._durable(digest, change.sequence)
        if self._pending:
            self._call()
        self._tell_waiting()

    async def _fail(self, error: Exception) -> None:
        """Nothing of it was written: it comes before what has come since, after a pause."""
        self._why = SLOW if isinstance(error, TimeoutError) else FAILS
        log.warning("the database fails", reason=self._reason(error), again_in=self._pause)
        changes, self._writing = self._writing, {}
        for digest, older in changes.items():
            newer = self._pending.get(digest)
            self._pending[digest] = newer.over(older) if newer else older
        self._wake.set()
        await rest(self._pause)
        self._pause = min(LONGEST_PAUSE, 2 * self._pause)

    @staticmethod
    def _reason(error: Exception) -> str:
        """For the log: a database's own words, of a mistake of ours only its kind."""
        return first_line(error) if isinstance(error, SQLAlchemyError | OSError) else type(error).__name__

    def _lose_patience(self) -> None:
        """Nobody is to wait any longer: what is done goes on, and everybody knows that it is not kept."""
        self._timer = None
        self._ok = False
        log.error("what happens is not kept", reason=self._why)
        self._saving(False, f"What you do now is not saved: {self._why}. The server keeps trying.")
        for digest in {*self._writing, *self._pending}:
            changes = [found[digest] for found in (self._writing, self._pending) if digest in found]
            self._durable(digest, max(change.sequence for change in changes))
        self._tell_waiting()

    def _tell_waiting(self) -> None:
        """Whoever waits for something looks again."""
        self._news.set()
        self._news = asyncio.Event()

    async def _until(self, done: Callable[[], bool]) -> None:
        self._hurry.set()
        while not done():
            await self._news.wait()

    def _quiet(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # -- forgetting ------------------------------------------------------------------------------------------

    async def _sweep(self) -> None:
        while True:
            try:
                while await self.sweep():
                    pass
            except Exception as error:
                log.warning("old sessions could not be removed", reason=self._reason(error))
            await rest(SWEEP_EVERY)

    async def sweep(self) -> int:
        """Forget some sessions that nobody has looked at for too long, or longest where all are too large; how many."""
        before = int(self._clock() - self._keep)
        return await self._database.transact(sessions.sweep, before, set(self._alive()), self._most)
