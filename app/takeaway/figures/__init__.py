"""Plotly figures of a session's portrait in the page's look, for notebooks and reports: pure functions from arrays.

`theme` is light, dark, contrast or contrast-dark; the colours are read from the page's tokens (`takeaway/colours.py`).
Figures without a width are as wide as where they stand.
"""

import plotly.graph_objects as go

from app.takeaway.colours import Theme, palette
from app.takeaway.figures.boundary import boundary_panel
from app.takeaway.figures.diagram import height_of
from app.takeaway.figures.history import loss_panel, score_panel
from app.takeaway.figures.network import network_panel
from app.takeaway.figures.panel import figure_beside, figure_of
from app.takeaway.portrait import Floats, Portrait
from app.vocabulary import Task

THEMES: tuple[Theme, Theme] = ("light", "dark")
"""Not dark, and dark."""
AROUND = 100
"""Pixels over and under a diagram."""

__all__ = ["THEMES", "boundary_figure", "loss_figure", "network_figure", "score_figure", "together"]


def boundary_figure(portrait: Portrait, theme: Theme = "light") -> go.Figure:
    """What the network says all over the board, with its border and the points in the data's own units; of one input
    the curve with what it is off at each point."""
    return figure_of(boundary_panel(portrait, palette(theme)), palette(theme), height=520)


def loss_figure(history: Floats, theme: Theme = "light", log: bool = False) -> go.Figure:
    """The loss over `history` (k, 10), rows of LOSS_COLUMNS: training, and validation and test where there are such
    points. `log`: by powers of ten."""
    return figure_of(loss_panel(history, palette(theme), log), palette(theme), height=360)


def score_figure(history: Floats, task: Task, theme: Theme = "light") -> go.Figure:
    """Accuracy in percent, or R squared for regression, over `history` (k, 10)."""
    return figure_of(score_panel(history, task, palette(theme)), palette(theme), height=360)


def network_figure(portrait: Portrait, theme: Theme = "light") -> go.Figure:
    """The diagram of the network: weights as widths, signs as colours, in each unit what it sees of the board."""
    height = round(height_of(portrait.network)) + AROUND
    return figure_of(network_panel(portrait, palette(theme)), palette(theme), height=height)


def together(portrait: Portrait, theme: Theme = "light") -> go.Figure:
    """Boundary, loss and score side by side."""
    colours = palette(theme)
    course = [
        loss_panel(portrait.history, colours),
        score_panel(portrait.history, portrait.spec.task, colours),
    ]
    return figure_beside([[boundary_panel(portrait, colours)], course], colours, height=520)
