"""The network as a figure: weights as widths, signs as colours, and in each unit what it sees of the board."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from app.takeaway.colours import Palette
from app.takeaway.figures.diagram import (
    WIDTH,
    Edge,
    Place,
    columns_of,
    edges_of,
    height_of,
    path_of,
    thickness,
)
from app.takeaway.figures.panel import SIZE, Panel, Trace, literal
from app.takeaway.figures.units import pictures_of, small_lines_of
from app.takeaway.portrait import Floats, Portrait
from app.takeaway.words import (
    class_name,
    counted,
    in_a_sentence,
    input_names,
    number_text,
    shortened,
    title_of,
)
from app.vocabulary import Task

MOST_NAMED = 24
"""Names that have room one over the other."""


def network_panel(portrait: Portrait, colours: Palette) -> Panel:
    """The diagram of the network of `portrait` with its weights."""
    image = portrait.state.image
    columns = columns_of(portrait.network, image.width if image else 0)
    edges = edges_of(portrait.network, portrait.theta, 1 if image else 0)
    lines = portrait.state.chart == "curve"
    traces = [
        *_edge_traces(columns, edges, colours),
        _edge_words(portrait, columns, edges),
        _frames(columns, colours),
        *([small_lines_of(portrait, columns, colours)] if lines else []),
        _bias_trace(portrait, columns, colours),
    ]
    images = [] if lines else pictures_of(portrait, columns, colours)
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    across, up = hidden | {"range": [0, WIDTH]}, hidden | {"range": [height_of(portrait.network), -4]}
    notes = [*_heads(portrait, columns, colours), *_names(portrait, columns, colours)]
    return Panel("Network", traces, across, up, equal=True, legend="none", images=images, notes=notes)


# -- lines -------------------------------------------------------------------------------------------------------------


def _edge_traces(columns: Sequence[Sequence[Place]], edges: Iterable[Edge], colours: Palette) -> list[Trace]:
    """A trace for all edges of one colour and, to half a pixel, one width."""
    groups: dict[tuple[bool, float], list[Floats]] = defaultdict(list)
    gap = np.full((2, 1), np.nan)
    for edge in edges:
        width = max(0.5, round(2 * thickness(edge.weight)) / 2)
        groups[edge.weight < 0, width] += [path_of(columns, edge), gap]
    traces = []
    for (negative, width), paths in sorted(groups.items(), key=lambda group: group[0][1]):
        x, y = np.concatenate(paths, axis=1).round(1)
        line = {"color": colours.negative if negative else colours.positive, "width": width}
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": y,
                "line": line,
                "opacity": 0.85,
                "hoverinfo": "skip",
            }
        )
    return traces


def _edge_words(portrait: Portrait, columns: Sequence[Sequence[Place]], edges: Sequence[Edge]) -> Trace:
    """What hovering over the middle of an edge tells."""
    names = _unit_names(portrait)
    middles = np.array([path_of(columns, edge, 2)[:, 1] for edge in edges]).reshape(-1, 2)
    words = [
        literal(
            f"{names[edge.layer][edge.source]} to {names[edge.layer + 1][edge.unit]}: {number_text(edge.weight)}"
        )
        for edge in edges
    ]
    marker = {"size": 10, "color": "rgba(0,0,0,0)"}
    place = {"x": middles[:, 0].round(1), "y": middles[:, 1].round(1), "marker": marker}
    return {"type": "scatter", "mode": "markers", "hoverinfo": "text", "hovertext": words, **place}


def _unit_names(portrait: Portrait) -> list[list[str]]:
    """Of inputs and units, column by column."""
    last = len(portrait.network.layers) - 1
    units = [
        [
            f"{'output' if row == last else f'layer {row + 1}, unit'} {unit + 1}"
            for unit in range(layer.fan_out)
        ]
        for row, layer in enumerate(portrait.network.layers)
    ]
    return [input_names(portrait.state), *units]


def _bias_trace(portrait: Portrait, columns: Sequence[Sequence[Place]], colours: Palette) -> Trace:
    """A mark at the lower left of each unit, as large as its bias."""
    names = _unit_names(portrait)
    biases = [
        portrait.network.block(portrait.theta, layer)[:, -1] for layer in range(len(portrait.network.layers))
    ]
    found = [
        (place, float(bias), names[layer + 1][unit])
        for layer, column in enumerate(columns[1:])
        for unit, (place, bias) in enumerate(zip(column, biases[layer], strict=True))
    ]
    marker = {
        "size": [round(4 + thickness(bias), 1) for _, bias, _ in found],
        "color": [colours.negative if bias < 0 else colours.positive for _, bias, _ in found],
        "line": {"color": colours.surface, "width": 1},
    }
    place = {"x": [at.x - at.box / 2 for at, _, _ in found], "y": [at.y + at.box / 2 for at, _, _ in found]}
    words = [literal(f"bias of {name}: {number_text(bias)}") for _, bias, name in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "marker": marker,
        **place,
        "hoverinfo": "text",
        "hovertext": words,
    }


def _frames(columns: Iterable[Iterable[Place]], colours: Palette) -> Trace:
    """The outline of every box, filled for those without a picture."""
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    places = [
        place
        for column in columns
        for at in column
        for place in [*((at.x + x * at.box / 2, at.y + y * at.box / 2) for x, y in corners), (np.nan, np.nan)]
    ]
    x, y = np.array(places).T.round(1)
    line = {"color": colours.muted, "width": 1}
    look = {"fill": "toself", "fillcolor": colours.neutral, "line": line}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, **look, "hoverinfo": "skip"}


# -- words -------------------------------------------------------------------------------------------------------------


def _heads(portrait: Portrait, columns: Sequence[Sequence[Place]], colours: Palette) -> list[dict[str, Any]]:
    """Over each column what it is."""
    layers = portrait.network.layers
    words = [counted(portrait.network.fan_in, "input")]
    words += [
        f"{counted(layer.fan_out, 'unit')}, {in_a_sentence(title_of(f'activation.{layer.activation}'))}"
        for layer in layers[:-1]
    ]
    words.append(f"output, {in_a_sentence(title_of(f'output.{portrait.network.output}'))}")
    font = {"size": SIZE, "color": colours.muted}
    middles = [(column[0].x + column[-1].x) / 2 for column in columns]
    return [
        {"x": x, "y": 0, "text": literal(word), "showarrow": False, "font": font, "yanchor": "top"}
        for x, word in zip(middles, words, strict=True)
    ]


def _names(portrait: Portrait, columns: Sequence[Sequence[Place]], colours: Palette) -> list[dict[str, Any]]:
    """The inputs' names to the left of their boxes, several outputs' classes to the right."""
    named = [] if portrait.state.image else list(zip(columns[0], input_names(portrait.state), strict=True))
    outputs = columns[-1] if len(columns[-1]) > 1 and portrait.state.task is Task.CLASSIFICATION else []
    answers = [(place, class_name(portrait.state, label)) for label, place in enumerate(outputs)]
    font = {"size": SIZE - 1, "color": colours.ink}
    return [
        {
            "x": place.x + side * (place.box / 2 + 8),
            "y": place.y,
            "text": literal(shortened(name)),
            "font": font,
        }
        | {"showarrow": False, "xanchor": anchor, "yanchor": "middle"}
        for names, side, anchor in ((named, -1, "right"), (answers, 1, "left"))
        for place, name in names
        if len(names) <= MOST_NAMED
    ]
