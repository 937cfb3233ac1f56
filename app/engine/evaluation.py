"""Loss and score of a network on a set of points, without dropout and with running statistics."""

from dataclasses import dataclass

import numpy as np

from app.engine.forward import forward
from app.engine.losses import LOSSES, decide, row_weight
from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.vocabulary import Loss, Task


@dataclass(frozen=True)
class Evaluation:
    """`loss` without penalty; `score` is accuracy in [0, 1] or R squared (at most 1). NaN where there are no points.
    Scalars, or (M,) for M models."""

    loss: Array
    score: Array


def accuracy(network: Network, outputs: Array, targets: Array) -> Array:
    """Share of columns whose decided class is the target's."""
    right = decide(outputs, network.output) == decide(targets, network.output)
    return np.asarray(right.mean(axis=-1))


def r_squared(outputs: Array, targets: Array) -> Array:
    """1 - sum (y - a)^2 / sum (y - mean y)^2; NaN where the targets do not vary."""
    residual = ((targets - outputs) ** 2).sum(axis=(-2, -1))
    spread = ((targets - targets.mean()) ** 2).sum()
    return np.asarray(1.0 - residual / spread if spread > 0 else np.full(np.shape(residual), np.nan))


@quiet
def evaluate(
    network: Network, loss: Loss, task: Task, outputs: Array, scores: Array, targets: Array
) -> Evaluation:
    """How `outputs` (..., T, N), computed from weighted sums `scores`, do against `targets` (T, N)."""
    lead, rows = outputs.shape[:-2], outputs.shape[-1]
    if rows == 0:
        return Evaluation(np.full(lead, np.nan), np.full(lead, np.nan))
    values = np.empty(outputs.shape)
    LOSSES[loss].value(outputs, scores, targets, values)
    total = values.sum(axis=(-2, -1)) * row_weight(loss, network.fan_out, rows)
    score = r_squared(outputs, targets) if task is Task.REGRESSION else accuracy(network, outputs, targets)
    return Evaluation(np.asarray(total), score)


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
