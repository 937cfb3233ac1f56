"""Which rows are trained on and which only test. Knows neither their positions nor their labels."""

import numpy as np
from numpy.typing import NDArray


def split(rng: np.random.Generator, count: int, train_fraction: float) -> NDArray[np.bool_]:
    """A mask (count,), True for the rows trained on: a plain random choice, not stratified by class.

    Exactly round(train_fraction * count) rows are True (a half rounds to the even number), and at least one if there
    is any row. The same state of `rng` orders the rows the same way whatever the fraction is, so a larger training set
    contains the smaller one.
    """
    chosen = max(round(train_fraction * count), 1)
    mask = np.zeros(count, np.bool_)
    mask[rng.permutation(count)[:chosen]] = True
    return mask
