"""The results of a network on its points, as a frame carries them: the figures of `app.engine.metrics` for the
training, validation and test points, and in which cell of the confusion matrix or bin of the residuals each point
lies.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.assemble import raw_outputs
from app.data.split import TEST, VALIDATION
from app.engine import metrics
from app.engine.losses import decide
from app.session.machine import Machine
from app.vocabulary import Task

Figure = float | None
"""None where it is not defined."""


@dataclass(frozen=True)
class Macro:
    """The plain means over the classes for which each figure is defined."""

    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True)
class ClassResults:
    """One part of the points sorted into C classes."""

    points: int
    confusion: tuple[tuple[int, ...], ...]
    """C rows, one for each actual class, of C counts, one for each predicted class."""
    accuracy: float
    precision: tuple[Figure, ...]
    """For each class, as `recall` and `f1`."""
    recall: tuple[Figure, ...]
    f1: tuple[Figure, ...]
    macro: Macro
    roc_area: Figure
    """Two classes only, class 1 being the positive."""
    roc_at: tuple[float, float] | None
    """False and true positive rate at the threshold in force; None where there is no ROC."""


@dataclass(frozen=True)
class Residuals:
    """How many residuals (target less output) lie in each of equal bins over [low, high]; the bins of both parts are
    the same."""

    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class RegressionResults:
    """One part of the points of a regression."""

    points: int
    mae: Figure
    rmse: Figure
    max_error: Figure
    r2: Figure
    residuals: Residuals


PartResults = ClassResults | RegressionResults | None
"""None for a part without points."""


@dataclass(frozen=True)
class Metrics:
    """The figures of both parts."""

    train: PartResults
    test: PartResults
    validation: PartResults = None


@dataclass(frozen=True)
class Results:
    """`cells` (N,) in board order: each point's predicted class, or bin of residuals; `roc` (2, k, 2): the curves of
    the training and test points, all zeros for a part without one, k = 0 where neither has one."""

    metrics: Metrics | None
    cells: NDArray[np.uint8]
    roc: NDArray[np.float32]


NO_RESULTS = Results(None, np.empty(0, np.uint8), np.empty((2, 0, 2), np.float32))


def take_results(machine: Machine) -> Results:
    """The results of `machine` as it stands."""
    board = machine.board
    outputs = raw_outputs(machine.standing().outputs, board.prepared)
    parts = board.trained, board.part == TEST, board.part == VALIDATION
    if machine.spec.task is Task.REGRESSION:
        return _regression(outputs[0], board.target, parts)
    predicted = decide(outputs, machine.network.output)
    scores = outputs[0] if len(outputs) == 1 else outputs[1] - outputs[0]
    return _classification(predicted, board.target.astype(np.intp), scores, machine.spec.data.classes, parts)


def _classification(
    predicted: NDArray[np.intp],
    actual: NDArray[np.intp],
    scores: metrics.Floats,
    classes: int,
    parts: tuple[NDArray[np.bool_], ...],
) -> Results:
    """`scores` (N,) part two classes, high for class 1; nothing is asked of them where there are more."""
    curves = [metrics.roc(actual[part] == 1, scores[part]) if classes == 2 else None for part in parts]
    found = (
        _sorted_into(metrics.confusion_matrix(actual[part], predicted[part], classes), curve)
        for part, curve in zip(parts, curves, strict=True)
    )
    return Results(Metrics(*found), predicted.astype(np.uint8), _side_by_side(curves[:2]))


def _sorted_into(confusion: metrics.Counts, roc: metrics.Roc | None) -> ClassResults | None:
    points = int(confusion.sum())
    if not points:
        return None
    rates = metrics.rates(confusion)
    columns = rates.precision, rates.recall, rates.f1
    precision, recall, f1 = (tuple(map(_figure, column.tolist())) for column in columns)
    means = (_figure(metrics.mean_of_defined(column)) for column in columns)
    at = (float(1.0 - rates.recall[0]), float(rates.recall[1])) if roc else None
    return ClassResults(
        points,
        tuple(map(tuple, confusion.tolist())),
        float(np.trace(confusion)) / points,
        precision,
        recall,
        f1,
        Macro(*means),
        roc.area if roc else None,
        at,
    )


def _side_by_side(curves: list[metrics.Roc | None]) -> NDArray[np.float32]:
    """Curves of as many points: the shorter one stays at its end."""
    length = max(len(curve.curve) if curve else 0 for curve in curves)
    both = np.zeros((len(curves), length, 2), np.float32)
    for row, curve in zip(both, curves, strict=True):
        if curve:
            row[:] = 1.0
            row[: len(curve.curve)] = curve.curve
    return both


def _regression(
    outputs: metrics.Floats, targets: metrics.Floats, parts: tuple[NDArray[np.bool_], ...]
) -> Results:
    residuals = targets - outputs
    reach = metrics.residual_reach(residuals)
    bins = metrics.residual_bins(residuals, reach)
    found = (_missed(outputs[part], targets[part], bins[part], reach) for part in parts)
    return Results(Metrics(*found), bins, NO_RESULTS.roc)


def _missed(
    outputs: metrics.Floats, targets: metrics.Floats, bins: NDArray[np.uint8], reach: float
) -> RegressionResults | None:
    if not targets.size:
        return None
    found = metrics.errors(outputs, targets)
    counts = np.bincount(bins, minlength=metrics.RESIDUAL_BINS)
    return RegressionResults(
        targets.size,
        _figure(found.mean_absolute),
        _figure(found.root_mean_squared),
        _figure(found.largest),
        _figure(found.r_squared),
        Residuals(-reach, reach, tuple(counts.tolist())),
    )


def _figure(value: float) -> Figure:
    return value if math.isfinite(value) else None
