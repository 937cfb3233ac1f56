"""The training loss with its penalty as a function of the parameters, for one model or many at once, by the very pass
that trains: what a gradient is checked against, and what a curvature is measured on. No dropout; batch norm with the
statistics of the rows given, which is what training on all of them as one batch does.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.network import Network
from app.engine.numeric import Array, constant, quiet, run
from app.engine.optimizers import Slots
from app.engine.training_pass import Pass
from app.engine.update import Recipe, penalty, plan_penalty
from app.vocabulary import Activation, Loss, Output

KINKED = frozenset({Activation.RELU, Activation.LEAKY_RELU, Activation.STEP})
"""Activations with a bend or a jump at 0."""
LOSS_SIDES = {
    Loss.HINGE: lambda a, z, y: y * a < 1.0,
    Loss.MEAN_ABSOLUTE_ERROR: lambda a, z, y: a > y,
    Loss.PERCEPTRON: lambda a, z, y: y * z <= 0.0,
}
"""Losses with a bend, and on which side of it each output (a, or its score z, with target y) is."""


class Objective:
    """L(theta) of `rows` (I + 1 + T, N), N >= 1; a smaller model axis than `models` is no use to it."""

    def __init__(self, network: Network, recipe: Recipe, rows: Array, models: int | None = None) -> None:
        """For theta (P,), or (models, P)."""
        layers = tuple(replace(layer, dropout=0.0) for layer in network.layers)
        self.network, self.recipe = Network(layers, network.output), recipe
        lead = () if models is None else (models,)
        self.theta, self._gradient = (np.zeros((*lead, network.parameters)) for _ in range(2))
        statistics = network.fresh_statistics(lead)
        self._pass = Pass(
            self.network, recipe.loss, self.theta, self._gradient, statistics, rows.shape[-1], _nothing
        )
        self._pass.batch[...] = rows
        self._penalty = plan_penalty(self.network, recipe, _slots(self.theta, self._gradient))

    @quiet
    def loss(self, theta: Array) -> Array:
        """A scalar, or (M,)."""
        self.theta[...] = theta
        run(self._pass.forward)
        return np.asarray(self._pass.loss() + penalty(self.network, self.recipe, self.theta))

    def holds(self) -> bool:
        """Whether a unit of the first layer can be computed by itself: it is hidden, and batch norm does not see it."""
        return bool(self.network.hidden) and not self.network.layers[0].batch_norm

    @quiet
    def hold(self, theta: Array) -> None:
        """Keep what the first layer gives at theta (P,), for `loss_of_units`; several models only."""
        z = self.network.block(theta, 0) @ self._pass.inputs
        self._held = z, self._activated(z)
        self._pass.z[0][...], self._pass.values[0][...] = self._held
        self._moved = np.zeros(len(self.theta), np.intp)

    @quiet
    def loss_of_units(self, theta: Array, units: NDArray[np.intp]) -> Array:
        """(M,): as `loss`, of theta (M, P) that differ in the first layer from what is held in the weights of one unit
        each, `units` (M,). No other unit of that layer is computed anew."""
        self.theta[...] = theta
        made, models = self._pass, np.arange(len(units))
        for buffer, held in zip((made.z[0], made.values[0]), self._held, strict=True):
            buffer[models, self._moved] = held[self._moved]
        z = self.network.block(self.theta, 0)[models, units] @ made.inputs
        made.z[0][models, units], made.values[0][models, units] = z, self._activated(z)
        self._moved = units
        run(made.forward[2:])
        return np.asarray(made.loss() + penalty(self.network, self.recipe, self.theta))

    def _activated(self, z: Array) -> Array:
        a = np.empty_like(z)
        ACTIVATIONS[self.network.layers[0].activation].value(z, a)
        return a

    @quiet
    def gradient(self, theta: Array) -> Array:
        """dL / dtheta (..., P), a buffer that the next call overwrites."""
        self.theta[...] = theta
        run([*self._pass.forward, *self._pass.backward, *self._penalty])
        return self._gradient

    def rows_before(self, layer: int) -> Array:
        """(fan_in + 1 + T, N): what `layer` sees at the theta last looked at, as rows of a network beginning there."""
        inputs = self._pass.inputs[:-1] if layer == 0 else self._pass.values[layer - 1]
        ones = self._pass.inputs[-1:]
        return np.concatenate([inputs, ones, self._pass.targets])

    def sides(self) -> list[Array]:
        """(..., k) booleans, for the theta last looked at: on which side of each bend of an activation, the loss or L1
        every row is. Two theta of the same sides have no kink between them (but for units that went there and back).
        """
        made, found = self._pass, []
        for z, layer in zip(made.z, self.network.hidden, strict=False):
            if layer.activation in KINKED:
                found.append(z > 0.0)
        targets, scores = made.targets, made.z[-1]
        if self.network.output is Output.STEP and not LOSSES[self.recipe.loss].by_score:
            found.append(scores >= 0.0)
        if side := LOSS_SIDES.get(self.recipe.loss):
            found.append(side(made.outputs, scores, targets))
        if np.any(self.recipe.l1):
            found.append(self.theta[..., self.network.penalised > 0] > 0.0)
        lead = self.theta.shape[:-1]
        return [side.reshape(*lead, -1) for side in found]


def bends(network: Network, recipe: Recipe) -> tuple[str, ...]:
    """What in the loss has kinks, by the vocabulary's names: activations, the output, the loss, the penalty."""
    names = [layer.activation.value for layer in network.hidden if layer.activation in KINKED]
    if network.output is Output.STEP and not LOSSES[recipe.loss].by_score:
        names.append(Output.STEP.value)
    if recipe.loss in LOSS_SIDES:
        names.append(f"{recipe.loss.value} loss")
    if np.any(recipe.l1):
        names.append("L1")
    return tuple(dict.fromkeys(names))


def _nothing(out: Array) -> None:
    """What a pass without dropout draws."""


def _slots(theta: Array, gradient: Array) -> Slots:
    """For the penalty's plan, which reads nothing else of them."""
    scratch = (np.empty_like(theta), np.empty_like(theta))
    return Slots(theta, gradient, np.zeros((2, *theta.shape)), scratch, constant(0.0), constant(0.0), {})
