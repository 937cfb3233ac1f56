"""What a network's numbers look like while it trains: histograms of each layer, units that pass no gradient back.

Activations are those of the evaluation pass (no dropout, running statistics of batch norm) on the training points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS
from app.engine.forward import forward_with_sums
from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.vocabulary import Activation

KINDS, BINS = 3, 20
"""Histograms of activations, weights and gradients, of so many bins each."""
NARROWEST = 1e-6
"""A histogram whose values differ by less than this against their size has one bar in the middle of a range of 1."""
LEAST_WIDTH = 1e-300
"""One below it, too: its bins could not be told apart."""
SATURATED = 0.05
"""A slope below this share of the activation's largest counts as none."""
FLAT: dict[Activation, float] = {
    Activation.STEP: 0.0,
    Activation.SIGMOID: SATURATED * 0.25,
    Activation.TANH: SATURATED,
    Activation.RELU: 0.0,
    Activation.ELU: SATURATED,
    Activation.SOFTPLUS: SATURATED,
    Activation.SILU: SATURATED,
    Activation.GELU: SATURATED,
}
"""The largest |slope| that passes (almost) no gradient back. Linear and leaky ReLU always pass some; a sine is flat
only at its turns."""


@dataclass(frozen=True)
class Measured:
    """`health` (H,): for each hidden unit, first layer first, the share of rows on which its slope is flat; NaN without
    rows. `histograms` (KINDS, L, BINS) counts of activations, weights with biases, and their gradient; `ranges`
    (KINDS, L, 2) low and high of each, low < high."""

    health: NDArray[np.float32]
    histograms: NDArray[np.float32]
    ranges: NDArray[np.float32]


@quiet
def measure(network: Network, theta: Array, gradient: Array, statistics: Array, inputs: Array) -> Measured:
    """Look at a network with `theta` and `gradient` (P,) on `inputs` (I + 1, N)."""
    sums, activations = forward_with_sums(network, theta, statistics, inputs)
    count = len(network.layers)
    blocks = [network.block(flat, index) for flat in (theta, gradient) for index in range(count)]
    histograms, ranges = histograms_of([*activations, *blocks])
    hidden = zip(network.hidden, sums, activations, strict=False)
    shares = [flat_share(layer.activation, z, a) for layer, z, a in hidden]
    health = np.concatenate([*shares, np.empty(0)]).astype(np.float32)
    return Measured(health, histograms.reshape(KINDS, count, BINS), ranges.reshape(KINDS, count, 2))


def histograms_of(groups: Sequence[Array]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For each group of finite values counts (BINS,) in equal bins over [low, high], the last bin closed, and low,
    high; all in one go, since a call costs more than a group. A group without values has a range about 0."""
    filled = [values if values.size else np.zeros(1) for values in groups]
    sizes = np.array([values.size for values in filled])
    flat = np.concatenate([values.ravel() for values in filled])
    starts = np.cumsum(sizes) - sizes
    low, high = np.minimum.reduceat(flat, starts), np.maximum.reduceat(flat, starts)
    narrow = high - low <= np.maximum(NARROWEST * np.maximum(np.abs(low), np.abs(high)), LEAST_WIDTH)
    low, high = np.where(narrow, low - 0.5, low), np.where(narrow, high + 0.5, high)
    stride = BINS + 1  # the largest value stands on the last edge, one bin too far
    places = (flat - np.repeat(low, sizes)) * np.repeat(BINS / (high - low), sizes)
    places += np.repeat(np.arange(len(groups)) * stride, sizes)
    counts = np.bincount(places.astype(np.intp), minlength=len(groups) * stride).reshape(-1, stride)
    counts[:, BINS - 1] += counts[:, BINS]
    counts[[not values.size for values in groups]] = 0
    return counts[:, :BINS].astype(np.float32), np.stack([low, high], axis=1).astype(np.float32)


def flat_share(activation: Activation, z: Array, a: Array) -> NDArray[np.float64]:
    """(units,): on which share of the rows the slope at z (units, N) is flat; zeros for one that never is."""
    if activation not in FLAT:
        return np.zeros(len(z))
    slope = np.empty_like(z)
    ACTIVATIONS[activation].slope(z, a, slope)
    np.abs(slope, slope)
    flat = slope <= FLAT[activation]
    rows = z.shape[-1]
    return np.count_nonzero(flat, axis=-1) / rows if rows else np.full(len(z), np.nan)
