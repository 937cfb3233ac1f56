"""Figures show the portrait's own numbers in the page's colours; expected values are literal."""

import base64
import io
import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.assemble import settle
from app.data.tables import BUNDLED
from app.session.commands import PlaneShown, SetView, Step, View
from app.session.frame import LOSS_COLUMNS
from app.session.session import Session
from app.spec import Experiment
from app.takeaway import colours, figures
from app.takeaway.figures.borders import borders_of
from app.takeaway.figures.diagram import columns_of, edges_of, thickness
from app.takeaway.figures.history import places_of
from app.takeaway.figures.panel import literal
from app.takeaway.figures.points import SYMBOLS
from app.takeaway.portrait import Portrait
from tests.unit.takeaway.test_colours import on_the_page

LIGHT = colours.palette("light")


def trained(tree: dict[str, Any], epochs: int = 3, view: View | None = None) -> Portrait:
    """A portrait after some epochs."""
    spec = Experiment().patched(tree, lambda whole: settle(whole, BUNDLED))
    session = Session.create(spec)
    session.handle(Step(id=1, epochs=epochs))
    while session.phase.value == "playing":
        session.advance(1000)
    if view:
        session.handle(SetView(id=2, view=view))
    return Portrait.of(session)


@pytest.fixture(scope="module")
def spiral() -> Portrait:
    """Two classes."""
    return trained({})


@pytest.fixture(scope="module")
def iris() -> Portrait:
    """Three classes of a table, with validation points."""
    return trained({"data": {"source": "table", "validation_fraction": 0.2}})


@pytest.fixture(scope="module")
def sine() -> Portrait:
    """A curve over one input."""
    return trained({"data": {"source": "curve_sine", "samples": 40}})


def named(figure: Any, name: str) -> list[Any]:
    """Its traces of that name."""
    return [trace for trace in figure.data if trace.name == name]


def drawn(traces: list[Any]) -> list[Any]:
    """Those that are points, not words of the legend."""
    return [trace for trace in traces if trace.x[0] is not None]


# -- the board ---------------------------------------------------------------------------------------------------------


def test_the_picture_has_the_frame_s_values_and_the_page_s_colours(spiral: Portrait) -> None:
    picture = figures.boundary_figure(spiral).data[0]
    assert (picture.type, picture.zmin, picture.zmax) == ("heatmap", 0.0, 1.0)
    np.testing.assert_allclose(picture.z, spiral.frame.boundary[0] / 255, atol=1e-7)
    table = colours.diverging_table(LIGHT)
    assert [picture.colorscale[q] for q in (0, 128, 255)] == [
        (q / 255, colours.hexadecimal(table[q])) for q in (0, 128, 255)
    ]
    assert [round(float(picture.x[cell]), 9) for cell in (0, 1, 99)] == [-5.94, -5.82, 5.94]


def test_the_line_is_where_the_output_is_one_half(spiral: Portrait) -> None:
    (line,) = named(figures.boundary_figure(spiral), "border")
    assert (line.contours.start, line.contours.end, line.contours.coloring) == (127.5, 127.5, "none")
    assert line.line.color == "#17202e"
    np.testing.assert_array_equal(line.z, spiral.frame.boundary[0])


def test_points_have_the_page_s_shapes_and_colours_and_test_points_are_hollow(spiral: Portrait) -> None:
    figure = figures.boundary_figure(spiral)
    tested, filled = drawn(named(figure, "class 1"))
    assert (filled.marker.symbol, filled.marker.color) == ("square", "#1f6fb2")
    assert (tested.marker.color, tested.marker.line.color) == ("#ffffff", "#1f6fb2")
    ones = spiral.points[spiral.points[:, 2] == 1]
    np.testing.assert_array_equal(filled.x, ones[ones[:, 3] == 0][:, 0])
    np.testing.assert_array_equal(tested.y, ones[ones[:, 3] == 2][:, 1])
    assert tested.hovertext[0].startswith("test point: class 1, output 0.")
    words = [trace.name for trace in figure.data if trace.x is not None and trace.x[0] is None]
    assert words == ["class 0", "class 1", "test points"]


