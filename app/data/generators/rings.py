"""Rings around one another."""

import numpy as np

from app.data.drawing import each_class, polar, square
from app.data.points import Floats, Points

RADIUS = 5.0


def rings(rng: np.random.Generator, samples: int, noise: float, classes: int) -> Points:
    """The disc of radius 5 cut into `classes` equally wide bands, class 0 innermost, each filled but for its edges.

    A fifth of the band stays free on either side. Each point is shaken by the band's width * U(-1, 1) * noise.
    """
    width = RADIUS / classes

    def ring(index: int, count: int) -> Floats:
        radius = width * rng.uniform(index + 0.2, index + 0.8, count)
        return polar(radius, rng.uniform(0, 2 * np.pi, count)) + square(rng, count, width) * noise

    return each_class(samples, classes, ring)
