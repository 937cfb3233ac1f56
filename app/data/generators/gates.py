"""Logic gates: the rows of a truth table as points.

The inputs are the true 0 and 1, not stretched over the board, so that the numbers of a lesson on paper carry over.
"""

from collections.abc import Callable

import numpy as np

from app.data.drawing import square
from app.data.points import Points

CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
"""The rows of the table as columns: (0, 0), (0, 1), (1, 0), (1, 1)."""

# What each gate gives for the corners, in their order.
AND = (0.0, 0.0, 0.0, 1.0)
OR = (0.0, 1.0, 1.0, 1.0)
NAND = (1.0, 1.0, 1.0, 0.0)
XOR = (0.0, 1.0, 1.0, 0.0)
NOT_FIRST = (1.0, 1.0, 0.0, 0.0)


def gate(outputs: tuple[float, float, float, float]) -> Callable[[np.random.Generator, int, float], Points]:
    """A generator that goes round the corners as long as there are samples, shaking each by U(-1, 1) * noise.

    Four samples without noise are the truth table, in its order. The corners are equally frequent to within one; the
    classes are as frequent as the gate makes them.
    """
    table = np.array(outputs)

    def generator(rng: np.random.Generator, samples: int, noise: float) -> Points:
        row = np.arange(samples) % 4
        return Points(CORNERS[:, row] + square(rng, samples, 1.0) * noise, table[row])

    return generator
