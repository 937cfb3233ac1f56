"""The gradient check against plain finite differences, and with a gradient broken on purpose."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine import gradient_check
from app.engine.activations import ACTIVATIONS, Kernel
from app.engine.gradient_check import Checked, check_gradient, compare, sample_sizes
from app.engine.network import Layer, Network
from app.engine.numeric import Array
from app.engine.objective import Objective
from app.engine.update import Recipe
from app.vocabulary import Activation, Loss, Output
from tests.unit.engine.building import (
    curvature_problem,
    from_state_dict,
    make_network,
    make_rows,
    make_theta,
    pytorch,
    stack_rows,
)

Floats = NDArray[np.float64]
SLOPED = sorted(set(Activation) - {Activation.STEP})


def check(network: Network, recipe: Recipe, theta: Floats, rows: Floats) -> Checked:
    return check_gradient(network, recipe, theta, rows, np.random.default_rng(0))


def plain_loss(theta: Floats, inputs: Floats, targets: Floats, l2: float, l1: float) -> float:
    """The mean squared error with penalty of 2-3-1, tanh and linear, written out without the engine."""
    first, last = theta[:9].reshape(3, 3), theta[9:]
    hidden = np.tanh(first[:, :2] @ inputs + first[:, 2:])
    outputs = last[:3] @ hidden + last[3]
    weights = np.concatenate([first[:, :2].ravel(), last[:3]])
    fit = np.mean((outputs - targets) ** 2)
    return float(fit + l2 / 2 * (weights**2).sum() + l1 * np.abs(weights).sum())


def test_the_numeric_derivatives_are_plain_differences_of_the_whole_loss() -> None:
    rng = np.random.default_rng(3)
    inputs, targets, theta = rng.normal(size=(2, 30)), rng.normal(size=30), rng.normal(size=13)
    expected = []
    for index in range(13):
        step = np.zeros(13)
        step[index] = 1e-5
        losses = [plain_loss(theta + sign * step, inputs, targets, 0.1, 0.02) for sign in (1, -1)]
        expected.append((losses[0] - losses[1]) / 2e-5)
    recipe = Recipe(Loss.MEAN_SQUARED_ERROR, l2=0.1, l1=0.02)
    found = check(make_network(2, 3, 1), recipe, theta, stack_rows(inputs, targets[None, :]))
    np.testing.assert_allclose(found.numeric, expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.analytic, expected, rtol=0, atol=1e-9)
    assert found.indices.tolist() == list(range(13))
    assert found.distance < 1e-8
    assert found.rows == 30
    assert not found.kink.any()


@pytest.mark.parametrize("case", pytorch("curvature")["cases"], ids=lambda case: str(case["name"]))
def test_both_columns_are_pytorchs_gradient(case: dict[str, Any]) -> None:
    network, recipe, theta, rows = curvature_problem(case)
    found, expected = check(network, recipe, theta, rows), from_state_dict(network, case["gradients"])
    np.testing.assert_allclose(found.analytic, expected, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.numeric, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("activation", SLOPED)
@pytest.mark.parametrize("batch_norm", [False, True])
def test_every_activation_passes(activation: Activation, batch_norm: bool) -> None:
    network = make_network(
        2, 5, 4, 3, output=Output.SOFTMAX, activation=activation, dropout=0.3, batch_norm=batch_norm
    )
    rows = make_rows(network, Loss.CROSS_ENTROPY, 50, 1)
    found = check(network, Recipe(Loss.CROSS_ENTROPY, l2=0.01), make_theta(network, 2), rows)
    assert found.distance < 1e-7
    assert len(found.indices) == network.parameters


@pytest.mark.parametrize("broken", [0, 1])
def test_a_slope_that_is_wrong_is_found_in_its_layer(broken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One layer's tanh gets a slope that is 1 % too small: only what lies below its slope is wrong."""
    kernel = ACTIVATIONS[Activation.TANH]

    def worse(z: Array, a: Array, out: Array) -> None:
        kernel.slope(z, a, out)
        np.multiply(out, 0.99, out)

    monkeypatch.setitem(ACTIVATIONS, Activation.TANH, Kernel(np.tanh, worse))
    kinds = [Activation.SINE, Activation.SINE]
    kinds[broken] = Activation.TANH
    layers = (Layer(2, 4, kinds[0]), Layer(4, 4, kinds[1]), Layer(4, 1))
    network = Network(layers, Output.LINEAR)
    rows = make_rows(network, Loss.MEAN_SQUARED_ERROR, 40, 1)
    found = check(network, Recipe(Loss.MEAN_SQUARED_ERROR), make_theta(network, 2), rows)
    end = network.offsets[broken + 1]
    np.testing.assert_allclose(found.errors[:end], 0.005, rtol=0.02)
    assert found.errors[end:].max() < 1e-7
    assert found.distance > 1e-4