def test_shapes_are_the_board_s_in_its_order() -> None:
    assert on_the_page("light")["shapes"] == list(SYMBOLS)


def test_several_classes_are_painted_as_the_page_paints_them(iris: Portrait) -> None:
    figure = figures.boundary_figure(iris)
    (image,) = figure.layout.images
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(image.source.partition(",")[2]))))
    np.testing.assert_array_equal(pixels, colours.paint(iris.frame.boundary, LIGHT))
    # Petal length is 3.95 + 0.59 u and petal width 1.3 + 0.24 v, of which the board shows -6 to 6.
    assert (round(image.x, 6), round(image.sizex, 6)) == (0.41, 7.08)
    assert (round(image.y, 6), round(image.sizey, 6)) == (2.74, 2.88)
    assert figure.layout.xaxis.title.text == "petal length (cm)"
    assert figure.layout.yaxis.title.text == "petal width (cm)"
    assert "with the other inputs at their training mean" in figure.layout.annotations[0].text


def test_a_slice_says_where_the_others_are_held() -> None:
    plane = PlaneShown(kind="slice", axes=(0, 1), values=((2, 1.5),))
    portrait = trained({"data": {"source": "table"}}, 1, View(plane=plane))
    text = figures.boundary_figure(portrait).layout.annotations[0].text
    assert "with petal length at 1.5, the other inputs at their training mean" in text


def test_borders_run_between_neighbours_of_different_classes() -> None:
    plane = np.array([[0, 0, 1], [0, 0, 1]], np.uint8)
    np.testing.assert_array_equal(borders_of(plane), [[1.5, 1.5, np.nan], [0, 1, np.nan]])
    assert borders_of(np.zeros((3, 3), np.uint8)).shape == (2, 0)


def test_where_three_classes_meet_their_borders_do() -> None:
    places = borders_of(np.array([[0, 1], [2, 2]], np.uint8))
    pieces = [tuple(place) for place in places.T.tolist() if not np.isnan(place[0])]
    assert pieces == [(0.5, 0.0), (0.5, 0.5), (1.0, 0.5), (0.5, 0.5), (0.0, 0.5), (0.5, 0.5)]


def test_of_one_input_the_curve_lies_over_its_points_with_what_it_is_off(sine: Portrait) -> None:
    figure = figures.boundary_figure(sine)
    (curve,) = named(figure, "network")
    np.testing.assert_array_equal(curve.y, sine.frame.curve[0])
    (residuals,) = named(figure, "residuals")
    ends = np.asarray(residuals.y).reshape(-1, 3)
    np.testing.assert_array_equal(ends[:, 0], sine.target)
    np.testing.assert_array_equal(ends[:, 1], sine.outputs[0])
    assert np.isnan(ends[:, 2]).all()
    assert figure.layout.yaxis.title.text == "y"


def test_a_regression_s_points_have_the_colours_of_its_picture() -> None:
    points = [[-1, 0, -1], [0, 0, 0], [1, 0, 1]]
    portrait = trained(
        {"data": {"source": "points", "task": "regression", "points": points, "train_fraction": 1}}
    )
    figure = figures.boundary_figure(portrait)
    (trace,) = drawn(named(figure, "training points"))
    colour_at = dict(zip(trace.x, trace.marker.color, strict=True))
    assert colour_at == {-1: "#d8720a", 0: "#f6f3ee", 1: "#1f6fb2"}
    assert figure.data[0].colorbar.title.text == "label"


# -- the course --------------------------------------------------------------------------------------------------------


def test_losses_of_each_part_are_drawn_over_the_epochs(iris: Portrait) -> None:
    figure = figures.loss_figure(iris.history)
    assert [(trace.name, trace.line.dash, trace.line.color) for trace in figure.data] == [
        ("test", "dot", "#a1317b"),
        ("validation", "dash", "#7a5200"),
        ("training", "solid", "#0f6b66"),
    ]
    np.testing.assert_array_equal(figure.data[2].y, iris.history[:, LOSS_COLUMNS.index("train_loss")])
    np.testing.assert_array_equal(figure.data[2].x, [0, 1, 2, 3])
    assert (figure.layout.yaxis.type, figure.layout.yaxis.range[0]) == (None, 0.0)
    assert figures.loss_figure(iris.history, log=True).layout.yaxis.type == "log"


