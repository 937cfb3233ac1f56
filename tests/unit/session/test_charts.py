"""What the board shows of data with any number of inputs: slices, principal components, curves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from app.session.events import Ok
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do, picture, small
from tests.unit.session.tables import cells, on_table, outputs, seen, values

Floats = NDArray[np.float64]
WINE = on_table("wine")
do(WINE, "step", epochs=3)
DIABETES = on_table("diabetes")
do(DIABETES, "step", epochs=3)


def looked_at(session: Session, **plane: Any) -> Session:
    """The same session through another plane, in small pictures around a place that is not the middle."""
    view = {"grid": 12, "map_grid": 8, "extent": 4, "centre": [0.5, -1], "plane": plane}
    assert isinstance(do(session, "set_view", view=view)[0], Ok)
    return session


def held(session: Session, row: int | None, chosen: list[tuple[int, float]]) -> Floats:
    """(D,) where the inputs that are on no axis are held."""
    told = [column.middle for column in session.state().inputs]
    raw = np.array(told) if row is None else values(session, [row])[:, 0]
    for index, value in chosen:
        raw[index] = value
    return raw


def on_the_slice(session: Session, axes: tuple[int, int], kept: Floats) -> Floats:
    """(D, G^2): the raw inputs of each cell."""
    raw = np.repeat(kept[:, None], session.view.grid**2, axis=1)
    for axis, place in zip(axes, cells(session), strict=True):
        raw[axis] = place
    return raw


def assert_shows(session: Session, raw: Floats) -> None:
    """The picture's shades are the outputs for these inputs, to within half a shade."""
    frame, found = picture(session), outputs(session, raw)
    low, high = frame.boundary_range
    shade = (high - low) / 255
    if len(found) == 1:
        shown = low + shade * frame.boundary[0].ravel()
        np.testing.assert_allclose(shown, np.clip(found[0], low, high), atol=0.51 * shade)
        return
    classes, sure = frame.boundary[0].ravel(), low + shade * frame.boundary[1].ravel()
    np.testing.assert_allclose(sure, found.max(axis=0), atol=0.51 * shade)
    clear = np.diff(np.sort(found, axis=0)[-2:], axis=0)[0] > 1e-4
    np.testing.assert_array_equal(classes[clear], found.argmax(axis=0)[clear])


# -- slices ------------------------------------------------------------------------------------------------------------

wine_axes = st.permutations(range(13)).map(lambda order: (order[0], order[1]))
held_values = st.lists(st.tuples(st.integers(0, 12), st.floats(-5, 20)), max_size=3)


@settings(max_examples=25)
@given(wine_axes, st.none() | st.integers(0, 177), held_values)
def test_a_slice_shows_what_the_network_says_of_all_inputs_there(
    axes: tuple[int, int], row: int | None, chosen: list[tuple[int, float]]
) -> None:
    looked_at(WINE, kind="slice", axes=axes, row=row, values=chosen)
    state = WINE.state()
    assert state.chart == "slice"
    assert [axis.input for axis in state.axes] == list(axes)
    assert_shows(WINE, on_the_slice(WINE, axes, held(WINE, row, chosen)))


def test_a_slice_of_a_regression_shows_values_in_the_targets_own_units() -> None:
    looked_at(DIABETES, kind="slice", axes=[2, 8])
    low, high = picture(DIABETES).boundary_range
    assert (round(low), round(high)) == (25, 346), "the least and the largest target of the table"
    assert_shows(DIABETES, on_the_slice(DIABETES, (2, 8), held(DIABETES, None, [])))


def test_points_lie_where_their_two_columns_say_and_the_data_fills_most_of_the_board() -> None:
    looked_at(WINE, kind="slice", axes=[0, 6])
    state, rows = WINE.state(), WINE.points().points
    raw = values(WINE, [row[0] for row in rows])
    for axis, column, place in zip(state.axes, (0, 6), (1, 2), strict=True):
        found = axis.middle + axis.scale * np.array([row[place] for row in rows])
        np.testing.assert_allclose(found, raw[column], rtol=1e-12)
        told = state.inputs[column]
        ends = [(end - axis.middle) / axis.scale for end in (told.low, told.high)]
        np.testing.assert_allclose(ends, [-5, 5])


