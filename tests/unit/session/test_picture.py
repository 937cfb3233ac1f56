"""Frames: the shapes the protocol promises, and figures that are those of this very step."""

from typing import Any

import numpy as np
import pytest

from app.engine.pictures import PictureBuffers
from app.session.events import State
from app.session.frame import LOSS_COLUMNS
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import BUFFERS, OWN, do, part, picture, small


def trained(**changes: Any) -> Session:
    """A session that has learnt something."""
    session = small(**changes)
    do(session, "step", batches=30)
    return session


@pytest.mark.parametrize(
    ("tree", "planes", "outputs"),
    [
        ({}, 1, 1),
        ({"data": {"source": "blobs", "classes": 5}}, 2, 5),
        ({"network": {"output": "softmax", "layers": [{"units": 6}]}}, 2, 2),
        ({"data": {"source": "plane"}}, 1, 1),
    ],
)
def test_a_frame_has_the_shapes_that_the_protocol_promises(
    tree: dict[str, Any], planes: int, outputs: int
) -> None:
    session = Session.create(Experiment.parse(tree))
    do(session, "set_view", view={"grid": 20, "map_grid": 9})
    frame = picture(session)
    assert frame.boundary.shape == (planes, 20, 20)
    assert (frame.maps.shape, frame.map_ranges.shape) == ((6, 9, 9), (6, 2))
    assert frame.theta.shape == frame.gradient.shape == (session.state().parameters,)
    assert frame.predictions.shape == (outputs, 500)
    assert (frame.losses.shape, len(LOSS_COLUMNS)) == ((1, 10), 10)
    assert {frame.boundary.dtype.name, frame.maps.dtype.name} == {"uint8"}
    assert {frame.map_ranges.dtype.name, frame.predictions.dtype.name} == {"float32"}
    assert {frame.theta.dtype.name, frame.gradient.dtype.name, frame.losses.dtype.name} == {"float64"}


@pytest.mark.parametrize("grid", [8, 100, 200])
@pytest.mark.parametrize("map_grid", [8, 100])
def test_pictures_have_the_sizes_that_the_view_asks_for(grid: int, map_grid: int) -> None:
    session = small()
    do(session, "set_view", view={"grid": grid, "map_grid": map_grid})
    frame = picture(session)
    assert (frame.boundary.shape, frame.maps.shape) == ((1, grid, grid), (3, map_grid, map_grid))


def test_a_view_without_maps_gets_none_and_the_same_boundary() -> None:
    session = trained()
    do(session, "set_view", view={"grid": 10})
    with_maps = picture(session)
    do(session, "set_view", view={"grid": 10, "maps": False})
    without = picture(session)
    assert (without.maps.shape, without.map_ranges.shape) == ((0, 0, 0), (0, 2))
    np.testing.assert_array_equal(with_maps.boundary, without.boundary)


def test_a_network_without_hidden_units_has_no_maps() -> None:
    session = small(network={"layers": []})
    assert picture(session).maps.shape == (0, 32, 32)


def test_an_empty_board_has_pictures_and_no_figures() -> None:
    frame = picture(small(data=OWN))
    assert (frame.boundary.shape, frame.predictions.shape) == ((1, 100, 100), (1, 0))
    now = frame.now
    assert (now.train_loss, now.test_loss, now.train_score, now.test_score) == (None, None, None, None)
    assert (now.penalty, now.learning_rate) == (0.0, 0.03)
    assert np.isnan(frame.losses[0, 2:6]).all()


def by_hand(weights: list[float], **changes: Any) -> Session:
    """A network of one output unit with these weights and bias, seen on 8 x 8 cells."""
    session = small(network={"layers": [], **changes})
    for column, value in zip([0, 1, None], weights, strict=True):
        do(session, "set_weight", layer=0, unit=0, input=column, value=value)
    do(session, "set_view", view={"grid": 8, "maps": False, "extent": 4})
    return session


