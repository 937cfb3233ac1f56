"""Pictures: shades, ranges, the order of units and rows, and that buffers used again spoil nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.forward import forward
from app.engine.network import Layer, Network
from app.engine.pictures import (
    FIXED_RANGES,
    KEPT,
    OUTPUT_RANGES,
    PictureBuffers,
    Pictures,
    Range,
    grid_positions,
    quantise,
    take_pictures,
)
from app.vocabulary import Activation, Output
from tests.unit.engine.building import make_network, make_theta, stack_rows

FINE, COARSE = 20, 8
OWN_RANGE = sorted(set(Activation) - set(FIXED_RANGES) - {Activation.TANH})


def grid_rows(cells: int, extent: float = 6.0) -> NDArray[np.float64]:
    """(3, cells^2): both coordinates and ones."""
    positions = grid_positions(cells, extent)
    return stack_rows(positions, np.empty((0, positions.shape[1])))


INPUTS = np.hstack([grid_rows(FINE), grid_rows(COARSE)]).astype(np.float32)
"""As a session lays them: the boundary's cells, then those of the unit maps."""


def make_statistics(network: Network) -> NDArray[np.float64]:
    """Running statistics as after some training: positive variances."""
    statistics: NDArray[np.float64] = np.random.default_rng(8).uniform(0.5, 2.0, network.running_size)
    return statistics


def take(
    network: Network,
    theta: NDArray[np.float64],
    buffers: PictureBuffers | None = None,
    shown: Range | None = None,
    inputs: NDArray[np.float32] = INPUTS,
) -> Pictures:
    """A picture over both grids."""
    shown = shown or OUTPUT_RANGES.get(network.output, (-1.0, 1.0))
    statistics = make_statistics(network)
    return take_pictures(network, theta, statistics, inputs, FINE**2, buffers or PictureBuffers(), shown)


def values_of(shades: NDArray[np.uint8], low: float, high: float) -> NDArray[np.float64]:
    """What shades stand for."""
    values: NDArray[np.float64] = low + (high - low) * shades.astype(np.float64) / 255
    return values


def exact(network: Network, theta: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Every layer's activations by the float64 forward pass."""
    return forward(network, theta, make_statistics(network), INPUTS.astype(np.float64))


# -- shades ------------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=30),
    st.floats(-100, 100),
    st.floats(0.5, 200),
)
def test_a_shade_is_within_half_a_shade_of_its_value(shares: list[float], low: float, width: float) -> None:
    values = (low + width * np.array(shares)).astype(np.float32)
    out = np.empty(values.shape, np.uint8)
    quantise(values.copy(), low, low + width, out)
    rounding = np.abs(np.array([low, low + width])).max() * 2**-22
    assert np.abs(values_of(out, low, low + width) - values).max() <= 0.5 * width / 255 + rounding


@pytest.mark.parametrize(
    ("value", "shade"),
    [(-1.0, 0), (1.0, 255), (0.0, 128), (-50.0, 0), (50.0, 255), (-np.inf, 0), (np.inf, 255)],
)
def test_what_is_outside_the_range_is_clipped(value: float, shade: int) -> None:
    out = np.empty(1, np.uint8)
    quantise(np.array([value], np.float32), -1.0, 1.0, out)
    assert out[0] == shade


# -- the grid ----------------------------------------------------------------------------------------------------------


def test_a_grid_holds_the_centres_of_its_cells_row_by_row_from_the_bottom() -> None:
    x1, x2 = grid_positions(3, 6.0)
    np.testing.assert_allclose(x1, [-4, 0, 4] * 3, atol=1e-15)
    np.testing.assert_allclose(x2, [-4] * 3 + [0] * 3 + [4] * 3, atol=1e-15)


def test_row_zero_of_a_picture_is_the_bottom_and_column_zero_the_left() -> None:
    network = make_network(2, 1, output=Output.TANH)
    up = take(network, np.array([0.0, 5.0, 0.0])).boundary.reshape(FINE, FINE)
    right = take(network, np.array([5.0, 0.0, 0.0])).boundary.reshape(FINE, FINE)
    assert (up[0] == 0).all()
    assert (up[-1] == 255).all()
    np.testing.assert_array_equal(right, up.T)


