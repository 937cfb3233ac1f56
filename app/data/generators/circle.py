"""A disc inside a ring, as playground.tensorflow.org draws them."""

import numpy as np

from app.data.drawing import balanced, polar, square
from app.data.points import Points

RADIUS = 5.0


def circle(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Class 1 in the disc of radius 2.5, class 0 in the ring from 3.5 to 5.

    The noise moves only the position that decides the label, by U(-5, 5) * noise along each axis. The original draws
    as many inner as outer points and lets noise unbalance the labels; here the labels are balanced.
    """
    return balanced(samples, lambda count: _candidates(rng, count, noise))


def _candidates(rng: np.random.Generator, count: int, noise: float) -> Points:
    inner = rng.random(count) < 0.5
    lowest = np.where(inner, 0.0, 0.7 * RADIUS)
    highest = np.where(inner, 0.5 * RADIUS, RADIUS)
    x = polar(rng.uniform(lowest, highest), rng.uniform(0, 2 * np.pi, count))
    deciding = x + square(rng, count, RADIUS) * noise
    return Points(x, (np.hypot(deciding[0], deciding[1]) < 0.5 * RADIUS).astype(np.float64))
