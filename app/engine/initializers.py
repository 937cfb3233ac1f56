"""How first weights are drawn (reference: numerics.md, "Initialisers"). Biases are not drawn."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Network
from app.vocabulary import Initializer

Weights = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int, int, float], Weights]
"""(rng, fan_out, fan_in, std) -> (fan_out, fan_in)."""


def _normal(scale: Callable[[int, int], float]) -> Draw:
    return lambda rng, fan_out, fan_in, std: rng.normal(0.0, scale(fan_out, fan_in), (fan_out, fan_in))


def _uniform(bound: Callable[[int, int], float]) -> Draw:
    def draw(rng: np.random.Generator, fan_out: int, fan_in: int, std: float) -> Weights:
        limit = bound(fan_out, fan_in)
        return rng.uniform(-limit, limit, (fan_out, fan_in))

    return draw


INITIALIZERS: dict[Initializer, Draw] = {
    Initializer.ZEROS: lambda rng, fan_out, fan_in, std: np.zeros((fan_out, fan_in)),
    Initializer.NORMAL: lambda rng, fan_out, fan_in, std: rng.normal(0.0, std, (fan_out, fan_in)),
    Initializer.UNIFORM: _uniform(lambda fan_out, fan_in: 0.5),
    Initializer.FAN_IN: _normal(lambda fan_out, fan_in: 1 / math.sqrt(fan_in)),
    Initializer.XAVIER_UNIFORM: _uniform(lambda fan_out, fan_in: math.sqrt(6 / (fan_in + fan_out))),
    Initializer.XAVIER_NORMAL: _normal(lambda fan_out, fan_in: math.sqrt(2 / (fan_in + fan_out))),
    Initializer.HE_UNIFORM: _uniform(lambda fan_out, fan_in: math.sqrt(6 / fan_in)),
    Initializer.HE_NORMAL: _normal(lambda fan_out, fan_in: math.sqrt(2 / fan_in)),
}
"""A uniform draw over [-b, b] has variance b^2 / 3: b = sqrt(6 / n) gives the variance 2 / n of its normal sibling."""


def draw_parameters(
    network: Network,
    rng: np.random.Generator,
    initializers: tuple[Initializer, ...],
    std: float = 1.0,
    bias: float = 0.0,
) -> Weights:
    """A first `theta` (P,): weights by each layer's initialiser, biases `bias`, gamma 1, beta 0."""
    theta = np.zeros(network.parameters)
    for index, (layer, initializer) in enumerate(zip(network.layers, initializers, strict=True)):
        block = network.block(theta, index)
        block[:, :-1] = INITIALIZERS[initializer](rng, layer.fan_out, layer.fan_in, std)
        block[:, -1] = bias
        if layer.batch_norm:
            network.norm(theta, index)[0][...] = 1.0
    return theta