# -- against the float64 pass ------------------------------------------------------------------------------------------

SMOOTH_OUTPUTS = [Output.SIGMOID, Output.TANH, Output.LINEAR]


@pytest.mark.parametrize("batch_norm", [False, True], ids=["plain", "batch norm"])
@pytest.mark.parametrize("output", SMOOTH_OUTPUTS)
@pytest.mark.parametrize("activation", sorted(set(Activation) - {Activation.STEP}))
def test_the_boundary_agrees_with_the_float64_pass_to_a_shade(
    activation: Activation, output: Output, batch_norm: bool
) -> None:
    network = make_network(2, 8, 6, 1, output=output, activation=activation, batch_norm=batch_norm)
    for seed in range(3):
        theta = make_theta(network, seed)
        expected = exact(network, theta)[-1][:, : FINE**2]
        low, high = OUTPUT_RANGES.get(output, (float(expected.min()), float(expected.max())))
        boundary = take(network, theta, shown=(low, high)).boundary
        shades = np.round((expected - low) / (high - low) * 255)
        assert boundary.shape == (1, FINE**2)
        assert np.abs(boundary - shades).max() <= 1
        assert (boundary == shades).mean() > 0.98


@pytest.mark.parametrize("batch_norm", [False, True], ids=["plain", "batch norm"])
@pytest.mark.parametrize("activation", sorted(set(Activation) - {Activation.STEP}))
def test_unit_maps_agree_with_the_float64_pass_to_a_shade_and_come_first_layer_first(
    activation: Activation, batch_norm: bool
) -> None:
    network = make_network(2, 5, 3, 1, output=Output.SIGMOID, activation=activation, batch_norm=batch_norm)
    theta = make_theta(network, 4)
    expected = np.vstack([values[:, FINE**2 :] for values in exact(network, theta)[:-1]])
    pictures = take(network, theta)
    assert pictures.maps.shape == (8, COARSE**2)
    assert pictures.ranges.shape == (8, 2)
    for shades, (low, high), values in zip(pictures.maps, pictures.ranges, expected, strict=True):
        assert np.abs(values_of(shades, float(low), float(high)) - values).max() <= 1.01 * (high - low) / 255


@pytest.mark.parametrize(
    "activations",
    [
        (Activation.TANH, Activation.RELU, Activation.TANH),
        (Activation.SIGMOID, Activation.TANH, Activation.TANH),
        (Activation.TANH, Activation.SINE, Activation.GELU),
    ],
)
def test_layers_of_different_activations_follow_one_another(activations: tuple[Activation, ...]) -> None:
    hidden = [Layer(fan_in, 4, name) for fan_in, name in zip((2, 4, 4), activations, strict=True)]
    network = Network((*hidden, Layer(4, 1)), Output.TANH)
    theta = make_theta(network, 6)
    expected = np.round((exact(network, theta)[-1][:, : FINE**2] + 1) / 2 * 255)
    assert np.abs(take(network, theta).boundary - expected).max() <= 1


def test_several_classes_give_the_largest_units_index_and_its_value() -> None:
    network = make_network(2, 6, 4, output=Output.SOFTMAX)
    theta = make_theta(network, 5)
    expected = exact(network, theta)[-1][:, : FINE**2]
    boundary = take(network, theta).boundary
    assert boundary.shape == (2, FINE**2)
    assert len(np.unique(boundary[0])) == 4
    ordered = np.sort(expected, axis=0)
    clear = ordered[-1] - ordered[-2] > 1e-5
    np.testing.assert_array_equal(boundary[0][clear], expected.argmax(axis=0)[clear])
    assert np.abs(boundary[1] - np.round(ordered[-1] * 255)).max() <= 1


def test_a_step_output_is_black_or_white() -> None:
    """x1 + x2 >= 0.1."""
    boundary = take(make_network(2, 1, output=Output.STEP), np.array([1.0, 1.0, -0.1])).boundary
    np.testing.assert_array_equal(boundary[0], np.where(INPUTS[0] + INPUTS[1] >= 0.1, 255, 0)[: FINE**2])


