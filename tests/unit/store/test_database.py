"""A database that cannot be used is said in one line, without its password."""

import re

import pytest

from app.store.database import Database, StoreError


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "no database's address; allowed: such as sqlite"),
        ("mysql+nosuchdriver://me:secret@host/name", "cannot be used"),
        ("mysql+pymysql://me:secret@host/name", "needs pymysql, which is not installed: pip install pymysql"),
        ("sqlite:////proc/nowhere/kept.db", "sqlite+aiosqlite:////proc/nowhere/kept.db cannot be opened"),
        ("postgresql://me:secret@127.0.0.1:1/none", "cannot be opened: connection"),
    ],
)
async def test_what_is_wrong_is_said_in_one_line(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=re.escape(words)) as refusal:
        await Database.open(url)
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


async def test_a_missing_driver_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")

    monkeypatch.setattr("app.store.database.create_async_engine", missing)
    with pytest.raises(StoreError, match=r"DATABASE_URL needs psycopg.*pip install '\.\[postgres\]'"):
        await Database.open("postgresql://me@host/name")
