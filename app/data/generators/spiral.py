"""Arms winding out of the middle: two as playground.tensorflow.org draws them, or several."""

import numpy as np

from app.data.drawing import each_class, polar, square
from app.data.points import Floats, Points

LENGTH = 5.0
TURNS = 1.75


def spiral(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Two arms: r = 5 i/n and t = 1.75 * 2 pi i/n, plus pi for class 0; each point shaken by U(-1, 1) * noise."""
    return spirals(rng, samples, noise, classes=2)


def spirals(rng: np.random.Generator, samples: int, noise: float, classes: int) -> Points:
    """As many arms as classes, evenly turned, class 1 the one that starts upwards.

    More arms wind less (1.75 * 2 / classes turns), so that the gap between neighbours stays what it is with two.
    """

    def arm(index: int, count: int) -> Floats:
        along = np.arange(count) / count if count else np.empty(0)
        start = 2 * np.pi * ((index - 1) % classes) / classes
        angle = TURNS * 2 / classes * along * 2 * np.pi + start
        return polar(LENGTH * along, angle) + square(rng, count, 1.0) * noise

    return each_class(samples, classes, arm)
