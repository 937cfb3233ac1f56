"""Penalty, clipping, optimiser: each by hand, in that order."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.network import Network
from app.engine.numeric import quiet
from app.engine.trainer import Trainer
from app.engine.update import Recipe, clip_norm, penalty, per_model
from app.vocabulary import Clipping, Loss, Optimizer
from tests.unit.engine.building import (
    HYPER,
    make_network,
    make_rows,
    make_theta,
    one_pass,
    stack_rows,
)

MSE = Loss.MEAN_SQUARED_ERROR
NORMED = make_network(2, 3, 2, batch_norm=True)
LINE = make_network(2, 1)
FLAT = stack_rows([[1.0], [1.0]], [[0.0]])


def applied(theta: Any, recipe: Recipe, network: Network = LINE, rows: Any = FLAT) -> NDArray[np.float64]:
    """The gradient that the optimiser saw in the first step."""
    trainer = Trainer(network, recipe, np.array(theta, np.float64), rows)
    trainer.run(1)
    return trainer.gradient.copy()


# -- penalty -----------------------------------------------------------------------------------------------------------


def test_the_penalty_is_half_l2_of_the_squares_and_l1_of_the_sizes() -> None:
    """w = (3, -4), b = 100: 0.1 / 2 * 25 + 0.01 * 7; the bias does not count."""
    theta = np.array([3.0, -4.0, 100.0])
    assert penalty(LINE, Recipe(MSE, l2=0.1), theta) == pytest.approx(1.25)
    assert penalty(LINE, Recipe(MSE, l1=0.01), theta) == pytest.approx(0.07)
    assert penalty(LINE, Recipe(MSE, l1=0.01, l2=0.1), theta) == pytest.approx(1.32)
    assert penalty(LINE, Recipe(MSE), theta) == 0.0


def test_the_penalty_of_several_models_is_one_number_each() -> None:
    theta = np.array([[3.0, -4.0, 100.0], [1.0, 1.0, 0.0]])
    np.testing.assert_allclose(penalty(LINE, Recipe(MSE, l2=np.array([0.1, 2.0])), theta), [1.25, 2.0])


def test_the_gradient_has_lambda_w_and_lambda_sign_w() -> None:
    """With w = (3, -4), b = 1 the output is 0, the target too: nothing but the penalty is left."""
    np.testing.assert_allclose(applied([3.0, -4.0, 1.0], Recipe(MSE, l2=0.1)), [0.3, -0.4, 0.0])
    np.testing.assert_allclose(applied([3.0, -4.0, 1.0], Recipe(MSE, l1=0.01)), [0.01, -0.01, 0.0])
    np.testing.assert_allclose(applied([0.0, -1.0, 1.0], Recipe(MSE, l1=0.01)), [0.0, -0.01, 0.0])


def test_biases_gamma_and_beta_are_exempt() -> None:
    theta, rows = make_theta(NORMED, 1), make_rows(NORMED, MSE, 6, 2)
    data = one_pass(NORMED, MSE, theta, rows).gradient
    extra = applied(theta, Recipe(MSE, l1=0.1, l2=0.5, shuffle=False), NORMED, rows) - data
    weights = np.zeros(NORMED.parameters, bool)
    for index in range(2):
        NORMED.block(weights, index)[:, :-1] = True
    assert weights.sum() == 2 * 3 + 3 * 2
    np.testing.assert_allclose(extra[weights], 0.5 * theta[weights] + 0.1 * np.sign(theta[weights]))
    np.testing.assert_array_equal(extra[~weights], 0.0)
    free = theta.copy()
    free[~weights] += 1000.0
    recipe = Recipe(MSE, l1=0.1, l2=0.5)
    assert penalty(NORMED, recipe, free) == penalty(NORMED, recipe, theta)


def test_the_penalty_is_not_in_the_loss() -> None:
    trainer = Trainer(LINE, Recipe(MSE, learning_rate=0.0, l2=1e9), np.array([3.0, -4.0, 1.0]), FLAT)
    trainer.set_limit(np.array(0.0))
    assert trainer.run(1) is None


# -- clipping ----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8),
    st.floats(1e-3, 1e3),
)
def test_clipping_by_norm_is_min_of_one_and_limit_over_norm(values: list[float], limit: float) -> None:
    gradient = np.array(values)
    norm = float(np.sqrt((gradient * gradient).sum()))
    clipped = gradient.copy()
    quiet(clip_norm)(clipped, np.array(limit))
    if norm <= limit:
        np.testing.assert_array_equal(clipped, gradient)
    else:
        np.testing.assert_allclose(clipped, gradient * (limit / norm), rtol=1e-15)
        assert np.linalg.norm(clipped) == pytest.approx(limit, rel=1e-14)


def test_the_norm_is_over_all_parameters_biases_included() -> None:
    """Error 1 on (1, 1): gradient (2, 2, 2), norm 2 sqrt 3."""
    recipe = Recipe(MSE, clipping=Clipping.GLOBAL_NORM, clip_limit=np.sqrt(3.0))
    np.testing.assert_allclose(applied([0.0, 0.0, 1.0], recipe), [1.0, 1.0, 1.0], rtol=1e-15)


def test_clipping_by_value_bounds_each_entry_alone() -> None:
    rows = stack_rows([[0.1], [-1.0]], [[0.0]])
    recipe = Recipe(MSE, clipping=Clipping.VALUE, clip_limit=0.5)
    np.testing.assert_allclose(applied([0.0, 0.0, 1.0], recipe, rows=rows), [0.2, -0.5, 0.5])


def test_without_clipping_the_limit_means_nothing() -> None:
    np.testing.assert_allclose(applied([0.0, 0.0, 1.0], Recipe(MSE, clip_limit=1e-9)), [2.0, 2.0, 2.0])


def test_a_gradient_of_zero_is_left_alone() -> None:
    recipe = Recipe(MSE, clipping=Clipping.GLOBAL_NORM, clip_limit=0.1)
    np.testing.assert_array_equal(applied([0.0, 0.0, 0.0], recipe), [0.0, 0.0, 0.0])


# -- order -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clipping", [Clipping.GLOBAL_NORM, Clipping.VALUE])
def test_the_penalty_is_added_before_clipping(clipping: Clipping) -> None:
    """Penalty alone (3, -4, 0), norm 5: clipped as any gradient."""
    theta = [3.0, -4.0, 1.0]
    expected = {Clipping.GLOBAL_NORM: [0.6, -0.8, 0.0], Clipping.VALUE: [1.0, -1.0, 0.0]}
    np.testing.assert_allclose(
        applied(theta, Recipe(MSE, l2=1.0, clipping=clipping, clip_limit=1.0)), expected[clipping]
    )


@pytest.mark.parametrize("optimizer", [Optimizer.MOMENTUM, Optimizer.ADAM])
def test_the_optimiser_sees_the_clipped_gradient(optimizer: Optimizer) -> None:
    recipe = Recipe(
        MSE,
        optimizer,
        0.1,
        HYPER[optimizer],
        l2=1.0,
        clipping=Clipping.GLOBAL_NORM,
        clip_limit=1.0,
    )
    trainer = Trainer(LINE, recipe, np.array([3.0, -4.0, 1.0]), FLAT)
    trainer.run(1)
    share = {Optimizer.MOMENTUM: 1.0, Optimizer.ADAM: 0.1}[optimizer]
    np.testing.assert_allclose(
        trainer.checkpoint().vectors[2], share * np.array([0.6, -0.8, 0.0]), rtol=1e-12
    )


def test_decoupled_decay_passes_by_clipping_and_takes_biases_too() -> None:
    """adamw as PyTorch has it: no gradient, and still every parameter shrinks by lr times decay."""
    recipe = Recipe(
        MSE, Optimizer.ADAMW, 0.1, HYPER[Optimizer.ADAMW], clipping=Clipping.VALUE, clip_limit=1e-9
    )
    trainer = Trainer(LINE, recipe, np.array([3.0, -4.0, 1.0]), FLAT)
    trainer.run(1)
    np.testing.assert_allclose(trainer.theta, [2.97, -3.96, 0.99], rtol=1e-12)


# -- numbers per model -------------------------------------------------------------------------------------------------


def test_a_number_becomes_a_scalar_or_a_column_of_its_own() -> None:
    assert per_model(0.5, ()).shape == ()
    np.testing.assert_array_equal(per_model(0.5, (2,)), [[0.5], [0.5]])
    rates = np.array([0.1, 0.2])
    column = per_model(rates, (2,))
    np.testing.assert_array_equal(column, [[0.1], [0.2]])
    column[...] = 7.0
    np.testing.assert_array_equal(rates, [0.1, 0.2])
