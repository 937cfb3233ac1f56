"""A table in words and figures, as the page is told of it: its columns, how its file was read, what was odd."""

from typing import Any

import numpy as np

from app.data.preparation.choice import unusable
from app.data.preparation.target import suggested_task
from app.data.tables import Column, Table
from app.data.tables.pointsfile import points_of
from app.data.tables.reading import Read
from app.vocabulary import ColumnKind

PREVIEW = 20
"""Rows shown."""
EXAMPLES = 5
"""Values of a column shown."""
LONGEST = 60
"""Characters of a shown cell."""


def tell(read: Read, most_points: int) -> dict[str, Any]:
    """A JSON object; `points` are those of a points file, else null; `unusable` says why a column can be no input,
    empty where it can. Cells are shown as they were understood, empty where missing."""
    table = read.table
    target = table.column(table.target)
    return {
        "name": table.name,
        "title": table.title,
        "rows": table.rows,
        "file_rows": read.rows,
        "columns": [_column(column) for column in table.columns],
        "preview": [
            [_cell(column, row) for column in table.columns] for row in range(min(PREVIEW, table.rows))
        ],
        "encoding": read.encoding,
        "separator": read.separator,
        "header": read.header,
        "problems": [vars(problem) for problem in read.problems],
        "problem_count": read.problem_count,
        "target": table.target,
        "task": suggested_task(target) if target else None,
        "image": table.image and vars(table.image),
        "points": points_of(table, most_points),
    }


def tell_bundled(table: Table) -> dict[str, Any]:
    """The same for a table that was read from no file."""
    return tell(Read(table, table.rows), 0)


def _column(column: Column) -> dict[str, Any]:
    known = column.values[~np.isnan(column.values)]
    distinct, first = np.unique(known, return_index=True)
    is_number = column.kind is ColumnKind.NUMBER and known.size > 0
    rows = np.flatnonzero(~np.isnan(column.values))[np.sort(first)[:EXAMPLES]]
    return {
        "name": column.name,
        "unit": column.unit,
        "kind": column.kind,
        "missing": int(column.values.size - known.size),
        "distinct": int(distinct.size),
        "low": float(known.min()) if is_number else None,
        "high": float(known.max()) if is_number else None,
        "mean": _mean(known) if is_number else None,
        "constant": distinct.size == 1,
        "unusable": unusable(column),
        "examples": [_cell(column, int(row)) for row in rows],
    }


def _mean(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """The mean, also of numbers whose sum is no longer a number."""
    return float((values / values.size).sum())


def _cell(column: Column, row: int) -> str:
    """A value as a person would write it."""
    value = column.values[row]
    if np.isnan(value):
        return ""
    if column.kind is ColumnKind.TEXT:
        text = " ".join(column.categories[int(value)].split())
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return f"{value:.10g}"
