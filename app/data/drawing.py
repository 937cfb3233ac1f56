"""What the generators share: uniform squares, polar coordinates and classes of equal size. Knows no single data set."""

from collections.abc import Callable

import numpy as np

from app.data.points import Floats, Points, joined


def square(rng: np.random.Generator, count: int, reach: float) -> Floats:
    """`count` positions (2, count), each coordinate uniform in [-reach, reach)."""
    return rng.uniform(-reach, reach, (2, count))


def polar(radius: Floats, angle: Floats) -> Floats:
    """Positions (2, N) at `radius` (N,) and `angle` (N,) in radians, clockwise from the upward axis.

    The original playground's convention: x = r sin t, y = r cos t.
    """
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)])


def class_counts(samples: int, classes: int) -> list[int]:
    """How many points each class gets: as equal as can be, the first classes taking what is left over."""
    return [samples // classes + (index < samples % classes) for index in range(classes)]


def each_class(samples: int, classes: int, draw: Callable[[int, int], Floats]) -> Points:
    """One cloud a class, in the order of the classes: `draw(index, count)` gives its positions (2, count)."""
    clouds = [draw(index, count) for index, count in enumerate(class_counts(samples, classes))]
    return joined([Points(x, np.full(x.shape[1], float(index))) for index, x in enumerate(clouds)])


def balanced(samples: int, draw: Callable[[int], Points]) -> Points:
    """`samples` points of two equally large classes out of candidates whose label is known only once they are drawn.

    `draw(count)` gives candidates. Those of a class that already has its share are passed over, so within a class the
    points are distributed as `draw` distributes them. Both classes must be possible, or this never ends.
    """
    missing = np.array(class_counts(samples, 2))
    parts = []
    while missing.any():
        candidates = draw(2 * int(missing.sum()))
        ones = candidates.target == 1
        # How many of its own class have come up to and with each candidate.
        rank = np.where(ones, np.cumsum(ones), np.cumsum(~ones))
        part = candidates.take(np.flatnonzero(rank <= missing[ones.astype(np.intp)]))
        missing = missing - np.bincount(part.target.astype(np.intp), minlength=2)
        parts.append(part)
    return joined(parts)
