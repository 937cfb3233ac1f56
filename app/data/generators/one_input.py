"""Regression with one input: a value at each x1, as points of a curve."""

from collections.abc import Callable

import numpy as np

from app.data.points import Floats, Points

REACH = 6.0
SPREAD = 2.0


def curve_sine(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """3 sin(x1), not quite two waves; see `_curve`."""
    return _curve(rng, samples, noise, sine_value)


def curve_cubic(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """x1^3 / 20 - 1.2 x1, with a hill at -2.83 and a valley at 2.83; see `_curve`."""
    return _curve(rng, samples, noise, cubic_value)


def curve_step(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """-2 left of 0 and 2 from there on; see `_curve`."""
    return _curve(rng, samples, noise, step_value)


def sine_value(x1: Floats) -> Floats:
    """3 sin(x1)."""
    height: Floats = 3 * np.sin(x1)
    return height


def cubic_value(x1: Floats) -> Floats:
    """x1^3 / 20 - 1.2 x1, within 3.6 of 0 for x1 in [-6, 6]."""
    return x1 * x1 * x1 / 20 - 1.2 * x1


def step_value(x1: Floats) -> Floats:
    """2 where x1 >= 0, else -2."""
    return np.where(x1 >= 0, 2.0, -2.0)


def _curve(rng: np.random.Generator, samples: int, noise: float, value: Callable[[Floats], Floats]) -> Points:
    """x1 uniform in [-6, 6), x2 always 0; the noise adds 2 * noise * N(0, 1) to the value."""
    x = np.zeros((2, samples))
    x[0] = rng.uniform(-REACH, REACH, samples)
    return Points(x, value(x[0]) + SPREAD * noise * rng.standard_normal(samples))
