"""Four squares, opposite ones of one class, as playground.tensorflow.org draws them."""

import numpy as np

from app.data.drawing import balanced, square
from app.data.points import Points

REACH = 5.0
PADDING = 0.3


def xor(rng: np.random.Generator, samples: int, noise: float) -> Points:
    """Uniform in [-5, 5] squared, pushed 0.3 away from both axes; class 1 where x1 * x2 >= 0.

    The noise moves only the position that decides the label, by U(-5, 5) * noise along each axis.
    """
    return balanced(samples, lambda count: _candidates(rng, count, noise))


def _candidates(rng: np.random.Generator, count: int, noise: float) -> Points:
    x = square(rng, count, REACH)
    x += np.where(x > 0, PADDING, -PADDING)
    deciding = x + square(rng, count, REACH) * noise
    return Points(x, (deciding[0] * deciding[1] >= 0).astype(np.float64))
