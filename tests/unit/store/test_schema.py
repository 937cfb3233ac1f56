"""The migrations lead to the schema that the code speaks of, and back."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from app.store.database import Database, StoreError, newest_revision
from app.store.migrating import configured
from app.store.schema import METADATA


def differences(connection: Connection) -> object:
    """What Alembic would still change."""
    return compare_metadata(MigrationContext.configure(connection), METADATA)


def go_back(connection: Connection) -> list[str]:
    """Undo all migrations; the tables that are left."""
    command.downgrade(configured(connection), "base")
    return inspect(connection).get_table_names()


async def test_the_migrations_lead_to_the_schema_and_can_be_run_again(address: str) -> None:
    for _ in range(2):
        database = await Database.open(address)
        async with database.engine.connect() as connection:
            assert await connection.run_sync(differences) == []
        await database.close()


async def test_sqlite_writes_ahead(database: Database) -> None:
    async with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            mode = await connection.exec_driver_sql("PRAGMA journal_mode")
            assert mode.scalar() == "wal"


async def test_the_migrations_lead_back_to_nothing_and_there_again(address: str) -> None:
    database = await Database.open(address)
    async with database.engine.begin() as connection:
        assert await connection.run_sync(go_back) == ["alembic_version"]
    await database.close()
    database = await Database.open(address)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_the_newest_revision_is_known_without_alembic(database: Database) -> None:
    async with database.engine.connect() as connection:
        config = await connection.run_sync(configured)
    assert ScriptDirectory.from_config(config).get_current_head() == newest_revision()


async def test_a_database_of_a_newer_program_is_not_touched(address: str) -> None:
    database = await Database.open(address)
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(StoreError, match="newer version of the playground"):
        await Database.open(address)
