"""The network as a function, and that it is the one that training differentiates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.forward import forward
from app.engine.network import Layer, Network
from app.engine.numeric import Array
from app.spec.experiment import OUTPUTS_OF_LOSS
from app.vocabulary import Activation, Loss, Output
from tests.unit.engine.building import make_network, make_rows, make_theta, one_pass

PAIRS = [(loss, output) for loss in Loss for output in sorted(OUTPUTS_OF_LOSS[loss])]
FUSED = (Loss.BINARY_CROSS_ENTROPY, Output.SIGMOID)
"""Here training computes output and loss in one kernel, whose output may differ in its last bit."""


@given(
    st.sampled_from(PAIRS),
    st.lists(st.integers(1, 6), min_size=2, max_size=5),
    st.sampled_from(Activation),
    st.integers(1, 9),
    st.none() | st.integers(1, 3),
)
def test_it_equals_the_training_pass_to_the_bit(
    pair: tuple[Loss, Output], sizes: list[int], activation: Activation, width: int, models: int | None
) -> None:
    loss, output = pair
    network = make_network(*sizes, output=output, activation=activation)
    theta, rows = make_theta(network, 1, models), make_rows(network, loss, width, 2)
    made = one_pass(network, loss, theta, rows).made
    activations = forward(network, theta, network.fresh_statistics(theta.shape[:-1]), rows[: sizes[0] + 1])
    for own, trained in zip(activations[:-1], made.values, strict=True):
        np.testing.assert_array_equal(own, trained)
    if pair == FUSED:
        np.testing.assert_allclose(activations[-1], made.outputs, rtol=1e-14)
    else:
        np.testing.assert_array_equal(activations[-1], made.outputs)


def test_three_layers_by_hand() -> None:
    """2 inputs, 2 relu units, 1 unit of x - 1, linear output 10 y + 0.5."""
    network = Network(
        (Layer(2, 2, Activation.RELU), Layer(2, 1, Activation.LINEAR), Layer(1, 1)), Output.LINEAR
    )
    theta = np.array([1.0, -1.0, 0.0, 2.0, 1.0, -3.0, 1.0, 1.0, -1.0, 10.0, 0.5])
    inputs = np.array([[3.0, 1.0], [1.0, 2.0], [1.0, 1.0]])
    first, second, outputs = forward(network, theta, network.fresh_statistics(), inputs)
    np.testing.assert_array_equal(first, [[2.0, 0.0], [4.0, 1.0]])
    np.testing.assert_array_equal(second, [[5.0, 0.0]])
    np.testing.assert_array_equal(outputs, [[50.5, 0.5]])


def test_batch_norm_uses_the_running_statistics_it_is_given() -> None:
    """gamma (z - mean) / sqrt(variance + 1e-5) + beta with z = 7: 3 * (7 - 1) / 2 + 4."""
    network = make_network(1, 1, 1, activation=Activation.LINEAR, batch_norm=True)
    theta = np.array([7.0, 0.0, 3.0, 4.0, 1.0, 0.0])
    statistics = np.array([1.0, 4.0 - 1e-5])
    outputs = forward(network, theta, statistics, np.array([[1.0], [1.0]]))[-1]
    np.testing.assert_allclose(outputs, [[13.0]], rtol=1e-14)


@pytest.mark.parametrize("batch_norm", [False, True])
def test_arrays_handed_out_again_hold_the_same_numbers(batch_norm: bool) -> None:
    network = make_network(2, 3, 3, 1, batch_norm=batch_norm, output=Output.TANH)
    rows = make_rows(network, Loss.MEAN_SQUARED_ERROR, 6, 1)
    kept: dict[tuple[str, tuple[int, ...]], Array] = {}

    def allocate(name: str, shape: tuple[int, ...]) -> Array:
        return kept.setdefault((name, shape), np.full(shape, np.nan))

    statistics = network.fresh_statistics()
    for seed in (3, 4):
        theta = make_theta(network, seed)
        fresh = forward(network, theta, statistics, rows[:3])
        again = forward(network, theta, statistics, rows[:3], allocate)
        for one, other in zip(fresh, again, strict=True):
            np.testing.assert_array_equal(one, other)


def test_float32_parameters_give_float32_activations() -> None:
    network = make_network(2, 3, 2, output=Output.SOFTMAX, batch_norm=True)
    theta = make_theta(network, 1).astype(np.float32)
    statistics = network.fresh_statistics().astype(np.float32)
    inputs = make_rows(network, Loss.CROSS_ENTROPY, 4, 1)[:3].astype(np.float32)
    assert {values.dtype for values in forward(network, theta, statistics, inputs)} == {np.dtype(np.float32)}
