"""The classroom's published figures, by the numbers of shared/reference/worked-numbers.md."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.activations import softmax
from app.engine.evaluation import evaluate
from app.engine.forward import forward
from app.engine.losses import decide
from app.engine.network import Layer, Network
from app.engine.numeric import run
from app.engine.optimizers import OPTIMIZERS, Slots
from app.engine.trainer import Trainer
from app.engine.update import Recipe
from app.vocabulary import Activation, Loss, Optimizer, Output, Task
from tests.unit.engine.building import HYPER, make_network, one_pass, pytorch, stack_rows

FIGURES = pytorch("logistic")
RULE = Recipe(Loss.PERCEPTRON, Optimizer.PERCEPTRON, learning_rate=0.1)
PERCEPTRON = make_network(2, 1, output=Output.STEP)
LOGISTIC = make_network(2, 1, output=Output.SIGMOID)
CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
GATES = {
    "and": [0, 0, 0, 1],
    "or": [0, 1, 1, 1],
    "nand": [1, 1, 1, 0],
    "not": [1, 1, 0, 0],
    "xor": [0, 1, 1, 0],
}


def answers(network: Network, theta: Any) -> list[float]:
    """What the network says at the four corners."""
    inputs = stack_rows(CORNERS, np.empty((0, 4)))
    outputs = forward(network, np.array(theta, np.float64), network.fresh_statistics(), inputs)[-1]
    values: list[float] = outputs[0].tolist()
    return values


# -- 1: the perceptron trick -------------------------------------------------------------------------------------------


def perceptron_trick(updates: int) -> NDArray[np.float64]:
    """The line 3 x1 + 4 x2 - 10 = 0 after so many updates by (1, 1), which should be positive."""
    trainer = Trainer(PERCEPTRON, RULE, np.array([3.0, 4.0, -10.0]), stack_rows([[1.0], [1.0]], [[1.0]]))
    trainer.run(updates)
    return trainer.theta.copy()


def test_1_one_update_moves_the_line_to_3_1_and_4_1_and_minus_9_9() -> None:
    np.testing.assert_allclose(perceptron_trick(1), [3.1, 4.1, -9.9], rtol=1e-15)


def test_1_the_point_is_on_the_line_after_ten_updates_and_inside_after_eleven() -> None:
    assert perceptron_trick(9).sum() == pytest.approx(-0.3)
    assert perceptron_trick(10).sum() == pytest.approx(0.0, abs=1e-12)
    assert perceptron_trick(11).sum() == pytest.approx(0.3)


def test_1_a_point_that_is_inside_is_left_alone() -> None:
    np.testing.assert_array_equal(perceptron_trick(12), perceptron_trick(11))


# -- 2: logic gates ----------------------------------------------------------------------------------------------------


def train_gate(gate: str, updates: int) -> Trainer:
    """A perceptron from zeros, one corner at a time."""
    targets = np.where(np.array(GATES[gate]) == 1, 1.0, -1.0)
    recipe = Recipe(Loss.PERCEPTRON, Optimizer.PERCEPTRON, learning_rate=0.1, batch_size=1, shuffle=False)
    trainer = Trainer(PERCEPTRON, recipe, np.zeros(3), stack_rows(CORNERS, [targets]))
    trainer.run(updates)
    return trainer


@pytest.mark.parametrize("gate", ["and", "or", "nand", "not"])
def test_2_one_perceptron_learns_the_gate_and_then_rests(gate: str) -> None:
    trainer = train_gate(gate, 100)
    assert answers(PERCEPTRON, trainer.theta) == GATES[gate]
    learnt = trainer.theta.copy()
    trainer.run(40)
    np.testing.assert_array_equal(trainer.theta, learnt)


def test_2_one_perceptron_never_rests_on_xor() -> None:
    trainer = train_gate("xor", 4)
    for _ in range(100):
        moved = False
        for _ in range(4):
            assert answers(PERCEPTRON, trainer.theta) != GATES["xor"]
            trainer.run(1)
            moved |= bool(trainer.gradient.any())
        assert moved


@given(st.lists(st.integers(-1000, 1000), min_size=3, max_size=3))
def test_2_no_single_perceptron_is_xor(theta: list[int]) -> None:
    """Whole numbers: no rounding decides."""
    assert answers(PERCEPTRON, theta) != GATES["xor"]


def test_2_nand_and_or_feeding_and_is_xor() -> None:
    network = Network((Layer(2, 2, Activation.STEP), Layer(2, 1)), Output.STEP)
    nand, either, both = [-1.0, -1.0, 1.5], [1.0, 1.0, -0.5], [1.0, 1.0, -1.5]
    assert answers(PERCEPTRON, nand) == GATES["nand"]
    assert answers(PERCEPTRON, either) == GATES["or"]
    assert answers(PERCEPTRON, both) == GATES["and"]
    assert answers(network, [*nand, *either, *both]) == GATES["xor"]


# -- 3: students -------------------------------------------------------------------------------------------------------


def test_3_the_student_with_7_and_6_passes() -> None:
    """Both weights grow alike towards (9, 8) and away from (3, 4): the border runs through their middle, (6, 6)."""
    rows = stack_rows([[9.0, 3.0], [8.0, 4.0]], [[1.0, 0.0]])
    trainer = Trainer(LOGISTIC, Recipe(Loss.BINARY_CROSS_ENTROPY, learning_rate=0.1), np.zeros(3), rows)
    trainer.run(2000)
    asked = np.array([[7.0, 9.0, 3.0], [6.0, 8.0, 4.0], [1.0, 1.0, 1.0]])
    outputs = forward(LOGISTIC, trainer.theta, LOGISTIC.fresh_statistics(), asked)[-1]
    np.testing.assert_array_equal(decide(outputs, Output.SIGMOID), [1, 1, 0])


# -- 4 and 5: softmax, log-loss ----------------------------------------------------------------------------------------


def test_4_softmax_of_2_1_0() -> None:
    shares = np.empty((3, 1))
    softmax(np.array([[2.0], [1.0], [0.0]]), shares)
    np.testing.assert_array_equal(shares.round(4)[:, 0], [0.6652, 0.2447, 0.0900])


def test_5_log_loss_of_five_points() -> None:
    y, p = np.array([[1.0, 0, 1, 1, 0]]), np.array([[0.9, 0.1, 0.8, 0.7, 0.2]])
    (evaluation,) = evaluate(
        make_network(1, 1, output=Output.SIGMOID),
        Loss.BINARY_CROSS_ENTROPY,
        Task.CLASSIFICATION,
        p,
        np.log(p / (1 - p)),
        y,
    )
    assert evaluation.loss == pytest.approx(0.20273661557656092, rel=1e-14)
    assert evaluation.score == 1.0


def test_5_cross_entropy_of_three_rows() -> None:
    p = np.array([[0.9, 0.2, 0.1], [0.06, 0.7, 0.1], [0.04, 0.1, 0.8]])
    (evaluation,) = evaluate(
        make_network(1, 3, output=Output.SOFTMAX),
        Loss.CROSS_ENTROPY,
        Task.CLASSIFICATION,
        p,
        np.log(p),
        np.eye(3),
    )
    assert evaluation.loss == pytest.approx(0.22839300363692283, rel=1e-14)


# -- 6 and 7: logistic regression --------------------------------------------------------------------------------------


@pytest.mark.parametrize("iterations", [1, 2, 10, 100, 1000])
def test_6_maximum_likelihood(iterations: int) -> None:
    """The published run adds up the four rows' gradients at rate 0.1; we average them, at 0.4."""
    figures = FIGURES["maximum_likelihood"]
    recipe = Recipe(Loss.BINARY_CROSS_ENTROPY, learning_rate=0.1 * 4, shuffle=False)
    trainer = Trainer(LOGISTIC, recipe, np.zeros(3), stack_rows(figures["inputs"], figures["targets"]))
    trainer.run(iterations)
    np.testing.assert_allclose(
        trainer.theta, figures["w1_w2_b_after"][str(iterations)], rtol=1e-11, atol=1e-13
    )
    if iterations == 1000:
        np.testing.assert_array_equal(trainer.theta.round(4), [6.5328, -2.1383, -8.6711])


