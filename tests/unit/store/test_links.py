"""Saved links in the store: the same text is kept once, and goes when nobody has copied or used it for long."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.store import links as links_of_the_store
from app.store.database import Database, StoreError
from app.store.failing import FullError
from app.store.kept import KeptTable
from app.store.links import Links, SavedLink, link_id
from app.store.schema import LINKS, TABLES
from app.store.tables import put_tables
from tests.unit.store.clock import Clock

A_DAY = 86_400
TABLE = KeptTable(b"bytes of a table", b"{}", 3)
NAME = "t-0123456789abcdef"


@dataclass
class Shelf:
    """A store with its clock."""

    database: Database
    clock: Clock
    links: Links

    async def used_at(self, text: str) -> int:
        query = select(LINKS.c.used_at).where(LINKS.c.id == link_id(text))
        async with self.database.engine.connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def tables(self) -> int:
        async with self.database.engine.connect() as connection:
            return int((await connection.execute(select(func.count()).select_from(TABLES))).scalar_one())


@pytest.fixture
async def shelf(address: str) -> AsyncIterator[Shelf]:
    database = await Database.open(address)
    clock = Clock()
    yield Shelf(database, clock, Links(database, 10_000, clock))
    await database.close()


async def test_a_link_is_kept_under_an_id_of_its_content(shelf: Shelf) -> None:
    """The first 16 characters of base64url of SHA-256, so that the same experiment has the same link."""
    assert await shelf.links.put("1.abc", keep=False, tables={}) == "ohqkVmjA0OebDE6s"
    assert await shelf.links.put("1.abc", keep=False, tables={}) == "ohqkVmjA0OebDE6s"
    assert await shelf.links.put("1.abd", keep=False, tables={}) != "ohqkVmjA0OebDE6s"
    assert await shelf.links.get("ohqkVmjA0OebDE6s") == SavedLink("1.abc", {})
    assert await shelf.links.get("A" * 16) is None


async def test_an_unused_link_goes_and_a_copied_one_stays(shelf: Shelf) -> None:
    for text, keep in (("1.a", False), ("1.b", True), ("1.c", False), ("1.d", False)):
        await shelf.links.put(text, keep, {})
    await shelf.links.put("1.c", keep=True, tables={})
    await shelf.links.put("1.c", keep=False, tables={})  # what was copied once stays copied
    shelf.clock.now += 29 * A_DAY
    assert await shelf.links.sweep(30) == 0
    await shelf.links.get(link_id("1.d"))
    shelf.clock.now += 2 * A_DAY
    assert await shelf.links.sweep(30) == 1
    found = [await shelf.links.get(link_id(text)) is not None for text in ("1.a", "1.b", "1.c", "1.d")]
    assert found == [False, True, True, True]


async def test_a_class_that_opens_a_link_writes_once_a_day(shelf: Shelf) -> None:
    await shelf.links.put("1.a", keep=False, tables={})
    shelf.clock.now += A_DAY - 1
    await shelf.links.get(link_id("1.a"))
    assert await shelf.used_at("1.a") == 1_000_000
    shelf.clock.now += 1
    await shelf.links.get(link_id("1.a"))
    assert await shelf.used_at("1.a") == 1_000_000 + A_DAY


async def test_a_table_stays_with_the_link_that_is_about_it(shelf: Shelf) -> None:
    """As long as the link does, whoever else has let go of it."""
    await shelf.database.transact(put_tables, "session", "d" * 64, {NAME: TABLE})
    await shelf.links.put("1.a", keep=False, tables={NAME: TABLE})
    await shelf.database.transact(put_tables, "session", "d" * 64, {})
    assert await shelf.links.get(link_id("1.a")) == SavedLink("1.a", {NAME: TABLE})
    shelf.clock.now += 31 * A_DAY
    assert await shelf.links.sweep(30) == 1
    assert await shelf.tables() == 0


async def test_no_more_is_kept_than_is_allowed(shelf: Shelf) -> None:
    """Texts and the tables that they are about, each table once; what is kept already can be kept again."""
    large = KeptTable(b"t" * 6_000, b"{}", 3)
    await shelf.links.put("1.a", keep=False, tables={NAME: large})
    await shelf.links.put("1.b", keep=False, tables={NAME: large})
    await shelf.links.put("x" * 3_994, keep=False, tables={})
    again = Links(shelf.database, 10_000, shelf.clock)  # as after a start, when nothing has been counted yet
    for links in (shelf.links, again):
        with pytest.raises(FullError, match=r"keeps 0\.0 MB of links; allowed: 0\.01 MB together"):
            await links.put("1.c", keep=False, tables={})
        assert await links.get(link_id("1.c")) is None
        assert await links.put("1.a", keep=True, tables={NAME: large}) == link_id("1.a")
    shelf.clock.now += 31 * A_DAY
    assert await again.sweep(30) == 2
    assert await again.put("1.c", keep=False, tables={}) == link_id("1.c")


async def test_a_database_that_does_not_answer_is_said() -> None:
    links = Links(Database.named("postgresql://nobody@127.0.0.1:1/none"), 10_000)
    for asked in (links.put("1.a", keep=False, tables={}), links.get("A" * 16), links.sweep(30)):
        with pytest.raises(StoreError, match="the server's database does not answer"):
            await asked


async def test_links_are_swept_again_and_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after a database that did not answer."""
    asked: list[float] = []

    class EnoughError(Exception):
        """The loop has turned three times."""

    async def sweep(days: float) -> int:
        asked.append(days)
        if len(asked) == 3:
            raise EnoughError
        raise StoreError("no answer")

    monkeypatch.setattr(shelf.links, "sweep", sweep)
    monkeypatch.setattr(links_of_the_store, "TIDY_EVERY", 0.0)
    with pytest.raises(EnoughError):
        await shelf.links.tidy(30)
    assert asked == [30, 30, 30]