def test_a_difference_across_a_kink_does_not_count() -> None:
    """At the origin unit 0's sum is its bias, 1e-6: to either side of the kink by 1e-5."""
    network = make_network(2, 2, 1, activation=Activation.RELU)
    theta = np.array([1.0, 1.0, 1e-6, 1.0, 1.0, 0.5, 1.0, 1.0, 0.0])
    found = check(network, Recipe(Loss.HALF_SQUARED_ERROR), theta, stack_rows([[0.0], [0.0]], [[3.0]]))
    assert np.flatnonzero(found.kink).tolist() == [2]
    assert found.errors[2] > 0.1
    assert found.distance < 1e-7


@pytest.mark.parametrize(
    ("loss", "target"), [(Loss.HINGE, 1.0), (Loss.MEAN_ABSOLUTE_ERROR, 1.0), (Loss.PERCEPTRON, 1.0)]
)
def test_kinks_of_losses_are_seen(loss: Loss, target: float) -> None:
    """One linear unit whose output is just below the kink, at 1 or at 0."""
    edge = 0.0 if loss is Loss.PERCEPTRON else 1.0
    theta = np.array([0.0, edge - 1e-6])
    found = check(make_network(1, 1), Recipe(loss), theta, stack_rows([[1.0]], [[target]]))
    assert found.kink.tolist() == [True, True]
    assert np.isnan(found.distance)


def test_l1_bends_at_a_weight_of_0_and_not_at_a_bias() -> None:
    recipe = Recipe(Loss.HALF_SQUARED_ERROR, l1=0.1)
    found = check(make_network(1, 1), recipe, np.zeros(2), stack_rows([[1.0]], [[2.0]]))
    assert found.kink.tolist() == [True, False]


def test_a_derivative_that_rounding_hides_is_measured_against_what_can_be_seen() -> None:
    places, no_kink = np.arange(2), np.zeros(2, bool)
    found = compare(places, np.array([1e-9, 0.0]), np.array([3e-9, 0.0]), no_kink, 10, 1e-4)
    np.testing.assert_allclose(found.errors, [2e-5, 0.0])
    assert found.distance == pytest.approx(2e-5)
    found = compare(places, np.array([3.0, -4.0]), np.array([3.0, 4.0]), no_kink, 10, 1e-4)
    np.testing.assert_allclose(found.errors, [0.0, 1.0])
    assert found.distance == pytest.approx(0.8)


def test_an_infinite_derivative_is_as_wrong_as_can_be() -> None:
    found = compare(np.arange(1), np.array([1.0]), np.array([np.inf]), np.zeros(1, bool), 10, 1e-4)
    assert found.errors.tolist() == [1.0]


def test_a_unit_by_itself_gives_what_the_whole_network_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every parameter of a network with three kinds of layers, a bend and a penalty."""
    tanh = Activation.TANH
    layers = (
        *(Layer(2, 4, tanh), Layer(4, 3, Activation.RELU)),
        *(Layer(3, 3, tanh, batch_norm=True), Layer(3, 2)),
    )
    network, recipe = Network(layers, Output.SOFTMAX), Recipe(Loss.CROSS_ENTROPY, l2=0.1, l1=0.01)
    rows, theta = make_rows(network, recipe.loss, 30, 1), make_theta(network, 2)
    alone = check(network, recipe, theta, rows)
    monkeypatch.setattr(Objective, "holds", lambda self: False)
    whole = check(network, recipe, theta, rows)
    np.testing.assert_allclose(alone.numeric, whole.numeric, rtol=0, atol=1e-10)
    assert alone.kink.tolist() == whole.kink.tolist()
    assert alone.distance < 1e-7


def test_the_work_is_bounded_by_rows_first_and_then_by_parameters() -> None:
    assert sample_sizes(make_network(2, 8, 8, 8, 1), 250) == (250, 177)
    assert sample_sizes(make_network(2, 4, 1), 5000) == (500, 17)
    assert sample_sizes(make_network(2, 40, 40, 1), 500) == (111, 1801)
    width, count = sample_sizes(make_network(2, *[64] * 10, 1), 5000)
    assert (width, count < 200) == (50, True)


def test_what_is_sampled_comes_from_the_generator_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradient_check, "MOST_PARAMETERS", 5)
    network, recipe = make_network(2, 4, 1), Recipe(Loss.MEAN_SQUARED_ERROR)
    rows, theta = make_rows(network, recipe.loss, 20, 1), make_theta(network, 2)
    same, again, other = (
        check_gradient(network, recipe, theta, rows, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert len(same.indices) == 5
    assert same.indices.tolist() == sorted(same.indices.tolist()) == again.indices.tolist()
    assert same.indices.tolist() != other.indices.tolist()
    assert same.distance < 1e-7


def test_checking_leaves_theta_alone() -> None:
    network, recipe = make_network(2, 4, 1, batch_norm=True), Recipe(Loss.MEAN_SQUARED_ERROR)
    rows, theta = make_rows(network, recipe.loss, 20, 1), make_theta(network, 2)
    before = theta.copy()
    check(network, recipe, theta, rows)
    np.testing.assert_array_equal(theta, before)
