"""Parameters that do not move: their gradient counts as zero, and whatever an optimiser would do to them is undone.

The gradient is emptied before clipping, so that what stands still takes no share of the norm; the value is put back
after the update, so that neither remembered velocity nor weight decay moves it. The others move as they would.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Network
from app.engine.numeric import Array, Op

Place = tuple[int, int | None, int | None]
"""Layer, unit, input: without a unit the whole layer (batch norm's gamma and beta too), without an input the bias."""


def frozen_indices(network: Network, places: Iterable[Place]) -> NDArray[np.intp]:
    """Where in theta the frozen parameters lie, each once, in order; every place must exist."""
    mask = np.zeros(network.parameters, bool)
    for layer, unit, source in places:
        if unit is None:
            start = network.offsets[layer]
            mask[start : start + network.layers[layer].parameters] = True
        else:
            column = network.layers[layer].fan_in if source is None else source
            network.block(mask, layer)[unit, column] = True
    return np.flatnonzero(mask)


def hold(theta: Array, gradient: Array, indices: NDArray[np.intp]) -> tuple[list[Op], list[Op]]:
    """What comes before clipping and after the optimiser, so that the parameters at `indices` stay: nothing where none
    is frozen."""
    if not indices.size:
        return [], []
    kept = np.empty((*theta.shape[:-1], indices.size))

    def still() -> None:
        gradient[..., indices] = 0.0
        kept[...] = theta[..., indices]

    def put_back() -> None:
        theta[..., indices] = kept

    return [(still, ())], [(put_back, ())]