@given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=2),
    st.lists(st.floats(-3, 3), min_size=3, max_size=3),
    st.sampled_from([0.0, 1.0]),
)
def test_7_the_gradient_of_one_point(x: list[float], theta: list[float], y: float) -> None:
    """-(y - y_hat) (x1, x2, 1)."""
    rows = np.array([*x, 1.0, y])[:, None]
    gradient = one_pass(LOGISTIC, Loss.BINARY_CROSS_ENTROPY, np.array(theta), rows).gradient
    y_hat = 1 / (1 + np.exp(-np.dot(theta, [*x, 1.0])))
    np.testing.assert_allclose(gradient, -(y - y_hat) * np.array([*x, 1.0]), rtol=1e-9, atol=1e-14)


# -- 8: backprop by hand -----------------------------------------------------------------------------------------------

CHAIN = make_network(2, 1, 1, activation=Activation.SIGMOID, output=Output.SIGMOID)
CHAIN_START = np.array([0.4, -0.2, 0.0, 0.1, 0.0])
CHAIN_ROWS = stack_rows([[0.1], [0.3]], [[1.0]])


def test_8_forward_and_deltas() -> None:
    outcome = one_pass(CHAIN, Loss.HALF_SQUARED_ERROR, CHAIN_START, CHAIN_ROWS)
    hidden_delta = CHAIN.block(outcome.gradient, 0)[0, -1]  # what the bias sees
    assert outcome.made.z[0][0, 0] == pytest.approx(-0.02, rel=1e-12)
    assert round(outcome.made.values[0][0, 0], 3) == 0.495
    assert round(outcome.made.outputs[0, 0], 3) == 0.512
    assert round(-outcome.made.delta[0, 0], 3) == 0.122
    assert round(-hidden_delta, 4) == 0.0030


