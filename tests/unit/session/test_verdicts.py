"""Readings: which numbers get which verdict, and that the words carry the numbers and the thresholds."""

import numpy as np
import pytest

from app.engine.curvature import stability_limit
from app.engine.trainer import Trainer
from app.engine.update import Recipe
from app.session.readings import Curvature, Reading
from app.session.verdicts.curvature import read_curvature
from app.session.verdicts.gap import read_gap
from app.session.verdicts.gradients import read_gradients
from app.session.verdicts.units import read_units
from app.vocabulary import Activation, Loss, Optimizer
from tests.unit.engine.building import make_network, stack_rows


def told(readings: list[Reading]) -> list[tuple[str, int | None, int | None, str]]:
    return [(read.about, read.layer, read.unit, read.verdict) for read in readings]


# -- units -------------------------------------------------------------------------------------------------------------


def test_a_relu_that_is_0_on_all_points_is_dead() -> None:
    network = make_network(2, 3, 2, 1, activation=Activation.RELU)
    (read,) = read_units(network, [0.5, 1.0, 0.99, 0.0, 0.996], 250)
    assert told([read]) == [("unit", 0, 1, "dead")]
    assert read.text == (
        "Unit 2 of hidden layer 1 is dead: its ReLU gives 0 on all 250 training points, so no gradient reaches "
        "its weights."
    )


def test_a_tanh_that_is_flat_on_nine_tenths_is_saturated() -> None:
    (read,) = read_units(make_network(2, 2, 2, 1), [0.89, 0.0, 0.0, 0.92], 250)
    assert told([read]) == [("unit", 1, 1, "saturated")]
    assert read.text == (
        "Unit 2 of hidden layer 2 is saturated: the slope is under 5 % of the steepest on 92 % of the training points, "
        "so little gradient gets through it."
    )


def test_many_bad_units_of_a_layer_are_one_reading() -> None:
    network = make_network(2, 5, 1, activation=Activation.RELU)
    assert len(read_units(network, [1.0, 1.0, 1.0, 0.0, 0.0], 20)) == 3
    (read,) = read_units(network, [1.0, 1.0, 1.0, 0.0, 1.0], 20)
    assert told([read]) == [("layer", 0, None, "dead")]
    assert read.text.startswith(
        "4 of 5 units of hidden layer 1 are dead: their ReLU gives 0 on all 20 training"
    )


def test_nothing_gets_back_through_a_step() -> None:
    (read,) = read_units(make_network(2, 3, 1, activation=Activation.STEP), [1.0, 1.0, 1.0], 20)
    assert told([read]) == [("layer", 0, None, "dead")]
    assert "slope is 0" in read.text


# -- gradients ---------------------------------------------------------------------------------------------------------


def gradient_of(*layers: float) -> np.ndarray:
    """For 1-1-1-1: two parameters a layer, with these root mean squares."""
    return np.repeat(np.array(layers), 2)


DEEP = make_network(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("gradient", "verdicts"),
    [
        (gradient_of(0.011, 99.0, 1.0), ["healthy", "healthy", "healthy", "healthy"]),
        (gradient_of(0.009, 0.5, 1.0), ["vanishing", "vanishing", "healthy", "healthy"]),
        (gradient_of(101.0, 0.5, 1.0), ["exploding", "exploding", "healthy", "healthy"]),
        (gradient_of(0.001, 101.0, 1.0), ["exploding", "vanishing", "exploding", "healthy"]),
        (gradient_of(0.0, 0.0, 1.0), ["vanishing", "vanishing", "vanishing", "healthy"]),
        (gradient_of(800.0, 800.0, 800.0), ["exploding", "exploding", "exploding", "exploding"]),
    ],
)
def test_layers_are_compared_with_the_output_layer(gradient: np.ndarray, verdicts: list[str]) -> None:
    readings = read_gradients(DEEP, gradient, (), 1)
    assert [read.verdict for read in readings] == verdicts
    assert [(read.about, read.layer) for read in readings] == [
        ("gradients", None),
        ("layer", 0),
        ("layer", 1),
        ("layer", 2),
    ]


