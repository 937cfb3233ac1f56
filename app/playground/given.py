"""Points and tables as people have them in a notebook, as a session takes them. Refuses what has the wrong shape, in
words that say which shape is right."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.spec import SpecError
from app.vocabulary import FirstLine

Floats = NDArray[np.float64]


def numbers(values: ArrayLike, name: str) -> Floats:
    """`values` as float64; SpecError for what is not all finite numbers."""
    try:
        array = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise SpecError(f"{name} holds something that is no number: {error}", (name,)) from error
    if not np.isfinite(array).all():
        raise SpecError(f"{name} holds numbers that are not finite", (name,))
    return array


def rows_of(values: ArrayLike, width: int, name: str) -> Floats:
    """(N, width); a single row, and where `width` is 1 a plain list, are taken too."""
    array = numbers(values, name)
    if array.ndim == 1:
        array = array[:, None] if width == 1 else array[None, :]
    if array.ndim != 2 or array.shape[1] != width:
        raise SpecError(f"{name} has shape {np.shape(values)}; allowed: (N, {width})", (name,))
    return array


def column_of(values: ArrayLike, count: int, name: str) -> Floats:
    """(count,) values."""
    array = numbers(values, name)
    if array.shape != (count,):
        raise SpecError(
            f"{name} has shape {array.shape}; allowed: ({count},), one for each row of x", (name,)
        )
    return array


def opened(table: Any) -> tuple[BinaryIO, str]:
    """A table as a file with its name: a path, something with `to_csv` as pandas has it, a mapping of columns, or a
    two-dimensional array whose last column is the target."""
    if isinstance(table, str | Path):
        return io.BytesIO(Path(table).read_bytes()), Path(table).name
    if hasattr(table, "to_csv"):
        return io.BytesIO(table.to_csv(index=False).encode()), "table.csv"
    if isinstance(table, Mapping):
        return _written(
            list(map(str, table)), [np.atleast_1d(np.asarray(column)).tolist() for column in table.values()]
        )
    array = np.asarray(table)
    if array.ndim != 2 or array.shape[1] < 2:
        message = f"the array has shape {array.shape}; allowed: (N, D + 1), inputs and last the target"
        raise SpecError(message, ("table",))
    names = [*(f"x{column + 1}" for column in range(array.shape[1] - 1)), "target"]
    return _written(names, array.T.tolist())


def _written(names: list[str], columns: list[list[Any]]) -> tuple[BinaryIO, str]:
    """Columns as CSV; numbers are written so that they are read back to the bit."""
    if len({len(column) for column in columns}) != 1:
        sizes = ", ".join(f"{name}: {len(column)}" for name, column in zip(names, columns, strict=True))
        raise SpecError(f"the columns are not of one length ({sizes or 'there are none'})", ("table",))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    return io.BytesIO(text.getvalue().encode()), "table.csv"


def first_line_of(asked: str) -> FirstLine:
    """What a CSV begins with, as it is `asked` for. SpecError for anything else."""
    if asked not in list(FirstLine):
        allowed = ", ".join(FirstLine)
        raise SpecError(f"first_line is {asked!r}; allowed: {allowed}", ("first_line",))
    return FirstLine(asked)
