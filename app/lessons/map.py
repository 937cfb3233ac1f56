"""The map of what depends on what: where each lesson stands, and the lines from those it needs.

Layers by depth, as Sugiyama, Tagawa and Toda draw hierarchies (1981): a lesson stands below all that it needs; a long
line passes other lessons through a gap kept free for it; the order in each layer is the one with fewest crossings
that sweeps of barycentres find; positions across are least squares under the distances that must be kept. Lengths
are pixels of the picture, y down. Knows no titles and no page.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import combinations, pairwise

WIDEST = 4
"""Most lessons side by side; more go one layer down, where the lines still lead down."""
WIDTH, HEIGHT = 162.0, 64.0
GAP, LANE = 14.0, 8.0
"""Between a lesson and what is beside it; and the width of what a long line passes through."""
ROW = HEIGHT + 34.0
MARGIN = 8.0
SWEEPS = 12
BEGINNINGS = 8
"""Orders from which the one with fewest crossings is looked for: what sweeps find hangs on where they begin."""
PULL = 0.3
"""How much the middle of the picture draws, beside 1 of each neighbour: what hangs together by nothing stays near."""
LANE_FIRMNESS = 2
"""How much more a long line insists on going straight than a lesson on standing under what it needs."""

Slot = tuple[str, int]
"""What takes up room in a layer: a lesson, or the lines of one on their way down. Its name and its layer."""


@dataclass(frozen=True)
class Place:
    """A lesson's box: the upper left corner."""

    x: float
    y: float
    width: float = WIDTH
    height: float = HEIGHT


@dataclass(frozen=True)
class Line:
    """From a needed lesson down to the one that needs it, as SVG path data."""

    start: str
    end: str
    path: str


@dataclass(frozen=True)
class Map:
    """The whole picture."""

    width: float
    height: float
    places: Mapping[str, Place]
    lines: Sequence[Line]


def lesson_map(needs: Mapping[str, Sequence[str]]) -> Map:
    """The map of lessons, given in the course's order with what each needs. What is needed anyway, by way of another
    lesson, gets no line. Names of no lesson are left out; graphlib.CycleError for lessons that need each other."""
    direct = _direct({name: [other for other in wanted if other in needs] for name, wanted in needs.items()})
    layers = _layers(direct)
    links = _links(direct, layers)
    rows = _ordered(_rows(links, layers), links)
    centres = _centres(rows, links, layers)
    left = min((x - _width(slot, layers) / 2 for slot, x in centres.items()), default=0.0) - MARGIN
    right = max((x + _width(slot, layers) / 2 for slot, x in centres.items()), default=0.0) + MARGIN
    across = {slot: x - left for slot, x in centres.items()}
    places = {
        name: Place(round(across[name, layer] - WIDTH / 2, 1), MARGIN + layer * ROW)
        for name, layer in layers.items()
    }
    lines = [
        Line(start, end, _path(start, end, layers, across))
        for end, wanted in direct.items()
        for start in wanted
    ]
    height = MARGIN * 2 + max(len(rows) - 1, 0) * ROW + HEIGHT
    return Map(round(right - left, 1), height, places, lines)


