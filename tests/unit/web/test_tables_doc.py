"""docs/protocol.md names every code with which a file is refused, and every part of a told table."""

import re
from pathlib import Path

import pytest

from app.data.tables import BUNDLED
from app.data.told import tell_bundled
from app.host.kept_tables import NoRoomError
from app.spec import BOUNDS
from app.web.failures import refusal_of

ROOT = Path(__file__).parents[3]
TEXT = (
    (ROOT / "docs" / "protocol.md")
    .read_text("utf-8")
    .partition("## Files and tables")[2]
    .partition("\n## ")[0]
)


def codes() -> set[str]:
    """Every code that a refusal of a file may have."""
    tables = "\n".join(path.read_text("utf-8") for path in (ROOT / "app" / "data" / "tables").glob("*.py"))
    files = ("uploads.py", "refusals.py", "callers.py", "rates.py")
    web = "\n".join((ROOT / "app" / "web" / name).read_text("utf-8") for name in files)
    default = re.findall(r'code: str = "([a-z_]+)"', tables)
    read = re.findall(r'code="([a-z_]+)"', tables) + re.findall(r', "((?:too|empty)[a-z_]*)"\)', tables)
    said = re.findall(r'RefusalError\(\s*\d+, "([a-z_]+)"', web)
    return {*default, *read, *said, refusal_of(NoRoomError("too many tables")).code}


def test_every_code_of_a_refused_file_is_in_the_table_and_nothing_else() -> None:
    rows = TEXT.partition("| status |")[2].splitlines()[2:]
    assert {code for row in rows if row for code in re.findall(r"`(\w+)`", row.split("|")[2])} == codes()


@pytest.mark.parametrize(
    "part", [*tell_bundled(BUNDLED.get("iris")), *tell_bundled(BUNDLED.get("iris"))["columns"][0]]
)
def test_every_part_of_a_told_table_is_explained(part: str) -> None:
    assert re.search(rf"\b{part}\b", TEXT)


def test_the_bounds_are_those_of_the_code() -> None:
    for words in (
        f"{BOUNDS.table_bytes // 10**6} MB, {BOUNDS.rows:,} rows and {BOUNDS.columns} columns",
        f"{BOUNDS.image_side} by {BOUNDS.image_side} pixels",
        f"at most {BOUNDS.image_bytes // 10**6} MB",
        f"at most {BOUNDS.uploads} tables and {BOUNDS.uploads_bytes // 10**6} MB",
        f"more pictures than {BOUNDS.image_values:,} pixels",
    ):
        assert words in " ".join(TEXT.split())
