"""Uploaded tables: kept once, and only as long as somebody holds them."""

from sqlalchemy import select

from app.store.database import Database
from app.store.kept import KeptTable
from app.store.schema import TABLES
from app.store.tables import get_tables, hold_as, let_go, put_tables

ONE, OTHER = "t-0000000000000001", "t-0000000000000002"
RAIN, WIND = KeptTable(b"rain\0\xff", b'{"title":"rain"}', 3), KeptTable(b"wind", b'{"title":"wind"}', 2)


async def names(database: Database) -> list[str]:
    """Every table there is."""
    async with database.engine.connect() as connection:
        return [name for (name,) in await connection.execute(select(TABLES.c.name).order_by(TABLES.c.name))]


async def test_a_holder_gets_back_exactly_the_tables_it_was_last_given(database: Database) -> None:
    async with database.writing() as connection:
        await put_tables(connection, "session", "a", {ONE: RAIN, OTHER: WIND})
        assert await get_tables(connection, "session", "a") == {ONE: RAIN, OTHER: WIND}
        await put_tables(connection, "session", "a", {OTHER: WIND})
        assert await get_tables(connection, "session", "a") == {OTHER: WIND}
        assert await get_tables(connection, "link", "a") == {}
    assert await names(database) == [OTHER]


async def test_a_table_goes_when_its_last_holder_lets_go_of_it(database: Database) -> None:
    async with database.writing() as connection:
        await put_tables(connection, "session", "a", {ONE: RAIN})
        await put_tables(connection, "link", "b", {ONE: RAIN, OTHER: WIND})
        await let_go(connection, "session", ["a", "nobody"])
    assert await names(database) == [ONE, OTHER]
    async with database.writing() as connection:
        await let_go(connection, "link", ["b"])
    assert await names(database) == []


async def test_a_copy_holds_what_the_original_holds(database: Database) -> None:
    async with database.writing() as connection:
        await put_tables(connection, "experiment", "a", {ONE: RAIN})
        await hold_as(connection, "experiment", "b", ("experiment", "a"))
        await hold_as(connection, "experiment", "b", ("experiment", "a"))
        await let_go(connection, "experiment", ["a"])
        assert await get_tables(connection, "experiment", "b") == {ONE: RAIN}
