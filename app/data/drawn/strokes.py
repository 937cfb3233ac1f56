"""Strokes of a pen as places on a grid of fine cells."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Stroke = Sequence[Sequence[float]]

MOST_STROKES = 64
MOST_POINTS = 4000
"""Of all strokes together."""


class DrawingError(ValueError):
    """A drawing that is no list of strokes in the unit square, or has too many points."""


def checked(strokes: Sequence[Stroke]) -> list[Floats]:
    """Each stroke with a point in it as (K, 2): x to the right, y down, both from 0 to 1. DrawingError otherwise."""
    if len(strokes) > MOST_STROKES:
        raise DrawingError(f"{len(strokes):,} strokes; allowed: {MOST_STROKES}")
    total = sum(len(stroke) for stroke in strokes)
    if total > MOST_POINTS:
        raise DrawingError(f"{total:,} points; allowed: {MOST_POINTS:,}")
    lines = [_line(stroke) for stroke in strokes if len(stroke)]
    if not all(bool(((line >= 0) & (line <= 1)).all()) for line in lines):
        raise DrawingError("a point lies outside the drawing; allowed: x and y from 0 to 1")
    return lines


def _line(stroke: Stroke) -> Floats:
    if any(len(point) != 2 for point in stroke):
        raise DrawingError("a point is two numbers, x and y")
    return np.array(stroke, np.float64)


def trodden(lines: Sequence[Floats], width: int, height: int) -> NDArray[np.bool_]:
    """The cells (height, width) that the middle of the pen passes; `lines` are in cells, (0, 0) the top left corner."""
    cells = np.zeros((height, width), np.bool_)
    for line in lines:
        column, row = _along(line).T.astype(np.intp)
        cells[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)] = True
    return cells


def _along(line: Floats) -> Floats:
    """Places (K, 2) on the line no more than half a cell apart, its ends among them."""
    steps = np.maximum(np.ceil(2 * np.abs(np.diff(line, axis=0)).max(axis=1, initial=0.0)), 1).astype(np.intp)
    first = np.repeat(np.cumsum(steps) - steps, steps)
    share = (np.arange(steps.sum()) - first) / np.repeat(steps, steps)
    segment = np.repeat(np.arange(steps.size), steps)
    between = line[segment] + share[:, np.newaxis] * np.diff(line, axis=0)[segment]
    return np.concatenate([between, line[-1:]])


def distance_squared(cells: NDArray[np.bool_]) -> Floats:
    """Of every cell (height, width) the squared distance to the nearest trodden one, in cells; inf where there is none.

    Along each row first, then along the columns, as Felzenszwalb and Huttenlocher 2012 take it apart."""
    in_row = np.where(cells[:, np.newaxis, :], _squares(cells.shape[1]), np.inf).min(axis=2)
    nearest: Floats = (_squares(cells.shape[0])[:, :, np.newaxis] + in_row).min(axis=1)
    return nearest


def _squares(count: int) -> Floats:
    """(i - j)^2 for all i and j below `count`."""
    at = np.arange(count, dtype=np.float64)
    return np.square(at[:, np.newaxis] - at)