def _direct(needs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """`needs` without those that another of them needs already, in an order in which the needed come first."""
    above: dict[str, set[str]] = {}
    for name in TopologicalSorter(needs).static_order():
        above[name] = set(needs[name]).union(*(above[other] for other in needs[name]))
    kept = {name: [o for o in set_ if not any(o in above[p] for p in set_)] for name, set_ in needs.items()}
    numbers = {name: number for number, name in enumerate(needs)}
    return dict(sorted(kept.items(), key=lambda item: (len(above[item[0]]), numbers[item[0]])))


def _layers(direct: dict[str, list[str]]) -> dict[str, int]:
    """Each lesson's layer, below all that it needs, and none wider than WIDEST: of those that could stand in it, the
    ones with most lessons in a chain below them do."""
    below = dict.fromkeys(direct, 0)
    for name in reversed(direct):
        for other in direct[name]:
            below[other] = max(below[other], below[name] + 1)
    layers: dict[str, int] = {}
    layer = 0
    while len(layers) < len(direct):
        waiting = (
            name for name, wanted in direct.items() if name not in layers and layers.keys() >= set(wanted)
        )
        chosen = sorted(waiting, key=lambda name: -below[name])[:WIDEST]
        layers.update(dict.fromkeys(chosen, layer))
        layer += 1
    return layers


def _links(direct: Mapping[str, Sequence[str]], layers: Mapping[str, int]) -> list[tuple[Slot, Slot]]:
    """The lines cut at every layer; those of one lesson share their way down for as long as they can."""
    found: dict[tuple[Slot, Slot], None] = {}
    for end, wanted in direct.items():
        for start in wanted:
            way = [(start, layer) for layer in range(layers[start], layers[end])] + [(end, layers[end])]
            found.update(dict.fromkeys(pairwise(way)))
    return list(found)


def _rows(links: Sequence[tuple[Slot, Slot]], layers: Mapping[str, int]) -> list[list[Slot]]:
    """What stands in each layer, lessons in the course's order first."""
    slots = dict.fromkeys([*layers.items(), *(slot for link in links for slot in link)])
    return [
        [slot for slot in slots if slot[1] == layer] for layer in range(max(layers.values(), default=-1) + 1)
    ]


def _ordered(rows: list[list[Slot]], links: Sequence[tuple[Slot, Slot]]) -> list[list[Slot]]:
    """The rows in the best order found, from several beginnings, the first of which is the course's own order."""
    chance = random.Random(0)  # noqa: S311 - nothing is kept secret by it
    beginnings = [rows, *([chance.sample(row, len(row)) for row in rows] for _ in range(BEGINNINGS - 1))]
    found = [_swapped(_swept(beginning, links), links) for beginning in beginnings]
    return min(found, key=lambda order: _crossings(order, links))


def _swept(rows: list[list[Slot]], links: Sequence[tuple[Slot, Slot]]) -> list[list[Slot]]:
    """The rows, each in turn sorted by where its neighbours above, then below, stand: the best of all sweeps."""
    best, fewest = rows, _crossings(rows, links)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        beside = _neighbours(links, down)
        rows = [list(row) for row in rows]
        for row in rows[1:] if down else reversed(rows[:-1]):
            place = {slot: at for line in rows for at, slot in enumerate(line)}
            row.sort(key=lambda slot: _mean([place[other] for other in beside.get(slot, [])], place[slot]))
        crossings = _crossings(rows, links)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _swapped(rows: list[list[Slot]], links: Sequence[tuple[Slot, Slot]]) -> list[list[Slot]]:
    """The rows with neighbours exchanged for as long as that leaves fewer crossings."""
    rows = [list(row) for row in rows]
    fewest, better = _crossings(rows, links), True
    while better:
        better = False
        for row in rows:
            for at in range(len(row) - 1):
                row[at : at + 2] = row[at + 1], row[at]
                crossings = _crossings(rows, links)
                if crossings < fewest:
                    fewest, better = crossings, True
                else:
                    row[at : at + 2] = row[at + 1], row[at]
    return rows


def _neighbours(links: Sequence[tuple[Slot, Slot]], above: bool) -> dict[Slot, list[Slot]]:
    """Of each slot those it is linked to in the layer above, or below."""
    found: dict[Slot, list[Slot]] = {}
    for upper, lower in links:
        found.setdefault(lower if above else upper, []).append(upper if above else lower)
    return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: Sequence[Sequence[Slot]], links: Sequence[tuple[Slot, Slot]]) -> int:
    """How many pairs of lines cross."""
    place = {slot: at for row in rows for at, slot in enumerate(row)}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for upper, lower in links:
        gaps.setdefault(upper[1], []).append((place[upper], place[lower]))
    return sum(
        (start - begin) * (end - stop) < 0
        for gap in gaps.values()
        for (start, end), (begin, stop) in combinations(gap, 2)
    )


def _width(slot: Slot, layers: Mapping[str, int]) -> float:
    return WIDTH if layers[slot[0]] == slot[1] else LANE


def _centres(
    rows: Sequence[Sequence[Slot]], links: Sequence[tuple[Slot, Slot]], layers: Mapping[str, int]
) -> dict[Slot, float]:
    """Where each slot's middle is: as near its neighbours' mean as the order and the gaps allow."""
    centres: dict[Slot, float] = {}
    for row in rows:
        spread = _offsets(row, layers)
        centres.update({slot: x - spread[-1] / 2 for slot, x in zip(row, spread, strict=True)})
    beside = [_neighbours(links, above) for above in (True, False)]
    for _ in range(SWEEPS):
        for order in (rows, list(reversed(rows))):
            for row in order:
                wished = [
                    _pulled([centres[other] for side in beside for other in side.get(slot, [])])
                    for slot in row
                ]
                firmness = [1 if layers[slot[0]] == slot[1] else LANE_FIRMNESS for slot in row]
                centres.update(zip(row, _spread(wished, firmness, _offsets(row, layers)), strict=True))
    return centres


def _pulled(neighbours: Sequence[float]) -> float:
    """The neighbours' mean, drawn a little to the picture's middle."""
    return sum(neighbours) / (len(neighbours) + PULL)


def _offsets(row: Sequence[Slot], layers: Mapping[str, int]) -> list[float]:
    """How far each slot's middle is from the first's at least."""
    found = [0.0]
    for left, right in pairwise(row):
        widths = _width(left, layers), _width(right, layers)
        found.append(found[-1] + sum(widths) / 2 + (GAP if WIDTH in widths else 0))
    return found


def _spread(wished: Sequence[float], firmness: Sequence[int], offsets: Sequence[float]) -> list[float]:
    """The places nearest to `wished` by least squares, weighted by `firmness`, that keep the offsets' distances:
    isotonic regression, by pooling adjacent violators."""
    pools: list[tuple[float, int, int]] = []
    for wish, weight, offset in zip(wished, firmness, offsets, strict=True):
        pools.append((wish - offset, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (left, many, count), (right, more, others) = pools[-2:]
            pools[-2:] = [((left * many + right * more) / (many + more), many + more, count + others)]
    levels = [level for level, _, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def _path(start: str, end: str, layers: Mapping[str, int], across: Mapping[Slot, float]) -> str:
    """SVG path data: a curve from layer to layer in the room between them, straight down past a layer's lessons."""
    x, y = across[start, layers[start]], MARGIN + layers[start] * ROW + HEIGHT
    parts = [f"M{x:.1f} {y:.1f}"]
    for layer in range(layers[start] + 1, layers[end] + 1):
        last = layer == layers[end]
        to_x, to_y = across[(end if last else start), layer], MARGIN + layer * ROW
        middle = (y + to_y) / 2
        parts.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y + HEIGHT
        if not last:
            parts.append(f"V{y:.1f}")
    return "".join(parts)
