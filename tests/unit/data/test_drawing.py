"""The shared parts of the generators."""

import numpy as np
import pytest

from app.data.drawing import balanced, class_counts, each_class, polar, square
from app.data.points import Points, joined


def test_counts_differ_by_one_at_most_and_the_first_classes_take_the_rest() -> None:
    assert class_counts(500, 2) == [250, 250]
    assert class_counts(7, 3) == [3, 2, 2]
    assert class_counts(2, 4) == [1, 1, 0, 0]
    assert class_counts(0, 2) == [0, 0]


def test_angle_nothing_points_up_and_a_quarter_turn_to_the_right() -> None:
    x = polar(np.array([2.0, 3.0]), np.array([0.0, np.pi / 2]))
    np.testing.assert_allclose(x, [[0.0, 3.0], [2.0, 0.0]], atol=1e-15)


def test_a_square_is_filled_to_its_edges() -> None:
    x = square(np.random.default_rng(0), 4000, 2.0)
    assert x.shape == (2, 4000)
    np.testing.assert_allclose(x.min(axis=1), -2, atol=0.01)
    np.testing.assert_allclose(x.max(axis=1), 2, atol=0.01)


def test_clouds_come_in_the_order_of_their_classes() -> None:
    points = each_class(5, 3, lambda index, count: np.full((2, count), 10.0 * index))
    assert points.target.tolist() == [0, 0, 1, 1, 2]
    assert points.x.tolist() == [[0, 0, 10, 10, 20]] * 2


def test_balancing_passes_over_candidates_of_a_full_class_and_keeps_the_order() -> None:
    labels = iter([0, 0, 0, 0, 1, 0] + [1] * 100)

    def draw(count: int) -> Points:
        target = np.array([float(next(labels)) for _ in range(count)])
        return Points(np.stack([target, -target]), target)

    points = balanced(6, draw)
    assert points.target.tolist() == [0, 0, 0, 1, 1, 1]
    assert points.x.tolist() == [[0, 0, 0, 1, 1, 1], [0, 0, 0, -1, -1, -1]]


def test_nothing_joined_is_an_empty_board() -> None:
    empty = joined([])
    assert empty.x.shape == (2, 0)
    assert empty.target.shape == (0,)


@pytest.mark.parametrize("samples", [1, 2])
def test_points_are_taken_in_the_order_asked_for(samples: int) -> None:
    points = Points(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.0, 1.0, 2.0]))
    taken = points.take(np.array([2, 0][:samples]))
    assert taken.x.tolist() == [[3.0, 1.0][:samples], [6.0, 4.0][:samples]]
    assert taken.target.tolist() == [2.0, 0.0][:samples]
