"""Saved experiments: what is shown of each in a list, and the whole session that it was. Whose they are is told by the
SHA-256 of the owner's key; of another's there is nothing here for anybody."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.spec import BOUNDS
from app.store.database import Database, StoreError
from app.store.failing import FullError, in_words
from app.store.kept import KeptTable
from app.store.schema import EXPERIMENTS
from app.store.tables import bytes_held, get_tables, let_go, put_tables

KEPT_DELETED = 86_400
"""Seconds in which something deleted can be had back."""
TIDY_EVERY = 3600.0
"""Seconds between two sweeps."""
HOLDER = "experiment"
NO_ANSWER = "the server's database does not answer; nothing was changed. Try again in a moment"


@dataclass(frozen=True)
class Written:
    """What stands in a saved experiment: `card` as JSON, `text` to begin from where `snapshot` cannot be read,
    `picture` as PNG."""

    title: str
    notes: str
    card: str
    text: str
    picture: bytes
    snapshot: bytes
    tables: Mapping[str, KeptTable]


@dataclass(frozen=True)
class Shown:
    """What is told of one. Times in seconds since 1970."""

    id: str
    title: str
    notes: str
    made_at: int
    changed_at: int
    card: str


SHOWN = [EXPERIMENTS.c[name] for name in Shown.__dataclass_fields__]
WRITTEN = [EXPERIMENTS.c[name] for name in ("title", "notes", "card", "text", "picture", "snapshot")]


class Experiments:
    """The saved experiments of all owners. Every method is one transaction, and raises StoreError where the database
    does not answer; `owner` is 64 hexadecimal digits. `clock`: seconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock

    async def tidy(self) -> None:
        """Sweep now and then, for ever."""
        while True:
            with contextlib.suppress(StoreError):  # the next time will do
                await self.sweep()
            await asyncio.sleep(TIDY_EVERY)

    async def found(self, owner: str, search: str, first: int, most: int) -> tuple[int, list[Shown]]:
        """How many have `search` in title or notes, in large or small letters, and `most` of them after the `first`,
        those changed last before the others."""
        wanted = search.casefold()
        columns = EXPERIMENTS.c.id, EXPERIMENTS.c.title, EXPERIMENTS.c.notes
        order = EXPERIMENTS.c.changed_at.desc(), EXPERIMENTS.c.id.desc()
        async with self._reading() as connection:
            # An owner's are few, and no database knows the small letters of all languages as Python does.
            rows = await connection.execute(select(*columns).where(_living(owner)).order_by(*order))
            ids = [which for which, *words in rows if any(wanted in text.casefold() for text in words)]
            page = EXPERIMENTS.c.id.in_(ids[first : first + most])
            shown = await connection.execute(select(*SHOWN).where(_living(owner), page).order_by(*order))
            return len(ids), [Shown(*row) for row in shown]

    async def get(self, owner: str, which: str) -> Shown | None:
        """What is told of one."""
        async with self._reading() as connection:
            row = (await connection.execute(select(*SHOWN).where(_living(owner, which)))).first()
        return Shown(*row) if row else None

    async def picture(self, owner: str, which: str) -> bytes | None:
        """The PNG of one."""
        async with self._reading() as connection:
            found = (
                await connection.execute(select(EXPERIMENTS.c.picture).where(_living(owner, which)))
            ).scalar()
        return None if found is None else bytes(found)

    async def whole(self, owner: str, which: str) -> Written | None:
        """All of one, to go on from."""
        async with self._reading() as connection:
            return await _whole(connection, owner, which)

    async def check_room(self, owner: str) -> None:
        """FullError where not even the smallest experiment has room any more: to be known before one is made."""
        async with self._reading() as connection:
            count, size = await _taken(connection, _living(owner))
        _check(count + 1, size)

    async def add(self, owner: str, written: Written) -> str:
        """Keep one; its id. FullError where the owner has no room for it."""
        async with self._writing() as connection:
            return await self._add(connection, owner, written)

    async def change(self, owner: str, which: str, words: Mapping[str, str]) -> bool:
        """Another `title`, other `notes`; whether it is there."""
        return await self._update(_living(owner, which), {**words, "changed_at": int(self._clock())})

    async def delete(self, owner: str, which: str) -> bool:
        """Take one away, which `restore` gives back for a day; whether it was there."""
        return await self._update(_living(owner, which), {"deleted_at": int(self._clock())})

    async def restore(self, owner: str, which: str) -> bool:
        """Give back what was deleted less than a day ago; whether it is there now."""
        old = EXPERIMENTS.c.deleted_at <= int(self._clock()) - KEPT_DELETED
        return await self._update(
            and_(_owned(owner, which), ~func.coalesce(old, False)), {"deleted_at": None}
        )

    async def duplicate(self, owner: str, which: str, title: Callable[[str], str]) -> str | None:
        """The id of a copy, whose title `title` makes of the present one; None where there is nothing to copy.
        FullError as `add`."""
        async with self._writing() as connection:
            written = await _whole(connection, owner, which)
            if written is None:
                return None
            return await self._add(connection, owner, replace(written, title=title(written.title)))

    async def sweep(self) -> int:
        """Forget for good what was deleted a day ago; how many."""
        async with self._writing() as connection:
            old = EXPERIMENTS.c.deleted_at <= int(self._clock()) - KEPT_DELETED
            ids = [which for (which,) in await connection.execute(select(EXPERIMENTS.c.id).where(old))]
            await _forget(connection, ids)
        return len(ids)

    async def _add(self, connection: AsyncConnection, owner: str, written: Written) -> str:
        now = int(self._clock())
        # Ids grow with time, so that of two made in one second the later one comes first.
        which = f"{time.time_ns() // 1000:014x}{secrets.token_hex(9)}"
        words = {column.name: getattr(written, column.name) for column in WRITTEN}
        row = {"id": which, "owner": owner, "made_at": now, "changed_at": now, "deleted_at": None, **words}
        await connection.execute(insert(EXPERIMENTS).values(row))
        await connection.run_sync(put_tables, HOLDER, which, written.tables)
        await _make_room(connection, owner)
        return which

    async def _update(self, where: ColumnElement[bool], row: Mapping[str, Any]) -> bool:
        async with self._writing() as connection:
            return bool((await connection.execute(update(EXPERIMENTS).where(where).values(row))).rowcount)

    @contextlib.asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        with in_words(NO_ANSWER):
            async with self._database.engine.connect() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        with in_words(NO_ANSWER):
            async with self._database.writing() as connection:
                yield connection


