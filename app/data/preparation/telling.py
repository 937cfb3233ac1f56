"""Which inputs tell most about the target, each by itself: what a slice shows first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def explained_share(x: Floats, target: Floats, has_classes: bool) -> Floats:
    """(D,): the share of each input's variance over `x` (D, K) that the classes explain (eta squared), or the squared
    correlation with a `target` (K,) of numbers. 0 where an input or the target does not vary."""
    centred = x - x.mean(axis=1, keepdims=True)
    total = (centred**2).sum(axis=1)
    if has_classes:
        groups = [centred[:, target == label] for label in np.unique(target)]
        explained = sum((group.mean(axis=1) ** 2 * group.shape[1] for group in groups), np.zeros(len(x)))
    else:
        deviation = target - target.mean()
        explained = (centred @ deviation) ** 2 / max(float(deviation @ deviation), np.finfo(np.float64).tiny)
    share: Floats = np.divide(explained, total, out=np.zeros(len(x)), where=total > 0)
    return share


def most_telling(x: Floats, target: Floats, has_classes: bool, indicator: Sequence[bool]) -> tuple[int, int]:
    """The two inputs with the largest share, numbers before indicators, in the table's order; of one input twice
    that."""
    share = explained_share(x, target, has_classes) - 2.0 * np.asarray(indicator)
    first = np.argsort(-share, kind="stable")[:2].tolist()
    one, other = sorted(first) if len(first) == 2 else (0, 0)
    return one, other
