"""The largest eigenvalue of the Hessian, against PyTorch's, a full matrix of plain differences, and arithmetic."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.curvature import evenly, sharpness
from app.engine.objective import Objective
from app.engine.update import Recipe
from app.vocabulary import Activation, Loss, Output
from tests.unit.engine.building import (
    assert_agrees,
    curvature_problem,
    from_state_dict,
    make_network,
    make_rows,
    make_theta,
    pytorch,
    stack_rows,
)

Floats = NDArray[np.float64]


def full_hessian(objective: Objective, theta: Floats, h: float = 1e-5) -> Floats:
    """Column by column from the gradient, made symmetric."""
    columns = []
    for index in range(theta.size):
        step = np.zeros_like(theta)
        step[index] = h
        ahead, behind = objective.gradient(theta + step).copy(), objective.gradient(theta - step).copy()
        columns.append((ahead - behind) / (2 * h))
    matrix = np.stack(columns)
    return np.asarray((matrix + matrix.T) / 2)


@pytest.mark.parametrize("case", pytorch("curvature")["cases"], ids=lambda case: str(case["name"]))
def test_loss_gradient_and_sharpness_are_pytorchs(case: dict[str, Any]) -> None:
    network, recipe, theta, rows = curvature_problem(case)
    objective = Objective(network, recipe, rows)
    assert_agrees(objective.loss(theta), case["loss_value"])
    assert_agrees(objective.gradient(theta), from_state_dict(network, case["gradients"]))
    assert sharpness(network, recipe, theta, rows) == pytest.approx(case["eigenvalues"][-1], rel=1e-5)


@pytest.mark.parametrize("activation", sorted(set(Activation) - {Activation.STEP}))
def test_it_is_the_largest_of_the_whole_matrix(activation: Activation) -> None:
    network = make_network(2, 6, 5, 1, output=Output.SIGMOID, activation=activation)
    recipe = Recipe(Loss.BINARY_CROSS_ENTROPY, l2=0.01)
    rows, theta = make_rows(network, recipe.loss, 40, 1), make_theta(network, 2)
    # So small a step that no kink lies between: relu's curvature is that of its pieces.
    values = np.linalg.eigvalsh(full_hessian(Objective(network, recipe, rows), theta, 1e-7))
    assert sharpness(network, recipe, theta, rows) == pytest.approx(values[-1], rel=1e-5)


def test_a_parabola_has_the_curvature_of_its_inputs() -> None:
    """Half squared error of one linear unit: the Hessian is the mean of (x, 1) (x, 1)^T, here of x = 3 and -3."""
    network = make_network(1, 1)
    rows = stack_rows([[3.0, -3.0]], [[1.0, 2.0]])
    assert sharpness(network, Recipe(Loss.HALF_SQUARED_ERROR), np.zeros(2), rows) == pytest.approx(9.0)
    # The L2 penalty curves the weight's direction by its strength, and not the bias's.
    penalised = Recipe(Loss.HALF_SQUARED_ERROR, l2=0.5)
    assert sharpness(network, penalised, np.zeros(2), rows) == pytest.approx(9.5)


def test_directions_that_are_frozen_do_not_count() -> None:
    """With its weight frozen the parabola above is left with the bias, whose curvature is 1."""
    network, rows = make_network(1, 1), stack_rows([[3.0, -3.0]], [[1.0, 2.0]])
    held = Recipe(Loss.HALF_SQUARED_ERROR, frozen=(0,))
    assert sharpness(network, held, np.zeros(2), rows) == pytest.approx(1.0)
    assert np.isnan(sharpness(network, Recipe(Loss.HALF_SQUARED_ERROR, frozen=(0, 1)), np.zeros(2), rows))


def test_the_same_state_gives_the_same_number() -> None:
    network, recipe = make_network(2, 8, 8, 1), Recipe(Loss.MEAN_SQUARED_ERROR)
    rows, theta = make_rows(network, recipe.loss, 60, 1), make_theta(network, 2)
    assert sharpness(network, recipe, theta, rows) == sharpness(network, recipe, theta.copy(), rows.copy())


def test_on_a_kink_there_is_no_curvature() -> None:
    network = make_network(2, 3, 1, activation=Activation.RELU)
    recipe, theta = Recipe(Loss.MEAN_SQUARED_ERROR), make_theta(network, 1)
    theta[2] = 0.0  # the first unit's bias: at the origin its sum is 0
    rows = stack_rows([[0.0, 1.0], [0.0, 2.0]], [[1.0, -1.0]])
    assert np.isnan(sharpness(network, recipe, theta, rows))


def test_dropout_is_left_out() -> None:
    recipe = Recipe(Loss.MEAN_SQUARED_ERROR)
    plain, dropped = make_network(2, 4, 1), make_network(2, 4, 1, dropout=0.5)
    rows, theta = make_rows(plain, recipe.loss, 20, 1), make_theta(plain, 2)
    assert sharpness(dropped, recipe, theta, rows) == sharpness(plain, recipe, theta, rows)


def test_a_great_many_rows_are_thinned_evenly() -> None:
    assert evenly(np.arange(10)[None, :], 4).tolist() == [[0, 2, 5, 7]]
    assert evenly(np.arange(3)[None, :], 4).tolist() == [[0, 1, 2]]
