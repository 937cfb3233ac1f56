"""docs/lessons.md names every quantity with what it needs and takes, every kind of task, and every part of the page."""

import re
from pathlib import Path
from typing import get_args

import pytest

from app.lessons.quantities import NEEDS, OF_A_SPOT, SPOT, TAKES, Quantity
from app.lessons.structure import ChartKind, DrawerTab, EdgeMode, Kind, PagePart

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "lessons.md").read_text("utf-8")


def rows(after: str) -> list[list[str]]:
    """The cells of the table below the heading `after`, without its own head."""
    table = TEXT.partition(after)[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table]


def documented() -> dict[str, tuple[set[str], set[str]]]:
    """By each quantity's name what it needs and what it takes, as the table has it."""
    found = {}
    for names, said, _ in rows("| measure | with | what |"):
        parts = dict(re.findall(r"`(\w+)`(\??)", said))
        needs = {part for part, may in parts.items() if not may}
        # "`at` or `row`": one of them is needed, either is taken.
        needs -= SPOT if "`at` or `row`" in said else set()
        for name in re.findall(r"`(\w+)`", names):
            found[name] = (needs, set(parts) - needs)
    return found


def test_every_quantity_is_in_the_table_with_what_it_needs_and_takes() -> None:
    assert documented() == {
        name.value: (set(NEEDS.get(name, ())), set(TAKES.get(name, ()))) for name in Quantity
    }


def test_what_needs_a_spot_says_that_it_is_one_of_two() -> None:
    written = [names for names, said, _ in rows("| measure | with | what |") if "`at` or `row`" in said]
    assert set(re.findall(r"`(\w+)`", " ".join(written))) == {name.value for name in OF_A_SPOT}


def test_every_kind_of_task_is_in_the_table() -> None:
    assert [re.findall(r"`(\w+)`", row[0])[0] for row in rows("| kind | asks | fields |")] == list(Kind)


@pytest.mark.parametrize(
    ("begin", "names"),
    [
        ("(all if left out):", PagePart),
        ("opens a tab of the drawer", DrawerTab),
        ("`chart` a chart", ChartKind),
        ("lines show", EdgeMode),
    ],
)
def test_every_name_that_a_stage_may_use_is_told(begin: str, names: object) -> None:
    told = re.split(r"[.)]", TEXT.partition(begin)[2])[0]
    assert tuple(re.findall(r"`([\w-]+)`", told)) == get_args(names)


def test_the_parts_that_a_stage_may_show_are_the_pages() -> None:
    page = (ROOT / "templates" / "index.html").read_text("utf-8")
    parts = set(re.findall(r'data-part="(\w+)"', page))
    # The way to the lessons is always there; help is a button beside many titles.
    assert parts - {"lessons"} | {"help"} == set(get_args(PagePart))
