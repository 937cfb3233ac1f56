"""How the gradient compares from layer to layer, in words."""

import math
from collections.abc import Sequence

import numpy as np

from app.engine.network import Network
from app.engine.numeric import Array
from app.session.describe import layer_name
from app.session.readings import Reading
from app.session.verdicts.units import capitalised

VANISHING, EXPLODING = 0.01, 100.0
"""A layer's gradient per parameter (its root mean square) against that of the last layer that learns."""
LARGE_NORM = 1000.0
"""The gradient of a layer longer than this is exploding whatever the others are."""


def read_gradients(network: Network, gradient: Array, frozen: Sequence[int], step: int) -> list[Reading]:
    """How the last step's gradient (P,) compares from layer to layer: one reading for all, then one for each."""
    if not step:
        return [Reading("gradients", None, None, "none", "No step has been taken yet.")]
    counts = _learning(network, frozen)
    if frozen:
        gradient = gradient.copy()
        gradient[list(frozen)] = 0.0
    norms = network.layer_norms(gradient).tolist()
    if not any(norms):
        return [Reading("gradients", None, None, "none", "The gradient of the last step was 0 everywhere.")]
    each = [norm / math.sqrt(max(count, 1)) for norm, count in zip(norms, counts, strict=True)]
    against = max(index for index, count in enumerate(counts) if count)
    base = each[against]
    ratios = [value / base if base > 0 else math.inf for value in each]
    layers = [
        _gradient_of(network, index, against, norms[index], ratios[index], bool(counts[index]))
        for index in range(len(norms))
    ]
    return [_gradients(network, layers, against), *layers]


def _learning(network: Network, frozen: Sequence[int]) -> list[int]:
    """How many parameters of each layer are not frozen."""
    counts = [layer.parameters for layer in network.layers]
    for index in frozen:
        counts[int(np.searchsorted(network.offsets, index, side="right")) - 1] -= 1
    return counts


def _gradient_of(
    network: Network, index: int, against: int, norm: float, ratio: float, learns: bool
) -> Reading:
    where = capitalised(layer_name(network, index))
    if not learns:
        return Reading("layer", index, None, "frozen", f"{where} is frozen.")
    length = f"{where}: gradient of length {norm:.2g}"
    if norm > LARGE_NORM:
        text = f"{length}, exploding (above {LARGE_NORM:g})."
        return Reading("layer", index, None, "exploding", text, norm=norm)
    if index == against:
        return Reading("layer", index, None, "healthy", f"{length}.", norm=norm)
    compared = f"{length}, per parameter {ratio:.2g} times that of {layer_name(network, against)}"
    if ratio < VANISHING:
        text = f"{compared}: vanishing (below {VANISHING:g})."
        return Reading("layer", index, None, "vanishing", text, norm=norm)
    if ratio > EXPLODING:
        text = f"{compared}: exploding (above {EXPLODING:g})."
        return Reading("layer", index, None, "exploding", text, norm=norm)
    return Reading("layer", index, None, "healthy", f"{compared}.", norm=norm)


def _gradients(network: Network, layers: list[Reading], against: int) -> Reading:
    for verdict, words in (
        ("exploding", "Gradients explode in"),
        ("vanishing", "Gradients vanish on the way back, in"),
    ):
        found = [layer_name(network, read.layer or 0) for read in layers if read.verdict == verdict]
        if found:
            names = found[0] if len(found) == 1 else f"{len(found)} layers, {found[0]} among them"
            what = f"{words} {names}; the limits are {VANISHING:g} and {EXPLODING:g} times the gradient per parameter"
            return Reading(
                "gradients",
                None,
                None,
                verdict,
                f"{what} of {layer_name(network, against)}, or {LARGE_NORM:g}.",
            )
    within = (
        f"per parameter all are {VANISHING:g} to {EXPLODING:g} times that of {layer_name(network, against)}"
    )
    return Reading("gradients", None, None, "healthy", f"Gradients are healthy: {within}.")
