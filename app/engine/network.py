"""The shape of a network and where each of its parameters lies in the flat vector `theta`.

Layer l's block is `theta[offset : offset + fan_out * (fan_in + 1)]`, row-major, its last column the bias; with batch
norm `gamma` and then `beta`, fan_out values each, follow the block. Knows nothing of training.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.engine.numeric import Array
from app.vocabulary import Activation, Output


@dataclass(frozen=True)
class Layer:
    """One dense layer; the output layer's activation is the network's `output` and it has neither dropout nor norm."""

    fan_in: int
    fan_out: int
    activation: Activation = Activation.LINEAR
    dropout: float = 0.0
    batch_norm: bool = False

    @property
    def weights(self) -> int:
        """Entries of the block: weights and biases."""
        return self.fan_out * (self.fan_in + 1)

    @property
    def parameters(self) -> int:
        """Trainable numbers of the layer, gamma and beta included."""
        return self.weights + 2 * self.fan_out * self.batch_norm


@dataclass(frozen=True)
class Network:
    """Hidden layers and, last, the output layer; `output` is applied to the last one's weighted sums."""

    layers: tuple[Layer, ...]
    output: Output

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each layer's block begins in `theta`."""
        sizes = [layer.parameters for layer in self.layers]
        return tuple(sum(sizes[:index]) for index in range(len(sizes)))

    @cached_property
    def parameters(self) -> int:
        """P, the length of `theta`."""
        return sum(layer.parameters for layer in self.layers)

    @cached_property
    def running_size(self) -> int:
        """R, the length of the running statistics: mean then variance of every batch-normed unit."""
        return sum(2 * layer.fan_out for layer in self.layers if layer.batch_norm)

    @property
    def hidden(self) -> tuple[Layer, ...]:
        """All layers but the last."""
        return self.layers[:-1]

    @property
    def fan_in(self) -> int:
        """I, the inputs of the network."""
        return self.layers[0].fan_in

    @property
    def fan_out(self) -> int:
        """T, the output units."""
        return self.layers[-1].fan_out

    def block(self, theta: Array, index: int) -> Array:
        """View (..., fan_out, fan_in + 1) of layer `index`'s weights and, in the last column, biases."""
        layer, start = self.layers[index], self.offsets[index]
        flat = theta[..., start : start + layer.weights]
        return flat.reshape(*theta.shape[:-1], layer.fan_out, layer.fan_in + 1)

    def norm(self, theta: Array, index: int) -> tuple[Array, Array]:
        """Views (..., fan_out, 1) of gamma and beta of a batch-normed layer."""
        layer = self.layers[index]
        start = self.offsets[index] + layer.weights
        gamma = theta[..., start : start + layer.fan_out]
        beta = theta[..., start + layer.fan_out : start + 2 * layer.fan_out]
        return gamma[..., None], beta[..., None]

    def running(self, statistics: Array, index: int) -> tuple[Array, Array]:
        """Views (..., fan_out, 1) of the running mean and variance of a batch-normed layer."""
        start = sum(2 * layer.fan_out for layer in self.layers[:index] if layer.batch_norm)
        size = self.layers[index].fan_out
        mean, variance = (
            statistics[..., start : start + size],
            statistics[..., start + size : start + 2 * size],
        )
        return mean[..., None], variance[..., None]

    def layer_norms(self, flat: Array) -> Array:
        """(..., L): the Euclidean norm of each layer's part of `flat` (..., P)."""
        norms: Array = np.sqrt(np.add.reduceat(flat * flat, self.offsets, axis=-1))
        return norms

    def fresh_statistics(self, lead: tuple[int, ...] = ()) -> NDArray[np.float64]:
        """Running statistics (..., R) before any batch: mean 0, variance 1."""
        statistics = np.zeros((*lead, self.running_size))
        for index, layer in enumerate(self.layers):
            if layer.batch_norm:
                self.running(statistics, index)[1][...] = 1.0
        return statistics

    @cached_property
    def penalised(self) -> NDArray[np.float64]:
        """(P,) of 1 where a penalty acts and 0 where not: biases, gamma and beta are exempt."""
        mask = np.zeros(self.parameters)
        for index in range(len(self.layers)):
            self.block(mask, index)[:, :-1] = 1.0
        return mask
