"""The course of a run as figures: loss and score of each part over the epochs, in the page's colours and dashes."""

from collections.abc import Sequence

import numpy as np

from app.session.frame import LOSS_COLUMNS
from app.takeaway.colours import Palette
from app.takeaway.figures.panel import Axis, Panel, Trace, axis_of
from app.takeaway.portrait import Floats
from app.takeaway.words import score_name
from app.vocabulary import PARTS, Part, Task

DASHES = {Part.TRAIN: "solid", Part.VALIDATION: "dash", Part.TEST: "dot"}
WORDS = {Part.TRAIN: "training", Part.VALIDATION: "validation", Part.TEST: "test"}
ROOM = 0.055
"""Over the largest value, as a share of the range."""
PERCENTS = (0, 25, 50, 75, 100)


def loss_panel(history: Floats, colours: Palette, log: bool = False) -> Panel:
    """The loss of each part that has points over `history` (k, 10); `log`: by powers of ten."""
    traces = _lines(history, "loss", colours, 1.0, "%{y:.4g}")
    up = axis_of(colours, "loss", **({"type": "log"} if log else _from_zero(traces)))
    return Panel("Loss", traces, _along(history, colours), up)


def score_panel(history: Floats, task: Task, colours: Palette) -> Panel:
    """Accuracy in percent, or R squared, of each part that has points."""
    classes, name = task is Task.CLASSIFICATION, score_name(task)
    traces = _lines(
        history, "score", colours, 100.0 if classes else 1.0, "%{y:.1f} %" if classes else "%{y:.3f}"
    )
    percents = {"range": [0, 103], "tickvals": PERCENTS, "ticktext": [f"{share} %" for share in PERCENTS]}
    up = axis_of(colours, name, **(percents if classes else {}))
    return Panel(name[:1].upper() + name[1:], traces, _along(history, colours), up)


def _lines(history: Floats, figure: str, colours: Palette, factor: float, template: str) -> list[Trace]:
    """A line for each part that has a value, training last and so on top."""
    places, counted = places_of(history)
    mode = "lines" if len(places) > 1 else "markers"
    lines = []
    for part in reversed(PARTS):
        values = factor * history[:, LOSS_COLUMNS.index(f"{part}_{figure}")]
        if np.isfinite(values).any():
            colour = getattr(colours, part.value)
            look = {
                "line": {"color": colour, "dash": DASHES[part], "width": 2.5},
                "marker": {"color": colour, "size": 7},
            }
            said = f"{counted} %{{x:.4g}}: {template}"
            trace = {"type": "scatter", "mode": mode, "name": WORDS[part], "legendrank": PARTS.index(part)}
            lines.append({**trace, **look, "x": places, "y": values, "hovertemplate": said})
    return lines


def places_of(history: Floats) -> tuple[Floats, str]:
    """(k,) where rows stand along the axis, and what it counts: epochs with the part of the next one that is done, or
    steps while there are fewer than two epochs, as on the page (static/js/views/series.js)."""
    steps, epochs = history[:, LOSS_COLUMNS.index("step")], history[:, LOSS_COLUMNS.index("epoch")]
    if not len(history) or epochs[-1] < 2:
        return steps, "step"
    first = np.flatnonzero(np.diff(epochs, prepend=-1.0))
    per_epoch = float(np.max(np.diff(steps[first]) / np.diff(epochs[first])))
    begun = np.repeat(steps[first], np.diff(first, append=len(steps)))
    return epochs + np.minimum((steps - begun) / per_epoch, 0.99), "epoch"


def _along(history: Floats, colours: Palette) -> Axis:
    places, counted = places_of(history)
    last = float(places[-1]) if len(history) else 0.0
    return axis_of(colours, counted, range=[0, last or 1.0], showgrid=False)


def _from_zero(traces: Sequence[Trace]) -> Axis:
    """A range from zero with a little room over the values."""
    values = np.concatenate([np.zeros(1), *(np.asarray(trace["y"]) for trace in traces)])
    most = float(np.max(values[np.isfinite(values)]))
    return {"range": [0.0, most * (1 + ROOM) or 1.0]}
