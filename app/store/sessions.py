"""Sessions in the database: what is to be written of many in one transaction, one read back, old ones forgotten."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, delete, func, select, update
from sqlalchemy.dialects import sqlite

from app.store.kept import KeptSession, KeptTable
from app.store.schema import COMMANDS, SESSIONS
from app.store.tables import get_tables, let_go, put_tables

HOLDER = "session"
MOST_SWEPT = 200
"""Sessions forgotten in one transaction."""


@dataclass
class Change:
    """What is to be written of one session. `opening`: a new one (snapshot or spec, whether it is a snapshot, the
    number of the last command in it). `commands`: to be added. `tables`: all it has. `begun`: what stood there goes
    first; `forgotten`: all of it goes; `seen`: somebody looks at it."""

    opening: tuple[bytes, bool, int] | None = None
    commands: dict[int, bytes] = field(default_factory=dict)
    tables: Mapping[str, KeptTable] | None = None
    begun: bool = False
    forgotten: bool = False
    seen: bool = False

    def snapshot(self, payload: bytes, sequence: int) -> None:
        """A snapshot takes the place of the opening and of the commands in it."""
        self.opening = (payload, True, sequence)
        self.commands = {number: text for number, text in self.commands.items() if number > sequence}

    @property
    def sequence(self) -> int:
        """The number of the last command that is safe once this is written."""
        return max([*self.commands, self.opening[2] if self.opening else 0])

    def over(self, older: "Change") -> "Change":
        """This after `older`, which was not written."""
        if self.begun or self.forgotten:
            return self
        merged = Change(self.opening or older.opening, {**older.commands, **self.commands})
        merged.tables = self.tables if self.tables is not None else older.tables
        merged.begun, merged.forgotten = older.begun, older.forgotten
        merged.seen = self.seen or older.seen
        if self.opening:
            merged.snapshot(self.opening[0], self.opening[2])
        return merged


def write(connection: Connection, changes: Mapping[str, Change], now: int) -> None:
    """Write what has changed; `changes` by digest. `now`: seconds since 1970."""
    if gone := [digest for digest, change in changes.items() if change.forgotten or change.begun]:
        forget(connection, gone)
    living = {digest: change for digest, change in changes.items() if not change.forgotten}
    _write_openings(connection, living, now)
    rows = [
        {"digest": digest, "sequence": number, "payload": payload}
        for digest, change in living.items()
        for number, payload in change.commands.items()
    ]
    if rows:
        connection.execute(_adding_commands(connection.dialect.name), rows)
    for digest, change in living.items():
        if change.tables is not None:
            put_tables(connection, HOLDER, digest, change.tables)


def _write_openings(connection: Connection, changes: Mapping[str, Change], now: int) -> None:
    """Openings in the place of those before; of others that somebody is there."""
    rows, seen = [], []
    for digest, change in changes.items():
        if change.opening:
            opening, is_snapshot, sequence = change.opening
            row = {"digest": digest, "opening": opening, "is_snapshot": is_snapshot}
            rows.append({**row, "sequence": sequence, "seen_at": now})
        elif change.seen:
            seen.append({"of": digest, "at": now})
    if rows:
        connection.execute(_replacing(connection.dialect.name), rows)
        held = [{"of": row["digest"], "to": row["sequence"]} for row in rows if row["sequence"]]
        if held:
            connection.execute(HELD, held)
    if seen:
        connection.execute(SEEN, seen)


HELD = delete(COMMANDS).where(
    (COMMANDS.c.digest == bindparam("of")) & (COMMANDS.c.sequence <= bindparam("to"))
)
"""Deletes the commands that a snapshot holds."""
SEEN = update(SESSIONS).where(SESSIONS.c.digest == bindparam("of")).values(seen_at=bindparam("at"))


@cache
def _adding_commands(dialect: str) -> Insert:
    """An insert of commands; those that are there already stay. Made once: that takes as long as carrying it out."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, and few have it

        return postgresql.insert(COMMANDS).on_conflict_do_nothing()
    return sqlite.insert(COMMANDS).on_conflict_do_nothing()


@cache
def _replacing(dialect: str) -> Insert:
    """An insert of a session's row that takes the place of the one that is there."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        rows = postgresql.insert(SESSIONS)
        return rows.on_conflict_do_update(index_elements=["digest"], set_=_others(rows.excluded))
    row = sqlite.insert(SESSIONS)
    return row.on_conflict_do_update(index_elements=["digest"], set_=_others(row.excluded))


def _others(excluded: Any) -> dict[str, Any]:
    return {name: excluded[name] for name in ("opening", "is_snapshot", "sequence", "seen_at")}


def read(connection: Connection, digest: str) -> KeptSession | None:
    """The session that is kept under that digest."""
    columns = SESSIONS.c.opening, SESSIONS.c.is_snapshot, SESSIONS.c.sequence
    row = connection.execute(select(*columns).where(SESSIONS.c.digest == digest)).first()
    if row is None:
        return None
    since = select(COMMANDS.c.sequence, COMMANDS.c.payload).where(COMMANDS.c.digest == digest)
    commands = connection.execute(since.order_by(COMMANDS.c.sequence))
    told = tuple((number, bytes(payload)) for number, payload in commands)
    tables = get_tables(connection, HOLDER, digest)
    return KeptSession(bytes(row.opening), row.is_snapshot, row.sequence, told, tables)


def forget(connection: Connection, digests: Collection[str]) -> None:
    """Forget sessions, with the tables that nobody else holds."""
    let_go(connection, HOLDER, digests)
    connection.execute(delete(COMMANDS).where(COMMANDS.c.digest.in_(digests)))
    connection.execute(delete(SESSIONS).where(SESSIONS.c.digest.in_(digests)))


def sweep(connection: Connection, before: int, alive: Collection[str], most: int) -> int:
    """Forget some of the sessions that nobody has looked at since `before`, or longest where all together take more
    than `most` bytes, but those that are `alive`; how many."""
    size = func.length(SESSIONS.c.opening)
    over = int(connection.execute(select(func.coalesce(func.sum(size), 0))).scalar_one()) - most
    first = select(SESSIONS.c.digest, SESSIONS.c.seen_at, size).order_by(SESSIONS.c.seen_at)
    digests: list[str] = []
    for digest, seen_at, bytes_kept in connection.execute(first.limit(MOST_SWEPT + len(alive))):
        if digest not in alive and (seen_at < before or over > 0) and len(digests) < MOST_SWEPT:
            digests.append(digest)
            over -= bytes_kept
    if digests:
        forget(connection, digests)
    return len(digests)
