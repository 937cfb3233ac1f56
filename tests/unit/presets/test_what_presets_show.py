"""Each preset, trained without a page, shows what its text says, and what it says to try comes out as it says."""

from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from app.data.features import design_matrix
from app.headless import Headless
from app.presets import PRESETS
from app.spec import Experiment

BY_NAME = {preset.name: preset for preset in PRESETS}


def begun(name: str, change: dict[str, Any] | None = None) -> Headless:
    """The preset at step 0, with a change that its text proposes."""
    return Headless(Experiment().patched(BY_NAME[name].spec).patched(change or {}))


class Standing(NamedTuple):
    """How a run does; all of these have training and test points."""

    train_loss: float
    test_loss: float
    train_score: float
    test_score: float


def standing(run: Headless) -> Standing:
    """How it does now."""
    now = run.machine.standing()
    figures = (now.train.loss, now.test.loss, now.train.score, now.test.score)
    return Standing(*map(float, figures))


def after(run: Headless, epochs: int) -> Standing:
    """How it does after so many more epochs, or where it diverged."""
    for _ in run.epochs(epochs):
        pass
    return standing(run)


@cache
def trained(name: str) -> tuple[Headless, Standing]:
    """The preset after as many epochs as it asks for."""
    run = begun(name)
    return run, after(run, BY_NAME[name].epochs)


def accuracy(name: str) -> tuple[float, float]:
    """On the training and on the test points."""
    return trained(name)[1][2:]


def changed(name: str, change: dict[str, Any]) -> Standing:
    """The preset with a change, after as many epochs."""
    return after(begun(name, change), BY_NAME[name].epochs)


def layers_of(name: str, **change: Any) -> dict[str, Any]:
    """A change of every hidden layer."""
    layers = BY_NAME[name].spec["network"]["layers"]
    return {"network": {"layers": [layer | change for layer in layers]}}


def gradient_norms(run: Headless) -> list[float]:
    """The norm of each layer's last gradient."""
    network, gradient = run.machine.network, run.machine.trainer.gradient
    return [float(np.linalg.norm(network.block(gradient, row))) for row in range(len(network.layers))]


def first_layer(run: Headless) -> NDArray[np.float64]:
    """The weights and biases of the first layer."""
    block: NDArray[np.float64] = run.machine.network.block(run.machine.trainer.theta, 0)
    return block


def test_too_small_never_learns_the_spiral_and_large_enough_does() -> None:
    assert max(accuracy("too-small")) < 0.75
    assert accuracy("just-right")[1] > 0.95


def test_xor_needs_a_hidden_layer() -> None:
    assert max(accuracy("xor-one-unit")) < 0.75
    assert min(accuracy("xor-hidden")) > 0.95
    assert changed("xor-one-unit", {"network": {"layers": [{"units": 4}]}}).train_score > 0.9


def test_fitting_inputs_replace_the_layers_and_the_weights_are_a_circle() -> None:
    assert min(accuracy("features")) > 0.99
    (first, second, bias) = first_layer(trained("features")[0])[0]
    assert first < 0 < bias
    assert first == pytest.approx(second, rel=0.2)


def test_overfitting_learns_by_heart_and_its_test_loss_turns_round() -> None:
    run = begun("overfitting")
    early, late = after(run, 20), after(run, 280)
    assert late.train_loss < 0.02
    assert early.test_loss < 0.5
    assert late.test_loss > 2 * early.test_loss
    assert changed("overfitting", {"training": {"l2": 0.03}}).test_loss < 0.4


def test_l2_and_dropout_keep_the_test_loss_low_until_they_are_taken_away() -> None:
    report = trained("regularised")[1]
    assert report.train_loss > 0.08
    assert report.test_loss < 0.4
    bare = layers_of("regularised", dropout=0.0) | {"training": {"l2": 0.0}}
    assert changed("regularised", bare).test_loss > 0.8


def test_the_regularised_spiral_holds_for_the_test_points() -> None:
    assert accuracy("regularised-spiral")[1] > 0.95
    run, bare = begun("regularised-spiral"), begun("regularised-spiral", {"training": {"l2": 0.0}})
    assert 2 * after(run, 300).test_loss < after(bare, 300).test_loss


def test_most_relus_die_for_every_point_and_leaky_ones_learn() -> None:
    run, report = trained("dying-relu")
    inputs = design_matrix(run.machine.board.x, run.machine.spec.inputs)
    dead = (first_layer(run) @ inputs <= 0).all(axis=1)
    assert dead.sum() >= 4
    assert report.train_score < 0.75
    assert changed("dying-relu", layers_of("dying-relu", activation="leaky_relu")).train_score > 0.9


