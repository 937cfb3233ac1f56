"""Saved experiments in the store: found by words, changed, taken away and given back, never by another owner."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.spec import BOUNDS
from app.store import experiments
from app.store.database import Database, StoreError
from app.store.experiments import Experiments, Written
from app.store.failing import FullError
from app.store.kept import KeptTable
from app.store.schema import EXPERIMENTS, TABLES
from tests.unit.store.clock import Clock

MINE, YOURS = "a" * 64, "b" * 64
TABLE = KeptTable(b"bytes of a table", b"{}", 3)


@dataclass
class Shelf:
    """A store with its clock."""

    database: Database
    clock: Clock
    store: Experiments

    async def titles(self, search: str = "", first: int = 0, most: int = 10) -> list[str]:
        _, shown = await self.store.found(MINE, search, first, most)
        return [each.title for each in shown]

    async def rows(self) -> tuple[int, int]:
        """Experiments and tables in the database, deleted ones too."""
        async with self.database.engine.connect() as connection:
            counts = [
                (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in (EXPERIMENTS, TABLES)
            ]
        return counts[0], counts[1]


@pytest.fixture
def shelf(database: Database) -> Shelf:
    """An empty store."""
    clock = Clock()
    return Shelf(database, clock, Experiments(database, clock))


def written(
    title: str, notes: str = "", size: int = 10, tables: Mapping[str, KeptTable] | None = None
) -> Written:
    return Written(title, notes, '{"figures":1}', "1.{}", b"png", b"s" * size, tables or {})


async def test_words_are_found_as_they_stand_in_title_or_notes_newest_change_first(shelf: Shelf) -> None:
    for title, notes in (("Spirale Ä", "erste"), ("50 % noise_level", ""), ("Plain", "50 percent, Straße")):
        await shelf.store.add(MINE, written(title, notes))
    await shelf.store.add(YOURS, written("Spirale"))
    assert await shelf.titles() == ["Plain", "50 % noise_level", "Spirale Ä"]
    assert await shelf.titles("ä") == ["Spirale Ä"]
    assert await shelf.titles("STRASSE") == ["Plain"]
    assert await shelf.titles("50 %") == ["50 % noise_level"]
    assert await shelf.titles("e_l") == ["50 % noise_level"]
    assert await shelf.titles("%") == ["50 % noise_level"]
    assert await shelf.titles("none such") == []
    assert await shelf.titles("", first=1, most=1) == ["50 % noise_level"]
    assert (await shelf.store.found(MINE, "50", 0, 1))[0] == 2


async def test_a_change_is_told_with_its_time_and_comes_first(shelf: Shelf) -> None:
    first = await shelf.store.add(MINE, written("First", "notes"))
    await shelf.store.add(MINE, written("Second"))
    shelf.clock.now += 60
    assert await shelf.store.change(MINE, first, {"title": "Renamed"})
    shown = await shelf.store.get(MINE, first)
    assert shown
    assert (shown.title, shown.notes, shown.made_at, shown.changed_at) == (
        "Renamed",
        "notes",
        1_000_000,
        1_000_060,
    )
    assert await shelf.titles() == ["Renamed", "Second"]


async def test_nothing_of_another_owner_can_be_seen_or_done(shelf: Shelf) -> None:
    store = shelf.store
    mine = await store.add(MINE, written("Mine"))
    assert await store.get(YOURS, mine) is None
    assert await store.picture(YOURS, mine) is None
    assert await store.whole(YOURS, mine) is None
    assert await store.duplicate(YOURS, mine, str.upper) is None
    assert not await store.change(YOURS, mine, {"title": "Yours"})
    assert not await store.delete(YOURS, mine)
    assert not await store.restore(YOURS, mine)
    assert await shelf.titles() == ["Mine"]


async def test_what_is_deleted_comes_back_for_a_day_and_is_then_gone_with_its_table(shelf: Shelf) -> None:
    store = shelf.store
    which = await store.add(MINE, written("Gone", tables={"t-1": TABLE}))
    await store.add(MINE, written("Stays"))
    assert await store.delete(MINE, which)
    assert not await store.delete(MINE, which)
    assert await shelf.titles() == ["Stays"]
    assert await store.get(MINE, which) is None
    assert await store.picture(MINE, which) is None
    assert await store.whole(MINE, which) is None
    shelf.clock.now += experiments.KEPT_DELETED - 1
    assert await store.sweep() == 0
    assert await store.restore(MINE, which)
    assert await store.restore(MINE, which), "twice is once"
    back = await store.whole(MINE, which)
    assert back == written("Gone", tables={"t-1": TABLE})
    assert await store.delete(MINE, which)
    shelf.clock.now += experiments.KEPT_DELETED
    assert not await store.restore(MINE, which)
    assert await shelf.rows() == (2, 1)
    assert await store.sweep() == 1
    assert await shelf.rows() == (1, 0)


async def test_a_copy_holds_all_that_the_first_does_and_outlives_it(shelf: Shelf) -> None:
    which = await shelf.store.add(MINE, written("One", "why", tables={"t-1": TABLE}))
    copy = await shelf.store.duplicate(MINE, which, lambda title: f"{title} again")
    assert copy
    await shelf.store.delete(MINE, which)
    shelf.clock.now += experiments.KEPT_DELETED
    await shelf.store.sweep()
    assert await shelf.store.whole(MINE, copy) == written("One again", "why", tables={"t-1": TABLE})


async def test_an_owner_has_no_more_than_allowed_and_what_was_deleted_makes_room(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = shelf.store
    monkeypatch.setattr(experiments, "BOUNDS", type("Two", (), {"experiments": 2, "experiments_bytes": 1000}))
    first = await store.add(MINE, written("1"))
    await store.check_room(MINE)
    second = await store.add(MINE, written("2"))
    with pytest.raises(FullError, match=r"3 experiments of 0\.0 MB; allowed: 2 of 0\.001 MB together"):
        await store.add(MINE, written("3"))
    with pytest.raises(FullError):
        await store.check_room(MINE)
    assert await shelf.rows() == (2, 0), "what was refused left nothing"
    await store.add(YOURS, written("another's"))
    for which in (first, second):
        await store.delete(MINE, which)
        shelf.clock.now += 1
    await store.add(MINE, written("3"))
    assert not await store.restore(MINE, first), "the first deleted went first"
    assert await store.restore(MINE, second)
    await store.delete(MINE, second)
    with pytest.raises(FullError):
        await store.add(MINE, written("large", size=990))
    with pytest.raises(FullError):
        await store.add(MINE, written("table", tables={"t-1": KeptTable(b"t" * 990, b"", 1)}))
    assert await shelf.titles() == ["3"]


async def test_a_database_that_does_not_answer_is_said_in_words(shelf: Shelf) -> None:
    async with shelf.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE experiments")
    for ask in (shelf.store.get(MINE, "x"), shelf.store.delete(MINE, "x"), shelf.store.found(MINE, "", 0, 1)):
        with pytest.raises(StoreError, match="does not answer; nothing was changed"):
            await ask


def test_the_bounds_are_those_that_were_promised() -> None:
    assert (BOUNDS.experiments, BOUNDS.experiments_bytes, BOUNDS.title, BOUNDS.notes) == (
        200,
        200_000_000,
        120,
        4000,
    )
