"""Where each parameter lies in the flat vector."""

import numpy as np
import pytest

from app.engine.network import Layer, Network
from app.vocabulary import Activation, Output
from tests.unit.engine.building import make_network

NETWORK = Network(
    (
        Layer(2, 3, Activation.TANH),
        Layer(3, 2, Activation.RELU, batch_norm=True),
        Layer(2, 4, Activation.SINE, batch_norm=True),
        Layer(4, 1),
    ),
    Output.SIGMOID,
)


def test_sizes_are_those_of_the_layers() -> None:
    assert [layer.parameters for layer in NETWORK.layers] == [9, 8 + 4, 12 + 8, 5]
    assert NETWORK.parameters == 46
    assert NETWORK.offsets == (0, 9, 21, 41)
    assert (NETWORK.fan_in, NETWORK.fan_out) == (2, 1)
    assert NETWORK.running_size == 12
    assert NETWORK.hidden == NETWORK.layers[:3]


def test_a_block_is_row_major_with_the_bias_last_then_gamma_then_beta() -> None:
    theta = np.arange(46.0)
    np.testing.assert_array_equal(NETWORK.block(theta, 0), [[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    np.testing.assert_array_equal(NETWORK.block(theta, 1), [[9, 10, 11, 12], [13, 14, 15, 16]])
    gamma, beta = NETWORK.norm(theta, 1)
    np.testing.assert_array_equal(gamma, [[17], [18]])
    np.testing.assert_array_equal(beta, [[19], [20]])


@pytest.mark.parametrize("lead", [(), (3,)])
def test_blocks_norms_and_statistics_are_views_with_and_without_the_model_axis(lead: tuple[int, ...]) -> None:
    theta, statistics = np.zeros((*lead, 46)), NETWORK.fresh_statistics(lead)
    for view in [
        *(NETWORK.block(theta, index) for index in range(4)),
        *NETWORK.norm(theta, 1),
        *NETWORK.norm(theta, 2),
    ]:
        assert np.shares_memory(view, theta)
        view += 1.0
    np.testing.assert_array_equal(theta, np.ones((*lead, 46)))
    for view in [*NETWORK.running(statistics, 1), *NETWORK.running(statistics, 2)]:
        view[...] = -1.0
    np.testing.assert_array_equal(statistics, np.full((*lead, 12), -1.0))


def test_fresh_statistics_are_mean_zero_and_variance_one_layer_by_layer() -> None:
    np.testing.assert_array_equal(NETWORK.fresh_statistics(), [0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1])


def test_the_penalised_are_the_weights_without_biases_gamma_and_beta() -> None:
    expected = [1, 1, 0] * 3 + [1, 1, 1, 0] * 2 + [0] * 4 + [1, 1, 0] * 4 + [0] * 8 + [1, 1, 1, 1, 0]
    np.testing.assert_array_equal(NETWORK.penalised, expected)


def test_a_network_without_hidden_layers_is_one_block() -> None:
    network = make_network(7, 1)
    assert network.hidden == ()
    assert network.parameters == 8
    assert network.running_size == 0
