"""The borders between the classes of a picture's cells, as the page draws them (static/js/views/contour.js)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def borders_of(plane: NDArray[np.uint8]) -> Floats:
    """(2, k) places in cells, centres at whole numbers, row 0 first, of the pieces of the borders of `plane` (G, G)
    class of each cell: two ends and a NaN each. A border runs through the middle between two neighbours of different
    classes, and where three or more meet, to the middle of the four."""
    corners = plane[:-1, :-1], plane[:-1, 1:], plane[1:, 1:], plane[1:, :-1]
    lower_left, lower_right, upper_right, upper_left = corners
    crossed = (
        (lower_left != lower_right, 0.5, 0.0),
        (lower_right != upper_right, 1.0, 0.5),
        (upper_right != upper_left, 0.5, 1.0),
        (upper_left != lower_left, 0.0, 0.5),
    )
    pieces = []
    for y, x in np.argwhere(np.any([where for where, _, _ in crossed], axis=0)).tolist():
        ends = [(x + across, y + up) for where, across, up in crossed if where[y, x]]
        if len(ends) == 2:
            pieces += [*ends, (np.nan, np.nan)]
        else:
            pieces += [place for end in ends for place in (end, (x + 0.5, y + 0.5), (np.nan, np.nan))]
    return np.array(pieces, np.float64).reshape(-1, 2).T