def test_gradients_are_told_with_numbers_and_thresholds() -> None:
    readings = read_gradients(DEEP, gradient_of(0.005, 0.5, 1.0), (), 1)
    assert readings[0].text == (
        "Gradients vanish on the way back, in hidden layer 1; the limits are 0.01 and 100 times the gradient per "
        "parameter of the output layer, or 1000."
    )
    assert readings[1].text == (
        "Hidden layer 1: gradient of length 0.0071, per parameter 0.005 times that of the output layer: vanishing "
        "(below 0.01)."
    )


def test_size_of_a_layer_alone_makes_no_difference() -> None:
    """The same slope for each parameter, in layers of 40 and 2 parameters."""
    network = make_network(1, 20, 1)
    readings = read_gradients(network, np.ones(network.parameters), (), 1)
    assert "per parameter 1 times" in readings[1].text


def test_what_is_frozen_takes_no_part() -> None:
    readings = read_gradients(DEEP, gradient_of(0.5, 1.0, 0.0), (4, 5), 1)
    assert [read.verdict for read in readings] == ["healthy", "healthy", "healthy", "frozen"]
    assert "hidden layer 2" in readings[1].text


@pytest.mark.parametrize(("step", "words"), [(0, "No step has been taken yet."), (3, "0 everywhere")])
def test_no_gradient_is_said_to_be_none(step: int, words: str) -> None:
    (read,) = read_gradients(DEEP, np.zeros(6), (), step)
    assert told([read]) == [("gradients", None, None, "none")]
    assert words in read.text


# -- the gap -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("train", "test", "verdict"),
    [
        (0.99, 0.95, "fits_well"),
        (0.86, 0.77, "fits_well"),
        (0.84, 0.8, "high_bias"),
        (1.0, 0.89, "high_variance"),
        (0.8, 0.6, "both"),
    ],
)
@pytest.mark.parametrize("classes", [True, False])
def test_bias_is_a_bad_training_score_and_variance_a_worse_test_score(
    train: float, test: float, verdict: str, classes: bool
) -> None:
    assert told(read_gap(train, test, classes)) == [("gap", None, None, verdict)]


def test_the_gap_is_told_in_the_task_s_own_figures() -> None:
    (read,) = read_gap(0.8, 0.75, classes=True)
    assert read.text.startswith(
        "High bias: wrong on 20.0 % of the training points and 25.0 % of the test points (limits: 15 %, and 10 % more "
        "in test)."
    )
    (read,) = read_gap(0.99, 0.7, classes=False)
    assert read.text.startswith(
        "High variance: R² is 0.99 on the training points and 0.70 on the test points (limits: 0.85, and 0.1 less "
        "in test)."
    )


def test_without_test_points_there_is_no_gap() -> None:
    assert read_gap(0.9, float("nan"), classes=True) == []


@pytest.mark.parametrize(
    ("train", "validation", "test", "verdict"),
    [
        (1.0, 0.89, 0.95, "high_variance"),
        (1.0, 0.95, 0.8, "fits_well"),
        (0.84, 0.8, 0.6, "high_bias"),
        (0.8, 0.6, 0.79, "both"),
    ],
)
@pytest.mark.parametrize("classes", [True, False])
def test_where_there_is_a_validation_part_it_judges_and_the_test_part_does_not(
    train: float, validation: float, test: float, verdict: str, classes: bool
) -> None:
    assert told(read_gap(train, test, classes, validation)) == [("gap", None, None, verdict)]
    assert told(read_gap(train, float("nan"), classes, validation)) == [("gap", None, None, verdict)]


