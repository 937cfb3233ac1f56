"""Surfaces: heights and gradients by their formulas' own numbers, and gradients against differences of heights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.surfaces import RACERS, SURFACES
from app.vocabulary import Optimizer, Surface

WORKED = {
    Surface.BOWL: ((3.0, 2.0), 13.0, (6.0, 4.0)),
    Surface.RAVINE: ((-3.0, 2.0), 8.9, (-0.6, 8.0)),
    Surface.SADDLE: ((0.5, 2.0), 0.25, (1.0, 4.0)),
    Surface.TWO_VALLEYS: ((2.0, 3.0), 31 / 6 + 17 / 4, (2.625, 6.0)),
    Surface.ROSENBROCK: ((-1.0, 2.0), 104.0, (396.0, 200.0)),
}
"""A place, its height and its gradient, worked out by hand."""


def test_every_name_has_its_surface() -> None:
    assert set(SURFACES) == set(Surface)


def test_all_optimisers_race_but_the_perceptron_rule() -> None:
    assert set(RACERS) == set(Optimizer) - {Optimizer.PERCEPTRON}
    assert all(tuple(ground.rates) == RACERS for ground in SURFACES.values())


@pytest.mark.parametrize("name", Surface)
def test_height_and_gradient_of_a_place_are_those_worked_by_hand(name: Surface) -> None:
    place, height, gradient = WORKED[name]
    ground = SURFACES[name]
    assert ground.height(np.array(place)) == pytest.approx(height, abs=1e-12)
    assert ground.gradient(np.array(place)).tolist() == pytest.approx(list(gradient), abs=1e-12)


@pytest.mark.parametrize("name", Surface)
@given(x=st.floats(-2, 2), y=st.floats(-1, 3))
def test_the_gradient_is_the_slope_of_the_height(name: Surface, x: float, y: float) -> None:
    ground, place, step = SURFACES[name], np.array([x, y]), 1e-5
    ahead, behind = (ground.height(place + side * step * np.eye(2)) for side in (1.0, -1.0))
    slope = (ahead - behind) / (2.0 * step)
    np.testing.assert_allclose(ground.gradient(place), slope, rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("name", Surface)
def test_at_a_minimum_it_is_level_and_everything_around_is_higher(name: Surface) -> None:
    ground = SURFACES[name]
    turn = np.linspace(0, 2 * np.pi, 24)
    around = 0.01 * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    for minimum in ground.minima:
        assert np.abs(ground.gradient(np.array(minimum))).max() < 1e-12
        assert (ground.height(np.array(minimum) + around) > ground.height(np.array(minimum))).all()


def test_the_saddle_is_level_at_the_origin_and_falls_to_both_sides() -> None:
    ground = SURFACES[Surface.SADDLE]
    assert ground.gradient(np.zeros(2)).tolist() == [0.0, 0.0]
    heights = ground.height(np.array([[0.1, 0.0], [0.0, 0.1], [0.0, -0.1]]))
    assert heights[0] > 0 > heights[1] == heights[2]


def test_the_left_of_the_two_valleys_is_the_deeper_one() -> None:
    ground = SURFACES[Surface.TWO_VALLEYS]
    assert ground.height(np.array(ground.minima)).tolist() == pytest.approx([-2.390625, -0.140625])
    assert ground.lowest == pytest.approx(-2.390625)


@pytest.mark.parametrize("name", Surface)
def test_start_and_minima_are_drawn(name: Surface) -> None:
    ground = SURFACES[name]
    assert all(ground.contains(place) for place in (ground.start, *ground.minima))
    assert not ground.contains((ground.domain[0][1] + 0.001, 0.0))


def test_a_grid_holds_the_heights_of_its_corners_a_row_for_each_y() -> None:
    grid = SURFACES[Surface.ROSENBROCK].grid(3)
    assert grid.tolist() == [[2509.0, 101.0, 2501.0], [909.0, 101.0, 901.0], [109.0, 901.0, 101.0]]
