"""Files as the tests of tables write them, and limits small enough to reach."""

import io
from dataclasses import replace

import pytest

from app.data.tables import Table
from app.data.tables.limits import Limits
from app.data.tables.problems import TableError
from app.data.tables.reading import Read, read_table
from app.vocabulary import ColumnKind, FirstLine

LIMITS = Limits(
    rows=20_000,
    columns=64,
    size=10_000_000,
    name=80,
    image_size=128_000_000,
    image_expanded=512_000_000,
    image_values=4_000_000,
    image_side=28,
    classes=10,
    points=5000,
)


def read(
    text: str | bytes, name: str = "file.csv", first_line: FirstLine = FirstLine.FOUND, **limits: int
) -> Read:
    """A file of text, read."""
    data = text.encode() if isinstance(text, str) else text
    return read_table(io.BytesIO(data), name, replace(LIMITS, **limits), first_line)


def refused(text: str | bytes, **limits: int) -> tuple[str, str, int | None, str | None]:
    """How a file is refused: code, message, line, column."""
    with pytest.raises(TableError) as caught:
        read(text, "file.csv", FirstLine.FOUND, **limits)
    error = caught.value
    return error.code, error.message, error.line, error.column


def cells(table: Table, name: str) -> list[float | str | None]:
    """A column's values as a file has them, None where missing."""
    column = table.column(name)
    assert column is not None
    if column.kind is ColumnKind.NUMBER:
        return [None if value != value else float(value) for value in column.values]
    return [None if value != value else column.categories[int(value)] for value in column.values]


def said(found: Read) -> list[str]:
    """The problems' messages."""
    return [problem.message for problem in found.problems]