def test_the_boundary_grows_to_the_right_with_x1_and_from_row_to_row_with_x2() -> None:
    """tanh of 100 times a coordinate is -1 or 1: shade 0 or 255."""
    right = picture(by_hand([100, 0, 0], output="tanh")).boundary[0]
    up = picture(by_hand([0, 100, 0], output="tanh")).boundary[0]
    assert right[0].tolist() == [0, 0, 0, 0, 255, 255, 255, 255]
    np.testing.assert_array_equal(up, right.T)


def test_cells_are_sampled_at_their_centres() -> None:
    """Centres at -3.5, -2.5, ... 3.5: tanh(100 (x1 - 1)) turns between 0.5 and 1.5."""
    row = picture(by_hand([100, 0, -100], output="tanh")).boundary[0, 0]
    assert row.tolist() == [0, 0, 0, 0, 0, 255, 255, 255]


def test_a_value_is_its_shade_s_share_of_the_range() -> None:
    """sigmoid(0) = 1/2 of [0, 1]; of a range of [-7, 7] a flat 0 is the middle too, and 3.5 three quarters."""
    half = picture(by_hand([0, 0, 0]))
    assert (half.boundary_range, np.unique(half.boundary).tolist()) == ((0.0, 1.0), [128])
    session = small(
        data={"source": "points", "task": "regression", "points": [[0, 0, -7]]}, network={"layers": []}
    )
    for column, value in zip([0, 1, None], [0, 0, 3.5], strict=True):
        do(session, "set_weight", layer=0, unit=0, input=column, value=value)
    frame = picture(session)
    assert (frame.boundary_range, np.unique(frame.boundary).tolist()) == ((-7.0, 7.0), [191])


def test_a_view_s_pictures_belong_where_the_frame_says() -> None:
    """Centres of the cells at 2.5, 3.5, ... 9.5: tanh(100 (x1 - 6)) turns between 5.5 and 6.5."""
    session = by_hand([100, 0, -600], output="tanh")
    do(session, "set_view", view={"grid": 8, "map_grid": 8, "extent": 4, "centre": [6, -1]})
    frame = picture(session)
    assert (frame.centre, frame.extent) == ((6.0, -1.0), 4.0)
    assert frame.boundary[0, 0].tolist() == [0, 0, 0, 0, 255, 255, 255, 255]
    do(session, "set_weight", layer=0, unit=0, input=0, value=0)
    do(session, "set_weight", layer=0, unit=0, input=1, value=100)
    do(session, "set_weight", layer=0, unit=0, input=None, value=200)
    assert picture(session).boundary[0, :, 0].tolist() == [0, 0, 0, 255, 255, 255, 255, 255]


@pytest.mark.parametrize(
    ("centre", "extent", "kept"),
    [
        ([99, -99], 4, (96, -96)),
        ([3, -2], 4, (3, -2)),
        ([50, 50], 100, (0, 0)),
        ([100, 0], 0.05, (99.95, 0)),
    ],
)
def test_a_view_is_kept_on_the_board(centre: list[float], extent: float, kept: tuple[float, float]) -> None:
    session = small()
    _, state = do(session, "set_view", view={"centre": centre, "extent": extent})
    assert isinstance(state, State)
    assert (state.view.centre, state.view.extent) == (kept, extent)
    assert picture(session).centre == kept


def test_a_moved_view_moves_unit_maps_too() -> None:
    session = small(network={"layers": [{"units": 1, "activation": "linear"}]}, inputs=["x1"])
    for column, value in ((0, 1.0), (None, 0.0)):
        do(session, "set_weight", layer=0, unit=0, input=column, value=value)
    do(session, "set_view", view={"map_grid": 8, "extent": 4, "centre": [6, 0]})
    assert picture(session).map_ranges.tolist() == [[2.5, 9.5]]


def test_several_classes_show_the_likeliest_and_its_probability() -> None:
    session = small(data={"source": "blobs", "classes": 3, "samples": 30}, network={"layers": []})
    for unit in range(3):
        for column, value in ((0, 0.0), (1, 0.0), (None, 100.0 if unit == 2 else 0.0)):
            do(session, "set_weight", layer=0, unit=unit, input=column, value=value)
    frame = picture(session)
    assert [np.unique(plane).tolist() for plane in frame.boundary] == [[2], [255]]
    np.testing.assert_allclose(frame.predictions, [[0] * 30, [0] * 30, [1] * 30], atol=1e-12)


