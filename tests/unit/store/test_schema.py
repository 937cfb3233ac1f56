"""The migrations lead to the schema that the code speaks of."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from app.store.database import Database
from app.store.schema import METADATA


def differences(connection: Connection) -> object:
    """What Alembic would still change."""
    return compare_metadata(MigrationContext.configure(connection), METADATA)


async def test_the_migrations_lead_to_the_schema_and_can_be_run_again(tmp_path: Path) -> None:
    for _ in range(2):
        database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/deep/kept.db")
        async with database.engine.connect() as connection:
            assert await connection.run_sync(differences) == []
            mode = await connection.exec_driver_sql("PRAGMA journal_mode")
            assert mode.scalar() == "wal"
        await database.close()
