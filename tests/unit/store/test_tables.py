"""Uploaded tables: kept once, and only as long as somebody holds them."""

import pytest
from sqlalchemy import Connection, select

from app.store.database import Database
from app.store.kept import KeptTable
from app.store.schema import TABLES
from app.store.tables import get_tables, let_go, put_tables

ONE, OTHER = "t-0000000000000001", "t-0000000000000002"
RAIN, WIND = KeptTable(b"rain\0\xff", b'{"title":"rain"}', 3), KeptTable(b"wind", b'{"title":"wind"}', 2)


async def names(database: Database) -> list[str]:
    """Every table there is."""
    async with database.engine.connect() as connection:
        return [name for (name,) in await connection.execute(select(TABLES.c.name).order_by(TABLES.c.name))]


async def test_a_holder_gets_back_exactly_the_tables_it_was_last_given(database: Database) -> None:
    for given in ({ONE: RAIN, OTHER: WIND}, {OTHER: WIND}):
        await database.transact(put_tables, "session", "a", given)
        assert await database.transact(get_tables, "session", "a") == given
    assert await database.transact(get_tables, "link", "a") == {}
    assert await names(database) == [OTHER]


async def test_a_table_goes_when_its_last_holder_lets_go_of_it(database: Database) -> None:
    await database.transact(put_tables, "session", "a", {ONE: RAIN})
    await database.transact(put_tables, "link", "b", {ONE: RAIN, OTHER: WIND})
    await database.transact(let_go, "session", ["a", "nobody"])
    assert await names(database) == [ONE, OTHER]
    await database.transact(let_go, "link", ["b"])
    assert await names(database) == []


async def test_a_transaction_that_fails_leaves_nothing_behind(database: Database) -> None:
    def half(connection: Connection) -> None:
        put_tables(connection, "session", "a", {ONE: RAIN})
        raise KeyError

    with pytest.raises(KeyError):
        await database.transact(half)
    assert await names(database) == []
