"""Losses and scores of parts of the data against scikit-learn, and by hand."""

import numpy as np
import pytest
from sklearn import metrics

from app.engine.evaluation import Evaluation, evaluate, forward_with_scores, r_squared
from app.engine.network import Network
from app.vocabulary import Activation, Loss, Output, Task
from tests.unit.engine.building import make_network, make_rows, make_theta, one_pass, stack_rows

ROWS = 60


def judged(
    network: Network, loss: Loss, task: Task, seed: int = 1
) -> tuple[np.ndarray, np.ndarray, Evaluation]:
    """(outputs, targets, evaluation) of random weights on random rows."""
    rows = make_rows(network, loss, ROWS, seed)
    theta, statistics = make_theta(network, seed), network.fresh_statistics()
    inputs, targets = rows[: network.fan_in + 1], rows[network.fan_in + 1 :]
    outputs, scores = forward_with_scores(network, theta, statistics, inputs)
    (evaluation,) = evaluate(network, loss, task, outputs, scores, targets)
    return outputs, targets, evaluation


def test_two_classes_are_judged_as_scikit_learn_does() -> None:
    network = make_network(2, 4, 1, output=Output.SIGMOID)
    outputs, targets, evaluation = judged(network, Loss.BINARY_CROSS_ENTROPY, Task.CLASSIFICATION)
    assert evaluation.loss == pytest.approx(metrics.log_loss(targets[0], outputs[0]), rel=1e-12)
    assert evaluation.score == metrics.accuracy_score(targets[0], outputs[0] >= 0.5)
    assert 0.2 < evaluation.score < 0.8


def test_several_classes_are_judged_as_scikit_learn_does() -> None:
    network = make_network(2, 4, 3, output=Output.SOFTMAX)
    outputs, targets, evaluation = judged(network, Loss.CROSS_ENTROPY, Task.CLASSIFICATION)
    labels = targets.argmax(axis=0)
    assert evaluation.loss == pytest.approx(metrics.log_loss(labels, outputs.T), rel=1e-12)
    assert evaluation.score == metrics.accuracy_score(labels, outputs.argmax(axis=0))


def test_signed_classes_are_judged_as_scikit_learn_does() -> None:
    network = make_network(2, 4, 1)
    outputs, targets, evaluation = judged(network, Loss.HINGE, Task.CLASSIFICATION)
    assert evaluation.loss == pytest.approx(metrics.hinge_loss(targets[0], outputs[0]), rel=1e-12)
    assert evaluation.score == metrics.accuracy_score(targets[0] > 0, outputs[0] >= 0)


@pytest.mark.parametrize(
    ("loss", "judge"),
    [
        (Loss.MEAN_SQUARED_ERROR, metrics.mean_squared_error),
        (Loss.HALF_SQUARED_ERROR, lambda y, f: metrics.mean_squared_error(y, f) / 2),
        (Loss.MEAN_ABSOLUTE_ERROR, metrics.mean_absolute_error),
    ],
)
def test_regression_is_judged_as_scikit_learn_does(loss: Loss, judge: object) -> None:
    outputs, targets, evaluation = judged(make_network(2, 4, 1), loss, Task.REGRESSION)
    assert callable(judge)
    assert evaluation.loss == pytest.approx(judge(targets[0], outputs[0]), rel=1e-12)
    assert evaluation.score == pytest.approx(metrics.r2_score(targets[0], outputs[0]), rel=1e-12)


@pytest.mark.parametrize(
    ("outputs", "score"),
    [([1.0, 2.0, 3.0], 1.0), ([2.0, 2.0, 2.0], 0.0), ([3.0, 2.0, 1.0], -3.0), ([1.0, 2.0, 2.0], 0.5)],
)
def test_r_squared_is_the_share_of_the_spread_that_is_explained(outputs: list[float], score: float) -> None:
    assert r_squared(np.array([outputs]), np.array([[1.0, 2.0, 3.0]])) == score


def test_r_squared_of_targets_that_do_not_vary_is_unknown() -> None:
    assert np.isnan(r_squared(np.array([[1.0, 2.0]]), np.array([[5.0, 5.0]])))
    stack = r_squared(np.array([[[1.0, 2.0]], [[5.0, 5.0]]]), np.array([[5.0, 5.0]]))
    np.testing.assert_array_equal(stack, [np.nan, np.nan])


