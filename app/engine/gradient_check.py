"""Is the gradient that training follows the loss's own? Each parameter's derivative by the backward pass against a
central difference of the loss (reference: numerics.md, "Gradient check").

Two models for each parameter, theta_i + h and theta_i - h, go forward together over the model axis in chunks that stay
in cache. What lies before the layer of a parameter is the same for all of them and is computed once, and so are the
other units of its layer, unless batch norm is in it. A difference across a kink (of ReLU, a step, hinge, |error|, |w|)
is no derivative: it is marked and not counted.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.engine.objective import Objective
from app.engine.update import Recipe
from app.vocabulary import Activation

H = 1e-5
"""Each parameter goes so far to either side."""
MOST_ROWS, MOST_PARAMETERS = 500, 2000
"""More are sampled."""
WORK = 1.2e8
"""Models times rows times what one row costs one model, in multiply-adds: about a tenth of a second, which a command
and the sessions beside it have to wait. Above it first rows, down to LEAST_ROWS, and then parameters are sampled."""
UNIT_COST, ERF_COST = 24, 150
"""What a unit costs beside its products, in multiply-adds: an activation, the memory it moves; GELU's is dearer."""
LEAST_ROWS = 50
CHUNK, CHUNK_NUMBERS = 64, 30_000
"""Models of one pass: at most so many, and only so many that one layer's numbers stay in cache."""
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)
"""Rounding moves a loss by less than this times its size; over h it is what a difference cannot see."""
FINEST = 1e-7
"""The least relative error that must be seen: a derivative so small that rounding hides it counts as large enough."""


@dataclass(frozen=True)
class Checked:
    """`indices` (C,) of theta in order, `analytic`, `numeric` and relative `errors` (C,), `kink` (C,): not counted.

    `distance` |a - n| / (|a| + |n|) of the vectors of all that count, NaN where none does; `rows` of training were
    used. Derivatives below `smallest` are measured against it: rounding hides an error of FINEST in them.
    """

    indices: NDArray[np.intp]
    analytic: NDArray[np.float64]
    numeric: NDArray[np.float64]
    errors: NDArray[np.float64]
    kink: NDArray[np.bool_]
    distance: float
    rows: int
    smallest: float


@quiet
def check_gradient(
    network: Network, recipe: Recipe, theta: Array, rows: Array, rng: np.random.Generator
) -> Checked:
    """Check theta (P,) on training `rows` (I + 1 + T, N), N >= 1; `rng` draws what is left out where that is too
    much. No dropout, batch norm with the rows' own statistics, penalty included, clipping and freezing left out."""
    width, count = sample_sizes(network, rows.shape[-1])
    used = rows[:, _sample(rng, rows.shape[-1], width)]
    indices = _sample(rng, network.parameters, count)
    single = Objective(network, recipe, used)
    analytic = single.gradient(theta)[indices].copy()
    numeric, kink = central_differences(network, recipe, theta, used, indices)
    rounding = ROUNDING * (abs(float(single.loss(theta))) + np.finfo(np.float64).tiny) / H
    return compare(indices, analytic, numeric, kink, width, rounding / FINEST)


def sample_sizes(network: Network, rows: int) -> tuple[int, int]:
    """How many rows and how many parameters are checked, so that the work stays bounded."""
    cost = _cost(network)
    width, count = min(rows, MOST_ROWS), min(network.parameters, MOST_PARAMETERS)
    affordable = int(WORK / (2 * count * cost))
    width = min(width, max(affordable, LEAST_ROWS))
    return width, max(1, min(count, int(WORK / (2 * width * cost))))


def _cost(network: Network) -> float:
    """Multiply-adds of one row for one model, the mean over all parameters: their unit, and the layers after it."""
    total, onwards = 0, 0
    for index, layer in reversed([*enumerate(network.layers)]):
        each = ERF_COST if layer.activation is Activation.GELU else UNIT_COST
        whole = layer.parameters + each * layer.fan_out
        alone = index < len(network.hidden) and not layer.batch_norm
        total += layer.parameters * (onwards + (whole // layer.fan_out if alone else whole))
        onwards += whole
    return total / network.parameters


def _sample(rng: np.random.Generator, of: int, count: int) -> NDArray[np.intp]:
    """`count` of `of` places, in order; nothing is drawn where it is all of them."""
    return np.arange(of) if count == of else np.sort(rng.permutation(of)[:count])


def central_differences(
    network: Network, recipe: Recipe, theta: Array, rows: Array, indices: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(L(theta + h e_i) - L(theta - h e_i)) / 2h for each i of `indices`, and whether a kink lies between."""
    numeric, kink = np.empty(len(indices)), np.zeros(len(indices), bool)
    whole = Objective(network, recipe, rows)
    whole.loss(theta)
    bounds = np.searchsorted(indices, [*network.offsets, network.parameters])
    for index, (first, last) in enumerate(pairwise(bounds.tolist())):
        if first < last:
            part, start = slice(first, last), network.offsets[index]
            rest = Network(network.layers[index:], network.output)
            numeric[part], kink[part] = _differences(
                rest, recipe, theta[start:], whole.rows_before(index), indices[part] - start
            )
    return numeric, kink


def _differences(
    network: Network, recipe: Recipe, theta: Array, rows: Array, indices: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The same; `indices` are of the first layer."""
    widest = max(layer.fan_out for layer in network.layers) + 1
    half = min(int(np.clip(CHUNK_NUMBERS // (widest * rows.shape[-1]), 8, CHUNK)) // 2, len(indices))
    stacked = Objective(network, recipe, rows, 2 * half)
    if alone := stacked.holds():
        stacked.hold(theta)
    numeric, kink = np.empty(len(indices)), np.zeros(len(indices), bool)
    for start in range(0, len(indices), half):
        part = indices[start : start + half]
        to, up, down = slice(start, start + len(part)), np.arange(len(part)), half + np.arange(len(part))
        moved = np.repeat(theta[None, :], 2 * half, axis=0)
        moved[up, part] += H
        moved[down, part] -= H
        if alone:
            units = np.zeros(2 * half, np.intp)
            units[up] = units[down] = part // (network.fan_in + 1)
            losses = stacked.loss_of_units(moved, units)
        else:
            losses = stacked.loss(moved)
        # The distance really gone: theta + h is a rounded number.
        numeric[to] = (losses[up] - losses[down]) / (moved[up, part] - moved[down, part])
        for side in stacked.sides():
            kink[to] |= (side[up] != side[down]).any(axis=-1)
    return numeric, kink


@quiet
def compare(
    indices: NDArray[np.intp],
    analytic: NDArray[np.float64],
    numeric: NDArray[np.float64],
    kink: NDArray[np.bool_],
    rows: int,
    smallest: float,
) -> Checked:
    """Relative errors |a - n| / (|a| + |n|) each and of the whole vectors, in [0, 1]."""
    size = np.abs(analytic) + np.abs(numeric)
    errors = np.where(np.isfinite(size), np.abs(analytic - numeric) / np.maximum(size, smallest), 1.0)
    exact, moved = analytic[~kink], numeric[~kink]
    lengths = float(np.linalg.norm(exact) + np.linalg.norm(moved))
    gap = float(np.linalg.norm(exact - moved))
    distance = gap / max(lengths, smallest) if exact.size else float("nan")
    return Checked(indices, analytic, numeric, errors, kink, distance, rows, smallest)
