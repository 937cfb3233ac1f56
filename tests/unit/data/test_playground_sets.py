"""The sets that teachers know from playground.tensorflow.org, against its definitions."""

import numpy as np
import pytest

from app.data.generators.circle import circle
from app.data.generators.gauss import gauss
from app.data.generators.spiral import spiral
from app.data.generators.surfaces import multi_gauss, multi_gauss_value, plane, plane_value
from app.data.generators.xor import xor


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_clean_spiral_follows_its_formula_point_by_point() -> None:
    points = spiral(rng(), 8, 0.0)
    # r = 0, 1.25, 2.5, 3.75 and t = 0, 157.5, 315, 472.5 degrees.
    arm = [
        [0.0, 0.47835429045636, -1.76776695296637, 3.46454824691733],
        [0.0, -1.15484941563911, 1.76776695296637, -1.43506287136909],
    ]
    assert points.target.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    np.testing.assert_allclose(points.x[:, 4:], arm, atol=1e-13)
    np.testing.assert_allclose(points.x[:, :4], np.negative(arm), atol=1e-13)


def test_spiral_noise_shakes_each_coordinate_by_at_most_the_noise() -> None:
    away = np.abs(spiral(rng(), 2000, 0.3).x - spiral(rng(), 2000, 0.0).x)
    assert 0.29 < away.max() <= 0.3


def test_clean_circle_is_a_disc_of_class_one_in_a_ring_of_class_zero() -> None:
    points = circle(rng(), 4000, 0.0)
    radius = np.hypot(*points.x)
    disc, ring = radius[points.target == 1], radius[points.target == 0]
    assert disc.max() < 2.5
    assert ring.min() >= 3.5
    assert ring.max() < 5
    # U(0, 2.5) and U(3.5, 5): uniform in the radius, not in the area.
    assert disc.mean() == pytest.approx(1.25, abs=0.05)
    assert ring.mean() == pytest.approx(4.25, abs=0.03)


def test_circle_noise_moves_only_the_position_that_decides_the_label() -> None:
    points = circle(rng(), 20000, 0.1)
    radius = np.hypot(*points.x)
    assert not ((radius >= 2.5) & (radius < 3.5)).any()
    # U(-0.5, 0.5) along each axis reaches 0.707 from the disc's edge and never from the ring over the gap.
    turned = radius[(points.target == 0) & (radius < 2.5)]
    assert 2.5 - 0.7072 < turned.min() < 1.95
    assert not (points.target[radius >= 3.5] == 1).any()


def test_clean_xor_is_decided_by_the_sign_of_the_product_and_keeps_off_the_axes() -> None:
    points = xor(rng(), 4000, 0.0)
    np.testing.assert_array_equal(points.target, points.x[0] * points.x[1] >= 0)
    assert 0.3 <= np.abs(points.x).min() < 0.31
    assert 5.28 < np.abs(points.x).max() <= 5.3


def test_xor_noise_turns_only_labels_near_an_axis() -> None:
    points = xor(rng(), 4000, 0.1)
    assert np.abs(points.x).min() >= 0.3
    turned = (points.target == 1) != (points.x[0] * points.x[1] >= 0)
    assert 0.4 < np.abs(points.x[:, turned]).min(axis=0).max() <= 0.5


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gauss_variance_goes_from_a_half_to_four(noise: float, variance: float) -> None:
    points = gauss(rng(), 20000, noise)
    for label, centre in ((0, -2.0), (1, 2.0)):
        cloud = points.x[:, points.target == label]
        np.testing.assert_allclose(cloud.mean(axis=1), centre, atol=0.06)
        np.testing.assert_allclose(cloud.var(axis=1), variance, rtol=0.05)


def test_plane_is_a_tenth_of_the_sum() -> None:
    x = np.array([[0.0, 5.0, -3.0, 6.0], [0.0, 5.0, 1.0, -6.0]])
    np.testing.assert_allclose(plane_value(x), [0.0, 1.0, -0.2, 0.0], atol=1e-15)
    points = plane(rng(), 500, 0.0)
    np.testing.assert_array_equal(points.target, plane_value(points.x))
    assert 5.9 < np.abs(points.x).max() <= 6


def test_plane_noise_moves_only_the_position_that_decides_the_value() -> None:
    points = plane(rng(), 4000, 0.1)
    away = np.abs(points.target - plane_value(points.x))
    # U(-0.6, 0.6) along each axis: at most 0.12 in the value.
    assert 0.11 < away.max() <= 0.12


def test_multi_gauss_is_one_at_its_centres_with_alternating_signs() -> None:
    centres = np.array([[-4.0, 0.0, 4.0, -4.0, 0.0, 4.0], [2.5, 2.5, 2.5, -2.5, -2.5, -2.5]])
    assert multi_gauss_value(centres).tolist() == [1, -1, 1, -1, 1, -1]


def test_multi_gauss_falls_linearly_to_nothing_over_a_distance_of_two() -> None:
    x = np.array([[-3.0, -4.0, 0.0, -2.0, 0.0], [2.5, 3.0, 1.0, 2.5, 0.0]])
    np.testing.assert_allclose(multi_gauss_value(x), [0.5, 0.75, -0.25, 0.0, 0.0], atol=1e-15)


def test_multi_gauss_points_carry_the_value_of_their_position() -> None:
    points = multi_gauss(rng(), 2000, 0.0)
    np.testing.assert_array_equal(points.target, multi_gauss_value(points.x))
    assert points.target.min() < -0.9
    assert points.target.max() > 0.9