def test_a_new_point_takes_what_is_held_and_a_move_changes_the_two_columns_alone() -> None:
    session = looked_at(on_table("wine"), kind="slice", axes=[3, 1], row=7, values=[[5, 99.5]])
    (answer, *_) = do(session, "add_points", points=[[1.5, -2.0, 2]])
    assert isinstance(answer, Ok)
    assert answer.ids == (178,)
    kept = held(session, 7, [(5, 99.5)])
    across, up = session.state().axes
    kept[3], kept[1] = across.middle + across.scale * 1.5, up.middle - up.scale * 2.0
    np.testing.assert_allclose(values(session, [178])[:, 0], kept, rtol=1e-12)
    before = values(session, [20])[:, 0]
    do(session, "move_points", points=[[20, 0.0, 1.0]])
    before[3], before[1] = across.middle, up.middle + up.scale
    np.testing.assert_allclose(values(session, [20])[:, 0], before, rtol=1e-12)
    (moved,) = [row for row in session.points().points if row[0] == 20]
    np.testing.assert_allclose(moved[1:3], [0, 1], atol=1e-12)


@pytest.mark.parametrize("axes", [[40, 1], [2, 2], [700, 783]])
def test_axes_that_the_inputs_do_not_have_fall_back_to_the_first_two(axes: list[int]) -> None:
    looked_at(WINE, kind="slice", axes=axes)
    assert [axis.input for axis in WINE.state().axes] == [0, 1]


def test_a_row_that_is_gone_holds_nothing_any_more() -> None:
    session = looked_at(on_table("iris"), kind="slice", axes=[0, 1], row=3)
    of_row = picture(session).boundary.copy()
    do(session, "delete_points", ids=[3])
    mean = looked_at(session, kind="slice", axes=[0, 1])
    gone = picture(mean).boundary.copy()
    looked_at(session, kind="slice", axes=[0, 1], row=3)
    np.testing.assert_array_equal(picture(session).boundary, gone)
    assert not np.array_equal(of_row, gone)


# -- principal components ----------------------------------------------------------------------------------------------


def components(session: Session) -> tuple[Floats, Floats]:
    """Mean (D,) and components (D, 2) of the scaled training rows, by scikit-learn; the largest loading positive."""
    trained = [row[0] for row in session.points().points if row[4] == 0]
    found = PCA(2).fit(seen(session, values(session, trained))[:-1].T)
    directions = found.components_.T
    strongest = np.abs(directions).argmax(axis=0)
    return found.mean_, directions * np.sign(directions[strongest, [0, 1]])


def test_points_are_projected_on_the_components_of_the_scaled_training_part() -> None:
    looked_at(WINE, kind="pca")
    mean, directions = components(WINE)
    state, rows = WINE.state(), WINE.points().points
    assert (state.chart, state.axes[0].input) == ("pca", None)
    assert state.axes[0].name.startswith("PC 1 (")
    all_seen = seen(WINE, values(WINE, [row[0] for row in rows]))[:-1]
    expected = directions.T @ (all_seen - mean[:, None])
    told = np.array([row[1:3] for row in rows]).T * [[state.axes[0].scale], [state.axes[1].scale]]
    np.testing.assert_allclose(told, expected, atol=1e-9)
    assert state.axes[0].scale == state.axes[1].scale, "the plane is not distorted"


def test_a_picture_of_the_components_shows_what_the_network_says_on_their_plane() -> None:
    looked_at(WINE, kind="pca")
    mean, directions = components(WINE)
    inputs = WINE.state().inputs
    on_plane = mean[:, None] + directions @ np.array(cells(WINE))
    shift = np.array([[column.shift] for column in inputs])
    scale = np.array([[column.scale] for column in inputs])
    assert_shows(WINE, on_plane * scale + shift)


