"""What figures are put together from: panels, each traces over two axes, laid side by side in the page's look.

A panel names no axis but its own; `figure_of` and `figure_beside` give them numbers and places. Text is escaped where
it comes in (`literal`), because Plotly takes tags in titles and names for markup.
"""

import base64
import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from app.takeaway.colours import Palette, Pixels

Trace = dict[str, Any]
Axis = dict[str, Any]
SIZE = 12
"""Letters, pixels."""
COLUMN_GAP, ROW_GAP = 0.09, 0.26
"""Between two panels, as a share of the figure: rows have a heading and the names of an axis between them."""
BAR_GAP = 0.16
"""Between columns where a scale of colours stands."""
MARGIN = {"l": 56, "r": 16, "t": 56, "b": 92}
BELOW = 46
"""From an axis down to a legend that stands under its name, pixels."""
UNNAMED = frozenset({"heatmap", "contour"})
"""Traces that no legend names."""


@dataclass(frozen=True)
class Panel:
    """`equal`: a unit is as long upwards as across. `images` and `notes` are images and annotations of Plotly's layout
    over its own axes. `remark` stands under the title."""

    title: str
    traces: Sequence[Trace]
    xaxis: Axis
    yaxis: Axis
    equal: bool = False
    legend: Literal["above", "below", "none"] = "above"
    images: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    notes: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    remark: str = ""


def literal(text: str) -> str:
    """Text that Plotly draws as it stands. It knows tags, and would lay out again at line ends."""
    return html.escape(" ".join(text.split()), quote=False)


def picture(pixels: Pixels, left: float, top: float, wide: float, high: float) -> dict[str, Any]:
    """An image of the layout: `pixels` (h, w, 3), the top row first, at a place of its panel's axes."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG", optimize=True)
    source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    place = {"x": left, "y": top, "sizex": wide, "sizey": high, "xanchor": "left", "yanchor": "top"}
    return {"source": source, **place, "sizing": "stretch", "layer": "above"}


def axis_of(colours: Palette, title: str = "", **own: Any) -> Axis:
    """An axis as the page draws it."""
    font = {"size": SIZE, "color": colours.muted}
    axis = {
        "ticks": "",
        "title": {"text": literal(title), "font": font, "standoff": 6},
        "tickfont": font,
        "gridcolor": colours.hairline,
        "linecolor": colours.hairline,
        "zeroline": False,
        "showline": True,
        "mirror": True,
        "automargin": True,
    }
    return axis | own


def figure_of(panel: Panel, colours: Palette, width: int | None = None, height: int = 480) -> go.Figure:
    """One panel as a figure; without `width` as wide as where it stands."""
    return figure_beside([[panel]], colours, width, height)


def figure_beside(
    columns: Sequence[Sequence[Panel]], colours: Palette, width: int | None = None, height: int = 480
) -> go.Figure:
    """Columns of panels, each of one height, in one figure."""
    below = any(panel.legend == "below" for panels in columns for panel in panels)
    margin = MARGIN | ({} if below else {"b": 44})
    layout = _layout(colours, width, height, margin)
    traces: list[Trace] = []
    bar = any("colorbar" in trace for panels in columns[:-1] for panel in panels for trace in panel.traces)
    places = [(column, row) for column, panels in enumerate(columns) for row in range(len(panels))]
    for index, (column, row) in enumerate(places):
        across = _domain(column, len(columns), BAR_GAP if bar else COLUMN_GAP)
        up = _domain(len(columns[column]) - 1 - row, len(columns[column]), ROW_GAP)
        room = _Room(str(index + 1) if index else "", across, up, height - margin["t"] - margin["b"])
        panel = columns[column][row]
        traces += room.traces_of(panel)
        layout |= room.axes_of(panel) | room.legend_of(panel, colours)
        layout["images"] += [{**image, **room.axes} for image in panel.images]
        layout["annotations"] += [{**note, **room.axes} for note in panel.notes]
        layout["annotations"].append(_heading(panel, across[0], up[1], colours))
    return go.Figure(data=traces, layout=layout)


def _domain(place: int, count: int, gap: float) -> list[float]:
    size = (1 - gap * (count - 1)) / count
    return [place * (size + gap), place * (size + gap) + size]


@dataclass(frozen=True)
class _Room:
    """Where a panel stands in a figure: its number as Plotly writes it, its part of the plot, and that one's height in
    pixels."""

    number: str
    across: list[float]
    up: list[float]
    height: int

    @property
    def axes(self) -> dict[str, str]:
        return {"xref": f"x{self.number}", "yref": f"y{self.number}"}

    def traces_of(self, panel: Panel) -> list[Trace]:
        """On the panel's axes, named in its legend, a scale of colours at its right edge."""
        named = {"showlegend": False} if panel.legend == "none" else {"legend": f"legend{self.number}"}
        bar = {"x": self.across[1], "y": sum(self.up) / 2, "len": self.up[1] - self.up[0]}
        placed = []
        for trace in panel.traces:
            scale = {"colorbar": trace["colorbar"] | bar} if "colorbar" in trace else {}
            own = {} if trace["type"] in UNNAMED else named
            placed.append({**trace, **own, **scale, "xaxis": f"x{self.number}", "yaxis": f"y{self.number}"})
        return placed

    def axes_of(self, panel: Panel) -> dict[str, Axis]:
        """Both axes; equal ones keep to the upper left of their room, a diagram to its middle."""
        x, y = f"x{self.number}", f"y{self.number}"
        side = "left" if panel.legend != "none" else "center"
        inside = {"constrain": "domain", "constraintoward": side}
        as_long = {"scaleanchor": x, "constrain": "domain", "constraintoward": "top"}
        across = panel.xaxis | {"domain": self.across, "anchor": y} | (inside if panel.equal else {})
        up = panel.yaxis | {"domain": self.up, "anchor": x} | (as_long if panel.equal else {})
        return {f"xaxis{self.number}": across, f"yaxis{self.number}": up}

    def legend_of(self, panel: Panel, colours: Palette) -> dict[str, Any]:
        """A legend of its own."""
        if panel.legend == "none":
            return {}
        at = self.up[1] if panel.legend == "above" else self.up[0] - BELOW / self.height
        return {f"legend{self.number}": _legend(self.across[0], at, panel.legend, colours)}


