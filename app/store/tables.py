"""Uploaded tables, each once however many hold it. A holder is a session by its digest, a link or a saved experiment by
its id; a table that nobody holds any more goes."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Insert, Select, Table, and_, delete, exists, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from app.store.kept import KeptTable as KeptTable
from app.store.schema import HOLDERS, TABLES

MOST_ASKED = 500
"""Names in one statement: databases bound them."""


def adding(connection: AsyncConnection, table: Table, row: Any) -> Insert:
    """An insert of `row` (or rows), to which nothing happens where its primary key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).values(row).on_conflict_do_nothing()
    return sqlite.insert(table).values(row).on_conflict_do_nothing()


async def put_tables(
    connection: AsyncConnection, kind: str, holder: str, tables: Mapping[str, KeptTable]
) -> None:
    """From now on the `holder` of this kind holds exactly these tables."""
    held = await _names(connection, kind, [holder])
    for name in tables.keys() - held:
        table = tables[name]
        row = {"name": name, "data": table.data, "told": table.told, "count": table.count}
        await connection.execute(adding(connection, TABLES, row))
        await connection.execute(
            adding(connection, HOLDERS, {"table_name": name, "kind": kind, "id": holder})
        )
    await _drop(connection, kind, [holder], held - tables.keys())


async def get_tables(connection: AsyncConnection, kind: str, holder: str) -> dict[str, KeptTable]:
    """The tables of a holder, by name."""
    joined = TABLES.join(HOLDERS, HOLDERS.c.table_name == TABLES.c.name)
    columns = TABLES.c.name, TABLES.c.data, TABLES.c.told, TABLES.c.count
    query = select(*columns).select_from(joined).where(_held_by(kind, [holder])).order_by(TABLES.c.name)
    rows = await connection.execute(query)
    return {name: KeptTable(bytes(data), bytes(told), count) for name, data, told, count in rows}


async def hold_as(connection: AsyncConnection, kind: str, holder: str, like: tuple[str, str]) -> None:
    """`holder` holds what the holder `like` (kind, id) holds, beside what it has."""
    query = select(HOLDERS.c.table_name, literal(kind), literal(holder)).where(_held_by(like[0], [like[1]]))
    rows = [
        dict(zip(("table_name", "kind", "id"), row, strict=True)) for row in await connection.execute(query)
    ]
    if rows:
        await connection.execute(adding(connection, HOLDERS, rows))


async def let_go(connection: AsyncConnection, kind: str, ids: Collection[str]) -> None:
    """These holders hold nothing any more; what nobody else holds is forgotten."""
    every = list(ids)
    for start in range(0, len(every), MOST_ASKED):
        some = every[start : start + MOST_ASKED]
        await _drop(connection, kind, some, await _names(connection, kind, some))


async def bytes_held(connection: AsyncConnection, kind: str, ids: Select[Any]) -> int:
    """Bytes of the tables that the holders of this kind among `ids` hold, each table counted once."""
    held = select(HOLDERS.c.table_name).where(HOLDERS.c.kind == kind, HOLDERS.c.id.in_(ids))
    lengths = func.coalesce(func.sum(func.length(TABLES.c.data)), 0)
    return int((await connection.execute(select(lengths).where(TABLES.c.name.in_(held)))).scalar_one())


async def _names(connection: AsyncConnection, kind: str, ids: Collection[str]) -> set[str]:
    rows = await connection.execute(select(HOLDERS.c.table_name).where(_held_by(kind, ids)))
    return {name for (name,) in rows}


async def _drop(connection: AsyncConnection, kind: str, ids: Collection[str], names: Collection[str]) -> None:
    if not names:
        return
    of_these = and_(_held_by(kind, ids), HOLDERS.c.table_name.in_(names))
    await connection.execute(delete(HOLDERS).where(of_these))
    held = exists().where(HOLDERS.c.table_name == TABLES.c.name)
    await connection.execute(delete(TABLES).where(TABLES.c.name.in_(names), ~held))


def _held_by(kind: str, ids: Collection[str]) -> Any:
    return and_(HOLDERS.c.kind == kind, HOLDERS.c.id.in_(ids))
