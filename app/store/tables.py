"""Uploaded tables, each once however many hold it. A holder is a session by its digest, a link or a saved experiment by
its id; a table that nobody holds any more goes."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, and_, delete, exists, func, select
from sqlalchemy.dialects import sqlite

from app.store.kept import KeptTable as KeptTable
from app.store.schema import HOLDERS, TABLES

MOST_ASKED = 500
"""Names in one statement: databases bound them."""


def adding(connection: Connection, table: Table, row: Any) -> Insert:
    """An insert of `row` (or rows), to which nothing happens where its primary key is there already."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, and few have it

        return postgresql.insert(table).values(row).on_conflict_do_nothing()
    return sqlite.insert(table).values(row).on_conflict_do_nothing()


def put_tables(connection: Connection, kind: str, holder: str, tables: Mapping[str, KeptTable]) -> None:
    """From now on the `holder` of this kind holds exactly these tables."""
    held = _names(connection, kind, [holder])
    for name in tables.keys() - held:
        table = tables[name]
        row = {"name": name, "data": table.data, "told": table.told, "count": table.count}
        connection.execute(adding(connection, TABLES, row))
        connection.execute(adding(connection, HOLDERS, {"table_name": name, "kind": kind, "id": holder}))
    _drop(connection, kind, [holder], held - tables.keys())


def get_tables(connection: Connection, kind: str, holder: str) -> dict[str, KeptTable]:
    """The tables of a holder, by name."""
    joined = TABLES.join(HOLDERS, HOLDERS.c.table_name == TABLES.c.name)
    columns = TABLES.c.name, TABLES.c.data, TABLES.c.told, TABLES.c.count
    query = select(*columns).select_from(joined).where(_held_by(kind, [holder])).order_by(TABLES.c.name)
    rows = connection.execute(query)
    return {name: KeptTable(bytes(data), bytes(told), count) for name, data, told, count in rows}


def let_go(connection: Connection, kind: str, ids: Collection[str]) -> None:
    """These holders hold nothing any more; what nobody else holds is forgotten."""
    every = list(ids)
    for start in range(0, len(every), MOST_ASKED):
        some = every[start : start + MOST_ASKED]
        _drop(connection, kind, some, _names(connection, kind, some))


def bytes_held(connection: Connection, kind: str, ids: Select[Any]) -> int:
    """Bytes of the tables that the holders of this kind among `ids` hold, each table counted once."""
    held = select(HOLDERS.c.table_name).where(HOLDERS.c.kind == kind, HOLDERS.c.id.in_(ids))
    lengths = func.coalesce(func.sum(func.length(TABLES.c.data)), 0)
    return int(connection.execute(select(lengths).where(TABLES.c.name.in_(held))).scalar_one())


def _names(connection: Connection, kind: str, ids: Collection[str]) -> set[str]:
    rows = connection.execute(select(HOLDERS.c.table_name).where(_held_by(kind, ids)))
    return {name for (name,) in rows}


def _drop(connection: Connection, kind: str, ids: Collection[str], names: Collection[str]) -> None:
    if not names:
        return
    of_these = and_(_held_by(kind, ids), HOLDERS.c.table_name.in_(names))
    connection.execute(delete(HOLDERS).where(of_these))
    held = exists().where(HOLDERS.c.table_name == TABLES.c.name)
    connection.execute(delete(TABLES).where(TABLES.c.name.in_(names), ~held))


def _held_by(kind: str, ids: Collection[str]) -> Any:
    return and_(HOLDERS.c.kind == kind, HOLDERS.c.id.in_(ids))