# -- ranges ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activation", "shown"),
    [
        (Activation.TANH, (-1.0, 1.0)),
        (Activation.SINE, (-1.0, 1.0)),
        (Activation.SIGMOID, (0.0, 1.0)),
        (Activation.STEP, (0.0, 1.0)),
    ],
)
def test_bounded_activations_keep_their_scale(activation: Activation, shown: Range) -> None:
    network = make_network(2, 3, 1, activation=activation)
    np.testing.assert_array_equal(take(network, make_theta(network, 1)).ranges, [shown] * 3)


@pytest.mark.parametrize("activation", OWN_RANGE)
def test_the_others_use_every_shade_of_what_their_own_map_holds(activation: Activation) -> None:
    network = make_network(2, 3, 1, activation=activation)
    theta = make_theta(network, 1)
    pictures = take(network, theta)
    held = exact(network, theta)[0][:, FINE**2 :]
    np.testing.assert_allclose(pictures.ranges[:, 0], held.min(axis=1), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(pictures.ranges[:, 1], held.max(axis=1), rtol=1e-5, atol=1e-5)
    assert (pictures.maps.min(axis=1) == 0).all()
    assert (pictures.maps.max(axis=1) == 255).all()


def test_a_flat_map_is_its_lowest_shade_over_a_range_of_one() -> None:
    """A dead relu unit, and one that is 3 everywhere."""
    network = make_network(2, 2, 1, activation=Activation.RELU)
    pictures = take(network, np.array([0.0, 0.0, -1.0, 0.0, 0.0, 3.0, 1.0, 1.0, 0.0]))
    np.testing.assert_array_equal(pictures.ranges, [[0.0, 1.0], [3.0, 4.0]])
    np.testing.assert_array_equal(pictures.maps, np.zeros((2, COARSE**2)))


def test_without_cells_for_maps_there_are_none() -> None:
    network = make_network(2, 3, 1, output=Output.SIGMOID)
    pictures = take(network, make_theta(network, 1), inputs=INPUTS[:, : FINE**2])
    assert pictures.maps.shape == (0, 0)
    assert pictures.ranges.shape == (0, 2)
    np.testing.assert_array_equal(pictures.boundary, take(network, make_theta(network, 1)).boundary)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e300])
def test_parameters_that_ran_away_still_make_a_picture(bad: float) -> None:
    network = make_network(2, 3, 2, output=Output.SOFTMAX, activation=Activation.RELU)
    theta = np.full(network.parameters, bad)
    pictures = take(network, theta)
    assert np.isfinite(pictures.ranges).all()


# -- buffers -----------------------------------------------------------------------------------------------------------


def test_later_pictures_do_not_spoil_earlier_ones_whatever_their_shape() -> None:
    buffers, taken = PictureBuffers(), []
    for units in range(1, KEPT):  # more shapes than are kept, and each of them twice
        network = make_network(2, units % 40 + 1, 3, 1, output=Output.SIGMOID, activation=Activation.RELU)
        theta = make_theta(network, units)
        taken.append((network, theta, take(network, theta, buffers)))
    for network, theta, pictures in taken:
        fresh = take(network, theta)
        np.testing.assert_array_equal(pictures.boundary, fresh.boundary)
        np.testing.assert_array_equal(pictures.maps, fresh.maps)
        np.testing.assert_array_equal(pictures.ranges, fresh.ranges)


def test_a_picture_leaves_theta_and_the_kept_inputs_as_they_were() -> None:
    network = make_network(2, 4, 4, 1, output=Output.SIGMOID, batch_norm=True)
    theta, inputs = make_theta(network, 1), INPUTS.copy()
    take(network, theta, inputs=inputs)
    np.testing.assert_array_equal(theta, make_theta(network, 1))
    np.testing.assert_array_equal(inputs, INPUTS)


def test_the_inputs_of_a_grid_are_made_once_for_each_key() -> None:
    buffers, made = PictureBuffers(), []

    def make() -> NDArray[np.float64]:
        made.append(1)
        return grid_rows(3)

    first, again, other = (buffers.inputs(key, make) for key in ("one", "one", "two"))
    assert first is again
    assert other is not first
    assert len(made) == 2
    assert first.dtype == np.float32
