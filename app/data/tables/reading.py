"""A file of text to a table, with everything that was found odd about it. Bytes in, arrays out."""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from app.data.tables.columns import MOSTLY, column_of
from app.data.tables.csvfile import LOOKED_AT, Row, rows_of, separator_of
from app.data.tables.encodings import decode
from app.data.tables.limits import Limits
from app.data.tables.numbers import DECIMAL_COMMA, MISSING, Odd, number_in
from app.data.tables.problems import Problem, Problems, TableError, quoted, refuse
from app.data.tables.table import Column, Table
from app.data.tables.titles import title_of
from app.vocabulary import ColumnKind, FirstLine

TARGET_NAMES = (
    "target",
    "label",
    "class",
    "species",
    "y",
    "outcome",
    "survived",
    "diagnosis",
    "category",
    "quality",
)
"""What people call the column that is to be predicted."""


@dataclass(frozen=True)
class Read:
    """A table and how it was read. `rows` of the file, before any was left out. `separator` and `encoding` are empty
    where there are none."""

    table: Table
    rows: int
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    encoding: str = ""
    separator: str = ""
    header: bool = True


def read_table(
    file: BinaryIO, file_name: str, limits: Limits, first_line: FirstLine = FirstLine.FOUND
) -> Read:
    """The table in a file of text; TableError for one that holds none, or too large a one."""
    data = file.read(limits.size + 1)
    if len(data) > limits.size:
        raise refuse(
            f"the file is larger than the {limits.size / 1e6:g} MB that are allowed", code="too_large"
        )
    problems = Problems()
    text = decode(data, problems)
    separator = separator_of(text.text)
    rows, count = _rows(text.text, separator, problems, limits)
    header = first_line is FirstLine.HEADER or (
        first_line is FirstLine.FOUND and _has_header(rows, separator)
    )
    _check_rows(count - header, text.text, limits)
    names = _names(rows[0].cells, rows[0].line, header, limits, problems)
    whole = _whole(rows[header:], names, problems)
    columns = _columns(names, whole, separator, problems)
    lines = np.array([row.line for row in whole], np.int32)
    table = Table("", title_of(file_name), columns, suggested_target(columns, limits), lines=lines)
    return Read(table, count - header, problems.told, problems.count, text.encoding, separator, header)


def _rows(text: str, separator: str, problems: Problems, limits: Limits) -> tuple[list[Row], int]:
    """The rows that could be read, and how many there are with those that could not; two more than are allowed at
    most."""
    found = list(itertools.islice(rows_of(text, separator, problems), limits.rows + 2))
    rows = [row for row in found if row]
    for row in rows:
        _check_width(row, limits)
    count = len(found)
    if not count:
        raise refuse("the file is empty: there is neither a header nor a row", 1, code="empty")
    if not rows:
        first = problems.told[0]
        raise TableError(f"no row can be read: {first.message}", first.line, code="empty")
    return rows, count


def _check_rows(count: int, text: str, limits: Limits) -> None:
    """Refuse too many rows. What comes after them has not been read, so what is told is how many lines there are."""
    if count > limits.rows:
        lines = text.count("\n") + (not text.endswith("\n"))
        message = f"the file has {lines:,} lines; allowed: at most {limits.rows:,} rows, and a header"
        raise refuse(message, code="too_many_rows")


def _check_width(row: Row, limits: Limits) -> None:
    """Refuse too many columns. A label and the pixels of a square are a picture."""
    count = len(row.cells)
    if count > limits.columns:
        square = math.isqrt(count - 1) ** 2 == count - 1 <= limits.image_side**2
        hint = "; as a picture a line it is read as pictures" if square else ""
        message = f"the row has {count:,} columns; allowed: at most {limits.columns}{hint}"
        raise refuse(message, row.line, f"column {limits.columns + 1}", "too_many_columns")


