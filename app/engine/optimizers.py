"""Optimisers on flat vectors, by PyTorch's definitions (reference: numerics.md, "Optimisers").

Each is a function that, given the flat arrays and hyper-parameters, returns the plan of one update. `theta`,
`gradient` and the slots are (P,), or (M, P) with hyper-parameters (M, 1).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.numeric import Array, Op
from app.vocabulary import Optimizer


@dataclass(frozen=True)
class Slots:
    """What an update works on. `rate` is the scheduled learning rate, set by the trainer; `clock` counts the
    updates of the optimisers that need the count; `moments` (2, ..., P) what they remember, `scratch` two arrays of
    theta's shape."""

    theta: Array
    gradient: Array
    moments: Array
    scratch: tuple[Array, Array]
    rate: Array
    clock: Array
    hyper: Mapping[str, Array]

    @property
    def first(self) -> Array:
        """The velocity, or the moving average of the gradient."""
        first: Array = self.moments[0]
        return first

    @property
    def second(self) -> Array:
        """The sum or moving average of the squared gradient."""
        second: Array = self.moments[1]
        return second


def sgd(s: Slots) -> list[Op]:
    """w <- w - lr g."""
    update = s.scratch[0]
    return [(np.multiply, (s.gradient, s.rate, update)), (np.subtract, (s.theta, update, s.theta))]


def momentum(s: Slots) -> list[Op]:
    """v <- mu v + g; w <- w - lr v."""
    update = s.scratch[0]
    return [
        (np.multiply, (s.first, s.hyper["momentum"], s.first)),
        (np.add, (s.first, s.gradient, s.first)),
        (np.multiply, (s.first, s.rate, update)),
        (np.subtract, (s.theta, update, s.theta)),
    ]


def nesterov(s: Slots) -> list[Op]:
    """v <- mu v + g; w <- w - lr (g + mu v)."""
    update, mu = s.scratch[0], s.hyper["momentum"]
    return [
        (np.multiply, (s.first, mu, s.first)),
        (np.add, (s.first, s.gradient, s.first)),
        (np.multiply, (s.first, mu, update)),
        (np.add, (update, s.gradient, update)),
        (np.multiply, (update, s.rate, update)),
        (np.subtract, (s.theta, update, s.theta)),
    ]


def _scaled_descent(s: Slots, root: Array) -> list[Op]:
    """w <- w - lr g / (root + eps)."""
    update = s.scratch[1]
    return [
        (np.add, (root, s.hyper["eps"], root)),
        (np.divide, (s.gradient, root, update)),
        (np.multiply, (update, s.rate, update)),
        (np.subtract, (s.theta, update, s.theta)),
    ]


def adagrad(s: Slots) -> list[Op]:
    """s <- s + g^2; w <- w - lr g / (sqrt(s) + eps)."""
    root = s.scratch[0]
    return [
        (np.multiply, (s.gradient, s.gradient, root)),
        (np.add, (s.second, root, s.second)),
        (np.sqrt, (s.second, root)),
        *_scaled_descent(s, root),
    ]


def rmsprop(s: Slots) -> list[Op]:
    """s <- alpha s + (1 - alpha) g^2; w <- w - lr g / (sqrt(s) + eps)."""
    root, alpha = s.scratch[0], s.hyper["alpha"]
    return [
        (np.multiply, (s.second, alpha, s.second)),
        (np.multiply, (s.gradient, s.gradient, root)),
        (np.multiply, (root, np.asarray(1 - alpha), root)),
        (np.add, (s.second, root, s.second)),
        (np.sqrt, (s.second, root)),
        *_scaled_descent(s, root),
    ]


