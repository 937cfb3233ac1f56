"""A table as arrays, whatever file it came from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.vocabulary import ColumnKind

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """One column of N rows. `values` (N,): the numbers, or for text the index into `categories`; NaN where missing.

    `categories` are sorted as scikit-learn's LabelEncoder sorts them, and empty for numbers. `unit` is empty where
    nobody has said one."""

    name: str
    kind: ColumnKind
    values: Floats
    categories: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Image:
    """All columns but the target are the pixels of pictures, row by row from the top left; `high` is the brightest a
    pixel can be, 0 the darkest."""

    width: int
    height: int
    high: float


@dataclass(frozen=True)
class Table:
    """`name` as the spec says it, `title` for people. `target` names the column that is predicted unless somebody says
    otherwise; empty where none suggests itself. `lines` (N,): on which line of the file each row begins, where it has
    lines: a header and rows left out move them."""

    name: str
    title: str
    columns: tuple[Column, ...]
    target: str = ""
    image: Image | None = None
    lines: NDArray[np.int32] | None = None

    @property
    def rows(self) -> int:
        """N."""
        return int(self.columns[0].values.size) if self.columns else 0

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    def place(self, row: int) -> str:
        """Where a person finds `row` (from 0): its line in the file, or its number from 1 where there are no lines."""
        return f"row {row + 1}" if self.lines is None else f"line {self.lines[row]}"
