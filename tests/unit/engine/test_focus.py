"""One unit's picture on the boundary's cells: the float64 pass to a shade, from the same pass as the others."""

import numpy as np
import pytest

from app.engine.forward import forward
from app.engine.numeric import Array
from app.engine.pictures import PictureBuffers, Pictures, grid_positions, shade_each, take_pictures
from app.vocabulary import Activation, Output
from tests.unit.engine.building import make_network, make_theta, stack_rows

FINE, COARSE = 20, 8
SMOOTH = sorted(set(Activation) - {Activation.STEP})


def rows() -> Array:
    """(3, cells): the boundary's cells and the maps' around (2, -1)."""
    positions = np.hstack([grid_positions(cells, 3.0, (2.0, -1.0)) for cells in (FINE, COARSE)])
    return stack_rows(positions, np.empty((0, positions.shape[1]))).astype(np.float32)


def take(
    output: Output, activation: Activation, focus: tuple[int, int] | None
) -> tuple[Pictures, list[Array]]:
    """The pictures of a network of 5, 4 and 3 units, and what every unit truly is on the boundary's cells."""
    network = make_network(2, 5, 4, 3, output=output, activation=activation, batch_norm=True)
    theta, inputs = make_theta(network, 3), rows()
    statistics = np.random.default_rng(8).uniform(0.5, 2.0, network.running_size)
    shown = (0.0, 1.0)
    pictures = take_pictures(network, theta, statistics, inputs, FINE**2, PictureBuffers(), shown, focus)
    exact = forward(network, theta, statistics, inputs[:, : FINE**2].astype(np.float64))
    return pictures, exact


@pytest.mark.parametrize("focus", [(0, 0), (0, 4), (1, 2)])
@pytest.mark.parametrize("activation", SMOOTH)
def test_a_hidden_unit_s_shades_stand_for_its_values(activation: Activation, focus: tuple[int, int]) -> None:
    pictures, exact = take(Output.SOFTMAX, activation, focus)
    (shades,), ((low, high),) = pictures.focus, pictures.focus_range.tolist()
    values = exact[focus[0]][focus[1]]
    assert np.abs(low + (high - low) * shades / 255 - values).max() <= 1.01 * (high - low) / 255
    assert low < high


@pytest.mark.parametrize("unit", [0, 1, 2])
def test_an_output_s_shades_stand_for_its_probability(unit: int) -> None:
    pictures, exact = take(Output.SOFTMAX, Activation.TANH, (2, unit))
    assert pictures.focus_range.tolist() == [[0.0, 1.0]]
    assert np.abs(pictures.focus[0] - exact[2][unit] * 255).max() <= 1


def test_looking_at_a_unit_changes_no_other_picture() -> None:
    plain, _ = take(Output.SOFTMAX, Activation.RELU, None)
    assert (plain.focus.shape, plain.focus_range.shape) == ((0, FINE**2), (0, 2))
    for focus in ((0, 1), (1, 3), (2, 0)):
        pictures, _ = take(Output.SOFTMAX, Activation.RELU, focus)
        np.testing.assert_array_equal(pictures.boundary, plain.boundary)
        np.testing.assert_array_equal(pictures.maps, plain.maps)
        np.testing.assert_array_equal(pictures.ranges, plain.ranges)


def test_a_grid_lies_around_its_centre() -> None:
    x1, x2 = grid_positions(2, 2.0, (10.0, -5.0))
    assert (x1.tolist(), x2.tolist()) == ([9, 11, 9, 11], [-6, -6, -4, -4])


def test_any_values_are_shaded_each_over_its_own_range() -> None:
    values = np.array([[0.0, 5.0, 10.0], [-1.0, -1.0, -1.0]])
    maps, ranges = shade_each(values)
    assert maps.tolist() == [[0, 128, 255], [0, 0, 0]]
    assert ranges.tolist() == [[0, 10], [-1, 0]]
    assert values.tolist() == [[0.0, 5.0, 10.0], [-1.0, -1.0, -1.0]]