def test_8_the_step_of_each_weight_at_rate_one_half() -> None:
    recipe = Recipe(Loss.HALF_SQUARED_ERROR, learning_rate=0.5)
    trainer = Trainer(CHAIN, recipe, CHAIN_START, CHAIN_ROWS)
    trainer.run(1)
    step = trainer.theta - CHAIN_START
    assert round(step[3], 4) == 0.0302
    np.testing.assert_array_equal(step[:2].round(5), [0.00015, 0.00046])
    values = FIGURES["backprop_by_hand"]["values"]
    np.testing.assert_allclose(step[3], values["output_weight_step"], rtol=1e-12)
    np.testing.assert_allclose(step[:2], values["input_weights_step"], rtol=1e-11)


# -- 9: a bowl ---------------------------------------------------------------------------------------------------------


def roll(rate: float, steps: int, start: tuple[float, float] = (3.0, -4.0)) -> list[NDArray[np.float64]]:
    """Gradient descent on x^2 + y^2, by the optimiser's own plan."""
    theta = np.array(start)
    slots = Slots(
        theta,
        np.zeros(2),
        np.zeros((2, 2)),
        (np.empty(2), np.empty(2)),
        np.array(rate),
        np.zeros(()),
        {},
    )
    plan, path = OPTIMIZERS[Optimizer.SGD](slots), [theta.copy()]
    for _ in range(steps):
        slots.gradient[...] = 2 * theta
        run(plan)
        path.append(theta.copy())
    return path


def test_9_descent_walks_straight_to_the_origin() -> None:
    path = roll(0.1, 100)
    for point in path:
        assert point[0] * -4.0 == pytest.approx(point[1] * 3.0, rel=1e-12)  # on the ray from (3, -4)
    np.testing.assert_allclose(path[1], [2.4, -3.2], rtol=1e-15)
    assert np.linalg.norm(path[-1]) < 1e-8
    np.testing.assert_array_equal(roll(0.5, 1)[-1], [0.0, 0.0])


def test_9_rate_one_jumps_to_the_mirror_image_for_ever() -> None:
    for step, point in enumerate(roll(1.0, 1000)):
        np.testing.assert_array_equal(point, [-3.0, 4.0] if step % 2 else [3.0, -4.0])


