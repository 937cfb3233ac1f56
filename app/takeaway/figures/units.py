"""What inputs, units and outputs see of the board, as small pictures in their boxes; of one input as small curves."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.assemble import draw_feature_maps
from app.takeaway.colours import Palette, Pixels, diverging_table, mixed, paint, ranged
from app.takeaway.figures.diagram import Place
from app.takeaway.figures.panel import Trace, picture
from app.takeaway.portrait import Portrait
from app.vocabulary import Source

UNIT_STRENGTH = 0.95
"""How much of a full colour a unit's picture takes: that of `tablesOf` in static/js/views/picture.js."""
MAP_CELLS = 32


def pictures_of(
    portrait: Portrait, columns: Sequence[Sequence[Place]], colours: Palette
) -> list[dict[str, Any]]:
    """What inputs, hidden units and outputs see of the board."""
    inputs, *hidden, outputs = columns
    units = [place for column in hidden for place in column]
    pictures = [*_input_pictures(portrait, inputs, colours)]
    pictures += zip(units, _maps(portrait.frame.maps, portrait.frame.map_ranges, colours), strict=True)
    if len(outputs) == 1:
        pictures.append((outputs[0], paint(portrait.frame.boundary, colours)))
    else:
        pictures += [(place, _wins(portrait, label, colours)) for label, place in enumerate(outputs)]
    return [
        picture(pixels, place.x - place.box / 2, place.y - place.box / 2, place.box, place.box)
        for place, pixels in pictures
    ]


def _maps(maps: Pixels, ranges: Any, colours: Palette) -> list[Pixels]:
    """(g, g, 3) each, the top row first, of maps (H, g, g) with their ranges (H, 2)."""
    table = diverging_table(colours, UNIT_STRENGTH)
    return [
        ranged(table, float(low), float(high))[plane][::-1]
        for plane, (low, high) in zip(maps, ranges, strict=True)
    ]


def _input_pictures(
    portrait: Portrait, places: Sequence[Place], colours: Palette
) -> list[tuple[Place, Pixels]]:
    """Inputs of points as functions of the board; pixels of an image as its mean; none for a table's other columns."""
    state = portrait.state
    if state.image:
        shape = state.image.height, state.image.width
        bright = np.array([told.middle for told in state.inputs]).reshape(shape) / state.image.high
        corner, last = places[0], places[-1]
        side = last.x - corner.x + corner.box
        whole = Place((corner.x + last.x) / 2, (corner.y + last.y) / 2, side)
        return [(whole, mixed(colours.neutral, colours.ink, np.clip(bright, 0, 1)))]
    maps = _maps(*_feature_maps(portrait), colours)
    return list(zip(places, maps, strict=False))


def _wins(portrait: Portrait, label: int, colours: Palette) -> Pixels:
    """Where a class wins, and nothing elsewhere."""
    painted = paint(portrait.frame.boundary, colours)
    empty = mixed(colours.neutral, colours.neutral, np.zeros(()))
    return np.where((portrait.frame.boundary[0][::-1] == label)[..., None], painted, empty)


def small_lines_of(portrait: Portrait, columns: Sequence[Sequence[Place]], colours: Palette) -> Trace:
    """Of one input: inputs, hidden units and output as small curves, each over its own range."""
    inputs, *hidden, outputs = columns
    low, high = portrait.frame.boundary_range
    rows = list(
        zip((place for column in hidden for place in column), portrait.frame.maps[:, 0] / 255, strict=True)
    )
    said = np.clip((portrait.frame.curve - low) / (high - low), 0, 1)
    rows += zip(outputs, said, strict=True)
    rows += zip(inputs, _feature_maps(portrait)[0][:, MAP_CELLS // 2] / 255, strict=False)
    pieces = []
    for place, row in rows:
        across = place.x + ((np.arange(row.size) + 0.5) / row.size - 0.5) * place.box
        pieces += [np.stack([across, place.y + place.box * 0.84 * (0.5 - row)]), np.full((2, 1), np.nan)]
    x, y = np.concatenate(pieces, axis=1).round(1)
    line = {"color": colours.ink, "width": 1.5}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _feature_maps(portrait: Portrait) -> tuple[Pixels, Any]:
    """Maps (I, g, g) and ranges (I, 2) of the inputs as functions of the board; none of a table's columns."""
    names, maps, ranges = draw_feature_maps(MAP_CELLS, portrait.frame.extent, portrait.frame.centre)
    of_a_table = portrait.state.spec.data.source is Source.TABLE
    rows = [] if of_a_table else [names.index(feature) for feature in portrait.spec.features]
    return maps.reshape(-1, MAP_CELLS, MAP_CELLS)[rows], ranges[rows]
