"""The normal distribution function, which NumPy lacks, to about 1e-15 (GELU is defined by it).

erfc(x) e^(x^2) is smooth in y, where x in [0, 7] is mapped to [-1, 1] by t = 2 / (2 + x); there a Chebyshev
polynomial through values of the standard library's `math.erfc` is exact to rounding. Beyond 7, erfc is below 1e-22
and taken as 0.
"""

import math

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from app.engine.numeric import Array

LAST = 7.0
DEGREE = 24
LEAST_T = 2 / (2 + LAST)


def _scaled_erfc(y: NDArray[np.float64]) -> NDArray[np.float64]:
    t = LEAST_T + (1 - LEAST_T) * (y + 1) / 2
    return np.array([math.erfc(x) * math.exp(x * x) for x in 2 / t - 2])


_NODES = chebyshev.chebpts1(DEGREE + 1)
COEFFICIENTS = chebyshev.chebfit(_NODES, _scaled_erfc(_NODES), DEGREE)


def _polynomial(y: Array) -> Array:
    """The Chebyshev sum by Clenshaw's recurrence, in y's own precision."""
    last, before = np.zeros_like(y), np.zeros_like(y)
    twice = y + y
    for coefficient in COEFFICIENTS[:0:-1]:
        last, before = twice * last - before + y.dtype.type(coefficient), last
    total: Array = y * last - before + y.dtype.type(COEFFICIENTS[0])
    return total


def normal_cdf(z: Array, out: Array) -> None:
    """Phi(z) = erfc(-z / sqrt 2) / 2 into `out`, which may not be `z`."""
    x = np.minimum(np.abs(z) / math.sqrt(2), LAST)
    y = 2 * (2 / (2 + x) - LEAST_T) / (1 - LEAST_T) - 1
    tail = 0.5 * np.exp(-x * x) * _polynomial(y)
    tail[x >= LAST] = 0.0
    np.copyto(out, np.where(z > 0, 1 - tail, tail))
