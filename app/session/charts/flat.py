"""Charts of tables: flat pieces of the space of their inputs, seen = origin + basis (u, v) as the network sees it.

Such a piece folds into the first layer, W (origin + basis (u, v)) + b = (W basis) (u, v) + (W origin + b), so that a
picture of it costs no more than one of x1 and x2 (`folded`).
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from app.data.preparation import Prepared
from app.data.preparation.pca import PrincipalPlane
from app.engine.network import Network
from app.session.board import Board
from app.session.charts.chart import REACH, Axis, Floats
from app.session.commands import PlaneShown
from app.spec import Experiment
from app.vocabulary import Feature

PLACE = (Feature.X1, Feature.X2)


def _folded(
    network: Network, theta: Floats, origin: Floats, basis: Floats
) -> tuple[Network, Floats, tuple[Feature, ...]]:
    first = network.layers[0]
    block = network.block(theta, 0)
    weights, bias = block[:, :-1], block[:, -1:]
    narrow = np.concatenate([weights @ basis, bias + weights @ origin[:, None]], axis=1)
    layers = (replace(first, fan_in=2), *network.layers[1:])
    rest = theta[network.offsets[0] + first.weights :]
    return Network(layers, network.output), np.concatenate([narrow.ravel(), rest]), PLACE


def _with_ones(inputs: Floats) -> Floats:
    return np.concatenate([inputs, np.ones((1, inputs.shape[1]))])


@dataclass(frozen=True)
class Slice:
    """Two inputs, or one and the target, with the others held at `held` (D,), raw."""

    prepared: Prepared
    held: Floats
    axes: tuple[Axis, Axis]

    @classmethod
    def of(cls, spec: Experiment, board: Board, plane: PlaneShown) -> "Slice":
        """As `plane` asks: the inputs not on an axis are those of its row, or the training mean, but for its values."""
        prepared = board.prepared
        assert prepared, "only tables are sliced"
        inputs = prepared.inputs
        held = np.array([column.middle for column in inputs])
        if plane.row is not None and (found := np.flatnonzero(board.ids == plane.row)).size:
            held = board.x[:, found[0]].copy()
        for index, value in plane.values:
            if index < len(inputs):
                held[index] = value
        asked = prepared.telling if plane.kind == "auto" else plane.axes
        chosen = [index for index in asked if index < len(inputs)]
        if len(set(chosen)) < 2:
            chosen = [0, 1]
        across, *up = (
            Axis.spanning(column.name, column.unit, index, column.low, column.high)
            for index, column in ((index, inputs[index]) for index in chosen if index < len(inputs))
        )
        if not up:
            low, high = float(board.drawn.target.min()), float(board.drawn.target.max())
            up = [Axis.spanning(prepared.target, prepared.target_unit, None, low, high)]
        return cls(prepared, held, (across, up[0]))

    @property
    def kind(self) -> Literal["slice", "curve"]:
        """A curve where the target is up."""
        return "curve" if self.axes[1].input is None else "slice"

    def places(self, board: Board) -> Floats:
        """The two columns, or the one and the target."""
        return np.stack([
            axis.place(board.target if axis.input is None else board.x[axis.input]) for axis in self.axes
        ])  # fmt: skip

    def placed(self, points: Floats) -> tuple[Floats, Floats]:
        """What is held, but for the axes."""
        x = np.repeat(self.held[:, None], points.shape[1], axis=1)
        return self.moved(x, points[2], points[:2])

    def moved(self, x: Floats, target: Floats, places: Floats) -> tuple[Floats, Floats]:
        """What they were, but for the axes."""
        x = x.copy()
        for axis, place in zip(self.axes, places, strict=True):
            if axis.input is None:
                target = self._target(axis.raw(place))
            else:
                x[axis.input] = axis.raw(place)
        return x, target

    def _target(self, height: Floats) -> Floats:
        """What a height of a curve is: the target, or the class that is nearest."""
        classes = len(self.prepared.labels)
        return np.clip(np.rint(height), 0, classes - 1) if classes else height

    def _flat(self) -> tuple[Floats, Floats]:
        """Origin (D,) and basis (D, 2) in what the network sees."""
        origin, basis = self.held.copy(), np.zeros((self.held.size, 2))
        for column, axis in enumerate(self.axes):
            if axis.input is not None:
                origin[axis.input] = axis.middle
                basis[axis.input, column] = axis.scale
        return (origin - self.prepared.shift) / self.prepared.scale, basis / self.prepared.scale[:, None]

    def seen(self, places: Floats) -> Floats:
        """The inputs of the slice there."""
        origin, basis = self._flat()
        return _with_ones(origin[:, None] + basis @ places)

    def folded(self, network: Network, theta: Floats) -> tuple[Network, Floats, tuple[Feature, ...]]:
        """A network of the place."""
        return _folded(network, theta, *self._flat())


@dataclass(frozen=True)
class PcaPlane:
    """The first two principal components of the scaled training part as drawn; what is off the plane is projected.
    Board units are as the network sees them, stretched alike in both directions."""

    prepared: Prepared
    plane: PrincipalPlane
    spread: float
    kind: Literal["pca"] = "pca"

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The components, named with their shares of the variance."""
        scale = 2.5 * self.spread / REACH
        across, up = (
            Axis(f"PC {row + 1} ({100 * share:.0f} %)", scale=scale)
            for row, share in enumerate(self.plane.share)
        )
        return across, up

    def _coordinates(self, x: Floats) -> Floats:
        """(2, K) of raw inputs (D, K), in board units."""
        offset = (x - self.prepared.shift[:, None]) / self.prepared.scale[:, None] - self.plane.mean[:, None]
        return np.asarray(self.plane.components.T @ offset / self.axes[0].scale)

    def places(self, board: Board) -> Floats:
        """The points projected."""
        return self._coordinates(board.x)

    def placed(self, points: Floats) -> tuple[Floats, Floats]:
        """On the plane."""
        return self._raw(self.seen(points[:2])[:-1]), points[2]

    def moved(self, x: Floats, target: Floats, places: Floats) -> tuple[Floats, Floats]:
        """Along the plane; how far off it they lie stays."""
        way = self.plane.components @ (places - self._coordinates(x)) * self.axes[0].scale
        return x + way * self.prepared.scale[:, None], target

    def _raw(self, seen: Floats) -> Floats:
        return np.asarray(seen * self.prepared.scale[:, None] + self.prepared.shift[:, None])

    def seen(self, places: Floats) -> Floats:
        """The inputs of the plane there."""
        return _with_ones(self.plane.mean[:, None] + self.plane.components @ places * self.axes[0].scale)

    def folded(self, network: Network, theta: Floats) -> tuple[Network, Floats, tuple[Feature, ...]]:
        """A network of the place."""
        return _folded(network, theta, self.plane.mean, self.plane.components * self.axes[0].scale)