def _has_header(rows: list[Row], separator: str) -> bool:
    """Whether the first row holds names: none of its cells is a number, and either a column below is one of numbers or
    none of its cells comes again below it."""
    first, below = rows[0].cells, rows[1 : LOOKED_AT + 1]
    comma = separator != ","
    if any(_is_number(cell, comma) for cell in first):
        return False
    columns = [[row.cells[index] for row in below if index < len(row.cells)] for index in range(len(first))]
    if any(_mostly_numbers(cells, comma) for cells in columns):
        return True
    return not any(cell and cell in cells for cell, cells in zip(first, columns, strict=True))


def _is_number(cell: str, decimal_comma: bool) -> bool:
    return cell not in MISSING and number_in(cell, decimal_comma) is not Odd.TEXT


def _mostly_numbers(cells: Iterable[str], decimal_comma: bool) -> bool:
    present = [cell for cell in cells if cell not in MISSING]
    return bool(present) and sum(_is_number(cell, decimal_comma) for cell in present) >= MOSTLY * len(present)


def _names(cells: tuple[str, ...], line: int, header: bool, limits: Limits, problems: Problems) -> list[str]:
    """One name for each column, each another one."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        whole = " ".join(cell.split()) if header else ""
        name = whole[: limits.name - 6].strip() or f"column {place}"
        if header and not whole:
            problems.add("the header has no name for this column; it is called so", line, name)
        elif header and name != whole:
            problems.add(f"the name is longer than {limits.name - 6} characters and is cut", line, name)
        if name in names:
            again = next(f"{name} ({n})" for n in itertools.count(2) if f"{name} ({n})" not in names)
            problems.add(f"the header has {quoted(name)} more than once; this one is called so", line, again)
            name = again
        names.append(name)
    return names


def _whole(rows: list[Row], names: list[str], problems: Problems) -> list[Row]:
    """The rows that have a cell for each column; of the others it is said that they are left out."""
    for row in rows:
        cells, wanted = len(row.cells), len(names)
        if cells < wanted:
            message = f"the row has {cells} of {wanted} cells and ends before this column; it is left out"
            problems.add(message, row.line, names[cells])
        elif cells > wanted:
            more = quoted(row.cells[wanted])
            message = f"the row has {cells} cells, {more} and more after this last of {wanted} columns; it is left out"
            problems.add(message, row.line, names[-1])
    return [row for row in rows if len(row.cells) == len(names)]


def _columns(names: list[str], rows: list[Row], separator: str, problems: Problems) -> tuple[Column, ...]:
    if not rows:
        raise _no_rows(names, problems)
    lines = [row.line for row in rows]
    by_column = list(zip(*(row.cells for row in rows), strict=True))
    comma = separator != ","
    if comma and any(DECIMAL_COMMA.fullmatch(cell) for cells in by_column for cell in cells):
        problems.add("numbers with a decimal comma are read as numbers: 3,5 is 3.5")
    found = [
        column_of(name, cells, lines, comma, problems) for name, cells in zip(names, by_column, strict=True)
    ]
    columns = tuple(column for column in found if column)
    if not columns:
        raise refuse("no column has a value", lines[0], names[0], "empty")
    return columns


def _no_rows(names: list[str], problems: Problems) -> TableError:
    told = problems.told
    if told:
        return TableError(f"no row is left: {told[-1].message}", told[-1].line, told[-1].column, "empty")
    return refuse("below the header there is no row", 2, names[0], "empty")


def suggested_target(columns: tuple[Column, ...], limits: Limits) -> str:
    """The column that is called as targets are; else the last text that may be a class; else the last column. Empty
    where there is but one column, which leaves nothing to predict it from."""
    if len(columns) < 2:
        return ""
    for column in reversed(columns):
        if column.name.lower() in TARGET_NAMES:
            return column.name
    classes = [
        c.name for c in columns if c.kind is ColumnKind.TEXT and 1 < len(c.categories) <= limits.classes
    ]
    return classes[-1] if classes else columns[-1].name
