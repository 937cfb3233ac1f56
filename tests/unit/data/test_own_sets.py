"""The sets that the original playground does not have: each against its own description."""

from collections.abc import Callable

import numpy as np
import pytest

from app.data import Points
from app.data.generators.checkerboard import checkerboard
from app.data.generators.curves import absolute, cubic, sine
from app.data.generators.gauss import blobs
from app.data.generators.moons import moons
from app.data.generators.rings import rings
from app.data.generators.spiral import spiral, spirals
from app.data.points import Floats

ALL_CLASSES = range(2, 7)


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def of_class(points: Points, label: int) -> Floats:
    return points.x[:, points.target == label]


def test_moons_are_two_half_circles_hooked_into_each_other() -> None:
    points = moons(rng(), 400, 0.0)
    upper, lower = of_class(points, 0), of_class(points, 1)
    np.testing.assert_allclose(np.hypot(upper[0] + 1.5, upper[1] + 0.75), 3.0)
    np.testing.assert_allclose(np.hypot(lower[0] - 1.5, lower[1] - 0.75), 3.0)
    assert (upper[1] >= -0.75).all()
    assert (lower[1] <= 0.75).all()


def test_moons_noise_shakes_each_coordinate_by_at_most_three_times_the_noise() -> None:
    upper = of_class(moons(rng(), 4000, 0.1), 0)
    off = np.abs(np.hypot(upper[0] + 1.5, upper[1] + 0.75) - 3.0)
    assert 0.3 < off.max() <= 0.3 * np.sqrt(2)


@pytest.mark.parametrize("classes", ALL_CLASSES)
def test_clean_rings_lie_in_bands_of_equal_width_with_gaps_between(classes: int) -> None:
    points = rings(rng(), 3000, 0.0, classes)
    for label in range(classes):
        place = np.hypot(*of_class(points, label)) * classes / 5 - label
        assert 0.2 - 1e-12 <= place.min() < 0.25
        assert 0.75 < place.max() <= 0.8


@pytest.mark.parametrize("classes", ALL_CLASSES)
def test_rings_noise_shakes_each_coordinate_by_at_most_that_share_of_the_band(classes: int) -> None:
    points = rings(rng(), 3000, 0.1, classes)
    place = np.hypot(*points.x) * classes / 5 - points.target
    assert 0.8 + 0.05 < place.max() <= 0.8 + 0.1 * np.sqrt(2)


@pytest.mark.parametrize("classes", ALL_CLASSES)
def test_blobs_stand_evenly_on_a_circle_the_first_at_the_top(classes: int) -> None:
    points = blobs(rng(), 6000, 0.1, classes)
    for label in range(classes):
        turn = 2 * np.pi * label / classes
        centre = [3.5 * np.sin(turn), 3.5 * np.cos(turn)]
        cloud = of_class(points, label)
        np.testing.assert_allclose(cloud.mean(axis=1), centre, atol=0.08)
        np.testing.assert_allclose(cloud.std(axis=1), 0.6, rtol=0.08)


def test_two_spiral_arms_are_the_original_spiral() -> None:
    assert spirals(rng(), 101, 0.2, 2).x.tobytes() == spiral(rng(), 101, 0.2).x.tobytes()


@pytest.mark.parametrize("classes", ALL_CLASSES)
def test_spiral_arms_are_one_another_turned(classes: int) -> None:
    points = spirals(rng(), 40 * classes, 0.0, classes)
    arms = [of_class(points, label) for label in range(classes)]
    turn = 2 * np.pi / classes
    clockwise = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    for label in range(classes):
        np.testing.assert_allclose(clockwise @ arms[label], arms[(label + 1) % classes], atol=1e-12)


@pytest.mark.parametrize("classes", ALL_CLASSES)
def test_spiral_arms_never_come_closer_than_two_do(classes: int) -> None:
    points = spirals(rng(), 200 * classes, 0.0, classes)
    outer = points.x[:, np.hypot(*points.x) > 2.5]
    label = points.target[np.hypot(*points.x) > 2.5]
    apart = np.hypot(*(outer[:, :, np.newaxis] - outer[:, np.newaxis]))
    assert apart[label[:, np.newaxis] != label].min() > 1.2


def test_clean_checkerboard_has_class_one_on_the_diagonal() -> None:
    points = checkerboard(rng(), 4000, 0.0)
    column, row = np.floor(points.x / 3)
    np.testing.assert_array_equal(points.target, (column + row) % 2 == 0)
    assert {(int(c), int(r)) for c, r in zip(column, row, strict=True)} == {
        (c, r) for c in range(-2, 2) for r in range(-2, 2)
    }


def test_checkerboard_noise_turns_only_labels_near_an_edge() -> None:
    points = checkerboard(rng(), 4000, 0.1)
    column, row = np.floor(points.x / 3)
    turned = (points.target == 1) != ((column + row) % 2 == 0)
    from_edge = np.abs(points.x - 3 * np.round(points.x / 3)).min(axis=0)
    assert 0.2 < from_edge[turned].max() <= 0.3


Curve = Callable[[Floats], Floats]

CURVES: list[tuple[Callable[[np.random.Generator, int, float], Points], Curve]] = [
    (sine, lambda x1: 2.5 * np.sin(x1)),
    (cubic, lambda x1: 0.1 * x1**3 - 1.5 * x1),
    (absolute, lambda x1: np.maximum(x1, -x1) - 2.5),
]


@pytest.mark.parametrize(("draw", "curve"), CURVES)
def test_a_curve_parts_class_one_above_from_class_zero_below(
    draw: Callable[[np.random.Generator, int, float], Points], curve: Curve
) -> None:
    points = draw(rng(), 2000, 0.0)
    np.testing.assert_array_equal(points.target, points.x[1] > curve(points.x[0]))
    assert 4.9 < np.abs(points.x).max() <= 5


def test_curve_noise_turns_only_labels_near_the_curve() -> None:
    points = absolute(rng(), 4000, 0.1)
    height = points.x[1] - (np.abs(points.x[0]) - 2.5)
    turned = (points.target == 1) != (height > 0)
    # U(-0.5, 0.5) along each axis, and the curve has slope 1.
    assert 0.7 < np.abs(height[turned]).max() <= 1.0
