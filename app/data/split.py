"""Which rows are trained on, which validate and which test. Knows no positions and no labels' meaning."""

import numpy as np
from numpy.typing import NDArray

from app.vocabulary import PARTS, Part

TRAIN, VALIDATION, TEST = (PARTS.index(part) for part in (Part.TRAIN, Part.VALIDATION, Part.TEST))


def parts(
    rng: np.random.Generator,
    count: int,
    train_fraction: float,
    validation_fraction: float = 0.0,
    classes: NDArray[np.float64] | None = None,
) -> NDArray[np.uint8]:
    """The part of each row (count,), as its place in `PARTS`.

    Rows are put into an order by chance: the first round(train_fraction * count) train (a half rounds to the even
    number; at least one row does), the last round(validation_fraction * count) of the others validate, those between
    test. The order does not depend on the shares, so a larger training part contains the smaller one and a validation
    part stands still while the training part grows. With `classes` (count,) the order is stratified: every stretch of
    it holds the classes as all rows do, each to within about one row.
    """
    order = _order(rng, count, classes)
    train = max(round(train_fraction * count), 1)
    validation = min(round(validation_fraction * count), max(count - train, 0))
    part = np.full(count, TEST, np.uint8)
    part[order[:train]] = TRAIN
    part[order[count - validation :]] = VALIDATION
    return part


def _order(rng: np.random.Generator, count: int, classes: NDArray[np.float64] | None) -> NDArray[np.intp]:
    """A permutation (count,). Stratified, the r-th of a class's n rows stands (r + phase) / n of the way along; the
    phases are spread over 0 to 1, so that classes of one size take turns."""
    order = rng.permutation(count)
    if classes is None:
        return order
    shuffled = classes[order]
    labels = np.unique(shuffled)
    phases = (rng.permutation(labels.size) + 0.5) / labels.size
    along = np.empty(count)
    for label, phase in zip(labels, phases, strict=True):
        own = np.flatnonzero(shuffled == label)
        along[own] = (np.arange(own.size) + phase) / own.size
    return order[np.argsort(along, kind="stable")]
