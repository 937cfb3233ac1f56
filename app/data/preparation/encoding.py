"""Columns to inputs: a number column is one row, a text column one indicator (0 or 1) for each category."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.prepared import Note
from app.data.preparation.wording import counted, listed, quoted
from app.data.tables import Column
from app.vocabulary import ColumnKind

Floats = NDArray[np.float64]
STEP = "encode"


def encode(columns: Sequence[Column], values: Floats) -> Floats:
    """(D, N) of `values` (columns, N): categories in their order, as scikit-learn's OneHotEncoder sets them out."""
    blocks = [
        row[np.newaxis] if column.kind is ColumnKind.NUMBER else _indicators(row, len(column.categories))
        for column, row in zip(columns, values, strict=True)
    ]
    return np.concatenate(blocks)


def _indicators(index: Floats, count: int) -> Floats:
    indicators: Floats = (index == np.arange(count)[:, np.newaxis]).astype(np.float64)
    return indicators


def notes_on_encoding(columns: Sequence[Column], target: Column, labels: Sequence[str]) -> list[Note]:
    """What became of text, and which class is which number."""
    notes = [
        Note(
            STEP,
            f"{quoted(column.name)} becomes {counted(len(column.categories), 'indicator')}, "
            "one a category: 1 for a row of that category, else 0.",
        )
        for column in columns
        if column.kind is ColumnKind.TEXT
    ]
    if labels:
        numbered = listed([f"{quoted(label)} is {index}" for index, label in enumerate(labels)])
        notes.append(Note(STEP, f"The classes of {quoted(target.name)} are numbered in order: {numbered}."))
    return notes
