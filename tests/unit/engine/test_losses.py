"""Losses, and their slopes by the weighted sums under the output, against PyTorch."""

from typing import Any

import numpy as np
import pytest

from app.engine.losses import LOSSES, code_classes, decide, row_weight
from app.engine.network import Layer, Network
from app.engine.numeric import quiet
from app.spec.experiment import OUTPUTS_OF_LOSS
from app.vocabulary import Loss, Output
from tests.unit.engine.building import Outcome, assert_agrees, one_pass, pytorch

CASES = pytorch("losses")["cases"]


def pass_over_logits(case: Any) -> Outcome:
    """A pass whose weighted sums are the case's logits: the identity matrix on them as inputs."""
    units = len(case["logits"])
    network = Network((Layer(units, units),), Output(case["activation"]))
    theta = np.eye(units, units + 1).ravel()
    rows = np.vstack([case["logits"], np.ones((1, len(case["logits"][0]))), case["targets"]])
    return one_pass(network, Loss(case["loss"]), theta, rows)


def test_every_loss_has_its_kernel() -> None:
    assert set(LOSSES) == set(Loss)


def test_pytorch_was_asked_for_every_loss_on_every_output_it_allows() -> None:
    asked = {(case["loss"], case["activation"]) for case in CASES}
    allowed = {(loss, output) for loss in Loss for output in OUTPUTS_OF_LOSS[loss]}
    assert allowed - asked == {(Loss.PERCEPTRON, Output.STEP)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_loss_and_outputs_are_pytorchs(case: Any) -> None:
    outcome = pass_over_logits(case)
    assert_agrees(outcome.loss, case["value"])
    assert_agrees(outcome.made.outputs, case["outputs"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_slope_by_the_weighted_sums_is_pytorchs(case: Any) -> None:
    assert_agrees(pass_over_logits(case).made.delta, case["d_logits"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@quiet
def test_the_loss_of_each_row_adds_up_to_the_loss(case: Any) -> None:
    logits, outputs, targets = (np.array(case[key]) for key in ("logits", "outputs", "targets"))
    values = np.full_like(logits, np.nan)
    LOSSES[case["loss"]].value(outputs, logits, targets, values)
    assert (values >= 0).all()
    assert_agrees(values.sum() * row_weight(case["loss"], *logits.shape), case["value"])


@pytest.mark.parametrize(
    ("loss", "output"),
    [(Loss.BINARY_CROSS_ENTROPY, Output.SIGMOID), (Loss.CROSS_ENTROPY, Output.SOFTMAX)],
)
def test_the_delta_of_a_log_loss_is_exactly_p_minus_y(loss: Loss, output: Output) -> None:
    rng = np.random.default_rng(3)
    logits = rng.normal(size=(3, 4))
    targets = np.eye(3)[[0, 2, 1, 1]].T
    case = {"logits": logits, "targets": targets, "activation": output, "loss": loss}
    made = pass_over_logits(case).made
    np.testing.assert_array_equal(made.delta, (made.outputs - targets) * 0.25)


def test_a_point_on_the_line_is_still_pulled_by_the_perceptron_loss() -> None:
    """PyTorch's relu has no slope at 0; the perceptron trick has."""
    case = {"logits": [[0.0, 0.0]], "targets": [[1.0, -1.0]], "activation": "step", "loss": "perceptron"}
    outcome = pass_over_logits(case)
    assert outcome.loss == 0.0
    np.testing.assert_array_equal(outcome.made.delta, [[-0.5, 0.5]])


def test_a_point_at_the_margin_is_not_pulled_by_the_hinge() -> None:
    case = {"logits": [[1.0, 0.999]], "targets": [[1.0, 1.0]], "activation": "linear", "loss": "hinge"}
    np.testing.assert_array_equal(pass_over_logits(case).made.delta, [[0.0, -0.5]])


def test_rows_are_averaged_and_outputs_too_where_the_definition_says_mean() -> None:
    averaged = {Loss.MEAN_SQUARED_ERROR, Loss.HUBER, Loss.MEAN_ABSOLUTE_ERROR}
    for loss in Loss:
        assert row_weight(loss, 4, 5) == (1 / 20 if loss in averaged else 1 / 5)


@pytest.mark.parametrize(
    ("loss", "output", "low"),
    [
        (Loss.BINARY_CROSS_ENTROPY, Output.SIGMOID, 0.0),
        (Loss.MEAN_SQUARED_ERROR, Output.SIGMOID, 0.0),
        (Loss.MEAN_SQUARED_ERROR, Output.TANH, -1.0),
        (Loss.HALF_SQUARED_ERROR, Output.LINEAR, -1.0),
        (Loss.HINGE, Output.LINEAR, -1.0),
        (Loss.PERCEPTRON, Output.STEP, -1.0),
    ],
)
def test_two_classes_are_coded_either_side_of_the_outputs_middle(
    loss: Loss, output: Output, low: float
) -> None:
    np.testing.assert_array_equal(code_classes(np.array([0.0, 1.0, 1.0]), 1, loss, output), [[low, 1.0, 1.0]])


@pytest.mark.parametrize(
    ("loss", "output", "low"),
    [(Loss.CROSS_ENTROPY, Output.SOFTMAX, 0.0), (Loss.HINGE, Output.LINEAR, -1.0)],
)
def test_several_classes_are_coded_one_hot(loss: Loss, output: Output, low: float) -> None:
    coded = code_classes(np.array([2.0, 0.0]), 3, loss, output)
    np.testing.assert_array_equal(coded, [[low, 1.0], [low, low], [1.0, low]])


@pytest.mark.parametrize(
    ("output", "values", "classes"),
    [
        (Output.SIGMOID, [[0.49, 0.5, 0.51]], [0, 1, 1]),
        (Output.STEP, [[0.0, 1.0]], [0, 1]),
        (Output.LINEAR, [[-0.01, 0.0, 0.01]], [0, 1, 1]),
        (Output.TANH, [[-0.01, 0.0, 0.4]], [0, 1, 1]),
        (Output.SOFTMAX, [[0.2, 0.5], [0.3, 0.1], [0.5, 0.4]], [2, 0]),
        (Output.LINEAR, [[-3.0, 0.1], [-2.0, 0.0]], [1, 0]),
    ],
)
def test_the_decided_class_is_past_the_middle_or_the_largest(
    output: Output, values: list[list[float]], classes: list[int]
) -> None:
    np.testing.assert_array_equal(decide(np.array(values), output), classes)
    np.testing.assert_array_equal(decide(np.array([values, values]), output), [classes, classes])


@pytest.mark.parametrize("loss", Loss)
@pytest.mark.parametrize("units", [1, 3])
def test_a_coded_target_decides_for_its_own_class(loss: Loss, units: int) -> None:
    labels = np.array([0.0, 1.0, 1.0, 0.0]) if units == 1 else np.array([2.0, 0.0, 1.0, 2.0])
    for output in OUTPUTS_OF_LOSS[loss]:
        if units == 1 and output is Output.SOFTMAX:
            continue
        np.testing.assert_array_equal(decide(code_classes(labels, units, loss, output), output), labels)
