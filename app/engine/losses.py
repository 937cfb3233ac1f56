"""Losses and their slopes (reference: numerics.md, "Losses").

Arrays are (..., T, B): `a` outputs, `z` weighted sums below them, `y` targets (T, B). `value(a, z, y, out)` writes
the loss of every output and row; their weighted total is the loss: over rows always the mean, over outputs the mean
or the sum as `mean_over_outputs` says. `slope(a, z, y, out)` writes its derivative, with respect to `z` where
`by_score`, else to `a`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.numeric import ONE, ZERO, Array
from app.vocabulary import Loss, Output

Kernel = Callable[[Array, Array, Array, Array], Any]

SIGNED_OUTPUTS = frozenset({Output.LINEAR, Output.TANH})
"""Outputs whose two classes lie either side of 0; the others' lie either side of 1/2."""


@dataclass(frozen=True)
class LossKernel:
    """One loss; see the module for the meaning of its parts."""

    value: Kernel
    slope: Kernel
    by_score: bool = False
    mean_over_outputs: bool = False
    signed: bool = False
    """Classes are coded -1 and 1 whatever the output."""


def binary_cross_entropy(a: Array, z: Array, y: Array, out: Array) -> None:
    """-(y ln p + (1-y) ln(1-p)) = ln(1 + e^z) - y z, from the logit: a saturated p loses nothing."""
    np.logaddexp(ZERO, z, out)
    np.subtract(out, y * z, out)


def sigmoid_and_log_loss(z: Array, y: Array, a: Array, out: Array) -> None:
    """Both at once from s = ln(1 + e^z): a = e^(z - s) is sigmoid(z), s - y z its binary cross-entropy."""
    np.logaddexp(ZERO, z, out)
    np.subtract(z, out, a)
    np.exp(a, a)
    np.subtract(out, y * z, out)


def cross_entropy(a: Array, z: Array, y: Array, out: Array) -> None:
    """-y_j ln p_j with ln p_j = z_j - ln sum_k e^z_k."""
    largest = z.max(axis=-2, keepdims=True)
    log_total = largest + np.log(np.exp(z - largest).sum(axis=-2, keepdims=True))
    np.subtract(log_total, z, out)
    np.multiply(out, y, out)


def difference(a: Array, z: Array, y: Array, out: Array) -> None:
    """a - y: the slope of both log-losses by the logit, and of the half squared error by the output."""
    np.subtract(a, y, out)


def squared_error(a: Array, z: Array, y: Array, out: Array) -> None:
    """(a - y)^2."""
    np.subtract(a, y, out)
    np.multiply(out, out, out)


def squared_error_slope(a: Array, z: Array, y: Array, out: Array) -> None:
    """2 (a - y)."""
    np.subtract(a, y, out)
    np.add(out, out, out)


def half_squared_error(a: Array, z: Array, y: Array, out: Array) -> None:
    """(a - y)^2 / 2."""
    squared_error(a, z, y, out)
    np.multiply(out, 0.5, out)


def hinge(a: Array, z: Array, y: Array, out: Array) -> None:
    """max(0, 1 - y a), y in {-1, 1}."""
    np.multiply(y, a, out)
    np.subtract(ONE, out, out)
    np.maximum(out, ZERO, out=out)


def hinge_slope(a: Array, z: Array, y: Array, out: Array) -> None:
    """-y where y a < 1, else 0."""
    np.multiply(y, a, out)
    np.less(out, ONE, out)
    np.multiply(out, -y, out)


def huber(a: Array, z: Array, y: Array, out: Array) -> None:
    """e^2 / 2 up to |e| = 1, then |e| - 1/2, with e = a - y."""
    error = np.abs(a - y)
    inner = np.minimum(error, ONE)
    np.multiply(inner, error - 0.5 * inner, out)


def huber_slope(a: Array, z: Array, y: Array, out: Array) -> None:
    """a - y clipped to [-1, 1]."""
    np.clip(a - y, -1.0, 1.0, out)


def absolute_error(a: Array, z: Array, y: Array, out: Array) -> None:
    """|a - y|."""
    np.subtract(a, y, out)
    np.abs(out, out)


def absolute_error_slope(a: Array, z: Array, y: Array, out: Array) -> None:
    """The sign of a - y, 0 at 0."""
    np.subtract(a, y, out)
    np.sign(out, out)


def perceptron(a: Array, z: Array, y: Array, out: Array) -> None:
    """max(0, -y z) of the score z under the output, y in {-1, 1}."""
    np.multiply(y, z, out)
    np.negative(out, out)
    np.maximum(out, ZERO, out=out)


def perceptron_slope(a: Array, z: Array, y: Array, out: Array) -> None:
    """-y where y z <= 0, else 0: a point on the line is still pulled to its side, as the perceptron trick does."""
    np.multiply(y, z, out)
    np.less_equal(out, ZERO, out)
    np.multiply(out, -y, out)


LOSSES: dict[Loss, LossKernel] = {
    Loss.BINARY_CROSS_ENTROPY: LossKernel(binary_cross_entropy, difference, by_score=True),
    Loss.CROSS_ENTROPY: LossKernel(cross_entropy, difference, by_score=True),
    Loss.MEAN_SQUARED_ERROR: LossKernel(squared_error, squared_error_slope, mean_over_outputs=True),
    Loss.HALF_SQUARED_ERROR: LossKernel(half_squared_error, difference),
    Loss.HINGE: LossKernel(hinge, hinge_slope, signed=True),
    Loss.HUBER: LossKernel(huber, huber_slope, mean_over_outputs=True),
    Loss.MEAN_ABSOLUTE_ERROR: LossKernel(absolute_error, absolute_error_slope, mean_over_outputs=True),
    Loss.PERCEPTRON: LossKernel(perceptron, perceptron_slope, by_score=True, signed=True),
}


def row_weight(loss: Loss, outputs: int, rows: int) -> float:
    """What each entry of the loss array counts: 1 / rows, or 1 / (rows outputs) for a mean over both."""
    return 1.0 / (rows * (outputs if LOSSES[loss].mean_over_outputs else 1))


def code_classes(
    labels: NDArray[np.float64], outputs: int, loss: Loss, output: Output
) -> NDArray[np.float64]:
    """Class indices (N,) as targets (T, N): one unit for two classes, else one-hot; low is -1 or 0 as the loss
    wants."""
    low = -1.0 if LOSSES[loss].signed or output in SIGNED_OUTPUTS else 0.0
    chosen = np.arange(outputs)[:, None] == labels if outputs > 1 else labels[None, :] == 1
    return np.where(chosen, 1.0, low)


def decide(outputs: Array, output: Output) -> NDArray[np.intp]:
    """The class (..., B) that outputs (..., T, B) speak for: past the middle for one unit, else the largest."""
    if outputs.shape[-2] > 1:
        largest: NDArray[np.intp] = np.argmax(outputs, axis=-2)
        return largest
    chosen: NDArray[np.intp] = (outputs[..., 0, :] >= middle_of(output)).astype(np.intp)
    return chosen


def middle_of(output: Output) -> float:
    """Where one unit's two classes part; its value there is class 1's."""
    return 0.0 if output in SIGNED_OUTPUTS else 0.5
