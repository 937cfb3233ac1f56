"""Empty databases for the tests of the store: what holds for SQLite has to hold for PostgreSQL too."""

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.store.database import Database
from tests.postgres import postgres

NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that all tests of this worker share."""
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database in which there is nothing yet; first the one kind, then the other."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/deep/kept.db"
    url, name = make_url(request.getfixturevalue("server")), f"kept{next(NUMBERS)}"
    words = f"host={url.query['host']} port={url.query['port']} user={url.username} dbname=postgres"
    with psycopg.connect(words, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    """An open database with an empty schema."""
    database = await Database.open(address)
    yield database
    await database.close()
