"""Regression: a real value at each position of the board, as playground.tensorflow.org defines them."""

from collections.abc import Callable

import numpy as np

from app.data.drawing import square
from app.data.points import Floats, Points

REACH = 6.0

HILLS = np.array(
    [[-4.0, 2.5, 1], [0.0, 2.5, -1], [4.0, 2.5, 1], [-4.0, -2.5, -1], [0.0, -2.5, 1], [4.0, -2.5, -1]]
)
"""x1, x2 and sign of each hill (1) or hollow (-1)."""

HILL_RADIUS = 2.0


def plane(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """(x1 + x2) / 10; see `_surface`."""
    return _surface(rng, samples, noise, plane_value)


def multi_gauss(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Three hills and three hollows; see `multi_gauss_value` and `_surface`."""
    return _surface(rng, samples, noise, multi_gauss_value)


def plane_value(x: Floats) -> Floats:
    """The height of the plane at positions `x` (2, N)."""
    height: Floats = (x[0] + x[1]) / 10
    return height


def multi_gauss_value(x: Floats) -> Floats:
    """The height at positions `x` (2, N), in [-1, 1].

    Each hill falls linearly from 1 at its centre to 0 at distance 2; where several reach, the largest magnitude wins.
    """
    away = np.hypot(x[0] - HILLS[:, [0]], x[1] - HILLS[:, [1]])
    heights = HILLS[:, [2]] * np.maximum(1 - away / HILL_RADIUS, 0)
    highest = np.abs(heights).argmax(axis=0)
    winner: Floats = np.take_along_axis(heights, highest[np.newaxis], axis=0)[0]
    return winner


def _surface(
    rng: np.random.Generator, samples: int, noise: float, value: Callable[[Floats], Floats]
) -> Points:
    """Uniform in [-6, 6] squared. The noise moves only the position that decides the value, by U(-6, 6) * noise."""
    x = square(rng, samples, REACH)
    return Points(x, value(x + square(rng, samples, REACH) * noise))
