"""The diagnosis of a network as a frame carries it: histograms, units that pass no gradient back, and what they mean in
plain words with the numbers that say so.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.engine.diagnostics import BINS, KINDS


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 as the page writes all of them: "36.8 %"."""
    return f"{100 * share:.{digits}f} %"


@dataclass(frozen=True)
class Reading:
    """One sentence. `layer` counts hidden layers from 0 on, then the output layer; None where it is about all."""

    about: Literal["unit", "layer", "gradients", "curvature", "gap"]
    layer: int | None
    unit: int | None
    verdict: str
    text: str
    units: tuple[int, ...] = ()
    """Those that are dead or saturated, where it is about a unit or several of a layer."""
    norm: float | None = None
    """The length of the layer's gradient, where it is about that."""


@dataclass(frozen=True)
class Curvature:
    """How steeply the training loss curves (the Hessian's largest eigenvalue), how much the rule in use bears at the
    present rate (plain descent's limit for rules that scale each parameter's step), by which formula, at which step it
    was measured, and on how many of how many training points."""

    sharpness: float
    limit: float
    formula: str
    step: int
    points: int
    of: int


@dataclass(frozen=True)
class Diagnosis:
    """What a frame carries of it; see `Frame`."""

    readings: tuple[Reading, ...] | None
    curvature: Curvature | None
    health: NDArray[np.float32]
    histograms: NDArray[np.float32]
    ranges: NDArray[np.float32]


NO_DIAGNOSIS = Diagnosis(
    None,
    None,
    np.empty(0, np.float32),
    np.empty((KINDS, 0, BINS), np.float32),
    np.empty((KINDS, 0, 2), np.float32),
)