def _owned(owner: str, which: str) -> ColumnElement[bool]:
    return and_(EXPERIMENTS.c.owner == owner, EXPERIMENTS.c.id == which)


def _living(owner: str, which: str | None = None) -> ColumnElement[bool]:
    """The owner's, or the one of them; none that was deleted."""
    whose = EXPERIMENTS.c.owner == owner if which is None else _owned(owner, which)
    return and_(whose, EXPERIMENTS.c.deleted_at.is_(None))


async def _whole(connection: AsyncConnection, owner: str, which: str) -> Written | None:
    row = (await connection.execute(select(*WRITTEN).where(_living(owner, which)))).first()
    if row is None:
        return None
    title, notes, card, text, picture, snapshot = row
    tables = await connection.run_sync(get_tables, HOLDER, which)
    return Written(title, notes, card, text, bytes(picture), bytes(snapshot), tables)


async def _make_room(connection: AsyncConnection, owner: str) -> None:
    """What was deleted goes for good before anything is refused, that which was deleted first before the others.
    FullError where that is not enough, which undoes the transaction."""
    deleted = and_(EXPERIMENTS.c.owner == owner, EXPERIMENTS.c.deleted_at.is_not(None))
    order = EXPERIMENTS.c.deleted_at, EXPERIMENTS.c.id
    rows = await connection.execute(select(EXPERIMENTS.c.id).where(deleted).order_by(*order))
    waiting = [which for (which,) in rows]
    while not _fits(*(taken := await _taken(connection, EXPERIMENTS.c.owner == owner))) and waiting:
        await _forget(connection, [waiting.pop(0)])
    _check(*taken)


def _fits(count: int, size: int) -> bool:
    return count <= BOUNDS.experiments and size <= BOUNDS.experiments_bytes


def _check(count: int, size: int) -> None:
    if _fits(count, size):
        return
    most, megabytes = BOUNDS.experiments, BOUNDS.experiments_bytes / 1e6
    raise FullError(
        f"with this one you would have {count:,} experiments of {size / 1e6:,.1f} MB; allowed: {most} of "
        f"{megabytes:g} MB together. Delete some to make room",
        "too_many",
    )


async def _taken(connection: AsyncConnection, whose: ColumnElement[bool]) -> tuple[int, int]:
    """How many there are, and their bytes with the tables they hold, each counted once."""
    own = sum(
        (func.length(EXPERIMENTS.c[name]) for name in ("card", "text", "picture")),
        func.length(EXPERIMENTS.c.snapshot),
    )
    found = await connection.execute(select(func.count(), func.coalesce(func.sum(own), 0)).where(whose))
    count, size = found.one()
    tables = await connection.run_sync(bytes_held, HOLDER, select(EXPERIMENTS.c.id).where(whose))
    return int(count), int(size) + tables


async def _forget(connection: AsyncConnection, ids: list[str]) -> None:
    """For good, with their tables."""
    await connection.run_sync(let_go, HOLDER, ids)
    for which in ids:
        await connection.execute(delete(EXPERIMENTS).where(EXPERIMENTS.c.id == which))
