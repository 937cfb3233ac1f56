"""Cells without a value: rows left out, or cells filled by a figure of the training part."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.errors import PreparationError
from app.data.preparation.prepared import Note
from app.data.preparation.wording import counted, figure, listed, quoted
from app.data.tables import Column
from app.vocabulary import ColumnKind, Missing

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

STEP = "missing"
WORDS = {Missing.MEAN: "mean", Missing.MEDIAN: "median", Missing.MOST_FREQUENT: "most frequent value"}


def kept_rows(target: Column, columns: Sequence[Column], rule: Missing) -> tuple[Mask, list[Note]]:
    """A mask (N,) of the rows used: those with a target and, where `rule` is to drop, with every input."""
    keep = ~np.isnan(target.values)
    notes = []
    if lost := int((~keep).sum()):
        notes.append(
            Note(STEP, f"{counted(lost, 'row')} left out for want of the target {quoted(target.name)}.")
        )
    if rule is Missing.DROP:
        with_target = keep
        keep = keep & ~np.any([np.isnan(column.values) for column in columns], axis=0)
        notes += _left_out(with_target, keep, columns)
    if not keep.any():
        names = listed([quoted(name) for name, _ in _gaps(columns, ~np.isnan(target.values))])
        raise PreparationError(
            f"no row is left: each lacks the target or one of {names}; fill missing values or leave columns out",
            "missing",
        )
    return keep, notes


def fill(columns: Sequence[Column], values: Floats, training: Mask, rule: Missing) -> list[Note]:
    """Fills the NaN of `values` (columns, N) in place by `rule`, text columns always by the most frequent category.

    The figures are of the `training` rows (N,) alone, as scikit-learn's SimpleImputer fitted on them."""
    notes = []
    for column, row in zip(columns, values, strict=True):
        gaps = np.isnan(row)
        if not gaps.any():
            continue
        known = row[training & ~gaps]
        if not known.size:
            raise PreparationError(
                f"column {quoted(column.name)} has no value in the training part to fill its gaps from; leave it "
                "out, or train on more rows",
                "missing",
            )
        is_text = column.kind is ColumnKind.TEXT
        how = Missing.MOST_FREQUENT if is_text else rule
        row[gaps] = filler = statistic(known, how)
        shown = quoted(column.categories[int(filler)]) if is_text else figure(filler)
        cells = f"{counted(int(gaps.sum()), 'cell')} of {quoted(column.name)}"
        notes.append(Note(STEP, f"{cells} filled with {shown}, the {WORDS[how]} of the training part."))
    return notes


def statistic(known: Floats, rule: Missing) -> float:
    """The mean, the median or the most frequent of `known` (K,), of equally frequent ones the smallest."""
    if rule is Missing.MEAN:
        return float(known.mean())
    if rule is Missing.MEDIAN:
        return float(np.median(known))
    distinct, counts = np.unique(known, return_counts=True)
    return float(distinct[counts.argmax()])


def _left_out(before: Mask, after: Mask, columns: Sequence[Column]) -> list[Note]:
    lost = int(before.sum() - after.sum())
    if not lost:
        return []
    names = listed([f"{quoted(name)} ({count:,})" for name, count in _gaps(columns, before)])
    return [Note(STEP, f"{counted(lost, 'row')} left out for want of {names}.")]


def _gaps(columns: Sequence[Column], rows: Mask) -> list[tuple[str, int]]:
    """How many of `rows` lack a value, of each column where some do, most first."""
    counts = [(column.name, int(np.isnan(column.values[rows]).sum())) for column in columns]
    return sorted([entry for entry in counts if entry[1]], key=lambda entry: -entry[1])
