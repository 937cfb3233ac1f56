"""Gaussian clouds: two as playground.tensorflow.org draws them, or several around the middle."""

import numpy as np

from app.data.drawing import each_class, polar
from app.data.points import Floats, Points

BLOBS_RADIUS = 3.5


def gauss(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Class 1 around (2, 2), class 0 around (-2, -2); the *variance* goes from 0.5 to 4 as noise goes from 0 to 0.5."""
    deviation = np.sqrt(0.5 + 7.0 * noise)
    return _clouds(rng, samples, np.array([[-2.0, 2.0], [-2.0, 2.0]]), deviation)


def blobs(rng: np.random.Generator, samples: int, noise: float, classes: int) -> Points:
    """Clouds evenly spaced on a circle of radius 3.5, class 0 at the top, clockwise; deviation 0.4 + 2 * noise."""
    angle = 2 * np.pi * np.arange(classes) / classes
    return _clouds(rng, samples, polar(np.full(classes, BLOBS_RADIUS), angle), 0.4 + 2.0 * noise)


def _clouds(rng: np.random.Generator, samples: int, centres: Floats, deviation: float) -> Points:
    """One cloud around each column of `centres` (2, classes), the same deviation in each direction."""
    return each_class(
        samples,
        centres.shape[1],
        lambda index, count: centres[:, [index]] + deviation * rng.standard_normal((2, count)),
    )