@pytest.mark.parametrize("lead", [(), (4,)])
@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize(("cut", "empty"), [(0, 0), (3, 1)])
def test_a_part_without_points_has_no_figures(
    cut: int, empty: int, task: Task, lead: tuple[int, ...]
) -> None:
    network = make_network(2, 3, 1, output=Output.SIGMOID)
    outputs, targets = np.full((*lead, 1, 3), 0.5), np.array([[0.0, 0.0, 1.0]])
    parts = evaluate(network, Loss.MEAN_SQUARED_ERROR, task, outputs, outputs, targets, cut)
    assert len(parts) == 2
    np.testing.assert_array_equal(parts[empty].loss, np.full(lead, np.nan))
    np.testing.assert_array_equal(parts[empty].score, np.full(lead, np.nan))
    np.testing.assert_array_equal(parts[1 - empty].loss, np.full(lead, 0.25))
    assert np.isfinite(parts[1 - empty].score).all()


@pytest.mark.parametrize(
    ("loss", "output", "units", "task"),
    [
        (Loss.BINARY_CROSS_ENTROPY, Output.SIGMOID, 1, Task.CLASSIFICATION),
        (Loss.CROSS_ENTROPY, Output.SOFTMAX, 3, Task.CLASSIFICATION),
        (Loss.HUBER, Output.LINEAR, 1, Task.REGRESSION),
    ],
)
def test_parts_between_cuts_are_each_judged_alone(loss: Loss, output: Output, units: int, task: Task) -> None:
    network = make_network(2, 4, units, output=output)
    rows = make_rows(network, loss, ROWS, 2)
    inputs, targets = rows[:3], rows[3:]
    outputs, scores = forward_with_scores(network, make_theta(network, 2), network.fresh_statistics(), inputs)
    parts = evaluate(network, loss, task, outputs, scores, targets, 7, 40)
    assert len(parts) == 3
    for part, columns in zip(parts, (slice(0, 7), slice(7, 40), slice(40, 60)), strict=True):
        (alone,) = evaluate(network, loss, task, outputs[:, columns], scores[:, columns], targets[:, columns])
        assert part.loss == pytest.approx(float(alone.loss), rel=1e-13)
        assert part.score == pytest.approx(float(alone.score), rel=1e-13)


def test_the_loss_is_the_training_passs_on_the_same_rows() -> None:
    network = make_network(2, 3, 3, output=Output.SOFTMAX)
    rows, theta = make_rows(network, Loss.CROSS_ENTROPY, 9, 2), make_theta(network, 3)
    outputs, scores = forward_with_scores(network, theta, network.fresh_statistics(), rows[:3])
    (evaluation,) = evaluate(network, Loss.CROSS_ENTROPY, Task.CLASSIFICATION, outputs, scores, rows[3:])
    assert evaluation.loss == pytest.approx(
        one_pass(network, Loss.CROSS_ENTROPY, theta, rows).loss, rel=1e-13
    )


def test_dropout_is_off_and_batch_norm_uses_the_running_statistics() -> None:
    """One dropped-out, normed linear unit: (x - 3) / 2 doubled and less 1, for x = 7 and x = 3."""
    network = make_network(1, 1, 1, dropout=0.9, batch_norm=True, activation=Activation.LINEAR)
    theta = np.array([1.0, 0.0, 1.0, 0.0, 2.0, -1.0])
    statistics = np.array([3.0, 4.0 - 1e-5])
    outputs, scores = forward_with_scores(network, theta, statistics, np.array([[7.0, 3.0], [1.0, 1.0]]))
    np.testing.assert_allclose(outputs, [[3.0, -1.0]], rtol=1e-14)
    np.testing.assert_array_equal(scores, outputs)


def test_scores_are_the_weighted_sums_under_the_outputs_even_beside_equal_hidden_layers() -> None:
    network = make_network(2, 1, 1, 1, output=Output.SIGMOID)
    outputs, scores = forward_with_scores(
        network, make_theta(network, 5), network.fresh_statistics(), stack_rows(np.eye(2), np.empty((0, 2)))
    )
    np.testing.assert_allclose(outputs, 1 / (1 + np.exp(-scores)), rtol=1e-14)
