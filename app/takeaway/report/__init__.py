"""The report: one HTML file that says what was learnt, shows it, and tells how to go on. Needs no network.

The same session gives the same bytes: there is no date in it and no chance.
"""

import json
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from app.session.results import Metrics, take_results
from app.session.session import Session
from app.takeaway import figures
from app.takeaway.colours import Theme
from app.takeaway.figures.diagram import WIDTH, height_of
from app.takeaway.portrait import Portrait
from app.takeaway.report import tables
from app.takeaway.report.markup import Markup, tag
from app.takeaway.report.page import document
from app.takeaway.report.settings import all_rows, changed_rows
from app.takeaway.report.words import sentences, title_of_report, way_on

BOARD, LOSS, SCORE, DIAGRAM = "plot-board", "plot-loss", "plot-score", "plot-network"


def make_report(session: Session, options: Mapping[str, str]) -> bytes:
    """The file, UTF-8."""
    portrait = Portrait.of(session)
    title = title_of_report(session)
    content = [
        tag("header", tag("p", "Gradient Playground"), tag("h1", title)),
        tag("section", *(tag("p", text) for text in sentences(session, portrait))),
        tables.figures_now(portrait.frame.now, portrait.state.task),
        _section("What it looks like", _plots(height_of(portrait.network) / WIDTH)),
        *_results(session, portrait),
        _settings(portrait),
        _way_on(session),
    ]
    return document(title, content, _drawn(portrait))


def _section(heading: str, *content: Markup) -> Markup:
    return tag("section", tag("h2", heading), *content)


def _plots(diagram_shape: float) -> Markup:
    """The places of the figures: `data-shape` is height over width, `data-least` the width under which it scrolls."""
    diagram = f"{diagram_shape:.3f}"
    places = (
        (BOARD, "plot plot-tall", "1", "0", "The board: what the network says everywhere, and the points"),
        (LOSS, "plot", "", "0", "The loss of each part over the course of training"),
        (SCORE, "plot", "", "0", "The score of each part over the course of training"),
        (DIAGRAM, "plot plot-wide", diagram, "720", "The network: inputs, units and weights"),
    )
    plots = [
        tag(
            "div",
            tag("div", id=name, role="img", aria_label=text, data_shape=shape, data_least=least),
            class_=kind,
        )
        for name, kind, shape, least, text in places
    ]
    return tag("div", *plots, class_="plots")


def _drawn(portrait: Portrait) -> dict[str, Any]:
    """Each figure in both themes, by the id of its place."""
    found: dict[str, dict[str, Any]] = {BOARD: {}, LOSS: {}, SCORE: {}, DIAGRAM: {}}
    for theme in figures.THEMES:
        for name, figure in _of_theme(portrait, theme).items():
            found[name][theme] = json.loads(figure.to_json())
    return found


def _of_theme(portrait: Portrait, theme: Theme) -> dict[str, go.Figure]:
    history, task = portrait.history, portrait.state.task
    return {
        BOARD: figures.boundary_figure(portrait, theme),
        LOSS: figures.loss_figure(history, theme),
        SCORE: figures.score_figure(history, task, theme),
        DIAGRAM: figures.network_figure(portrait, theme),
    }


def _results(session: Session, portrait: Portrait) -> list[Markup]:
    metrics = take_results(session.machine).metrics
    if metrics is None or metrics == Metrics(None, None):
        return []
    return [_section("Results in figures", tables.results(metrics, portrait.state))]


def _settings(portrait: Portrait) -> Markup:
    changed = changed_rows(portrait.spec)
    told = (
        tables.table_of(("Setting", "Here", "By default"), changed)
        if changed
        else tag("p", "All settings are the defaults.")
    )
    whole = tables.table_of(("Setting", "Here"), all_rows(portrait.spec))
    return _section("Settings", told, tag("details", tag("summary", "All settings"), whole))


def _way_on(session: Session) -> Markup:
    link, weights = way_on(session)
    if not link:
        text = "The data set is a table of its own: take it and the settings (the file “Settings”) to a playground."
        return _section("How to go on", tag("p", text))
    kept = "with its weights" if weights else "from its first weights"
    code = f'playground = Playground.load("{link}")\nplayground.train(epochs=100).figure()'
    return _section(
        "How to go on",
        tag("p", f"Put this behind the address of a playground to open the experiment {kept}:"),
        tag("pre", link, id="link"),
        tag("p", "Or in Python:"),
        tag("pre", f"from app import Playground\n\n{code}"),
    )
