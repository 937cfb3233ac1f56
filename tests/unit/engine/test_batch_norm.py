"""Batch norm in training and in use, against PyTorch."""

from typing import Any

import numpy as np
import pytest

from app.engine.forward import forward
from app.vocabulary import Activation, Loss, Output
from tests.unit.engine.building import (
    assert_agrees,
    from_state_dict,
    make_network,
    make_rows,
    make_theta,
    one_pass,
    pytorch,
    stack_rows,
)

FIXTURE = pytorch("batch_norm")
NETWORK = make_network(3, 4, 2, batch_norm=True)
STATE = {key: value for key, value in FIXTURE["state_dict"].items() if "running" not in key}
THETA = from_state_dict(NETWORK, STATE)


def walk() -> list[tuple[Any, Any, Any]]:
    """(what torch has, our outcome, a copy of our running statistics) for the three batches in turn."""
    statistics, steps = NETWORK.fresh_statistics(), []
    for batch in FIXTURE["batches"]:
        rows = stack_rows(batch["inputs"], batch["targets"])
        outcome = one_pass(NETWORK, Loss.MEAN_SQUARED_ERROR, THETA, rows, statistics)
        steps.append((batch, outcome, statistics.copy()))
    return steps


def test_outputs_and_loss_of_each_batch_are_pytorchs() -> None:
    for batch, outcome, _ in walk():
        assert_agrees(outcome.made.outputs, batch["outputs"])
        assert_agrees(outcome.loss, batch["loss"])


def test_gradients_of_each_batch_are_pytorchs() -> None:
    for batch, outcome, _ in walk():
        assert_agrees(outcome.gradient, from_state_dict(NETWORK, batch["gradients"]))


def test_running_statistics_are_pytorchs_after_each_batch() -> None:
    for batch, _, statistics in walk():
        mean, variance = NETWORK.running(statistics, 0)
        assert_agrees(mean[:, 0], batch["running_mean"])
        assert_agrees(variance[:, 0], batch["running_var"])


def test_in_use_the_running_statistics_stand_in_for_the_batchs() -> None:
    statistics = walk()[-1][-1]
    inputs = stack_rows(FIXTURE["eval"]["inputs"], np.zeros((0, 4)))
    assert_agrees(forward(NETWORK, THETA, statistics, inputs)[-1], FIXTURE["eval"]["outputs"])


def test_before_any_batch_mean_is_zero_and_variance_one() -> None:
    mean, variance = NETWORK.running(NETWORK.fresh_statistics(), 0)
    np.testing.assert_array_equal(mean, np.zeros((4, 1)))
    np.testing.assert_array_equal(variance, np.ones((4, 1)))


def test_a_batch_of_one_row_moves_the_running_mean_and_tells_nothing_of_the_variance() -> None:
    statistics = NETWORK.fresh_statistics()
    rows = stack_rows([[1.0], [2.0], [3.0]], [[0.0], [0.0]])
    outcome = one_pass(NETWORK, Loss.MEAN_SQUARED_ERROR, THETA, rows, statistics)
    mean, variance = NETWORK.running(statistics, 0)
    weighted_sum = NETWORK.block(THETA, 0) @ [[1.0], [2.0], [3.0], [1.0]]
    assert_agrees(mean, 0.1 * weighted_sum)
    np.testing.assert_array_equal(variance, np.ones((4, 1)))
    np.testing.assert_array_equal(NETWORK.block(outcome.gradient, 0), np.zeros((4, 4)))


@pytest.mark.parametrize("models", [None, 3])
def test_normalised_sums_have_mean_beta_and_deviation_gamma(models: int | None) -> None:
    network = make_network(3, 5, 4, 2, batch_norm=True, activation=Activation.SINE, output=Output.SIGMOID)
    theta = make_theta(network, 5, models)
    rows = make_rows(network, Loss.BINARY_CROSS_ENTROPY, 50, 6)
    made = one_pass(network, Loss.BINARY_CROSS_ENTROPY, theta, rows).made
    for index in (0, 1):
        gamma, beta = network.norm(theta, index)
        np.testing.assert_allclose(made.z[index].mean(axis=-1), beta[..., 0], atol=1e-12)
        np.testing.assert_allclose(made.z[index].std(axis=-1), np.abs(gamma[..., 0]), rtol=2e-3)
