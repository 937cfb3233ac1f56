"""What is predicted: classes or numbers out of one column."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.bounds import LARGEST, MOST_CLASSES, MOST_LETTERS
from app.data.preparation.errors import PreparationError
from app.data.preparation.wording import counted, cut, figure, quoted
from app.data.tables import Column
from app.vocabulary import ColumnKind, Task

Floats = NDArray[np.float64]
Place = Callable[[int], str]
"""In which row or line of a file a value stands, in words (`Table.place`)."""


@dataclass(frozen=True)
class Target:
    """`values` (N,): class index or number, NaN where missing. `labels` names the classes, empty for regression."""

    column: Column
    values: Floats
    labels: tuple[str, ...]


def suggested_task(column: Column) -> Task:
    """Classification for text and for at most 10 distinct whole numbers, regression for other numbers."""
    if column.kind is ColumnKind.TEXT:
        return Task.CLASSIFICATION
    distinct = _distinct(column)
    is_few = distinct.size <= MOST_CLASSES and bool((distinct == np.floor(distinct)).all())
    return Task.CLASSIFICATION if is_few else Task.REGRESSION


def target_of(column: Column, task: Task, place: Place) -> Target:
    """The target column encoded; PreparationError with path `target` where it cannot be for `task`."""
    name = quoted(column.name)
    if np.isnan(column.values).all():
        raise PreparationError(f"column {name} has no values; the target needs some", "target")
    return _numbers(column, place) if task is Task.REGRESSION else _classes(column, place)


def _classes(column: Column, place: Place) -> Target:
    """Class k is the k-th of the sorted values that occur, as scikit-learn's LabelEncoder counts them."""
    distinct = _distinct(column)
    is_text = column.kind is ColumnKind.TEXT
    _check_classes(column, distinct, is_text, place)
    labels = tuple(cut(column.categories[int(v)], MOST_LETTERS) if is_text else str(int(v)) for v in distinct)
    values = np.full(column.values.size, np.nan)
    present = ~np.isnan(column.values)
    values[present] = np.searchsorted(distinct, column.values[present])
    return Target(column, values, labels)


def _check_classes(column: Column, distinct: Floats, is_text: bool, place: Place) -> None:
    name = quoted(column.name)
    if distinct.size > MOST_CLASSES:
        hint = "" if is_text else ", or choose regression"
        raise PreparationError(
            f"column {name} has {distinct.size:,} distinct values; at most {MOST_CLASSES} classes can be told "
            f"apart{hint}",
            "target",
        )
    if not is_text and (distinct != np.floor(distinct)).any():
        row = int(np.flatnonzero(column.values % 1 > 0)[0])
        raise PreparationError(
            f"{place(row)}, column {name}, holds {figure(column.values[row])}; classes are text or whole "
            "numbers, or choose regression",
            "target",
        )
    if distinct.size < 2:
        only = column.categories[int(distinct[0])] if is_text else figure(distinct[0])
        raise PreparationError(
            f"column {name} has one class only, {quoted(only)}; telling classes apart takes at least 2",
            "target",
        )


def _numbers(column: Column, place: Place) -> Target:
    name = quoted(column.name)
    if column.kind is ColumnKind.TEXT:
        row = next(row for row in range(column.values.size) if not _is_number(column, row))
        cell = column.categories[int(column.values[row])]
        raise PreparationError(
            f"{place(row)}, column {name}, holds {quoted(cell)}, which is no number; regression predicts numbers",
            "target",
        )
    check_size(column, "target", place)
    return Target(column, column.values, ())


def check_size(column: Column, path: str, place: Place) -> None:
    """Refuses numbers whose squares would overflow, naming the first."""
    too_large = np.flatnonzero(np.abs(column.values) > LARGEST)
    if too_large.size:
        row = int(too_large[0])
        raise PreparationError(
            f"{place(row)}, column {quoted(column.name)}, holds {column.values[row]:g}; allowed: "
            f"-{LARGEST:g} to {LARGEST:g} ({counted(too_large.size, 'value')} beyond)",
            path,
        )


def _is_number(column: Column, row: int) -> bool:
    """Whether a cell of a text column reads as a number, or is missing."""
    if np.isnan(column.values[row]):
        return True
    try:
        float(column.categories[int(column.values[row])])
    except ValueError:
        return False
    return True


def _distinct(column: Column) -> Floats:
    """The sorted values that occur."""
    return np.unique(column.values[~np.isnan(column.values)])
