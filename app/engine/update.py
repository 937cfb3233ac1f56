"""From the data gradient to the update: penalty, clipping, optimiser, in that order (reference: numerics.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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


def per_model(value: Number, lead: tuple[int, ...]) -> Array:
    """`value` as a 0-d array, or as (M, 1) beside theta (M, P)."""
    array = np.asarray(value, np.float64)
    return np.array(array) if not lead else np.broadcast_to(array.reshape(-1, 1), (*lead, 1)).copy()


def penalty(network: Network, recipe: Recipe, theta: Array) -> Array:
    """l2 / 2 sum w^2 + l1 sum |w| over weights without biases: a scalar, or (M,)."""
    weights = theta * network.penalised
    squares, sizes = (weights * weights).sum(axis=-1), np.abs(weights).sum(axis=-1)
    return np.asarray(0.5 * np.asarray(recipe.l2) * squares + np.asarray(recipe.l1) * sizes)


def plan_penalty(network: Network, recipe: Recipe, slots: Slots) -> list[Op]:
    """gradient += l2 w + l1 sign(w); no call where there is no penalty."""
    scratch, lead = slots.scratch[0], slots.theta.shape[:-1]
    plan: list[Op] = []
    if np.any(recipe.l2):
        strength = per_model(recipe.l2, lead) * network.penalised
        plan += [
            (np.multiply, (slots.theta, strength, scratch)),
            (np.add, (slots.gradient, scratch, slots.gradient)),
        ]
    if np.any(recipe.l1):
        strength = per_model(recipe.l1, lead) * network.penalised
        plan += [
            (np.sign, (slots.theta, scratch)),
            (np.multiply, (scratch, strength, scratch)),
            (np.add, (slots.gradient, scratch, slots.gradient)),
        ]
    return plan


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


def plan_update(network: Network, recipe: Recipe, slots: Slots) -> list[Op]:
    """The whole plan from the data gradient to the new theta."""
    learn = OPTIMIZERS[recipe.optimizer](slots)
    indices = np.array(recipe.frozen, np.intp)
    held = hold(slots.theta, slots.gradient, indices, learn, plan_clipping(recipe, slots))
    return [*plan_penalty(network, recipe, slots), *held]
