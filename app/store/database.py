"""One database: SQLite with a write-ahead log, or any other that SQLAlchemy can reach asynchronously."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 10000")
"""A killed process loses nothing of what SQLite has committed with a write-ahead log; the power may take the last
moments."""


T = TypeVar("T")

ASYNCHRONOUS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
"""The driver for whoever names none."""
NEEDED = {"psycopg": "pip install '.[postgres]'"}
"""How to get a driver that is not always there."""


class StoreError(Exception):
    """The database cannot be used; one line for whoever runs the server, without the password."""


class Database:
    """`engine` is for the store's modules alone."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._prepared = False
        self._writing = asyncio.Lock()
        self._file = _OneFile(engine.url) if _in_file(engine.url) else None

    @classmethod
    def named(cls, url: str) -> Self:
        """The database at `url`, not yet connected. StoreError for what is no such address, or for want of a driver."""
        parsed = _parsed(url)
        try:
            engine = create_async_engine(parsed)
        except ModuleNotFoundError as error:
            how = NEEDED.get(str(error.name), f"pip install {error.name}")
            raise StoreError(f"DATABASE_URL needs {error.name}, which is not installed: {how}") from error
        except (SQLAlchemyError, ValueError, TypeError) as error:
            raise StoreError(f"DATABASE_URL {_shown(parsed)} cannot be used: {first_line(error)}") from error
        if parsed.get_backend_name() == "sqlite":
            event.listen(engine.sync_engine, "connect", _set_pragmas)
        return cls(engine)

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect, and bring the schema up to date. StoreError where that cannot be."""
        database = cls.named(url)
        await database.prepare()
        return database

    async def prepare(self) -> None:
        """Connect for the first time and bring the schema up to date; nothing where that has been done. StoreError
        where it cannot be."""
        if self._prepared:
            return
        url = self.engine.url
        try:
            if url.get_backend_name() == "sqlite" and url.database:
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
            async with self.engine.begin() as connection:
                await connection.run_sync(upgrade)
        except (OSError, SQLAlchemyError) as error:
            await self.close()
            raise StoreError(f"the database {_shown(url)} cannot be opened: {first_line(error)}") from error
        self._prepared = True

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes something, one at a time."""
        async with self._writing, self.engine.begin() as connection:
            yield connection

    async def transact(self, work: Callable[..., T], *args: Any) -> T:
        """What `work` gives, called with a connection and `args`. It is a transaction of its own that may change
        something, one at a time."""
        async with self._writing:
            if self._file:
                return await self._file.transact(lambda connection: work(connection, *args))
            async with self.engine.begin() as connection:
                return await connection.run_sync(work, *args)

    async def close(self) -> None:
        """Let go of all connections."""
        if self._file:
            await asyncio.to_thread(self._file.close)
        await self.engine.dispose()


class _OneFile:
    """SQLite's file, in a thread of its own: a whole transaction there is one wait for the thread's turn, where the
    asynchronous driver waits at each statement, five times as long on a busy machine."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(url.set(drivername="sqlite"))
        event.listen(self._engine, "connect", _set_pragmas)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives in a transaction."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._carry_out, work)

    def _carry_out(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        """Wait for what is being done, and let go."""
        self._thread.shutdown()
        self._engine.dispose()


def _in_file(url: URL) -> bool:
    """An SQLite database that several connections see: one in memory is the connection's own."""
    return url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "DATABASE_URL is no database's address; allowed: such as sqlite+aiosqlite:///path/to/file.db or "
            "postgresql+psycopg://user:password@host/name"
        ) from error
    return parsed.set(drivername=ASYNCHRONOUS.get(parsed.drivername, parsed.drivername))


def _shown(url: URL) -> str:
    """The address without its password."""
    return url.render_as_string(hide_password=True)


def first_line(error: Exception) -> str:
    """What went wrong, in the driver's own words."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def upgrade(connection: Connection) -> None:
    """Bring the schema up to date."""
    if inspect(connection).has_table("alembic_version"):
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if at == newest_revision():
            return
    from app.store.migrating import migrate  # takes a third of a second to import, at the first start alone

    migrate(connection)


def newest_revision() -> str:
    """The revision to which the last of the migrations leads: the four digits in its file's name."""
    return max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))
