"""Above or below a curve x2 = f(x1)."""

from collections.abc import Callable

import numpy as np

from app.data.drawing import balanced, square
from app.data.points import Floats, Points

REACH = 5.0


def sine(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Class 1 above 2.5 sin(x1); see `_above`."""
    return _above(rng, samples, noise, lambda x1: 2.5 * np.sin(x1))


def cubic(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Class 1 above x1^3 / 10 - 1.5 x1, which runs from corner to corner with one hill and one valley."""
    return _above(rng, samples, noise, lambda x1: x1 * x1 * x1 / 10 - 1.5 * x1)


def absolute(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Class 1 above |x1| - 2.5; see `_above`."""
    return _above(rng, samples, noise, lambda x1: np.abs(x1) - 2.5)


def _above(rng: np.random.Generator, samples: int, noise: float, curve: Callable[[Floats], Floats]) -> Points:
    """Uniform in [-5, 5] squared, class 1 above the curve and class 0 on or below it.

    The noise moves only the position that decides the label, by U(-5, 5) * noise along each axis.
    """

    def candidates(count: int) -> Points:
        x = square(rng, count, REACH)
        deciding = x + square(rng, count, REACH) * noise
        return Points(x, (deciding[1] > curve(deciding[0])).astype(np.float64))

    return balanced(samples, candidates)