def _legend(x: float, y: float, where: str, colours: Palette) -> dict[str, Any]:
    font = {"size": SIZE, "color": colours.muted}
    anchor = "bottom" if where == "above" else "top"
    place = {"x": x, "y": y, "xanchor": "left", "yanchor": anchor, "orientation": "h", "traceorder": "normal"}
    return {**place, "font": font, "bgcolor": "rgba(0,0,0,0)", "itemsizing": "constant", "tracegroupgap": 0}


def _heading(panel: Panel, x: float, y: float, colours: Palette) -> dict[str, Any]:
    """Over the panel, and over a legend that stands there."""
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": SIZE + 2, "color": colours.ink, "weight": 600}
    shift = 26 if panel.legend == "above" else 6
    remark = f'<span style="font-size:{SIZE}px;font-weight:400;color:{colours.muted}">{literal(panel.remark)}</span>'
    text = f"{literal(panel.title)}<br>{remark}" if panel.remark else literal(panel.title)
    return {**place, "text": text, "align": "left", "showarrow": False, "yshift": shift, "font": font}


def _layout(colours: Palette, width: int | None, height: int, margin: dict[str, int]) -> dict[str, Any]:
    return {
        "template": "none",
        "width": width,
        "height": height,
        "paper_bgcolor": colours.surface,
        "plot_bgcolor": colours.surface,
        "margin": margin,
        "font": {"family": colours.font, "color": colours.ink, "size": SIZE},
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.muted,
            "font": {"color": colours.ink},
        },
        "images": [],
        "annotations": [],
    }
