"""How outputs do against targets, beyond loss and score: confusion matrix, precision, recall, F1, ROC, residuals.

Definitions are scikit-learn's (metrics with `zero_division=nan`). A figure that is not defined is NaN here. One model,
one part of the points at a time; knows no networks.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.evaluation import r_squared
from app.engine.numeric import quiet

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

ROC_POINTS = 64
"""A curve is drawn with at most so many points."""
RESIDUAL_BINS = 21
"""Odd, so that the middle bin holds what is right."""


def confusion_matrix(actual: NDArray[np.intp], predicted: NDArray[np.intp], classes: int) -> Counts:
    """(C, C) how many points of each class (rows) were taken for each class (columns); both (N,) in [0, C)."""
    return np.bincount(actual * classes + predicted, minlength=classes**2).reshape(classes, classes)


@dataclass(frozen=True)
class Rates:
    """For each class (C,), in [0, 1]: precision tp / (tp + fp), recall tp / (tp + fn), F1 2 tp / (2 tp + fp + fn); NaN
    where nothing was taken for the class, where there is nothing of it, and where neither is."""

    precision: Floats
    recall: Floats
    f1: Floats


@quiet
def rates(confusion: Counts) -> Rates:
    """The rates of each class of a confusion matrix (C, C)."""
    right, taken, there = np.diag(confusion), confusion.sum(axis=0), confusion.sum(axis=1)
    return Rates(right / taken, right / there, 2.0 * right / (taken + there))


def mean_of_defined(values: Floats) -> float:
    """The macro average: the plain mean over the classes (C,) whose figure is defined; NaN where none is."""
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if defined.size else float("nan")


@dataclass(frozen=True)
class Roc:
    """`curve` (k, 2): false positive rate, true positive rate at every threshold, from (0, 0) to (1, 1), both rising;
    `area` under it: the chance that a random positive scores above a random negative, ties counting half."""

    curve: Floats
    area: float


def roc(positive: NDArray[np.bool_], scores: Floats) -> Roc | None:
    """The ROC of `scores` (N,), high for the `positive` (N,); points with the same score pass the threshold together.

    None where it is not defined: without positives or negatives, or with a score that is not finite.
    """
    positives = int(positive.sum())
    negatives = positive.size - positives
    if not positives or not negatives or not np.isfinite(scores).all():
        return None
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), positive.size - 1)
    hits = np.append(0, np.cumsum(positive[order])[ends])
    alarms = np.append(0, ends + 1) - hits
    # In whole numbers, so that the area is exact but for one division.
    area = (np.diff(alarms) * (hits[1:] + hits[:-1])).sum() / (2.0 * positives * negatives)
    kept = _corners(alarms, hits)
    return Roc(np.stack([alarms[kept] / negatives, hits[kept] / positives], axis=1), float(area))


def _corners(across: NDArray[np.int64], up: NDArray[np.int64]) -> NDArray[np.intp]:
    """The ends of a path and the places where it turns, thinned evenly to ROC_POINTS."""
    steps, rises = np.diff(across), np.diff(up)
    turns = steps[1:] * rises[:-1] != steps[:-1] * rises[1:]
    kept = np.flatnonzero(np.concatenate([[True], turns, [True]]))
    if kept.size <= ROC_POINTS:
        return kept
    return kept[np.linspace(0, kept.size - 1, ROC_POINTS).round().astype(np.intp)]


@dataclass(frozen=True)
class Errors:
    """Of residuals: mean size, root of the mean square, largest size, and the share of the targets' variance explained
    (at most 1; NaN where the targets do not vary)."""

    mean_absolute: float
    root_mean_squared: float
    largest: float
    r_squared: float


@quiet
def errors(outputs: Floats, targets: Floats) -> Errors:
    """How `outputs` (N,), N >= 1, miss `targets` (N,)."""
    size = np.abs(targets - outputs)
    explained = r_squared(outputs[None], targets[None])
    return Errors(float(size.mean()), float(np.sqrt((size**2).mean())), float(size.max()), float(explained))


def residual_reach(residuals: Floats) -> float:
    """Half the width of a histogram of `residuals` (N,): the next of 1, 2, 5 times a power of ten, so that the axis
    stands still while training moves them. 1 where all are 0, where there are none, and where one is no number."""
    largest = float(np.abs(residuals).max(initial=0.0))
    if not 1e-300 < largest < 1e300:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(largest))
    return next(step * scale for step in (1.0, 2.0, 5.0, 10.0, 20.0) if step * scale >= largest)


@quiet
def residual_bins(residuals: Floats, reach: float) -> NDArray[np.uint8]:
    """(N,) which of RESIDUAL_BINS equal bins over [-reach, reach] each residual lies in; NaN lies in the first."""
    place = np.floor((residuals / reach + 1.0) / 2.0 * RESIDUAL_BINS)
    bins: NDArray[np.uint8] = np.nan_to_num(np.clip(place, 0, RESIDUAL_BINS - 1), nan=0.0).astype(np.uint8)
    return bins