def _bias_correction(s: Slots, scale: Array, eps_scaled: Array) -> Op:
    """One call that counts the update and sets what is the same for every parameter.

    With d = sqrt(1 - beta2^t), sqrt(v) / d + eps = (sqrt(v) + eps d) / d: `eps_scaled` = eps d and
    `scale` = lr d / (1 - beta1^t).
    """
    clock, rate, hyper = s.clock, s.rate, s.hyper
    if rate.ndim:
        beta1, beta2, eps = hyper["beta1"], hyper["beta2"], hyper["eps"]

        def correct() -> None:
            clock[...] = count = float(clock) + 1.0
            divisor = np.sqrt(1.0 - beta2**count)
            eps_scaled[...] = eps * divisor
            scale[...] = rate * divisor / (1.0 - beta1**count)

        return (correct, ())
    first, second, least = float(hyper["beta1"]), float(hyper["beta2"]), float(hyper["eps"])

    def correct_one() -> None:
        """The same in Python numbers: for single values a fifth of the price."""
        clock[...] = count = float(clock) + 1.0
        divisor = math.sqrt(1.0 - second**count)
        eps_scaled[...] = least * divisor
        scale[...] = float(rate) * divisor / (1.0 - first**count)

    return (correct_one, ())


def adam(s: Slots) -> list[Op]:
    """m, v moving averages of g, g^2; w <- w - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps).

    Both averages lie in one array (2, ..., P), so that they decay and grow in one call each; `memory` is as large,
    since calls that broadcast take three times as long.
    """
    root, update = s.scratch
    beta1, beta2, news = s.hyper["beta1"], s.hyper["beta2"], np.empty_like(s.moments)
    memory = np.empty_like(s.moments)
    memory[0], memory[1] = beta1, beta2
    scale, eps_scaled = np.empty_like(s.rate), np.empty_like(s.rate)
    return [
        _bias_correction(s, scale, eps_scaled),
        (np.multiply, (s.moments, memory, s.moments)),
        (np.multiply, (s.gradient, np.asarray(1 - beta1), news[0])),
        (np.multiply, (s.gradient, np.asarray(1 - beta2), news[1])),
        (np.multiply, (news[1], s.gradient, news[1])),
        (np.add, (s.moments, news, s.moments)),
        (np.sqrt, (s.second, root)),
        (np.add, (root, eps_scaled, root)),
        (np.divide, (s.first, root, update)),
        (np.multiply, (update, scale, update)),
        (np.subtract, (s.theta, update, s.theta)),
    ]


def adamw(s: Slots) -> list[Op]:
    """w <- w - lr weight_decay w on every parameter, then Adam."""
    decay = s.scratch[0]
    return [
        (np.multiply, (s.theta, s.hyper["weight_decay"], decay)),
        (np.multiply, (decay, s.rate, decay)),
        (np.subtract, (s.theta, decay, s.theta)),
        *adam(s),
    ]


OPTIMIZERS: dict[Optimizer, Callable[[Slots], list[Op]]] = {
    Optimizer.SGD: sgd,
    Optimizer.PERCEPTRON: sgd,
    Optimizer.MOMENTUM: momentum,
    Optimizer.NESTEROV: nesterov,
    Optimizer.ADAGRAD: adagrad,
    Optimizer.RMSPROP: rmsprop,
    Optimizer.ADAM: adam,
    Optimizer.ADAMW: adamw,
}


@dataclass(frozen=True)
class Memory:
    """What an optimiser keeps from step to step. `corrected`: it divides both averages by 1 - beta^t."""

    first: bool = False
    second: bool = False
    corrected: bool = False


MEMORIES: dict[Optimizer, Memory] = {
    Optimizer.SGD: Memory(),
    Optimizer.PERCEPTRON: Memory(),
    Optimizer.MOMENTUM: Memory(first=True),
    Optimizer.NESTEROV: Memory(first=True),
    Optimizer.ADAGRAD: Memory(second=True),
    Optimizer.RMSPROP: Memory(second=True),
    Optimizer.ADAM: Memory(first=True, second=True, corrected=True),
    Optimizer.ADAMW: Memory(first=True, second=True, corrected=True),
}


def bias_corrected(moments: Array, clock: float, hyper: Mapping[str, Any]) -> tuple[Array, Array]:
    """m / (1 - beta1^t), v / (1 - beta2^t) of `moments` (2, P) after `clock` updates. The plan never forms them: it
    puts both divisors into the rate and eps, which is the same number but for rounding."""
    first, second = float(hyper["beta1"]), float(hyper["beta2"])
    return moments[0] / (1.0 - first**clock), moments[1] / (1.0 - second**clock)
