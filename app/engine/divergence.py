"""What counts as divergence, and what is said of it. The trainer looks for it at each step."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.engine.network import Network
from app.engine.numeric import Array

EXPLODED = 1e6
"""A loss above this many times its start counts as divergence (reference: numerics.md, "Divergence")."""
LEAST_START = 1e-6
"""Start losses below this count as this: a perfect start must be allowed to wobble."""
LARGEST = float(np.finfo(np.float64).max)
"""No limit lies above this: an infinite loss is divergence whatever the start was."""


class Cause(StrEnum):
    """Why training stopped itself."""

    LOSS_NOT_FINITE = "loss_not_finite"
    LOSS_EXPLODED = "loss_exploded"
    PARAMETERS_NOT_FINITE = "parameters_not_finite"


@dataclass(frozen=True)
class Divergence:
    """`loss`: the batch loss that gave it away; `layer`: whose parameters grew most in the bad update."""

    cause: Cause
    loss: float
    layer: int


def limit_of(start_loss: Array) -> Array:
    """The loss above which a run that began with `start_loss`, a scalar or (M,), counts as diverged."""
    return np.minimum(EXPLODED * np.maximum(start_loss, LEAST_START), LARGEST)


def grown_most(network: Network, kept: Array, bad: Array) -> int:
    """The layer whose block in `bad` (P,) is farthest from the `kept` one against its size; infinite and NaN first."""
    growth: list[float] = []
    for index in range(len(network.layers)):
        block = network.block(kept, index)
        change = np.linalg.norm(network.block(bad, index) - block)
        ratio = float(change) / (float(np.linalg.norm(block)) + 1e-300)
        growth.append(ratio if np.isfinite(ratio) else np.inf)
    return int(np.argmax(growth))
