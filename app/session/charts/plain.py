"""Points that are no table's: x1 and x2 as they are, or x1 and, up the board, a target."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.data import design_matrix
from app.engine.network import Network
from app.session.board import Board
from app.session.charts.chart import Axis, Floats
from app.vocabulary import Feature


@dataclass(frozen=True)
class Plane:
    """x1 to the right, x2 up."""

    features: tuple[Feature, ...]
    kind: Literal["plane", "curve"] = "plane"
    axes: tuple[Axis, Axis] = (Axis("x1", input=0), Axis("x2", input=1))

    def places(self, board: Board) -> Floats:
        """Where they are."""
        return board.x

    def placed(self, points: Floats) -> tuple[Floats, Floats]:
        """Where it says."""
        return points[:2], points[2]

    def moved(self, x: Floats, target: Floats, places: Floats) -> tuple[Floats, Floats]:
        """There, with the label they had."""
        return places, target

    def seen(self, places: Floats) -> Floats:
        """The features of the places."""
        return np.asarray(design_matrix(places, self.features), np.float64)

    def folded(self, network: Network, theta: Floats) -> tuple[Network, Floats, tuple[Feature, ...]]:
        """The network itself."""
        return network, theta, self.features


@dataclass(frozen=True)
class Curve(Plane):
    """x1 to the right, the target up; the points' x2 is 0."""

    kind: Literal["plane", "curve"] = "curve"
    axes: tuple[Axis, Axis] = (Axis("x1", input=0), Axis("y"))

    def places(self, board: Board) -> Floats:
        """x1 and target."""
        return np.stack([board.x[0], board.target])

    def placed(self, points: Floats) -> tuple[Floats, Floats]:
        """The height is the target; the label says nothing more."""
        return _on_the_line(points), points[1]

    def moved(self, x: Floats, target: Floats, places: Floats) -> tuple[Floats, Floats]:
        """The height is the target."""
        return _on_the_line(places), places[1]


def _on_the_line(places: Floats) -> Floats:
    return np.stack([places[0], np.zeros_like(places[0])])