def test_9_above_one_it_diverges() -> None:
    sizes = [float(np.linalg.norm(point)) for point in roll(1.01, 300)]
    assert sizes == sorted(sizes)
    assert sizes[-1] > 1000


# -- 10: moving averages -----------------------------------------------------------------------------------------------


def test_10_beta_0_9_remembers_about_ten_steps() -> None:
    """A gradient of 1, once: a tenth of it enters Adam's average, of which 0.35 is left ten steps later."""
    theta, hyper = np.zeros(1), {name: np.array(value) for name, value in HYPER[Optimizer.ADAM].items()}
    slots = Slots(
        theta,
        np.ones(1),
        np.zeros((2, 1)),
        (np.empty(1), np.empty(1)),
        np.array(0.1),
        np.zeros(()),
        hyper,
    )
    plan = OPTIMIZERS[Optimizer.ADAM](slots)
    run(plan)
    first = float(slots.first[0])
    slots.gradient[...] = 0.0
    for _ in range(10):
        run(plan)
    assert first == pytest.approx(0.1)
    assert round(float(slots.first[0]) / first, 2) == 0.35


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_10_without_bias_correction_the_average_starts_too_low_and_with_it_a_step_is_the_rate(
    size: float,
) -> None:
    recipe = Recipe(Loss.MEAN_ABSOLUTE_ERROR, Optimizer.ADAM, 0.01, HYPER[Optimizer.ADAM])
    trainer = Trainer(make_network(1, 1), recipe, np.zeros(2), stack_rows([[size]], [[100.0]]))
    for step in range(1, 6):  # the gradient stays (-size, -1)
        trainer.run(1)
        average = trainer.checkpoint().vectors[2]
        np.testing.assert_allclose(average, (1 - 0.9**step) * np.array([-size, -1.0]), rtol=1e-12)
        np.testing.assert_allclose(trainer.theta, [0.01 * step, 0.01 * step], rtol=1e-4)


# -- 11: counting ------------------------------------------------------------------------------------------------------


def test_11_a_thousand_rows_in_batches_of_500_are_2_steps() -> None:
    rows = stack_rows(np.zeros((2, 1000)), np.zeros((1, 1000)))
    trainer = Trainer(LOGISTIC, Recipe(Loss.BINARY_CROSS_ENTROPY, batch_size=500), np.zeros(3), rows)
    assert trainer.steps_left_in_epoch == 2
    trainer.run(2)
    assert trainer.cursor.epoch == 1


def test_11_a_7_4_3_network_has_47_parameters() -> None:
    network = make_network(7, 4, 3, output=Output.SOFTMAX)
    theta = np.zeros(network.parameters)
    assert network.parameters == 47
    assert [network.block(theta, index)[:, :-1].size for index in (0, 1)] == [28, 12]
    assert [network.block(theta, index)[:, -1].size for index in (0, 1)] == [4, 3]


# -- 12: gradient check ------------------------------------------------------------------------------------------------


def test_12_central_differences_of_1e_5_are_within_1e_7_of_the_gradient() -> None:
    """One parameter after the other, as a learner would; for the rest see test_gradients."""
    network = make_network(2, 3, 1, output=Output.SIGMOID)
    theta = np.random.default_rng(1).normal(size=network.parameters)
    rows = stack_rows(CORNERS, [[0.0, 1.0, 1.0, 0.0]])
    loss, epsilon = Loss.BINARY_CROSS_ENTROPY, 1e-5
    analytic = one_pass(network, loss, theta, rows).gradient
    numeric = np.empty_like(theta)
    for index, shift in enumerate(epsilon * np.eye(theta.size)):
        above, below = (one_pass(network, loss, theta + sign * shift, rows).loss for sign in (1, -1))
        numeric[index] = (above - below) / (2 * epsilon)
    distance = np.linalg.norm(numeric - analytic) / (np.linalg.norm(numeric) + np.linalg.norm(analytic))
    assert distance < 1e-7
