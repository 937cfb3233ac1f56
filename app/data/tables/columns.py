"""Cells to columns: numbers or text, what is missing, and what is said of cells that do not fit."""

from collections.abc import Sequence

import numpy as np

from app.data.tables.numbers import MISSING, Odd, looks_like_a_formula, number_in
from app.data.tables.problems import Problems, quoted
from app.data.tables.table import Column, Floats
from app.vocabulary import ColumnKind

MOSTLY = 0.9
"""Share of numbers among the cells that are not missing from which a column is one of numbers."""
HALF = 0.5
"""Share of numbers from which a column taken as text is said to be mixed."""


def column_of(
    name: str, cells: Sequence[str], lines: Sequence[int], decimal_comma: bool, problems: Problems
) -> Column | None:
    """The column of the trimmed `cells`, which begin on `lines`; None, with words, for one without any value."""
    found = [None if cell in MISSING else number_in(cell, decimal_comma) for cell in cells]
    present = sum(value is not None for value in found)
    if not present:
        problems.add("no row has a value; the column is left out", column=name)
        return None
    texts = sum(value is Odd.TEXT for value in found)
    if present - texts >= MOSTLY * present:
        return _numbers(name, cells, lines, found, problems)
    if present - texts >= HALF * present:
        first = found.index(Odd.TEXT)
        others = f"the others, such as {quoted(cells[first])}, are not"
        message = f"{present - texts:,} of {present:,} values are numbers, {others}; taken as text"
        problems.add(message, lines[first], name)
    return _text(name, cells, lines, problems)


def _numbers(
    name: str,
    cells: Sequence[str],
    lines: Sequence[int],
    found: Sequence[float | Odd | None],
    problems: Problems,
) -> Column | None:
    values = np.full(len(found), np.nan)
    for row, value in enumerate(found):
        if isinstance(value, float):
            values[row] = value
        elif isinstance(value, Odd):
            formula = value is Odd.TEXT and looks_like_a_formula(cells[row])
            what = "looks like a formula, not a number" if formula else value.value
            problems.add(f"{quoted(cells[row])} {what}; counted as missing", lines[row], name)
    if np.isnan(values).all():
        problems.add("no row has a number that is finite; the column is left out", column=name)
        return None
    _say_if_constant(name, values, problems)
    return Column(name, ColumnKind.NUMBER, values)


def _text(name: str, cells: Sequence[str], lines: Sequence[int], problems: Problems) -> Column:
    for cell, line in zip(cells, lines, strict=True):
        if looks_like_a_formula(cell) and cell not in MISSING and number_in(cell, True) is Odd.TEXT:
            problems.add(f"{quoted(cell)} looks like a formula; kept as plain text", line, name)
    column = text_column(name, [None if cell in MISSING else cell for cell in cells])
    _say_if_constant(name, column.values, problems, column.categories)
    return column


def text_column(name: str, cells: Sequence[str | None]) -> Column:
    """A column of texts, None where missing; categories in the order of their characters."""
    categories = sorted({cell for cell in cells if cell is not None})
    places = {category: float(index) for index, category in enumerate(categories)}
    values = np.array([np.nan if cell is None else places[cell] for cell in cells])
    return Column(name, ColumnKind.TEXT, values, tuple(categories))


def _say_if_constant(name: str, values: Floats, problems: Problems, categories: tuple[str, ...] = ()) -> None:
    known = values[~np.isnan(values)]
    if known.size and known.min() == known.max():
        value = quoted(categories[0]) if categories else f"{known[0]:.6g}"
        problems.add(f"every row has the same value, {value}: nothing can be learnt from it", column=name)
