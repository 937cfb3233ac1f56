"""Regression with one input: each curve against its own description."""

from collections.abc import Callable

import numpy as np
import pytest

from app.data import Points
from app.data.generators.one_input import curve_cubic, curve_sine, curve_step

Draw = Callable[[np.random.Generator, int, float], Points]
ALL: list[Draw] = [curve_sine, curve_cubic, curve_step]


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.mark.parametrize(
    ("draw", "at", "height"),
    [
        (curve_sine, np.pi / 2, 3.0),
        (curve_sine, -np.pi / 2, -3.0),
        (curve_sine, np.pi, 0.0),
        (curve_cubic, 2.0, -2.0),
        (curve_cubic, -2.0, 2.0),
        (curve_cubic, 5.0, 0.25),
        (curve_step, -3.0, -2.0),
        (curve_step, 3.0, 2.0),
    ],
)
def test_clean_points_lie_on_the_curve(draw: Draw, at: float, height: float) -> None:
    points = draw(rng(), 4000, 0.0)
    nearest = int(np.abs(points.x[0] - at).argmin())
    assert points.target[nearest] == pytest.approx(height, abs=0.02)


@pytest.mark.parametrize("draw", ALL)
def test_points_cover_the_board_along_the_one_input_and_stay_within_four(draw: Draw) -> None:
    points = draw(rng(), 4000, 0.0)
    assert -6 <= points.x[0].min() < -5.9
    assert 5.9 < points.x[0].max() <= 6
    assert not points.x[1].any()
    assert np.abs(points.target).max() <= 4


@pytest.mark.parametrize("draw", ALL)
def test_noise_moves_the_value_by_a_normal_deviation_of_twice_the_noise(draw: Draw) -> None:
    clean, noisy = draw(rng(), 20000, 0.0), draw(rng(), 20000, 0.3)
    np.testing.assert_array_equal(noisy.x, clean.x)
    moved = noisy.target - clean.target
    assert moved.mean() == pytest.approx(0.0, abs=0.02)
    assert moved.std() == pytest.approx(0.6, abs=0.02)


def test_the_step_has_one_jump_and_it_is_at_zero() -> None:
    points = curve_step(rng(), 4000, 0.0)
    ordered = points.target[points.x[0].argsort()]
    assert np.count_nonzero(np.diff(ordered)) == 1
    assert points.x[0][points.target == -2].max() < 0 <= points.x[0][points.target == 2].min()