@settings(max_examples=20, deadline=None)
@given(st.tuples(st.floats(-6, 6), st.floats(-6, 6)), st.integers(0, 177))
def test_a_point_is_put_on_the_plane_and_moved_along_it(place: tuple[float, float], point: int) -> None:
    session = looked_at(on_table("wine"), kind="pca")
    before = seen(session, values(session, [point]))[:-1, 0]
    mean, directions = components(session)
    do(session, "move_points", points=[[point, *place]])
    do(session, "add_points", points=[[*place, 1]])
    told = {row[0]: row[1:3] for row in session.points().points}
    np.testing.assert_allclose([told[point], told[178]], [place, place], atol=1e-9)
    moved, added = seen(session, values(session, [point, 178]))[:-1].T
    for off in (
        moved - before,
        added - mean,
    ):  # along the plane, or on it: nothing is left of it beside the plane
        np.testing.assert_allclose(off, directions @ (directions.T @ off), atol=1e-9)


def test_the_inputs_of_pictures_are_shown_by_components_unless_a_slice_is_asked_for() -> None:
    session = on_table("digits", data={"train_fraction": 0.1})
    assert session.state().chart == "pca"
    looked_at(session, kind="slice", axes=[20, 21])
    assert session.state().chart == "slice"


# -- curves ------------------------------------------------------------------------------------------------------------


def test_a_generated_curve_has_its_targets_up_and_moving_a_point_changes_its_target() -> None:
    session = small(data={"source": "curve_sine", "samples": 20})
    state = session.state()
    assert (state.chart, state.axes[1].name, state.axes[1].input) == ("curve", "y", None)
    assert all(row[2] == row[3] for row in session.points().points)
    do(session, "move_points", points=[[4, 1.25, -3.5]])
    do(session, "add_points", points=[[0.5, 2.5, 77]])
    told = {row[0]: row[1:4] for row in session.points().points}
    assert (told[4], told[20]) == ((1.25, -3.5, -3.5), (0.5, 2.5, 2.5))
    do(session, "undo")
    do(session, "undo")
    assert {row[0]: row[1:4] for row in session.points().points}[4] != (1.25, -3.5, -3.5)


def test_one_column_of_a_table_is_a_curve_with_the_target_up_in_its_own_units() -> None:
    session = on_table("diabetes", inputs=["body mass index"])
    do(session, "step", epochs=2)
    looked_at(session)
    state = session.state()
    assert (state.chart, state.axes[0].input, state.axes[1].input) == ("curve", 0, None)
    for _, x, y, target, _ in session.points().points[:20]:
        assert np.isclose(state.axes[1].middle + state.axes[1].scale * y, target)
        assert abs(x) <= 6
    do(session, "add_points", points=[[0, 0, 1]])
    (added,) = [row for row in session.points().points if row[0] == 442]
    assert np.isclose(added[3], state.axes[1].middle)
    across, _ = cells(session)
    raw = across[: session.view.grid].reshape(1, -1)
    np.testing.assert_allclose(picture(session).curve, outputs(session, raw), rtol=1e-6)
    assert_shows(session, across.reshape(1, -1))


def test_other_charts_have_no_curve() -> None:
    assert picture(looked_at(WINE, kind="slice")).curve.shape == (0, 0)


def test_the_curve_of_points_is_the_output_along_x1() -> None:
    session = Session.create(
        Experiment.parse({"data": {"source": "curve_cubic"}, "inputs": ["x1"], "network": {"layers": []}})
    )
    do(session, "set_weight", layer=0, unit=0, input=0, value=2.0)
    do(session, "set_weight", layer=0, unit=0, input=None, value=-1.0)
    do(session, "set_view", view={"grid": 8, "extent": 4})
    assert picture(session).curve.tolist() == [[-8, -6, -4, -2, 0, 2, 4, 6]]
