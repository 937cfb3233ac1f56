"""The network as a function: from inputs to every layer's activations, with the running statistics of batch norm.

Used wherever no gradient follows: evaluation and predictions. Training's own pass, which keeps what the
backward pass needs and uses batch statistics and dropout, is `app.engine.training_pass`; a test holds the two to
the same bits (but for the last bit of a sigmoid computed together with its log-loss), and the pictures' float32 pass
to a shade.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.activations import ACTIVATIONS, OUTPUTS
from app.engine.network import Network
from app.engine.numeric import Array

EPS = 1e-5
"""Batch norm's epsilon."""

Allocate = Callable[[str, tuple[int, ...]], Array]
"""(name, shape) -> an array to write into."""


def matmul(left: Array) -> Callable[[Array, Array], Any]:
    """`product(right, out)` for (O, I) or (M, O, I): a bound `dot` costs a third of `matmul` at these sizes."""
    if left.ndim == 2:
        return left.dot
    return lambda right, out: np.matmul(left, right, out)


def _fresh(dtype: np.dtype[Any]) -> Allocate:
    return lambda name, shape: np.empty(shape, dtype)


def normalise(z: Array, statistics: tuple[Array, Array], scale: tuple[Array, Array]) -> None:
    """gamma (z - mean) / sqrt(variance + eps) + beta, in place."""
    (mean, variance), (gamma, beta) = statistics, scale
    factor = gamma / np.sqrt(variance + EPS)
    np.multiply(z, factor, z)
    np.add(z, beta - mean * factor, z)


def forward(
    network: Network, theta: Array, statistics: Array, inputs: Array, allocate: Allocate | None = None
) -> list[Array]:
    """Activations of every layer, hidden ones first: each (..., fan_out, B), the last one the outputs.

    `theta` (..., P), `statistics` (..., R) running mean and variance, `inputs` (I + 1, B) whose last row is ones.
    `allocate` lets the caller keep the arrays: "z" is the weighted sums, last of all those under the outputs.
    """
    lead, width = theta.shape[:-1], inputs.shape[-1]
    allocate = allocate or _fresh(theta.dtype)
    activations: list[Array] = []
    before = inputs
    for index, layer in enumerate(network.layers):
        z = allocate("z", (*lead, layer.fan_out, width))
        matmul(network.block(theta, index))(before, z)
        if layer.batch_norm:
            normalise(z, network.running(statistics, index), network.norm(theta, index))
        before = allocate(f"a{index}", (*lead, layer.fan_out + 1, width))
        before[..., -1, :] = 1.0
        last = index == len(network.layers) - 1
        (OUTPUTS[network.output] if last else ACTIVATIONS[layer.activation].value)(z, before[..., :-1, :])
        activations.append(before[..., :-1, :])
    return activations


def forward_with_sums(
    network: Network, theta: Array, statistics: Array, inputs: Array
) -> tuple[list[Array], list[Array]]:
    """What each layer's activation is applied to, (..., fan_out, B): the weighted sums, normalised where there is batch
    norm; and the activations, as `forward` gives them."""
    sums: list[Array] = []

    def allocate(name: str, shape: tuple[int, ...]) -> Array:
        made = np.empty(shape, theta.dtype)
        if name == "z":
            sums.append(made)
        return made

    activations = forward(network, theta, statistics, inputs, allocate)
    return sums, activations
