"""Activations and their slopes, stable at |z| = 1000, for float64 and float32 (reference: numerics.md, "Forward").

`value(z, out)` writes f(z); `slope(z, a, out)` writes f'(z) given a = f(z). All three arrays have one shape; `out`
of `value` must not be `z`. Cheap slopes come from `a`, the others from `z`. Values serve float32 pictures too and
therefore take Python numbers, which follow the array's type; slopes serve training only and take 0-d float64
constants.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.erf import normal_cdf
from app.engine.numeric import ONE, Array
from app.vocabulary import Activation, Output

Value = Callable[[Array, Array], Any]
Slope = Callable[[Array, Array, Array], Any]
LEAK = 0.01
"""Slope of leaky_relu below 0."""


@dataclass(frozen=True)
class Kernel:
    """An activation. `from_value`: the slope reads only `a`, so that layers side by side can share one call."""

    value: Value
    slope: Slope
    from_value: bool = True


def linear(z: Array, out: Array) -> None:
    """f(z) = z."""
    np.copyto(out, z)


def linear_slope(z: Array, a: Array, out: Array) -> None:
    """1."""
    out[...] = 1.0


def step(z: Array, out: Array) -> None:
    """1 where z >= 0, else 0."""
    np.greater_equal(z, 0.0, out)


def step_slope(z: Array, a: Array, out: Array) -> None:
    """0: nothing can be learnt through it, only by the perceptron rule beyond it."""
    out[...] = 0.0


def sigmoid(z: Array, out: Array) -> None:
    """1 / (1 + e^-z); e^-z may overflow to infinity, whose reciprocal is the right 0."""
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, 1.0, out)
    np.reciprocal(out, out)


def sigmoid_slope(z: Array, a: Array, out: Array) -> None:
    """a (1 - a)."""
    np.subtract(ONE, a, out)
    np.multiply(out, a, out)


def tanh_slope(z: Array, a: Array, out: Array) -> None:
    """1 - a^2."""
    np.multiply(a, a, out)
    np.subtract(ONE, out, out)


def relu(z: Array, out: Array) -> None:
    """max(0, z)."""
    np.maximum(z, 0.0, out=out)


def relu_slope(z: Array, a: Array, out: Array) -> None:
    """1 above 0, 0 at and below."""
    np.greater(a, 0.0, out)


def leaky_relu(z: Array, out: Array) -> None:
    """z above 0, 0.01 z below."""
    np.multiply(z, LEAK, out)
    np.maximum(z, out, out=out)


def leaky_relu_slope(z: Array, a: Array, out: Array) -> None:
    """1 above 0, 0.01 at and below (PyTorch's choice at 0)."""
    np.greater(a, 0.0, out)
    np.multiply(out, 1.0 - LEAK, out)
    np.add(out, LEAK, out)


def elu(z: Array, out: Array) -> None:
    """z above 0, e^z - 1 below."""
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out)
    np.maximum(z, out, out=out)


def elu_slope(z: Array, a: Array, out: Array) -> None:
    """1 above 0, e^z = a + 1 below."""
    np.minimum(a, 0.0, out=out)
    np.add(out, 1.0, out)


def softplus(z: Array, out: Array) -> None:
    """ln(1 + e^z)."""
    np.logaddexp(z, 0.0, out)


def softplus_slope(z: Array, a: Array, out: Array) -> None:
    """sigmoid(z)."""
    sigmoid(z, out)


def silu(z: Array, out: Array) -> None:
    """z sigmoid(z)."""
    sigmoid(z, out)
    np.multiply(out, z, out)


def silu_slope(z: Array, a: Array, out: Array) -> None:
    """s + a (1 - s) with s = sigmoid(z)."""
    sigmoid(z, out)
    np.add(out, a * (1.0 - out), out)


def gelu(z: Array, out: Array) -> None:
    """z Phi(z) with the exact normal distribution Phi."""
    normal_cdf(z, out)
    np.multiply(out, z, out)


def gelu_slope(z: Array, a: Array, out: Array) -> None:
    """Phi(z) + z phi(z)."""
    normal_cdf(z, out)
    density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    np.add(out, z * density, out)


def sine_slope(z: Array, a: Array, out: Array) -> None:
    """cos z."""
    np.cos(z, out)


def softmax(z: Array, out: Array) -> None:
    """e^z_j / sum_k e^z_k over the unit axis (-2); shifted by the largest so that nothing overflows."""
    np.subtract(z, z.max(axis=-2, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=-2, keepdims=True), out)


ACTIVATIONS: dict[Activation, Kernel] = {
    Activation.LINEAR: Kernel(linear, linear_slope),
    Activation.STEP: Kernel(step, step_slope),
    Activation.SIGMOID: Kernel(sigmoid, sigmoid_slope),
    Activation.TANH: Kernel(np.tanh, tanh_slope),
    Activation.RELU: Kernel(relu, relu_slope),
    Activation.LEAKY_RELU: Kernel(leaky_relu, leaky_relu_slope),
    Activation.ELU: Kernel(elu, elu_slope),
    Activation.SOFTPLUS: Kernel(softplus, softplus_slope, from_value=False),
    Activation.SILU: Kernel(silu, silu_slope, from_value=False),
    Activation.GELU: Kernel(gelu, gelu_slope, from_value=False),
    Activation.SINE: Kernel(np.sin, sine_slope, from_value=False),
}

OUTPUTS: dict[Output, Value] = {
    Output.LINEAR: linear,
    Output.STEP: step,
    Output.SIGMOID: sigmoid,
    Output.SOFTMAX: softmax,
    Output.TANH: np.tanh,
}
