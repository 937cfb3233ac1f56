"""The pass that learns, as a plan: a list of (function, arguments) over buffers made once per batch width.

Forward with batch statistics and dropout, loss, backward to the data gradient. At these sizes a call costs more than
its arithmetic, so the plan holds nothing but calls into preallocated arrays (measured in docs/performance.md).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, Literal, NamedTuple

import numpy as np

from app.engine.activations import ACTIVATIONS, OUTPUTS, sigmoid_slope, tanh_slope
from app.engine.forward import EPS, matmul
from app.engine.losses import LOSSES, row_weight, sigmoid_and_log_loss
from app.engine.network import Layer, Network
from app.engine.numeric import Array, Op, constant
from app.engine.update import Segment
from app.vocabulary import Loss, Output

MOMENTUM = 0.1
"""Weight of the newest batch in batch norm's running statistics (PyTorch's convention)."""

Draw = Callable[[Array], None]
"""Fills an array with uniform numbers of [0, 1)."""


class Cut(NamedTuple):
    """So many operations of a plan lead to a value that a later one overwrites: `what` of `layer`."""

    what: Literal["summed", "error", "through"]
    layer: int
    operations: int


@dataclass
class Pass:
    """One plan for batches of `width` rows.

    `batch` (I + 1 + T, width) is where the rows go: inputs, ones, targets. `forward` ends with outputs and losses;
    `loss()` returns the batch's loss, a scalar or (M,); `backward` leaves the data gradient in `gradient`.

    `z` is what activations are applied to, `values` what hidden layers give, `slopes` their derivative (dropout
    included), `deltas` the slope of the loss by each layer's weighted sum, last of all the output's. The cuts say where
    in the plans stand a layer's bare weighted sum in `z` ("summed"), the slope of the loss by the outputs, or by their
    score, in `delta` ("error"), and a layer's delta above its batch norm ("through").
    """

    network: Network
    loss_name: Loss
    theta: Array
    gradient: Array
    statistics: Array
    width: int
    draw: Draw
    forward: list[Op] = field(default_factory=list)
    backward: list[Op] = field(default_factory=list)
    forward_cuts: list[Cut] = field(default_factory=list)
    backward_cuts: list[Cut] = field(default_factory=list)
    output_slope: Array | None = None
    """(T, width): f'(z) of the outputs, where `backward` multiplies by it."""

    def __post_init__(self) -> None:
        network, lead = self.network, self.theta.shape[:-1]
        self.batch = np.zeros((network.fan_in + 1 + network.fan_out, self.width))
        self.batch[network.fan_in] = 1.0
        self._make_hidden_buffers(lead)
        self.z = [np.empty((*lead, layer.fan_out, self.width)) for layer in network.layers]
        self.outputs, self.delta, self.losses = (np.empty_like(self.z[-1]) for _ in range(3))
        self._weights = np.full(
            network.fan_out * self.width, row_weight(self.loss_name, network.fan_out, self.width)
        )
        self._plan_forward()
        self._plan_loss()
        self._plan_backward()
        self.deltas.append(self.delta)

    def _make_hidden_buffers(self, lead: tuple[int, ...]) -> None:
        """One buffer each for activations, slopes and deltas of all hidden layers, a row of ones under each layer."""
        rows = sum(layer.fan_out + 1 for layer in self.network.hidden)
        self._hidden, self._slopes, self._deltas = (np.zeros((*lead, rows, self.width)) for _ in range(3))
        self._spans: list[slice] = []
        start = 0
        for layer in self.network.hidden:
            self._spans.append(slice(start, start + layer.fan_out + 1))
            start += layer.fan_out + 1
            self._hidden[..., start - 1, :] = 1.0
        self.values, self.slopes, self.deltas = (
            [whole[..., span, :][..., :-1, :] for span in self._spans]
            for whole in (self._hidden, self._slopes, self._deltas)
        )
        self.normal: dict[int, Array] = {}
        self._masks: dict[int, Array] = {}
        self._before_dropout: dict[int, Array] = {}
        self._factors: dict[int, Array] = {}

    @property
    def inputs(self) -> Array:
        """(I + 1, width) of the batch, the last row ones."""
        return self.batch[: self.network.fan_in + 1]

    @property
    def targets(self) -> Array:
        """(T, width) of the batch."""
        return self.batch[self.network.fan_in + 1 :]

    def _augmented(self, index: int) -> Array:
        """What layer `index` multiplies: the inputs or the layer before, with its row of ones."""
        return self.inputs if index == 0 else self._hidden[..., self._spans[index - 1], :]

    def _plan_forward(self) -> None:
        for index, layer in enumerate(self.network.layers):
            self.forward.append(
                (matmul(self.network.block(self.theta, index)), (self._augmented(index), self.z[index]))
            )
            self.forward_cuts.append(Cut("summed", index, len(self.forward)))
            if layer.batch_norm:
                self._plan_norm(index, layer)
            if index < len(self.network.hidden):
                self._plan_activation(index, layer)

    def _plan_activation(self, index: int, layer: Layer) -> None:
        kernel, value = ACTIVATIONS[layer.activation], self.values[index]
        if not layer.dropout:
            self.forward.append((kernel.value, (self.z[index], value)))
            return
        uniform = np.empty((layer.fan_out, self.width))
        mask, kept = np.empty_like(uniform), np.empty_like(value)
        self._masks[index], self._before_dropout[index] = mask, kept
        self.forward += [
            (kernel.value, (self.z[index], kept)),
            (self.draw, (uniform,)),
            (np.greater_equal, (uniform, layer.dropout, mask)),
            (np.multiply, (mask, constant(1 / (1 - layer.dropout)), mask)),
            (np.multiply, (kept, mask, value)),
        ]

    def _plan_norm(self, index: int, layer: Layer) -> None:
        """z <- gamma (z - mean) / sqrt(variance + eps) + beta with the batch's mean and biased variance."""
        z, gamma_beta = self.z[index], self.network.norm(self.theta, index)
        normal, square = np.empty_like(z), np.empty_like(z)
        mean, variance, factor = (np.empty((*z.shape[:-1], 1)) for _ in range(3))
        share = constant(1 / self.width)
        self.normal[index], self._factors[index] = normal, factor
        self.forward += [
            (np.add.reduce, (z, -1, None, mean, True)),
            (np.multiply, (mean, share, mean)),
            (np.subtract, (z, mean, normal)),
            (np.multiply, (normal, normal, square)),
            (np.add.reduce, (square, -1, None, variance, True)),
            (np.multiply, (variance, share, variance)),
            (self._remember, (index, mean, variance)),
            (np.add, (variance, EPS, factor)),
            (np.sqrt, (factor, factor)),
            (np.reciprocal, (factor, factor)),
            (np.multiply, (normal, factor, normal)),
            (np.multiply, (normal, gamma_beta[0], z)),
            (np.add, (z, gamma_beta[1], z)),
        ]

    def _remember(self, index: int, mean: Array, variance: Array) -> None:
        """Running statistics move a tenth of the way to the batch's; the variance unbiased, unknown for one row."""
        running_mean, running_variance = self.network.running(self.statistics, index)
        running_mean += MOMENTUM * (mean - running_mean)
        if self.width > 1:
            running_variance += MOMENTUM * (variance * (self.width / (self.width - 1)) - running_variance)

    def _plan_loss(self) -> None:
        """Outputs and the loss of each, in one kernel for the usual pair; `loss()` then adds up."""
        z, outputs, losses = self.z[-1], self.outputs, self.losses
        if self.network.output is Output.SIGMOID and self.loss_name is Loss.BINARY_CROSS_ENTROPY:
            self.forward.append((sigmoid_and_log_loss, (z, self.targets, outputs, losses)))
        else:
            self.forward.append((OUTPUTS[self.network.output], (z, outputs)))
            self.forward.append((LOSSES[self.loss_name].value, (outputs, z, self.targets, losses)))
        self.loss: Callable[[], Any] = partial(losses.reshape(*self.theta.shape[:-1], -1).dot, self._weights)

    def _plan_backward(self) -> None:
        self._plan_output_delta()
        self._plan_slopes()
        delta = self.delta
        for index in range(len(self.network.layers) - 1, -1, -1):
            if index < len(self.network.hidden):
                delta = self._plan_hidden_delta(index, delta)
                self.backward_cuts.append(Cut("through", index, len(self.backward)))
            if self.network.layers[index].batch_norm:
                self._plan_norm_backward(index, delta)
            block = self.network.block(self.gradient, index)
            before = np.swapaxes(self._augmented(index), -1, -2)
            self.backward.append((matmul(delta), (before, block)))

    def _plan_output_delta(self) -> None:
        """delta = d loss / d z of the output layer, the mean over rows included."""
        kernel, delta = LOSSES[self.loss_name], self.delta
        self.backward.append((kernel.slope, (self.outputs, self.z[-1], self.targets, delta)))
        self.backward_cuts.append(Cut("error", len(self.network.hidden), len(self.backward)))
        if not kernel.by_score:
            slope = np.ones_like(delta)
            self.backward += OUTPUT_SLOPES[self.network.output](self.outputs, delta, slope)
            self.output_slope = None if self.network.output is Output.SOFTMAX else slope
        self.backward.append((np.multiply, (delta, constant(float(self._weights[0])), delta)))

    def _plan_slopes(self) -> None:
        """Slopes of all hidden layers; neighbours with one activation read from its value share a call."""

        def kind(index: int) -> tuple[Any, ...]:
            layer = self.network.layers[index]
            alone = not ACTIVATIONS[layer.activation].from_value or layer.dropout > 0
            return (layer.activation, index if alone else None)

        for (activation, alone), group in groupby(range(len(self.network.hidden)), kind):
            members = list(group)
            span = slice(self._spans[members[0]].start, self._spans[members[-1]].stop - 1)
            value = self._before_dropout.get(members[0], self._hidden[..., span, :])
            z = self.z[members[0]] if alone is not None else value
            slope = self._slopes[..., span, :]
            self.backward.append((ACTIVATIONS[activation].slope, (z, value, slope)))
            if members[0] in self._masks:
                self.backward.append((np.multiply, (slope, self._masks[members[0]], slope)))

    def _plan_hidden_delta(self, index: int, after: Array) -> Array:
        """delta_l = (W_{l+1}^T delta_{l+1}) f'(z_l); the product's last row, the bias's, is of no use."""
        span = self._spans[index]
        whole = self._deltas[..., span, :]
        delta = whole[..., :-1, :]
        transposed = np.swapaxes(self.network.block(self.theta, index + 1), -1, -2)
        self.backward += [
            (matmul(transposed), (after, whole)),
            (np.multiply, (delta, self._slopes[..., span, :][..., :-1, :], delta)),
        ]
        return delta

    def _plan_norm_backward(self, index: int, delta: Array) -> None:
        """From d loss / d y to d loss / d z through batch norm, whose mean and variance depend on z as well."""
        normal, factor = self.normal[index], self._factors[index]
        gamma, _ = self.network.norm(self.theta, index)
        d_gamma, d_beta = self.network.norm(self.gradient, index)
        product, scale = np.empty_like(normal), np.empty_like(factor)
        share = constant(1 / self.width)
        self.backward += [
            (np.multiply, (delta, normal, product)),
            (np.add.reduce, (product, -1, None, d_gamma, True)),
            (np.add.reduce, (delta, -1, None, d_beta, True)),
            (np.multiply, (normal, d_gamma, product)),
            (np.add, (product, d_beta, product)),
            (np.multiply, (product, share, product)),
            (np.subtract, (delta, product, delta)),
            (np.multiply, (gamma, factor, scale)),
            (np.multiply, (delta, scale, delta)),
        ]