def test_accuracy_is_in_percent_and_dark_has_the_dark_colours(iris: Portrait) -> None:
    figure = figures.score_figure(iris.history, iris.spec.task, "dark")
    accuracy = 100 * iris.history[:, LOSS_COLUMNS.index("train_score")]
    np.testing.assert_allclose(figure.data[2].y, accuracy)
    assert (figure.data[2].line.color, figure.layout.paper_bgcolor) == ("#5fd6cc", "#171e28")


def test_rows_within_an_epoch_stand_at_their_share_of_it() -> None:
    history = np.zeros((5, len(LOSS_COLUMNS)))
    history[:, 0], history[:, 1] = [0, 10, 20, 25, 30], [0, 1, 2, 2, 3]
    places, counted = places_of(history)
    assert (places.tolist(), counted) == ([0, 1, 2, 2.5, 3], "epoch")
    places, counted = places_of(history[:2])
    assert (places.tolist(), counted) == ([0, 10], "step")


# -- the network -------------------------------------------------------------------------------------------------------


def test_weights_are_widths_and_signs_are_colours() -> None:
    data = {"source": "points", "points": [[0, 0, 0], [1, 1, 1]], "train_fraction": 1}
    portrait = trained({"data": data, "inputs": ["x1", "x2"], "network": {"layers": []}}, 1)
    portrait.theta[:] = [2.5, -5.0, 0.25]
    figure = figures.network_figure(portrait)
    lines = {
        trace.line.color: trace.line.width
        for trace in figure.data
        if trace.mode == "lines" and not trace.fill
    }
    assert lines == {"#1f6fb2": 5.5, "#d8720a": 7.0}  # 0.4 + 6.6 tanh(1) = 5.43, 0.4 + 6.6 tanh(2) = 6.76
    words = [text for trace in figure.data for text in trace.hovertext or ()]
    assert words == ["x₁ to output 1: 2.5", "x₂ to output 1: \N{MINUS SIGN}5", "bias of output 1: 0.25"]
    notes = [note.text for note in figure.layout.annotations]
    assert notes == ["2 inputs", "output, sigmoid", "x₁", "x₂", "Network"]


def test_thickness_is_the_page_s() -> None:
    assert thickness(0.0) == 0.4
    assert thickness(-2.5) == pytest.approx(5.426521, abs=1e-6)
    assert [thickness(weight) for weight in (0.3, -2.5, 9)] == pytest.approx(
        on_the_page("light")["thickness"]
    )


def test_of_a_crowd_only_the_strongest_lines_are_drawn() -> None:
    portrait = trained({"network": {"layers": [{"units": 20}, {"units": 20}]}}, 1)
    edges = edges_of(portrait.network, portrait.theta)
    weights = [abs(edge.weight) for edge in edges]
    assert len(edges) == 200
    blocks = [portrait.network.block(portrait.theta, layer)[:, :-1] for layer in range(3)]
    assert min(weights) == np.sort(np.abs(np.concatenate([block.ravel() for block in blocks])))[-200]
    assert [len(column) for column in columns_of(portrait.network)] == [7, 20, 20, 1]


# -- all of them -------------------------------------------------------------------------------------------------------


def test_together_are_boundary_loss_and_score_on_axes_of_their_own(spiral: Portrait) -> None:
    figure = figures.together(spiral)
    places = {trace.xaxis for trace in figure.data}
    assert places == {"x", "x2", "x3"}
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]
    assert figure.layout.yaxis3.domain[1] < figure.layout.yaxis2.domain[0]


def test_every_kind_of_chart_can_be_drawn_in_every_theme() -> None:
    digits = trained({"data": {"source": "table", "table": {"name": "digits"}}}, 1)
    for theme in colours.LAYERS:
        for figure in (figures.together(digits, theme), figures.network_figure(digits, theme)):
            assert figure.layout.paper_bgcolor == colours.palette(theme).surface
            json.loads(figure.to_json())


def test_names_are_drawn_as_they_stand() -> None:
    assert literal("a<b>c</b> & d\ne") == "a&lt;b&gt;c&lt;/b&gt; &amp; d e"
