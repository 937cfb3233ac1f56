"""Where units stand in the network's figure and which lines are drawn between them, in a plane of its own.

Only places and numbers; `network.py` makes traces of them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.network import Network
from app.takeaway.portrait import Floats

WIDTH, TALLEST = 960.0, 440.0
"""Of the plane; y down."""
FEWEST = 3
"""So many units one over the other have room at least."""
BOX_MOST, BOX_LEAST = 46.0, 5.0
PITCH_MOST = 64.0
HEAD = 34.0
"""Over the units, for the names of the layers."""
CROWD = 12
"""More units than these in a column are a grid of tiles."""
MOST_EDGES, FEW_EDGES = 900, 200
"""More lines than these cannot be told apart: the strongest are drawn; `FEW_EDGES` beside a grid."""


@dataclass(frozen=True)
class Place:
    """The centre of a unit's box, and its side."""

    x: float
    y: float
    box: float


@dataclass(frozen=True)
class Edge:
    """One weight: from input or unit `source` of column `layer` to unit `unit` of the next."""

    layer: int
    unit: int
    source: int
    weight: float


def height_of(network: Network) -> float:
    """How high the plane is: as the longest column needs, all of it where there is a grid."""
    rows = max(FEWEST, network.fan_in, *(layer.fan_out for layer in network.layers))
    return TALLEST if rows > CROWD else min(TALLEST, HEAD + rows * PITCH_MOST)


def columns_of(network: Network, wide: int = 0) -> list[list[Place]]:
    """Places of the inputs, of each hidden layer and of the outputs; `wide`: inputs are a picture of so many pixels a
    row."""
    counts = [network.fan_in, *(layer.fan_out for layer in network.layers)]
    gap, high = WIDTH / len(counts), height_of(network) - HEAD
    return [
        _grid(count, gap * (column + 0.5), gap, high, 0 if column else wide)
        if count > CROWD
        else _column(count, gap * (column + (0.5 if column else 0.68)), gap, high)
        for column, count in enumerate(counts)
    ]


def _column(count: int, x: float, gap: float, high: float) -> list[Place]:
    pitch = min(high / count, PITCH_MOST)
    box = max(BOX_LEAST, min(BOX_MOST, pitch * 0.8, gap * 0.5))
    middle = HEAD + high / 2
    return [Place(x, middle + (row - (count - 1) / 2) * pitch, box) for row in range(count)]


def _grid(count: int, x: float, gap: float, high: float, wide: int) -> list[Place]:
    per_row = wide or math.ceil(math.sqrt(count))
    rows = math.ceil(count / per_row)
    pitch = min(gap * 0.72 / per_row, high * 0.8 / rows, BOX_MOST)
    middle = HEAD + high / 2
    return [
        Place(
            x + (index % per_row - (per_row - 1) / 2) * pitch,
            middle + (index // per_row - (rows - 1) / 2) * pitch,
            pitch * (1.0 if wide else 0.86),
        )
        for index in range(count)
    ]


def thickness(weight: float) -> float:
    """Line width of a weight in pixels, as on the page (static/js/views/edge.js): grows at once, and never beyond what
    the eye can compare."""
    return 0.4 + 6.6 * math.tanh(abs(weight) / 2.5)


def edges_of(network: Network, theta: Floats, unlined: int = 0) -> list[Edge]:
    """The lines to draw: all, or the strongest; none into the first `unlined` layers."""
    sizes = [network.fan_in, *(layer.fan_out for layer in network.layers)]
    most = FEW_EDGES if max(sizes) > CROWD else MOST_EDGES
    edges = [
        Edge(layer, unit, source, float(weight))
        for layer in range(unlined, len(network.layers))
        for (unit, source), weight in np.ndenumerate(network.block(theta, layer)[:, :-1])
    ]
    if len(edges) <= most:
        return edges
    return sorted(edges, key=lambda edge: -abs(edge.weight))[:most]


def path_of(columns: Sequence[Sequence[Place]], edge: Edge, pieces: int = 12) -> Floats:
    """(2, pieces + 1) places along the edge's curve: it leaves and arrives level, with both handles half-way across."""
    start, end = columns[edge.layer][edge.source], columns[edge.layer + 1][edge.unit]
    share = np.linspace(0, 1, pieces + 1)
    # Lines of all the tiles of a grid leave their pictures free.
    x0 = max(place.x + place.box / 2 for place in columns[edge.layer])
    x1 = min(place.x - place.box / 2 for place in columns[edge.layer + 1])
    across = share**3 + 1.5 * share * (1 - share)
    return np.stack([x0 + (x1 - x0) * across, start.y + (end.y - start.y) * share**2 * (3 - 2 * share)])
