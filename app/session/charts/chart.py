"""What every chart can do."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Network
from app.session.board import Board
from app.vocabulary import Feature

Floats = NDArray[np.float64]
REACH = 5.0
"""Board units from the middle to where the data of an axis ends."""


@dataclass(frozen=True)
class Axis:
    """One direction of the board: raw value = middle + scale * board unit. `input`: which of the network's, None for a
    target or a component."""

    name: str
    unit: str = ""
    input: int | None = None
    middle: float = 0.0
    scale: float = 1.0

    @classmethod
    def spanning(cls, name: str, unit: str, index: int | None, low: float, high: float) -> "Axis":
        """An axis on which `low` to `high` takes most of the board; a single value lies in its middle."""
        half = (high - low) / 2 / REACH
        return cls(name, unit, index, (low + high) / 2, half if half > 0 else 1.0)

    def raw(self, places: Floats) -> Floats:
        """Raw values of places."""
        return self.middle + self.scale * places

    def place(self, raw: Floats) -> Floats:
        """Places of raw values."""
        return (raw - self.middle) / self.scale


class Chart(Protocol):
    """Places are (2, K): to the right, and up."""

    @property
    def kind(self) -> Literal["plane", "slice", "pca", "curve"]:
        """Which it is."""

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """To the right, and up."""

    def places(self, board: Board) -> Floats:
        """(2, N) where the points lie."""

    def placed(self, points: Floats) -> tuple[Floats, Floats]:
        """Inputs (D, K) and targets (K,) of new points (3, K): place and label."""

    def moved(self, x: Floats, target: Floats, places: Floats) -> tuple[Floats, Floats]:
        """Inputs (D, K) and targets (K,) of points `x`, `target` brought to other places."""

    def seen(self, places: Floats) -> Floats:
        """(I + 1, K): what the network sees there, and a row of ones."""

    def folded(self, network: Network, theta: Floats) -> tuple[Network, Floats, tuple[Feature, ...]]:
        """A network of `features` of the place that gives what `network` gives there: for pictures."""