def test_the_test_points_are_named_beside_the_validation_points() -> None:
    (read,) = read_gap(0.8, 0.7, classes=True, validation=0.75)
    assert read.text.startswith(
        "High bias: wrong on 20.0 % of the training points and 25.0 % of the validation points (limits: 15 %, and 10 % "
        "more in validation). Wrong on 30.0 % of the test points, which are kept for the end. Even the training"
    )
    (read,) = read_gap(0.99, 0.6, classes=False, validation=0.7)
    assert read.text.startswith(
        "High variance: R² is 0.99 on the training points and 0.70 on the validation points (limits: 0.85, and 0.1 "
        "less in validation). R² is 0.60 on the test points, which are kept for the end. It does not carry over:"
    )


def test_without_test_points_the_validation_points_judge_alone() -> None:
    (read,) = read_gap(0.99, float("nan"), classes=True, validation=0.98)
    assert read.text == (
        "Fits well: wrong on 1.0 % of the training points and 2.0 % of the validation points (limits: 15 %, and 10 % "
        "more in validation). What it has learnt carries over to points that it has not seen."
    )


# -- the curvature -----------------------------------------------------------------------------------------------------


PLAIN = "2 / learning rate"


def test_a_rate_too_large_for_the_curvature_is_told_with_the_largest_that_is_not() -> None:
    read = read_curvature(Curvature(30.0, 20.0, PLAIN, 7, 125, 125), 9, Optimizer.SGD, 0.1)
    assert read.verdict == "too_large"
    assert (
        "curves by at most 30 (step 7), more than 2 / learning rate = 20: this rate is too large" in read.text
    )
    assert read.text.endswith("Below 0.067 they would not.")
    assert (
        read_curvature(Curvature(19.0, 20.0, PLAIN, 7, 125, 125), 9, Optimizer.SGD, 0.1).verdict == "stable"
    )


def test_a_curvature_of_a_sample_says_so() -> None:
    read = read_curvature(Curvature(19.0, 20.0, PLAIN, 7, 1000, 2500), 9, Optimizer.SGD, 0.1)
    assert "(step 7, a sample of 1000 of 2500 training points), less than" in read.text


def test_adam_is_not_bound() -> None:
    steep = Curvature(30.0, 20.0, PLAIN, 7, 125, 125)
    read = read_curvature(steep, 9, Optimizer.ADAM, 0.1)
    assert read.verdict == "other_rule"
    assert (
        "2 / learning rate = 20 binds plain gradient descent only; Adam scales the step of each" in read.text
    )
    assert read_curvature(steep, 1, Optimizer.PERCEPTRON, 0.1).verdict == "other_rule"


@pytest.mark.parametrize(
    ("parameters", "rate", "words"),
    [(201, 0.1, "this one has 201"), (9, 0.0, "rate is 0"), (9, 0.1, "a kink")],
)
def test_what_is_not_measured_says_why(parameters: int, rate: float, words: str) -> None:
    read = read_curvature(None, parameters, Optimizer.SGD, rate)
    assert read.verdict == "undefined"
    assert words in read.text


@pytest.mark.parametrize("optimizer", [Optimizer.SGD, Optimizer.MOMENTUM, Optimizer.NESTEROV])
@pytest.mark.parametrize("momentum", [0.3, 0.9])
def test_the_limits_are_where_descent_on_a_parabola_turns_over(optimizer: Optimizer, momentum: float) -> None:
    """Half squared error of w x with x = 3 and -3 curves by 9 along w; training shrinks or grows the distance."""
    rate = stability_limit(optimizer, momentum) / 9.0
    for share, shrinks in ((0.98, True), (1.02, False)):
        recipe = Recipe(Loss.HALF_SQUARED_ERROR, optimizer, share * rate, {"momentum": momentum})
        trainer = Trainer(
            make_network(1, 1), recipe, np.array([1.0, 0.0]), stack_rows([[3.0, -3.0]], [[0.0, 0.0]])
        )
        trainer.run(300)
        assert (abs(float(trainer.theta[0])) < 1.0) is shrinks
