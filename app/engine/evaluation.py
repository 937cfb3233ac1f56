"""Loss and score of a network on a set of points, without dropout and with running statistics."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.engine.forward import forward
from app.engine.losses import LOSSES, decide, middle_of, row_weight
from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.vocabulary import Loss, Task


@dataclass(frozen=True)
class Evaluation:
    """`loss` without penalty; `score` is accuracy in [0, 1] or R squared (at most 1). NaN where there are no points.
    Scalars, or (M,) for M models."""

    loss: Array
    score: Array


def correct(network: Network, outputs: Array, targets: Array) -> Array:
    """(..., N) whether the decided class is the target's; accuracy is the share of it."""
    if network.fan_out == 1:  # what `decide` says, in half its calls
        middle = middle_of(network.output)
        return np.asarray(np.equal(outputs[..., 0, :] >= middle, targets[..., 0, :] >= middle))
    return np.asarray(decide(outputs, network.output) == decide(targets, network.output))


def r_squared(outputs: Array, targets: Array) -> Array:
    """1 - sum (y - a)^2 / sum (y - mean y)^2; NaN where the targets do not vary."""
    residual = ((targets - outputs) ** 2).sum(axis=(-2, -1))
    spread = ((targets - targets.mean()) ** 2).sum()
    return np.asarray(1.0 - residual / spread if spread > 0 else np.full(np.shape(residual), np.nan))


@quiet
def evaluate(
    network: Network, loss: Loss, task: Task, outputs: Array, scores: Array, targets: Array, *cuts: int
) -> tuple[Evaluation, ...]:
    """How `outputs` (..., T, N), computed from weighted sums `scores`, do against `targets` (T, N).

    One evaluation for each part of the N points between the `cuts`; without any, one of all.
    """
    values = np.empty(outputs.shape)
    LOSSES[loss].value(outputs, scores, targets, values)
    values = np.add.reduce(values, -2)
    right = None if task is Task.REGRESSION else correct(network, outputs, targets)
    parts = [slice(first, last) for first, last in pairwise((0, *cuts, targets.shape[-1]))]
    return tuple(_part(network, loss, values, right, outputs, targets, part) for part in parts)


def _part(
    network: Network,
    loss: Loss,
    values: Array,
    right: Array | None,
    outputs: Array,
    targets: Array,
    part: slice,
) -> Evaluation:
    rows = part.stop - part.start
    if rows == 0:
        nothing = np.full(values.shape[:-1], np.nan)
        return Evaluation(nothing, nothing)
    total = np.add.reduce(values[..., part], -1) * row_weight(loss, network.fan_out, rows)
    if right is None:
        return Evaluation(np.asarray(total), r_squared(outputs[..., part], targets[..., part]))
    return Evaluation(np.asarray(total), np.asarray(np.add.reduce(right[..., part], -1, np.float64) / rows))


@quiet
def forward_with_scores(
    network: Network, theta: Array, statistics: Array, inputs: Array
) -> tuple[Array, Array]:
    """Outputs and the weighted sums under them, both (..., T, N), for `inputs` (I + 1, N)."""
    kept: dict[str, Array] = {}

    def allocate(name: str, shape: tuple[int, ...]) -> Array:
        kept[name] = np.empty(shape, theta.dtype)
        return kept[name]

    outputs = forward(network, theta, statistics, inputs, allocate)[-1]
    return outputs, kept["z"]