@dataclass(frozen=True, slots=True)
class Batch:
    """One step: copy `rows` into the pass and go forward, tell the loss, go back and learn. `update`: the stretches of
    `learn` after the pass's own backward half."""

    rows: Array
    plan: Pass
    learn: list[Op]
    update: list[Segment]

    def forward(self) -> Any:
        """The batch's loss, a scalar or (M,)."""
        self.plan.batch[...] = self.rows
        for function, arguments in self.plan.forward:
            function(*arguments)
        return self.plan.loss()


def _through(slope: Callable[..., Any]) -> Callable[[Array, Array, Array], list[Op]]:
    """delta <- delta f'(z) for an output function whose slope is read from its value."""
    return lambda outputs, delta, scratch: [
        (slope, (outputs, outputs, scratch)),
        (np.multiply, (delta, scratch, delta)),
    ]


def _softmax_backward(outputs: Array, delta: Array, scratch: Array) -> list[Op]:
    """delta <- p (delta - sum_k delta_k p_k): softmax's slope couples its units."""
    total = np.empty((*delta.shape[:-2], 1, delta.shape[-1]))
    return [
        (np.multiply, (delta, outputs, scratch)),
        (np.add.reduce, (scratch, -2, None, total, True)),
        (np.subtract, (delta, total, delta)),
        (np.multiply, (delta, outputs, delta)),
    ]


OUTPUT_SLOPES: dict[Output, Callable[[Array, Array, Array], list[Op]]] = {
    Output.LINEAR: lambda outputs, delta, scratch: [],
    Output.SIGMOID: _through(sigmoid_slope),
    Output.TANH: _through(tanh_slope),
    Output.SOFTMAX: _softmax_backward,
}
