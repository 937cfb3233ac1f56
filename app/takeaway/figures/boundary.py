"""The board as a figure: what the network says everywhere, the border, and the points in the data's own units.

Of one input it is the curve over its points. Whoever wants the figure asks `boundary_panel`.
"""

from typing import Any

import numpy as np

from app.session.data_events import AxisTold
from app.takeaway.colours import CLASSES, Palette, diverging_table, hexadecimal, paint
from app.takeaway.figures.borders import borders_of
from app.takeaway.figures.panel import SIZE, Panel, Trace, axis_of, literal, picture
from app.takeaway.figures.points import point_traces
from app.takeaway.portrait import Floats, Portrait
from app.takeaway.words import axis_title, class_name, input_names, number_text
from app.vocabulary import Task

LEVELS = 256
MIDDLE = 127.5


def boundary_panel(portrait: Portrait, colours: Palette) -> Panel:
    """The board of `portrait`."""
    state = portrait.state
    is_curve = state.chart == "curve"
    x, y = (_raw(axis, portrait.points[portrait.shown, row]) for row, axis in enumerate(state.axes))
    ends = [_ends(portrait, row) for row in range(2)]
    across, up = (
        axis_of(colours, axis_title(state, axis), range=span, showgrid=is_curve, nticks=8)
        for axis, span in zip(state.axes, ends, strict=True)
    )
    points, title = point_traces(portrait, x, y, colours), title_of_board(portrait)
    if is_curve:
        traces = [_residuals(portrait, x, y, colours), *points, *_curves(portrait, colours)]
        return Panel(title, traces, across, up, legend="below")
    one = len(portrait.frame.boundary) == 1
    ground = (
        [_values(portrait, colours), _contour(portrait, colours)] if one else [_borders(portrait, colours)]
    )
    images = [] if one else [_painted(portrait, ends, colours)]
    equal, remark = state.chart in {"plane", "pca"}, remark_on_board(portrait)
    return Panel(title, [*ground, *points], across, up, equal, "below", images, remark=remark)


def title_of_board(portrait: Portrait) -> str:
    """What is seen."""
    state = portrait.state
    if state.chart == "curve":
        return "Curve and points"
    if state.chart == "pca":
        return "Decision on the first two components"
    return "Decision boundary" if state.task is Task.CLASSIFICATION else "Prediction"


def remark_on_board(portrait: Portrait) -> str:
    """Where a slice holds what is on neither axis."""
    state, plane = portrait.state, portrait.state.view.plane
    others = [row for row in range(len(state.inputs)) if row not in {axis.input for axis in state.axes}]
    if state.chart != "slice" or not others:
        return ""
    where = "their training mean" if plane.row is None else f"those of row {plane.row}"
    named = [
        f"{input_names(state)[row]} at {number_text(value)}" for row, value in plane.values if row in others
    ]
    rest = f"the other inputs at {where}" if len(named) < len(others) else ""
    return f"with {', '.join([*named, rest] if rest else named)}"


def _raw(axis: AxisTold, places: Floats) -> Floats:
    """Board units in the data's own."""
    return np.asarray(axis.middle + axis.scale * places, np.float64)


def _ends(portrait: Portrait, row: int) -> list[float]:
    """What of an axis the picture shows."""
    middle, extent = portrait.frame.centre[row], portrait.frame.extent
    return list(_raw(portrait.state.axes[row], np.array([middle - extent, middle + extent])).tolist())


def _cells(portrait: Portrait, row: int) -> Floats:
    """(G,) the cells' centres along an axis, in the data's own units."""
    centre, extent, count = (
        portrait.frame.centre[row],
        portrait.frame.extent,
        portrait.frame.boundary.shape[-1],
    )
    return _raw(portrait.state.axes[row], centre + ((np.arange(count) + 0.5) / count * 2 - 1) * extent)