def test_predictions_stand_in_the_order_of_the_points() -> None:
    session = trained()
    do(session, "add_points", points=[[1, 1, 1]], part="test")
    do(session, "add_points", points=[[1, 1, 1], [-2, 2, 0]])
    frame, rows = picture(session), session.points().points
    assert frame.predictions.shape == (1, 43)
    assert frame.predictions[0, 40] == frame.predictions[0, 41]
    for test, score in ((False, frame.now.train_score), (True, frame.now.test_score)):
        right = [
            (frame.predictions[0, place] >= 0.5) == (row[3] == 1)
            for place, row in enumerate(rows)
            if bool(row[4]) is test
        ]
        assert score == pytest.approx(np.mean(right))


def test_the_loss_is_that_of_the_predictions_shown() -> None:
    session = trained(data={"source": "plane", "samples": 40})
    frame, rows = picture(session), session.points().points
    for test, loss in ((False, frame.now.train_loss), (True, frame.now.test_loss)):
        errors = [
            frame.predictions[0, place] - row[3] for place, row in enumerate(rows) if bool(row[4]) is test
        ]
        assert loss == pytest.approx(np.mean(np.square(errors)), rel=1e-5)


def test_a_board_without_test_points_has_training_figures_only() -> None:
    session = small()
    do(session, "delete_points", ids=part(session, test=True))
    now = picture(session).now
    assert (now.test_loss, now.test_score) == (None, None)
    assert now.train_loss is not None


def test_the_gradient_is_what_the_last_step_saw() -> None:
    session = small(training={"optimizer": {"name": "sgd", "learning_rate": 0.5}, "batch_size": 8, "l2": 0.1})
    assert not picture(session).gradient.any()
    do(session, "step", batches=2)
    before = session.theta.copy()
    do(session, "step", batches=1)
    np.testing.assert_allclose(session.theta, before - 0.5 * picture(session).gradient, rtol=0, atol=1e-15)


def test_the_learning_rate_is_that_of_the_last_step() -> None:
    session = small(training={"schedule": {"name": "exponential", "gamma": 0.5, "unit": "step"}})
    assert picture(session).now.learning_rate == 0.03
    do(session, "step", batches=3)
    assert picture(session).now.learning_rate == 0.0075


def test_a_viewer_gets_the_rows_since_its_last_frame() -> None:
    session = small()
    do(session, "step", epochs=3)
    assert session.frame(BUFFERS, 0).losses[:, 0].tolist() == [0, 3, 6, 9]
    assert session.frame(BUFFERS, 2).losses[:, 0].tolist() == [6, 9]
    assert session.frame(BUFFERS, session.recorded).losses.shape == (0, 10)
    seen = session.recorded
    do(session, "reset")
    do(session, "step", epochs=1)
    assert session.frame(BUFFERS, seen).losses[:, 0].tolist() == [0, 3]


def test_a_picture_outlives_the_next_one_taken_with_the_same_buffers() -> None:
    buffers = PictureBuffers()
    one, other = trained(), small(seeds={"weights": 5})
    first = one.frame(buffers, 0)
    kept = [array.copy() for array in (first.boundary, first.maps, first.map_ranges, first.predictions)]
    other.frame(buffers, 0)
    do(one, "step", batches=20)
    one.frame(buffers, 0)
    for array, copy in zip(
        (first.boundary, first.maps, first.map_ranges, first.predictions), kept, strict=True
    ):
        np.testing.assert_array_equal(array, copy)


def test_buffers_shared_by_all_give_each_its_own_picture() -> None:
    one, other = trained(), small(inputs=["x1"], network={"layers": [{"units": 7}]})
    shared = PictureBuffers()
    for session in (one, other, one, other):
        do(session, "set_view", view={"grid": 12, "extent": 6 if session is one else 2})
        np.testing.assert_array_equal(
            session.frame(shared, 0).boundary, session.frame(PictureBuffers(), 0).boundary
        )
