"""Training that runs away stops itself, keeps the last good step and says why."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.divergence import Cause, Divergence
from app.engine.network import Layer, Network
from app.engine.trainer import Trainer
from app.engine.update import Recipe
from app.vocabulary import Activation, Loss, Optimizer, Output
from tests.unit.engine.building import HYPER, make_network, make_rows, make_theta, one_pass, stack_rows

X = np.linspace(-6.0, 6.0, 12)
STEEP = stack_rows([X], [3 * X])
"""y = 3 x on [-6, 6]: the curvature 2 E[x^2] = 28.36 bears a learning rate below 0.07."""
START = 127.63636363636364
"""9 E[x^2], the loss of nothing learnt."""
LINE = make_network(1, 1)
MSE = Loss.MEAN_SQUARED_ERROR


def steep_trainer(rate: Any, **options: Any) -> Trainer:
    theta = np.zeros(2) if np.ndim(rate) == 0 else np.zeros((len(rate), 2))
    trainer = Trainer(LINE, Recipe(MSE, learning_rate=rate, **options), theta, STEEP)
    trainer.set_limit(np.full(theta.shape[:-1], START))
    return trainer


def run_out(trainer: Trainer, cuts: list[int]) -> Divergence:
    """Run in pieces, the last of them again and again, until it diverges."""
    for cut in [*cuts, *[cuts[-1]] * 500]:
        divergence = trainer.run(cut)
        if divergence is not None:
            return divergence
    raise AssertionError("it did not diverge")


def test_rate_ten_on_a_steep_regression_diverges_and_the_kept_state_is_finite() -> None:
    trainer = steep_trainer(10.0)
    divergence = trainer.run(100)
    assert divergence is not None
    assert divergence.cause is Cause.LOSS_EXPLODED
    assert START * 1e6 < divergence.loss < np.inf
    assert np.isfinite(trainer.checkpoint().vectors).all()


def test_the_last_good_step_is_kept() -> None:
    """The loss grows (10 * 28.36 - 1)^2 = 80 000 fold a step: it is good at step 1, beyond a million at step 2."""
    trainer, straight = steep_trainer(10.0), steep_trainer(10.0)
    trainer.run(100)
    straight.run(1)
    assert trainer.cursor == straight.cursor
    assert trainer.cursor.step == 1
    np.testing.assert_array_equal(trainer.theta, straight.theta)
    assert one_pass(LINE, MSE, trainer.theta, STEEP).loss < START * 1e6


def test_a_rate_the_curvature_bears_does_not_diverge() -> None:
    trainer = steep_trainer(0.05)
    assert trainer.run(500) is None
    np.testing.assert_allclose(trainer.theta, [3.0, 0.0], atol=1e-12)


RUNAWAYS = st.sampled_from(
    [
        (Optimizer.SGD, 10.0),
        (Optimizer.SGD, 0.09),
        (Optimizer.MOMENTUM, 0.2),
        (Optimizer.SGD, 1e200),
        (Optimizer.SGD, 1e308),
        (Optimizer.ADAM, 1e4),
    ]
)


@given(RUNAWAYS, st.none() | st.integers(2, 12), st.lists(st.integers(1, 7), min_size=1, max_size=4))
def test_however_a_run_is_cut_it_keeps_the_same_step(
    runaway: tuple[Optimizer, float], batch_size: int | None, cuts: list[int]
) -> None:
    optimizer, rate = runaway
    whole, pieces = (
        steep_trainer(rate, optimizer=optimizer, hyper=HYPER[optimizer], batch_size=batch_size, seed=5)
        for _ in range(2)
    )
    assert run_out(whole, [500]) == run_out(pieces, cuts)
    assert whole.cursor == pieces.cursor
    np.testing.assert_array_equal(whole.checkpoint().vectors, pieces.checkpoint().vectors)
    assert whole.checkpoint().clock == pieces.checkpoint().clock


@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(0, 1000))
def test_a_cut_run_with_dropout_and_batch_norm_keeps_the_same_step(cuts: list[int], seed: int) -> None:
    network = make_network(1, 6, 1, activation=Activation.RELU, dropout=0.2, batch_norm=True)
    recipe = Recipe(MSE, learning_rate=2.0, batch_size=4, seed=seed)
    whole, pieces = (Trainer(network, recipe, make_theta(network, 3), STEEP) for _ in range(2))
    for trainer in (whole, pieces):
        trainer.set_limit(np.array(1.0))
    assert run_out(whole, [500]) == run_out(pieces, cuts)
    assert whole.cursor == pieces.cursor
    np.testing.assert_array_equal(whole.checkpoint().vectors, pieces.checkpoint().vectors)
    np.testing.assert_array_equal(whole.statistics, pieces.statistics)
    assert np.isfinite(whole.theta).all()


def test_after_a_divergence_the_same_run_diverges_again_at_the_same_step() -> None:
    trainer = steep_trainer(0.09)
    first = trainer.run(1000)
    kept = trainer.checkpoint()
    assert first is not None
    assert kept.cursor.step > 10
    assert trainer.run(1000) == first
    np.testing.assert_array_equal(trainer.checkpoint().vectors, kept.vectors)
    assert trainer.cursor == kept.cursor


def test_a_gentler_rate_goes_on_from_the_kept_step() -> None:
    trainer = steep_trainer(0.09)
    trainer.run(1000)
    trainer.configure(Recipe(MSE, learning_rate=0.05))
    assert trainer.run(500) is None
    np.testing.assert_allclose(trainer.theta, [3.0, 0.0], atol=1e-9)


# -- causes ------------------------------------------------------------------------------------------------------------


def test_a_loss_beyond_every_number_is_not_finite() -> None:
    """One step of 1e200 times the gradient: the parameters are finite, their squared errors are not."""
    trainer = steep_trainer(1e200)
    divergence = trainer.run(10)
    assert divergence == Divergence(Cause.LOSS_NOT_FINITE, np.inf, 0)
    assert trainer.cursor.step == 0
    np.testing.assert_array_equal(trainer.theta, np.zeros(2))


def test_a_loss_that_is_no_number_is_not_finite() -> None:
    """Two weights of 1e308 overflow to +inf and -inf, whose sum is NaN."""
    network = make_network(2, 2, 1, activation=Activation.LINEAR)
    theta = np.array([1e308, 1e308, 0, -1e308, -1e308, 0, 1, 1, 0])
    trainer = Trainer(network, Recipe(MSE), theta, stack_rows([[2.0], [2.0]], [[0.0]]))
    divergence = trainer.run(3)
    assert divergence is not None
    assert divergence.cause is Cause.LOSS_NOT_FINITE
    assert np.isnan(divergence.loss)
    assert trainer.cursor.step == 0


def test_parameters_beyond_every_number_are_named_and_not_kept() -> None:
    trainer = steep_trainer(1e308)
    divergence = trainer.run(10)
    assert divergence is not None
    assert divergence.cause is Cause.PARAMETERS_NOT_FINITE
    assert divergence.loss == pytest.approx(START, rel=1e-14)
    assert trainer.cursor.step == 0
    np.testing.assert_array_equal(trainer.theta, np.zeros(2))


def test_an_infinite_loss_is_divergence_even_where_no_limit_was_set() -> None:
    rows = stack_rows([[1.0]], [[1e200]])
    trainer = Trainer(LINE, Recipe(MSE, learning_rate=0.0), np.zeros(2), rows)
    divergence = trainer.run(2)
    assert divergence is not None
    assert divergence.cause is Cause.LOSS_NOT_FINITE
    trainer.set_limit(np.array(np.inf))
    again = trainer.run(2)
    assert again is not None
    assert again.cause is Cause.LOSS_NOT_FINITE


@pytest.mark.parametrize(("start", "limit"), [(126.0, 1.26e8), (0.5, 5e5), (0.0, 1.0), (1e-9, 1.0)])
def test_the_limit_is_a_million_times_the_start_and_a_perfect_start_may_wobble(
    start: float, limit: float
) -> None:
    trainer = steep_trainer(0.01)
    trainer.set_limit(np.array(start))
    assert trainer.limit == pytest.approx(limit)


def test_a_loss_just_within_the_limit_is_kept_and_just_above_is_not() -> None:
    loss = float(one_pass(LINE, MSE, np.zeros(2), STEEP).loss)
    for factor, good in ((1.001, True), (0.999, False)):
        trainer = steep_trainer(0.0)
        trainer.set_limit(np.array(loss * factor / 1e6))
        assert (trainer.run(1) is None) is good


@pytest.mark.parametrize("target", [2.0, -2.0])
@pytest.mark.parametrize("exploding", [0, 1, 2])
def test_the_layer_that_grew_most_in_the_bad_update_is_named(exploding: int, target: float) -> None:
    """Three linear layers of one unit with w = 1, but for one of 1e-3: its gradient is 1000 times the others'."""
    network = make_network(1, 1, 1, 1, activation=Activation.LINEAR)
    theta = np.array([1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
    theta[2 * exploding] = 1e-3
    trainer = Trainer(network, Recipe(MSE, learning_rate=1e6), theta, stack_rows([[1.0]], [[target]]))
    trainer.set_limit(np.array(4.0))
    divergence = trainer.run(5)
    assert divergence is not None
    assert divergence.cause is Cause.LOSS_EXPLODED
    assert divergence.layer == exploding


def test_a_layer_that_overflowed_is_named_before_one_that_did_not() -> None:
    """The input 1e8 makes the first layer's gradient 1e8 times the second's, whose unit sees 1."""
    network = Network((Layer(1, 1, Activation.TANH), Layer(1, 1)), Output.LINEAR)
    theta = np.array([1e-8, 0.0, 1.0, 0.0])
    trainer = Trainer(network, Recipe(MSE, learning_rate=1e301), theta, stack_rows([[1e8]], [[9.0]]))
    divergence = trainer.run(1)
    assert divergence is not None
    assert divergence.cause is Cause.PARAMETERS_NOT_FINITE
    assert divergence.layer == 0


# -- what must not be gone back to -------------------------------------------------------------------------------------


def test_state_set_from_outside_is_not_undone_by_a_divergence_in_its_first_step() -> None:
    """The step before a restored or edited state belongs to another run."""
    trainer = steep_trainer(0.01)
    trainer.run(5)
    far = steep_trainer(0.01)
    far.theta[...] = 1e8
    trainer.restore(far.checkpoint())
    assert trainer.run(1) is not None
    np.testing.assert_array_equal(trainer.theta, [1e8, 1e8])
    assert trainer.cursor.step == 0


def test_a_parameter_edited_by_hand_is_not_undone_either() -> None:
    trainer = steep_trainer(0.01)
    trainer.run(5)
    trainer.theta[0] = 1e8
    trainer.edited()
    assert trainer.run(1) is not None
    assert trainer.theta[0] == 1e8
    assert trainer.cursor.step == 5


# -- many models -------------------------------------------------------------------------------------------------------


def test_in_a_stack_each_model_tells_at_which_step_it_ran_away_and_the_others_go_on() -> None:
    rates = np.array([0.05, 10.0, 0.09, 1e200])
    stack = steep_trainer(rates)
    np.testing.assert_array_equal(stack.diverged_at, [-1, -1, -1, -1])
    assert stack.run(100) is None
    for rate, step in zip(rates, stack.diverged_at, strict=True):
        alone = steep_trainer(float(rate))
        divergence = alone.run(100)
        assert (divergence is None) == (step == -1)
        if divergence is not None:
            assert step == alone.cursor.step + 1  # the loss was seen after the update that is undone
    np.testing.assert_allclose(stack.theta[0], [3.0, 0.0], atol=1e-12)
    assert stack.diverged_at[1] == 2
    assert stack.diverged_at[3] == 1


def test_a_stack_cut_anywhere_tells_the_same_steps() -> None:
    rates = np.array([0.05, 10.0, 0.09, 1e200])
    whole, pieces = steep_trainer(rates, batch_size=5), steep_trainer(rates, batch_size=5)
    whole.run(60)
    for cut in (1, 1, 3, 10, 45):
        pieces.run(cut)
    np.testing.assert_array_equal(whole.diverged_at, pieces.diverged_at)
    np.testing.assert_array_equal(whole.theta[0], pieces.theta[0])


def test_good_batches_do_not_diverge_for_being_new() -> None:
    network = make_network(2, 4, 1, output=Output.SIGMOID)
    rows = make_rows(network, Loss.BINARY_CROSS_ENTROPY, 20, 1)
    trainer = Trainer(network, Recipe(Loss.BINARY_CROSS_ENTROPY, batch_size=1), make_theta(network, 1), rows)
    trainer.set_limit(np.array(0.7))
    assert trainer.run(200) is None
