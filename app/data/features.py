"""The inputs of the network as functions of the two coordinates. Knows no data set and no network."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from app.vocabulary import Feature

Values = NDArray[np.floating]

FEATURES: dict[Feature, Callable[[Values], Values]] = {
    Feature.X1: lambda x: x[0],
    Feature.X2: lambda x: x[1],
    Feature.X1_SQUARED: lambda x: x[0] * x[0],
    Feature.X2_SQUARED: lambda x: x[1] * x[1],
    Feature.X1_TIMES_X2: lambda x: x[0] * x[1],
    Feature.SIN_X1: lambda x: np.sin(x[0]),
    Feature.SIN_X2: lambda x: np.sin(x[1]),
    Feature.COS_X1: lambda x: np.cos(x[0]),
    Feature.COS_X2: lambda x: np.cos(x[1]),
    Feature.RADIUS: lambda x: np.hypot(x[0], x[1]),
}
"""Each takes positions (2, N) and gives (N,). The radius is sqrt(x1^2 + x2^2)."""


def design_matrix(
    x: Values, features: Sequence[Feature], dtype: DTypeLike = np.float64, out: Values | None = None
) -> Values:
    """What the first layer sees of positions `x` (2, N): (I + 1, N), the I features in order and a row of ones.

    The ones meet the bias column of the engine's blocks. With `out`, of that shape, nothing is allocated for the result
    and `dtype` is not looked at.
    """
    if out is None:
        out = np.empty((len(features) + 1, x.shape[1]), dtype)
    assert out.shape == (len(features) + 1, x.shape[1]), f"out has shape {out.shape}"
    for row, feature in enumerate(features):
        out[row] = FEATURES[feature](x)
    out[-1] = 1.0
    return out
