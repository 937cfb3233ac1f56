"""Training without a page."""

from typing import Any

import pytest

from app.headless import Headless
from app.spec import Experiment, SpecError


def run(tree: dict[str, Any], epochs: int, weights: bytes | None = None) -> Headless:
    """A finished run."""
    headless = Headless(Experiment.parse(tree), weights)
    list(headless.epochs(epochs))
    return headless


def test_the_default_spiral_is_learnt_in_a_hundred_epochs() -> None:
    report = run({}, 100).report().as_json()
    assert report["epoch"] == 100
    assert report["step"] == 2500
    assert report["train"]["accuracy"] > 0.95
    assert report["diverged"] is False


def test_a_report_has_just_the_fields_that_scripts_read() -> None:
    report = run({}, 1).report().as_json()
    assert list(report) == ["epoch", "step", "train", "test", "penalty", "diverged"]
    assert list(report["train"]) == ["loss", "accuracy"]


def test_regression_reports_r_squared() -> None:
    report = run({"data": {"source": "plane"}}, 30).report().as_json()
    assert report["train"]["r2"] > 0.8
    assert "accuracy" not in report["train"]


def test_without_test_points_their_figures_are_none() -> None:
    report = run({"data": {"train_fraction": 1.0}}, 1).report().as_json()
    assert report["test"] == {"loss": None, "accuracy": None}


def test_the_penalty_is_half_the_squared_weights_without_biases() -> None:
    points = {"source": "points", "points": [[0, 0, 0], [1, 1, 1]], "train_fraction": 1.0}
    tree = {
        "data": points,
        "inputs": ["x1", "x2"],
        "network": {"layers": [], "initializer": "zeros", "initial_bias": 3.0},
        "training": {"l2": 0.5, "batch_size": None, "optimizer": {"name": "sgd", "learning_rate": 1.0}},
    }
    headless = run(tree, 1)
    weights = headless.machine.trainer.theta[:2]
    assert weights[0] != 0
    assert headless.report().penalty == pytest.approx(0.25 * float(weights @ weights), rel=1e-12)


def test_a_run_begun_with_saved_weights_stands_where_the_other_stood() -> None:
    first = run({}, 20)
    again = run({}, 0, first.weights())
    assert again.report().train == first.report().train


def test_divergence_ends_the_run_and_keeps_finite_weights() -> None:
    tree = {
        "data": {"source": "plane"},
        "inputs": ["x1", "x2", "x1^2", "x2^2"],
        "network": {"layers": []},
        "training": {"optimizer": {"name": "sgd", "learning_rate": 10.0}},
    }
    report = run(tree, 50).report()
    assert report.diverged
    assert report.epoch < 50
    assert report.train.loss is not None


def test_a_spec_without_points_is_refused() -> None:
    with pytest.raises(SpecError, match="there are no points to train on"):
        Headless(Experiment.parse({"data": {"source": "points"}}))
