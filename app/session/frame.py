"""One picture of a session at one step, as arrays; turning it into bytes is `app.wire`'s business."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.session.readings import Curvature, Reading
from app.session.results import Metrics

LOSS_COLUMNS = (
    "step",
    "epoch",
    "train_loss",
    "test_loss",
    "train_score",
    "test_score",
    "penalty",
    "learning_rate",
    "validation_loss",
    "validation_score",
)
"""Columns of `Frame.losses`. Scores are accuracy for classes, R squared for regression; NaN where a part is empty."""


@dataclass(frozen=True)
class Now:
    """The figures at the frame's very step; None where a part has no points or a figure is not finite."""

    train_loss: float | None
    test_loss: float | None
    train_score: float | None
    test_score: float | None
    penalty: float | None
    learning_rate: float | None
    validation_loss: float | None
    validation_score: float | None


@dataclass(frozen=True)
class Frame:
    """What a viewer draws. G is the boundary's grid, g the unit maps', H hidden units, N points, P parameters.

    Row 0 of a picture is its bottom (x2 = centre - extent); cells are sampled at their centres.
    A quantised value q stands for low + (high - low) q / 255.

    `theta`, `statistics`, `gradient` and `losses` are the session's own arrays, not copies: encode a frame before the
    session goes on.
    """

    revision: int
    data_revision: int
    step: int
    epoch: int
    now: Now
    boundary: NDArray[np.uint8]
    """(planes, G, G): one plane with the output for one output unit, else the class index and its probability."""
    boundary_range: tuple[float, float]
    """low, high of the value plane (the first for one output unit, the second for several)."""
    maps: NDArray[np.uint8]
    """(H, g, g), hidden units from the first layer on; H is 0 where the view asks for no maps."""
    map_ranges: NDArray[np.float32]
    """(H, 2): low, high of each map."""
    theta: NDArray[np.float64]
    """(P,) parameters as they are now."""
    statistics: NDArray[np.float64]
    """(R,) batch norm's running means and variances, in the order of `load`'s; (0,) without."""
    gradient: NDArray[np.float64]
    """(P,) the gradient that the last step's optimiser saw (penalty and clipping included); zeros before the first."""
    update: NDArray[np.float32]
    """(P,) what the last step added to theta; zeros before the first and after a change by hand."""
    predictions: NDArray[np.float32]
    """(output units, N) outputs at the points, in the order of the `points` event and the units of the target."""
    curve: NDArray[np.float32]
    """(output units, G) the outputs along the one input of a curve; else (0, 0)."""
    centre: tuple[float, float]
    """x1, x2 in the middle of the pictures."""
    extent: float
    """Pictures span centre +/- extent both ways."""
    probe_at: tuple[float, float] | None
    """The place that the session's viewers point at."""
    probe: NDArray[np.float32]
    """(I + all units,) inputs at `probe_at` in the spec's order, then every layer's activations; else (0,)."""
    focus_unit: tuple[int, int] | None
    """layer, unit that they point at."""
    focus: NDArray[np.uint8]
    """(G, G) the picture of `focus_unit` on the boundary's cells; else (0, 0)."""
    focus_range: tuple[float, float] | None
    """low, high of `focus`."""
    figures: bool
    """Whether the frame tells results and diagnosis, which is all from here to `histogram_ranges`; those of the frame
    before still hold where it does not."""
    metrics: Metrics | None
    """Confusion matrix or residuals with their figures; None where the view does not ask."""
    cells: NDArray[np.uint8]
    """(N,) each point's predicted class, or bin of residuals, in the order of the `points` event; else (0,)."""
    roc: NDArray[np.float32]
    """(2, k, 2) training and test points: false and true positive rates; all zeros for a part without a curve, k = 0
    without any."""
    readings: tuple[Reading, ...] | None
    """What the diagnosis says in words; None where the view does not ask for it."""
    curvature: Curvature | None
    """None also for more than 200 parameters, without training points, and on a kink."""
    health: NDArray[np.float32]
    """(H,) the share of training points on which each hidden unit passes (almost) no gradient back; else (0,)."""
    histograms: NDArray[np.float32]
    """(3, L, 20) counts of each layer's activations on the training points, of its weights with biases, and of their
    gradient; else (3, 0, 20)."""
    histogram_ranges: NDArray[np.float32]
    """(3, L, 2): low, high of each; else (3, 0, 2)."""
    losses: NDArray[np.float64] = field(repr=False)
    """(k, 10) rows recorded since this viewer's last frame; see LOSS_COLUMNS."""
    layer_norms: NDArray[np.float64] = field(repr=False)
    """(k, L, 2) beside `losses`: norm of each layer's gradient, and of its last update over that of its parameters; NaN
    where there was no step."""
