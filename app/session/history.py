"""The loss rows of a run, bounded: when full, every second row goes, but never a peak or a trough.

A row's number counts all rows ever recorded, so a viewer that has seen k asks for those from k on, thinned or not.
"""

import math

import numpy as np
from numpy.typing import NDArray

from app.session.frame import LOSS_COLUMNS
from app.session.snapshot import Arrays

CAPACITY = 1024
FIRST = 16
"""Rows there is room for at first."""
_STEP = LOSS_COLUMNS.index("step")
_TRAIN_LOSS = LOSS_COLUMNS.index("train_loss")


class History:
    """Rows (k, 10) of LOSS_COLUMNS, the number of each, and beside each the norms (k, L, 2) of the L layers."""

    def __init__(self, layers: int = 0) -> None:
        self.recorded = 0
        self._make(layers)

    def _make(self, layers: int) -> None:
        self._rows = np.empty((FIRST, len(LOSS_COLUMNS)))
        self._norms = np.empty((FIRST, layers, 2))
        self._numbers = np.empty(FIRST, np.int64)
        self._size = 0

    def record(self, row: tuple[float, ...], norms: NDArray[np.float64] | float = np.nan) -> None:
        """Add a row and its layers' norms (L, 2); amortised constant time."""
        if self._size == CAPACITY:
            self._thin()
        if self._size == len(self._rows):
            more = min(max(FIRST, self._size // 2), CAPACITY - self._size)
            self._rows, self._norms, self._numbers = (
                np.concatenate([kept, np.empty((more, *kept.shape[1:]), kept.dtype)])
                for kept in (self._rows, self._norms, self._numbers)
            )
        self._rows[self._size], self._numbers[self._size] = row, self.recorded
        self._norms[self._size] = norms
        self._size += 1
        self.recorded += 1

    def since(self, number: int) -> NDArray[np.float64]:
        """The rows kept among those numbered `number` and up."""
        return self._rows[self._first(number) : self._size]

    def norms_since(self, number: int) -> NDArray[np.float64]:
        """The norms (k, L, 2) beside the rows of `since`."""
        return self._norms[self._first(number) : self._size]

    def _first(self, number: int) -> int:
        if number >= self.recorded:  # most frames come between two rows
            return self._size
        return int(self._numbers[: self._size].searchsorted(number))

    @property
    def newest(self) -> NDArray[np.float64]:
        """(10,) the last row; NaN figures at step 0 where there is none."""
        if self._size:
            row: NDArray[np.float64] = self._rows[self._size - 1]
            return row
        return np.array([0.0, 0.0, *[np.nan] * (len(LOSS_COLUMNS) - 2)])

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return self._rows.nbytes + self._norms.nbytes + self._numbers.nbytes

    def thinned(self, most: int) -> NDArray[np.float64]:
        """At most `most` rows of it, peaks and troughs among them."""
        copy = self.until(math.inf)
        while copy._size > most:
            copy._thin()
        return copy._rows[: copy._size]

    def until(self, step: float, seen: int = 0) -> "History":
        """A history of its own with the rows up to `step`, all of them new to whoever has `seen` so many rows, or all
        of this one."""
        copy = History(self._norms.shape[1])
        copy.recorded = max(seen, self.recorded)
        for row in range(int(np.searchsorted(self._rows[: self._size, _STEP], step, side="right"))):
            copy.record(tuple(self._rows[row]), self._norms[row])
        return copy

    def rewind(self, step: int) -> None:
        """Forget the rows of `step` and later ones: training has gone back there."""
        self._size = int(np.searchsorted(self._rows[: self._size, _STEP], step))

    def begun_anew(self, layers: int) -> "History":
        """An empty one for a network of so many layers; the count goes on, so that no viewer gets a new run's rows
        twice."""
        fresh = History(layers)
        fresh.recorded = self.recorded
        return fresh

    def dump(self) -> Arrays:
        """Rows, norms and numbers, for a snapshot."""
        kept = slice(0, self._size)
        return {
            "history": self._rows[kept].copy(),
            "history_norms": self._norms[kept].copy(),
            "history_numbers": self._numbers[kept].copy(),
        }

    def load(self, arrays: Arrays, recorded: int) -> None:
        """What `dump` gave."""
        self._make(arrays["history_norms"].shape[1])
        self._size, self.recorded = len(arrays["history"]), recorded
        if self._size:
            self._rows, self._norms = arrays["history"].copy(), arrays["history_norms"].copy()
            self._numbers = arrays["history_numbers"].copy()

    def _thin(self) -> None:
        """Of every four rows keep the lowest and the highest training loss, in their order, and the newest row."""
        whole = self._size // 4 * 4
        groups = self._rows[:whole, _TRAIN_LOSS].reshape(-1, 4)
        missing = np.isnan(groups)  # NaN would pass for the lowest and for the highest
        lowest = np.argmin(np.where(missing, np.inf, groups), axis=1)
        highest = np.argmax(np.where(missing, -np.inf, groups), axis=1)
        highest = np.where(lowest == highest, np.where(lowest == 3, 0, 3), highest)
        kept = np.sort(np.stack([lowest, highest], axis=1), axis=1)
        index = (kept + 4 * np.arange(len(groups))[:, None]).ravel()
        index = np.union1d(index, np.arange(min(whole, self._size - 1), self._size))
        for kept in (self._rows, self._norms, self._numbers):
            kept[: index.size] = kept[index]
        self._size = index.size
