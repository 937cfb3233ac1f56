"""The loss rows of a run, bounded: when full, every second row goes, but never a peak or a trough.

A row's number counts all rows ever recorded, so a viewer that has seen k asks for those from k on, thinned or not.
"""

import numpy as np
from numpy.typing import NDArray

from app.session.frame import LOSS_COLUMNS

CAPACITY = 1024
_STEP = LOSS_COLUMNS.index("step")
_TRAIN_LOSS = LOSS_COLUMNS.index("train_loss")


class History:
    """Rows (k, 8) of LOSS_COLUMNS and the number of each."""

    def __init__(self) -> None:
        self.recorded = 0
        self._rows = np.empty((16, len(LOSS_COLUMNS)))
        self._numbers = np.empty(16, np.int64)
        self._size = 0

    def record(self, row: tuple[float, ...]) -> None:
        """Add a row; amortised constant time."""
        if self._size == CAPACITY:
            self._thin()
        if self._size == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._numbers = np.concatenate([self._numbers, np.empty_like(self._numbers)])
        self._rows[self._size], self._numbers[self._size] = row, self.recorded
        self._size += 1
        self.recorded += 1

    def since(self, number: int) -> NDArray[np.float64]:
        """The rows kept among those numbered `number` and up."""
        first = int(np.searchsorted(self._numbers[: self._size], number))
        return self._rows[first : self._size]

    def rewind(self, step: int) -> None:
        """Forget the rows of `step` and later ones: training has gone back there."""
        self._size = int(np.searchsorted(self._rows[: self._size, _STEP], step))

    def clear(self) -> None:
        """Forget the rows; the count goes on, so that no viewer gets a new run's rows twice."""
        self._size = 0

    def dump(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Rows and numbers, for a snapshot."""
        return self._rows[: self._size].copy(), self._numbers[: self._size].copy()

    def load(self, rows: NDArray[np.float64], numbers: NDArray[np.int64], recorded: int) -> None:
        """What `dump` gave."""
        self._rows, self._numbers = rows.copy(), numbers.copy()
        if not len(rows):
            self._rows, self._numbers = np.empty((16, len(LOSS_COLUMNS))), np.empty(16, np.int64)
        self._size, self.recorded = len(rows), recorded

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
        self._rows[: index.size], self._numbers[: index.size] = self._rows[index], self._numbers[index]
        self._size = index.size