def _values(portrait: Portrait, colours: Palette) -> Trace:
    """One output: its value, in the page's diverging scale."""
    boundary, (low, high) = portrait.frame.boundary, portrait.frame.boundary_range
    table = diverging_table(colours)
    scale = [[q / (LEVELS - 1), hexadecimal(table[q])] for q in range(LEVELS)]
    values = (low + (high - low) * boundary[0] / (LEVELS - 1)).astype(np.float32)
    trace: Trace = {
        "type": "heatmap",
        "name": "output",
        "z": values,
        "zmin": low,
        "zmax": high,
        "zsmooth": "best",
    }
    trace |= {"x": _cells(portrait, 0), "y": _cells(portrait, 1), "colorscale": scale}
    trace |= {"hovertemplate": "output %{z:.3g}<extra></extra>"}
    if portrait.state.task is Task.CLASSIFICATION:
        return trace | {"showscale": False}
    target = portrait.state.target
    font = {"size": SIZE, "color": colours.muted}
    words = literal(f"{target.name} ({target.unit})" if target.unit else target.name)
    bar = {
        "thickness": 12,
        "outlinewidth": 0,
        "tickfont": font,
        "title": {"text": words, "side": "right", "font": font},
    }
    return trace | {"colorbar": bar}


def _contour(portrait: Portrait, colours: Palette) -> Trace:
    """Where one output crosses the middle of its scale."""
    levels = {"start": MIDDLE, "end": MIDDLE, "size": 1, "coloring": "none"}
    trace: Trace = {"type": "contour", "name": "border", "z": portrait.frame.boundary[0], "contours": levels}
    trace |= {"x": _cells(portrait, 0), "y": _cells(portrait, 1)}
    return trace | {
        "line": {"color": colours.ink, "width": 1.5},
        "opacity": 0.55,
        "showscale": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _painted(portrait: Portrait, ends: list[list[float]], colours: Palette) -> dict[str, Any]:
    """Several outputs: the likeliest class, the paler the less likely."""
    (left, right), (bottom, top) = ends
    pixels = paint(portrait.frame.boundary, colours)
    return picture(pixels, left, top, right - left, top - bottom) | {"layer": "below"}


def _borders(portrait: Portrait, colours: Palette) -> Trace:
    """Where the likeliest class changes."""
    cells = (_cells(portrait, row) for row in range(2))
    places = borders_of(portrait.frame.boundary[0])
    x, y = (at[0] + (at[1] - at[0]) * place for at, place in zip(cells, places, strict=True))
    line = {"color": colours.ink, "width": 1.5}
    look = {"line": line, "opacity": 0.55, "hoverinfo": "skip", "showlegend": False}
    return {"type": "scatter", "mode": "lines", "name": "border", "x": x, "y": y, **look}


def _curves(portrait: Portrait, colours: Palette) -> list[Trace]:
    """What the network says of each place, a line for each output."""
    curve, across = portrait.frame.curve, _cells(portrait, 0)
    lines = []
    for output, values in enumerate(curve):
        name = "network" if len(curve) == 1 else f"output for {class_name(portrait.state, output)}"
        colour = colours.ink if len(curve) == 1 else colours.classes[output % CLASSES]
        line: Trace = {
            "type": "scatter",
            "mode": "lines",
            "name": literal(name),
            "line": {"color": colour, "width": 2.5},
        }
        lines.append(line | {"x": across, "y": values, "legendgroup": f"output-{output}"})
    return lines


def _residuals(portrait: Portrait, x: Floats, y: Floats, colours: Palette) -> Trace:
    """From each point straight up or down to what the network says there; none where it says several things."""
    said = portrait.outputs[0, portrait.shown] if len(portrait.outputs) == 1 else np.empty(0)
    gaps = np.full(said.size, np.nan)
    pieces: dict[str, Any] = {
        "x": np.stack([x[: said.size], x[: said.size], gaps], axis=1).ravel(),
        "y": np.stack([y[: said.size], said, gaps], axis=1).ravel(),
    }
    line = {"color": colours.muted, "width": 1.2}
    faint = max(0.3, min(0.8, 80 / max(1, said.size)))
    more = {"type": "scatter", "mode": "lines", "name": "residuals", "hoverinfo": "skip", "opacity": faint}
    return {**more, **pieces, "line": line, "showlegend": False}