def test_the_rate_explodes_and_a_tenth_of_it_finds_home_from_the_last_good_step() -> None:
    run = begun("exploding-rate")
    start, report = standing(run), after(run, 40)
    assert run.diverged
    assert 10 < run.report().step < 25
    assert np.isfinite(report.train_loss)
    assert report.train_loss > 1e4 * start.train_loss
    run.machine.reconfigure(run.machine.spec.patched({"training": {"optimizer": {"learning_rate": 0.01}}}))
    assert after(run, 60).train_loss < 1e-4
    bowl = {"training": {"optimizer": {"learning_rate": 0.08}}}
    assert changed("exploding-rate", bowl).train_loss < start.train_loss


def test_sigmoid_layers_lose_the_gradient_and_tanh_layers_keep_it() -> None:
    run, report = trained("vanishing")
    norms = gradient_norms(run)
    assert norms[0] < 1e-6 * norms[-1]
    assert report.train_score < 0.6
    assert changed("vanishing", layers_of("vanishing", activation="tanh")).train_score > 0.95


def test_ten_relu_layers_learn_with_gradients_of_one_size() -> None:
    norms = gradient_norms(trained("deep-relu")[0])
    assert 0.05 < norms[0] / norms[-1] < 20
    assert min(accuracy("deep-relu")) > 0.95
    uniform = after(begun("deep-relu", {"network": {"initializer": "uniform"}}), 20)
    assert uniform.train_score < after(begun("deep-relu"), 20).train_score


def test_momentum_arrives_where_plain_descent_is_still_on_its_way() -> None:
    assert accuracy("plain-descent")[0] < 0.75
    assert accuracy("momentum")[0] > 0.95
    assert (
        changed("plain-descent", {"training": {"optimizer": {"name": "momentum"}}}) == trained("momentum")[1]
    )


def jitter(run: Headless, epochs: int) -> float:
    """The mean rise or fall of the training loss from epoch to epoch."""
    losses = [after(run, 1).train_loss for _ in range(epochs)]
    return float(np.abs(np.diff(np.array(losses, np.float64))).mean())


def test_single_points_make_the_loss_jitter_and_all_of_them_make_it_smooth() -> None:
    assert accuracy("one-by-one")[0] > 0.8
    assert jitter(begun("one-by-one"), 40) > 0.02
    assert jitter(begun("one-by-one", {"training": {"batch_size": None}}), 40) < 0.01


def test_units_that_start_at_zero_stay_copies_of_one() -> None:
    block = first_layer(trained("zero-weights")[0])
    assert (block == block[0]).all()
    assert max(accuracy("zero-weights")) < 0.8
    assert changed("zero-weights", {"network": {"initializer": "xavier_uniform"}}).train_score > 0.9


def test_three_classes_are_told_apart() -> None:
    assert trained("classes")[0].machine.network.layers[-1].fan_out == 3
    assert accuracy("classes")[1] > 0.9


def test_hills_and_hollows_are_found() -> None:
    assert trained("regression")[0].report().score_name == "r2"
    assert accuracy("regression")[1] > 0.85


def test_the_perceptron_is_pulled_eleven_times_and_then_all_points_are_right() -> None:
    run = begun("perceptron-trick")
    lines = [run.machine.trainer.theta.copy()]
    for _ in range(10 * 12):
        run.machine.run(1)
        lines.append(run.machine.trainer.theta.copy())
    pulls = [step for step, (before, after) in enumerate(pairwise(lines)) if np.any(before != after)]
    assert len(pulls) == 11
    assert max(pulls) < 3 * 12
    assert run.machine.standing().train.score == 1


def test_digits_pass_96_percent_within_ten_epochs() -> None:
    """On test pictures; one epoch takes a tenth of a second (docs/performance.md)."""
    run = begun("digits")
    scores = [after(run, 1).test_score for _ in range(10)]
    assert max(scores) > 0.96
    assert accuracy("digits")[1] > 0.96
    assert [layer.fan_in for layer in run.machine.network.layers] == [64, 64]
    assert run.machine.network.layers[-1].fan_out == 10


def test_irises_need_their_petals() -> None:
    assert min(accuracy("iris")) > 0.95
    without = {"data": {"table": {"inputs": ["sepal length", "sepal width"]}}}
    assert changed("iris", without).test_score < 0.8


def test_thirty_measurements_want_to_be_scaled() -> None:
    assert min(accuracy("breast-cancer")) > 0.95
    bare = changed("breast-cancer", {"data": {"table": {"scaling": "none"}}})
    assert bare.train_score < 0.95
    assert bare.train_loss > 5 * trained("breast-cancer")[1].train_loss


def test_diabetes_is_half_foretold_and_more_units_learn_it_by_heart() -> None:
    report = trained("diabetes")[1]
    assert 0.45 < report.train_score < 0.65
    wide = changed("diabetes", {"network": {"layers": [{"units": 64, "activation": "tanh"}]}})
    assert wide.train_score > report.train_score + 0.1
    assert wide.test_score < report.test_score - 0.1


def test_the_noisy_sine_is_found_and_no_line_follows_it() -> None:
    assert min(accuracy("noisy-sine")) > 0.9
    assert changed("noisy-sine", {"network": {"layers": []}}).test_score < 0.6
