"""From the data gradient to the update: penalty, clipping, optimiser, in that order (reference: numerics.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.frozen import hold
from app.engine.network import Network
from app.engine.numeric import Array, Op
from app.engine.optimizers import OPTIMIZERS, Slots
from app.engine.schedules import Plan
from app.vocabulary import Clipping, Loss, Optimizer

Number = float | NDArray[np.float64]
"""A hyper-parameter: one number, or (M,) with one for each model."""


@dataclass(frozen=True)
class Recipe:
    """How to train. `hyper` holds the optimiser's own numbers by PyTorch's names (`beta1`, `beta2` for betas)."""

    loss: Loss
    optimizer: Optimizer = Optimizer.SGD
    learning_rate: Number = 0.03
    hyper: Mapping[str, Number] = field(default_factory=dict)
    schedule: Plan = field(default_factory=Plan)
    batch_size: int | None = None
    shuffle: bool = True
    l1: Number = 0.0
    l2: Number = 0.0
    clipping: Clipping = Clipping.NONE
    clip_limit: Number = 1.0
    seed: int = 0
    """Order seed: shuffles and dropout of epoch e come from (seed, e)."""
    frozen: tuple[int, ...] = ()
    """Indices into theta of the parameters that stay as they are."""

    @cached_property
    def penalises(self) -> bool:
        """There is a penalty at all; asked at every evaluation, and `np.any` costs more than the answer is worth."""
        return bool(np.any(self.l1) or np.any(self.l2))


def per_model(value: Number, lead: tuple[int, ...]) -> Array:
    """`value` as a 0-d array, or as (M, 1) beside theta (M, P)."""
    array = np.asarray(value, np.float64)
    return np.array(array) if not lead else np.broadcast_to(array.reshape(-1, 1), (*lead, 1)).copy()


def penalty(network: Network, recipe: Recipe, theta: Array) -> Array:
    """l2 / 2 sum w^2 + l1 sum |w| over weights without biases: a scalar, or (M,)."""
    if not recipe.penalises:
        return np.zeros(theta.shape[:-1])
    weights = theta * network.penalised
    squares, sizes = (weights * weights).sum(axis=-1), np.abs(weights).sum(axis=-1)
    return np.asarray(0.5 * np.asarray(recipe.l2) * squares + np.asarray(recipe.l1) * sizes)


class Segment(NamedTuple):
    """A stretch of the update's plan, and the array in which it leaves what it is about: what a `penalty` has added to
    the gradient, what `decay` or the `update` has taken from theta, the gradient after `hold` and `clipping`."""

    what: Literal["penalty", "hold", "clipping", "decay", "update", "release"]
    operations: list[Op]
    result: Array


def flat(segments: Iterable[Segment]) -> list[Op]:
    """The plan that they are stretches of."""
    return [operation for segment in segments for operation in segment.operations]


def plan_penalty(network: Network, recipe: Recipe, slots: Slots) -> list[Op]:
    """gradient += l2 w + l1 sign(w); no call where there is no penalty."""
    return flat(penalty_segments(network, recipe, slots))


def penalty_segments(network: Network, recipe: Recipe, slots: Slots) -> list[Segment]:
    """The plan of `plan_penalty`, a stretch for each penalty there is."""
    scratch, lead = slots.scratch[0], slots.theta.shape[:-1]
    add: Op = (np.add, (slots.gradient, scratch, slots.gradient))
    segments = []
    if np.any(recipe.l2):
        strength = per_model(recipe.l2, lead) * network.penalised
        segments.append(Segment("penalty", [(np.multiply, (slots.theta, strength, scratch)), add], scratch))
    if np.any(recipe.l1):
        strength = per_model(recipe.l1, lead) * network.penalised
        signs: list[Op] = [(np.sign, (slots.theta, scratch)), (np.multiply, (scratch, strength, scratch))]
        segments.append(Segment("penalty", [*signs, add], scratch))
    return segments


def clip_norm(gradient: Array, limit: Array) -> None:
    """gradient <- gradient min(1, limit / |gradient|), the norm over all parameters of a model."""
    norm = np.sqrt((gradient * gradient).sum(axis=-1, keepdims=True))
    np.multiply(gradient, np.minimum(1.0, limit / np.maximum(norm, np.finfo(np.float64).tiny)), gradient)


def plan_clipping(recipe: Recipe, slots: Slots) -> list[Op]:
    """A bound on the gradient with its penalty, before the optimiser sees it."""
    limit = per_model(recipe.clip_limit, slots.theta.shape[:-1])
    if recipe.clipping is Clipping.GLOBAL_NORM:
        return [(clip_norm, (slots.gradient, limit))]
    if recipe.clipping is Clipping.VALUE:
        return [(np.clip, (slots.gradient, -limit, limit, slots.gradient))]
    return []


def plan_learning(optimizer: Optimizer, slots: Slots) -> list[Segment]:
    """The optimiser's plan, cut after each subtraction from theta: the last is its update, one before it a decay."""
    segments: list[Segment] = []
    begun: list[Op] = []
    for function, arguments in OPTIMIZERS[optimizer](slots):
        begun.append((function, arguments))
        if function is np.subtract and arguments[2] is slots.theta:
            segments.append(Segment("decay", begun, arguments[1]))
            begun = []
    assert not begun, "an optimiser ends with taking its update from theta"
    return [*segments[:-1], segments[-1]._replace(what="update")]


def plan_update(network: Network, recipe: Recipe, slots: Slots) -> list[Segment]:
    """The whole plan from the data gradient to the new theta."""
    indices, gradient = np.array(recipe.frozen, np.intp), slots.gradient
    still, put_back = hold(slots.theta, gradient, indices)
    return [
        *penalty_segments(network, recipe, slots),
        Segment("hold", still, gradient),
        Segment("clipping", plan_clipping(recipe, slots), gradient),
        *plan_learning(recipe.optimizer, slots),
        Segment("release", put_back, slots.theta),
    ]
