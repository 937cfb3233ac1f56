"""A board of four by four squares."""

import numpy as np

from app.data.drawing import balanced, square
from app.data.points import Points

REACH = 6.0
FIELD = 3.0


def checkerboard(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Uniform in [-6, 6] squared; class 1 on the fields of side 3 that touch the diagonal x1 = x2.

    The noise moves only the position that decides the label, by U(-3, 3) * noise along each axis.
    """
    return balanced(samples, lambda count: _candidates(rng, count, noise))


def _candidates(rng: np.random.Generator, count: int, noise: float) -> Points:
    x = square(rng, count, REACH)
    column, row = np.floor((x + square(rng, count, FIELD) * noise) / FIELD)
    return Points(x, ((column + row) % 2 == 0).astype(np.float64))
