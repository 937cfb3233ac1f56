"""The one shape in which a data set travels: coordinates and targets. Knows no task and no source."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """`x` (2, N): the coordinates, one column a point. `target` (N,): its class index, or its real value."""

    x: Floats
    target: Floats

    def take(self, columns: NDArray[np.intp]) -> "Points":
        """The points at `columns` (K,), in that order."""
        return Points(self.x[:, columns], self.target[columns])


def joined(parts: list[Points]) -> Points:
    """All points of all parts, in order; no points at all when there is no part."""
    if not parts:
        return Points(np.empty((2, 0)), np.empty(0))
    return Points(
        np.concatenate([part.x for part in parts], axis=1), np.concatenate([part.target for part in parts])
    )
