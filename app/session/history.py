"""The loss rows of a run, bounded: when full, every second row goes, but never a peak or a trough.

A row's number counts all rows ever recorded, so a viewer that has seen k asks for those from k on, thinned or not.
"""

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
    """Rows (k, 8) of LOSS_COLUMNS, the number of each, and beside each the norms (k, L, 2) of the L layers."""

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
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._norms = np.concatenate([self._norms, np.empty_like(self._norms)])
            self._numbers = np.concatenate([self._numbers, np.empty_like(self._numbers)])
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
        return int(np.searchsorted(self._numbers[: self._size], number))

    def rewind(self, step: int) -> None:
        """Forget the rows of `step` and later ones: training has gone back there."""
        self._size = int(np.searchsorted(self._rows[: self._size, _STEP], step))

    def clear(self, layers: int = 0) -> None:
        """Begin again with a network of so many layers; the count goes on, so that no viewer gets a new run's rows
        twice."""
        self._make(layers)

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
        groups = self._rows[: self._size, _TRAIN_LOSS].reshape(-1, 4)
        missing = np.isnan(groups)  # NaN would pass for the lowest and for the highest
        lowest = np.argmin(np.where(missing, np.inf, groups), axis=1)
        highest = np.argmax(np.where(missing, -np.inf, groups), axis=1)
        highest = np.where(lowest == highest, np.where(lowest == 3, 0, 3), highest)
        kept = np.sort(np.stack([lowest, highest], axis=1), axis=1)
        index = (kept + 4 * np.arange(len(groups))[:, None]).ravel()
        index = np.union1d(index, self._size - 1)
        for kept in (self._rows, self._norms, self._numbers):
            kept[: index.size] = kept[index]
        self._size = index.size
