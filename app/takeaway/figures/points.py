"""Points as the board draws them: shape and colour by class, filled where trained on, hollow where only tested."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.session.events import State
from app.takeaway.colours import Palette, hexadecimal, mixed
from app.takeaway.figures.panel import Trace, literal
from app.takeaway.portrait import Floats, Portrait
from app.takeaway.words import class_name, number_text, shortened
from app.vocabulary import PARTS, Part, Task

SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle-up",
    "diamond": "diamond",
    "cross": "cross",
    "star": "star",
    "down": "triangle-down",
    "saltire": "x",
    "hourglass": "hourglass",
    "dome": "pentagon",
}
"""Plotly's name for each shape of static/js/views/board.js, in its order. Plotly has no dome."""
SHAPES = tuple(SYMBOLS.values())
WORDS = {Part.TRAIN: "training point", Part.VALIDATION: "validation point", Part.TEST: "test point"}
BACK_TO_FRONT = (2, 1, 0)
"""Numbers of parts: what is trained on lies on top."""


def point_traces(portrait: Portrait, x: Floats, y: Floats, colours: Palette) -> list[Trace]:
    """The points (n,) at `x`, `y` of those that are shown, one trace for each class and part of them."""
    rows = portrait.shown
    part, target = portrait.part[rows], portrait.target[rows]
    if portrait.state.task is Task.REGRESSION:
        groups = [(None, number) for number in BACK_TO_FRONT]
    else:
        labels = sorted(set(target.astype(int).tolist()))
        groups = [(label, number) for number in BACK_TO_FRONT for label in labels]
    traces = []
    for label, number in groups:
        chosen = np.flatnonzero((part == number) & ((target == label) | (label is None)))
        if chosen.size:
            trace = _trace(portrait, label, number, x[chosen], y[chosen], rows[chosen], colours)
            pale = isinstance(trace["marker"]["line"]["color"], list)
            traces += [_rim(trace, colours), trace] if pale else [trace]
    return _with_legend(traces, portrait.state, colours)


def _trace(
    portrait: Portrait,
    label: int | None,
    number: int,
    x: Floats,
    y: Floats,
    rows: NDArray[np.intp],
    colours: Palette,
) -> Trace:
    """The points `rows` of one part and, of classes, one `label`."""
    colour, name = _of_values(portrait, rows, colours), f"{WORDS[PARTS[number]]}s"
    if label is not None:
        colour, name = colours.classes[label % len(colours.classes)], class_name(portrait.state, label)
    symbol = SHAPES[(label or 0) % len(SHAPES)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": literal(shortened(name)),
        "legendgroup": f"class-{label}",
        "x": x,
        "y": y,
        "marker": _marker(symbol, colour, PARTS[number], label is not None, colours),
        "hoverinfo": "text",
        "hovertext": [_said(portrait, row, PARTS[number]) for row in rows.tolist()],
        "showlegend": False,
    }


def _rim(trace: Trace, colours: Palette) -> Trace:
    """Under hollow points whose own colour may be as pale as the board."""
    marker = {"symbol": "circle", "size": trace["marker"]["size"] + 3.4, "color": colours.muted}
    return {name: trace[name] for name in ("type", "mode", "x", "y", "showlegend")} | {
        "name": "rims",
        "marker": marker,
        "hoverinfo": "skip",
    }


def _marker(symbol: str, colour: Any, part: Part, classes: bool, colours: Palette) -> dict[str, Any]:
    if part is Part.TRAIN:
        rim = colours.surface if classes else colours.muted
        return {"symbol": symbol, "size": 8, "color": colour, "line": {"color": rim, "width": 1}}
    dotted = f"{symbol}-dot" if part is Part.VALIDATION else symbol
    return {"symbol": dotted, "size": 7, "color": colours.surface, "line": {"color": colour, "width": 1.7}}


def _of_values(portrait: Portrait, rows: NDArray[np.intp], colours: Palette) -> Any:
    """A regression's colours: those of the picture; of a curve one for all."""
    if portrait.state.chart == "curve":
        return colours.train
    low, high = portrait.frame.boundary_range
    share = (portrait.target[rows] - low) / (high - low)
    ends = [
        mixed(colours.neutral, end, np.minimum(1.0, np.abs(2 * share - 1)))
        for end in (colours.negative, colours.positive)
    ]
    return [hexadecimal(pixel) for pixel in np.where((share < 0.5)[:, None], *ends)]


def _said(portrait: Portrait, row: int, part: Part) -> str:
    """What hovering over a point tells."""
    state, outputs = portrait.state, portrait.outputs[:, row]
    if state.task is Task.REGRESSION:
        unit = f" {state.target.unit}" if state.target.unit else ""
        return literal(
            f"{WORDS[part]}: {number_text(portrait.target[row])}{unit}, output {number_text(outputs[0])}{unit}"
        )
    said = number_text(outputs[0], 3) if len(outputs) == 1 else class_name(state, int(np.argmax(outputs)))
    return literal(f"{WORDS[part]}: {class_name(state, int(portrait.target[row]))}, output {said}")


def _with_legend(traces: list[Trace], state: State, colours: Palette) -> list[Trace]:
    """`traces` and what the legend shows: each class filled, then the parts that are hollow."""
    seen: dict[str, Trace] = {}
    hollow = {}
    for trace in traces:
        if "legendgroup" not in trace:
            continue
        symbol, filled = trace["marker"]["symbol"], trace["marker"]["color"] != colours.surface
        seen.setdefault(trace["legendgroup"], trace | {"symbol": symbol.removesuffix("-dot")})
        if not filled:
            hollow[Part.VALIDATION if symbol.endswith("-dot") else Part.TEST] = True
    entries = (
        [] if state.task is Task.REGRESSION else [_entry(seen[group], colours) for group in sorted(seen)]
    )
    if state.task is Task.REGRESSION:
        hollow[Part.TRAIN] = True
    parts = [part for part in PARTS if part in hollow]
    return [*traces, *entries, *(_part_entry(part, colours) for part in parts)]


def _entry(trace: Trace, colours: Palette) -> Trace:
    """The legend's word for a class."""
    line = trace["marker"]["line"]["color"]
    colour = line if trace["marker"]["color"] == colours.surface else trace["marker"]["color"]
    marker = {
        "symbol": trace["symbol"],
        "size": 8,
        "color": colour,
        "line": {"color": colours.surface, "width": 1},
    }
    return _legend_only(trace["name"], marker) | {"legendgroup": trace["legendgroup"]}


def _part_entry(part: Part, colours: Palette) -> Trace:
    """The legend's word for a part."""
    marker = _marker("circle", colours.train if part is Part.TRAIN else colours.muted, part, True, colours)
    return _legend_only(f"{WORDS[part]}s", marker) | {"legendgroup": part.value}


def _legend_only(name: str, marker: dict[str, Any]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None],
        "y": [None],
        "marker": marker,
        "showlegend": True,
    }
