"""Points and history as CSV: what the page's own point table writes, so that an upload brings the points back.

Numbers are written to the last digit. A name that a spreadsheet would carry out as a formula is made plain text by an
apostrophe in front, which is how spreadsheets themselves mark text.
"""

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from app.data.preparation import Input, Prepared
from app.data.tables.pointsfile import HEADER
from app.takeaway.portrait import Portrait
from app.vocabulary import PARTS, Task

Cell = str | float | int
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a text begins that a spreadsheet would carry out; the last four are the first four in full width, which those of
East Asia take for the same."""
COUNTS = frozenset({"step", "epoch"})
MARK = "\ufeff"
"""Byte order mark: without it spreadsheets read letters beyond ASCII wrongly."""


def make_points(portrait: Portrait) -> bytes:
    """Every point with its part. Of a table all rows and columns in the table's own units, classes by their names."""
    prepared = portrait.prepared
    return _file(_plain_points(portrait) if prepared is None else _table_rows(portrait, prepared))


def make_history(portrait: Portrait) -> bytes:
    """A row for each step of the history that is kept: losses, scores, penalty, learning rate; a figure that there was
    not is empty."""
    kinds = [int if name in COUNTS else float for name in portrait.columns]
    rows = [[kind(value) if math.isfinite(value) else "" for kind, value in zip(kinds, row, strict=True)]
            for row in portrait.history.tolist()]  # fmt: skip
    return _file([list(portrait.columns), *rows])


def harmless(text: str) -> str:
    """`text`, with an apostrophe in front where a spreadsheet would take it for a formula; a number is none."""
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and text == text.strip()
    except ValueError:
        return False


def _plain_points(portrait: Portrait) -> list[list[Cell]]:
    whole = portrait.spec.task is Task.CLASSIFICATION
    rows: list[list[Cell]] = [list(HEADER)]
    for x1, x2, label, part in portrait.points.tolist():
        rows.append([x1, x2, int(label) if whole else label, PARTS[int(part)].value])
    return rows


def _table_rows(portrait: Portrait, prepared: Prepared) -> list[list[Cell]]:
    columns: list[list[Cell]] = []
    names: list[Cell] = []
    for name, inputs in _grouped(prepared.inputs):
        names.append(harmless(name))
        columns.append(_column(portrait, prepared, inputs, name))
    names += [harmless(prepared.target), "part"]
    columns.append(_target(portrait, prepared))
    columns.append([PARTS[part].value for part in portrait.part.tolist()])
    return [names, *map(list, zip(*columns, strict=True))]


def _grouped(inputs: Sequence[Input]) -> list[tuple[str, list[int]]]:
    """Each column of the table, and which inputs of the network it has become."""
    groups: dict[str, list[int]] = {}
    for index, one in enumerate(inputs):
        groups.setdefault(one.column, []).append(index)
    return list(groups.items())


def _column(portrait: Portrait, prepared: Prepared, inputs: list[int], name: str) -> list[Cell]:
    """A number column, or a text column out of its indicators: the category of the largest."""
    if not prepared.inputs[inputs[0]].indicator:
        return list(portrait.x[inputs[0]].tolist())
    categories = [prepared.inputs[index].name.removeprefix(f"{name} = ") for index in inputs]
    return [harmless(categories[row]) for row in np.argmax(portrait.x[inputs], axis=0).tolist()]


def _target(portrait: Portrait, prepared: Prepared) -> list[Cell]:
    if not prepared.labels:
        return list(portrait.target.tolist())
    return [harmless(prepared.labels[int(label)]) for label in portrait.target.tolist()]


def _file(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    write: Callable[[Sequence[Cell]], object] = csv.writer(text, lineterminator="\n").writerow
    for row in rows:
        write(row)
    whole = text.getvalue()
    return ("" if whole.isascii() else MARK).encode() + whole.encode("utf-8", "replace")
