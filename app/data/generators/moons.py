"""Two half circles hooked into each other."""

import numpy as np

from app.data.drawing import each_class, square
from app.data.points import Floats, Points

SCALE = 3.0
SHAKE = 3.0


def moons(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Class 0 is the upper half of a circle of radius 3 around (-1.5, -0.75), class 1 the lower one around (1.5, 0.75).

    The shape of scikit-learn's make_moons, three times as large and moved to the middle of the board; each point is
    shaken by U(-3, 3) * noise along each axis.
    """

    def moon(index: int, count: int) -> Floats:
        angle = rng.uniform(0, np.pi, count)
        upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
        # The lower moon is the upper one turned by half a circle around the origin.
        return SCALE * (-upper if index else upper) + square(rng, count, SHAKE) * noise

    return each_class(samples, 2, moon)
