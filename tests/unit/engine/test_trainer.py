"""Laws of training: how it is cut never shows, checkpoints go on to the bit, live changes keep what they should."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.network import Network
from app.engine.schedules import Plan
from app.engine.trainer import Checkpoint, Cursor, Trainer
from app.engine.update import Recipe
from app.vocabulary import Activation, Loss, Optimizer, Output, Schedule, ScheduleUnit
from tests.unit.engine.building import HYPER, make_network, make_rows, make_theta, one_pass

LOSS = Loss.BINARY_CROSS_ENTROPY
NETWORK = make_network(2, 3, 2, 1, output=Output.SIGMOID)
SCHEDULES = (
    Plan(),
    Plan(Schedule.COSINE, ScheduleUnit.STEP, 2, {"length": 20, "floor": 0.001}),
    Plan(Schedule.EXPONENTIAL, ScheduleUnit.EPOCH, 1, {"gamma": 0.8}),
)


@dataclass(frozen=True)
class Setup:
    """All that a trainer is made from."""

    network: Network
    recipe: Recipe
    rows: NDArray[np.float64]

    def trainer(self) -> Trainer:
        return Trainer(self.network, self.recipe, make_theta(self.network, 4), self.rows)


@st.composite
def setups(draw: st.DrawFn) -> Setup:
    """Dropout, batch norm, every optimiser and schedule, any batch size and number of rows."""
    network = make_network(
        2,
        3,
        2,
        1,
        output=Output.SIGMOID,
        activation=draw(st.sampled_from([Activation.TANH, Activation.RELU, Activation.GELU])),
        dropout=draw(st.sampled_from([0.0, 0.3])),
        batch_norm=draw(st.booleans()),
    )
    optimizer = draw(st.sampled_from(Optimizer))
    recipe = Recipe(
        LOSS,
        optimizer,
        0.05,
        HYPER[optimizer],
        draw(st.sampled_from(SCHEDULES)),
        batch_size=draw(st.none() | st.integers(1, 13)),
        shuffle=draw(st.booleans()),
        l2=draw(st.sampled_from([0.0, 0.01])),
        seed=draw(st.integers(0, 2**31)),
    )
    return Setup(network, recipe, make_rows(network, LOSS, draw(st.integers(1, 11)), 9))


def assert_same_state(one: Trainer, other: Trainer) -> None:
    """Everything a run goes on from, to the bit."""
    here, there = one.checkpoint(), other.checkpoint()
    np.testing.assert_array_equal(here.vectors, there.vectors)
    np.testing.assert_array_equal(here.statistics, there.statistics)
    assert (here.clock, here.cursor) == (there.clock, there.cursor)


# -- how a run is cut --------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(setups(), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_a_run_cut_anywhere_gives_the_same_bits(setup: Setup, cuts: list[int]) -> None:
    whole, pieces = setup.trainer(), setup.trainer()
    assert whole.run(sum(cuts)) is None
    for cut in cuts:
        assert pieces.run(cut) is None
    assert_same_state(whole, pieces)
    assert whole.cursor.step == sum(cuts)


@settings(max_examples=60)
@given(setups(), st.integers(0, 15), st.integers(1, 15))
def test_a_new_trainer_goes_on_from_a_checkpoint_with_the_same_bits(
    setup: Setup, first: int, then: int
) -> None:
    whole = setup.trainer()
    if first:
        whole.run(first)
    checkpoint = whole.checkpoint()
    whole.run(then)
    resumed = setup.trainer()
    resumed.restore(checkpoint)
    resumed.run(then)
    assert_same_state(whole, resumed)


@settings(max_examples=60)
@given(setups(), st.integers(0, 15), st.integers(1, 15), st.integers(1, 15))
def test_a_trainer_that_ran_on_goes_back_to_a_checkpoint_with_the_same_bits(
    setup: Setup, first: int, beyond: int, then: int
) -> None:
    straight, detour = setup.trainer(), setup.trainer()
    if first:
        detour.run(first)
    checkpoint = detour.checkpoint()
    detour.run(beyond)
    detour.restore(checkpoint)
    detour.run(then)
    straight.run(first + then)
    assert_same_state(straight, detour)


def test_a_checkpoint_is_a_copy() -> None:
    trainer = Setup(NETWORK, Recipe(LOSS), make_rows(NETWORK, LOSS, 5, 1)).trainer()
    checkpoint = trainer.checkpoint()
    trainer.run(3)
    np.testing.assert_array_equal(checkpoint.vectors[0], make_theta(NETWORK, 4))
    assert checkpoint.cursor == Cursor()


def test_a_restored_trainer_does_not_write_into_the_checkpoint() -> None:
    trainer = Setup(NETWORK, Recipe(LOSS), make_rows(NETWORK, LOSS, 5, 1)).trainer()
    checkpoint = trainer.checkpoint()
    kept = checkpoint.vectors.copy()
    trainer.restore(checkpoint)
    trainer.run(2)
    np.testing.assert_array_equal(checkpoint.vectors, kept)


@pytest.mark.parametrize(
    "change", [{"shuffle": False}, {"seed": 77}, {"batch_size": 2}, {"batch_size": None}]
)
@pytest.mark.parametrize("first", [1, 2, 4])
def test_a_new_trainer_goes_on_the_same_after_the_order_was_changed_in_mid_epoch(
    first: int, change: dict[str, Any]
) -> None:
    network = make_network(2, 3, 1, output=Output.SIGMOID, dropout=0.5)
    before = Recipe(LOSS, Optimizer.ADAM, 0.05, HYPER[Optimizer.ADAM], batch_size=3, seed=5)
    after = replace(before, **change)
    live = Setup(network, before, make_rows(network, LOSS, 10, 2)).trainer()
    live.run(first)
    live.configure(after)
    resumed = Trainer(network, after, np.zeros(network.parameters), live.source)
    resumed.restore(live.checkpoint())
    for trainer in (live, resumed):
        trainer.run(7)
    assert_same_state(live, resumed)


# -- live changes ------------------------------------------------------------------------------------------------------


def adam_trainer() -> Trainer:
    recipe = Recipe(LOSS, Optimizer.ADAM, 0.05, HYPER[Optimizer.ADAM], batch_size=4)
    trainer = Setup(NETWORK, recipe, make_rows(NETWORK, LOSS, 10, 2)).trainer()
    trainer.run(5)
    return trainer


def test_another_learning_rate_keeps_the_moments_and_is_used_at_once() -> None:
    trainer, same = adam_trainer(), adam_trainer()
    before = trainer.checkpoint()
    trainer.configure(replace(trainer.recipe, learning_rate=0.1))
    after = trainer.checkpoint()
    np.testing.assert_array_equal(before.vectors, after.vectors)
    assert (before.clock, before.cursor) == (after.clock, after.cursor)
    assert trainer.rate == 0.1
    trainer.run(1)
    same.run(1)
    start = before.vectors[0]
    np.testing.assert_allclose(trainer.theta - start, 2 * (same.theta - start), rtol=1e-9)


def test_another_optimiser_starts_with_empty_moments_and_a_new_clock() -> None:
    trainer = adam_trainer()
    theta = trainer.theta.copy()
    trainer.configure(replace(trainer.recipe, optimizer=Optimizer.ADAMW, hyper=HYPER[Optimizer.ADAMW]))
    after = trainer.checkpoint()
    np.testing.assert_array_equal(after.vectors[0], theta)
    np.testing.assert_array_equal(after.vectors[2:], np.zeros((2, theta.size)))
    assert after.clock == 0.0
    assert after.cursor.step == 5


def test_before_the_first_step_the_rate_is_that_of_the_first_step() -> None:
    recipe = Recipe(LOSS, learning_rate=0.08, schedule=Plan(warmup=4, unit=ScheduleUnit.STEP))
    trainer = Setup(NETWORK, recipe, make_rows(NETWORK, LOSS, 5, 1)).trainer()
    assert trainer.rate == pytest.approx(0.02)
    rates = []
    for _ in range(5):
        trainer.run(1)
        rates.append(float(trainer.rate))
    assert rates == pytest.approx([0.02, 0.04, 0.06, 0.08, 0.08])


def test_new_rows_keep_weights_moments_and_step() -> None:
    trainer = adam_trainer()
    before = trainer.checkpoint()
    trainer.set_rows(make_rows(NETWORK, LOSS, 3, 77))
    after = trainer.checkpoint()
    np.testing.assert_array_equal(before.vectors, after.vectors)
    assert (before.clock, before.cursor.step) == (after.clock, after.cursor.step)


# -- what a step leaves behind -----------------------------------------------------------------------------------------


def test_the_gradient_on_show_is_the_one_that_moved_the_weights() -> None:
    rows = make_rows(NETWORK, LOSS, 6, 1)
    trainer = Setup(NETWORK, Recipe(LOSS, learning_rate=0.5), rows).trainer()
    np.testing.assert_array_equal(trainer.gradient, np.zeros(NETWORK.parameters))
    before = trainer.theta.copy()
    trainer.run(1)
    np.testing.assert_array_equal(trainer.theta, before - 0.5 * trainer.gradient)


def test_dropout_masks_change_from_step_to_step_and_are_gone_outside_training() -> None:
    network = make_network(2, 50, 1, output=Output.SIGMOID, dropout=0.5)
    recipe = Recipe(LOSS, learning_rate=0.0)
    trainer = Setup(network, recipe, make_rows(network, LOSS, 1, 1)).trainer()
    silent = []
    for _ in range(2):
        trainer.run(1)
        silent.append(network.block(trainer.gradient, 1)[0, :-1] == 0)
    assert 10 < silent[0].sum() < 40
    assert (silent[0] != silent[1]).any()
    whole = one_pass(network, LOSS, trainer.theta, trainer.source).gradient
    assert (network.block(whole, 1) != 0).all()


def test_the_trainers_own_theta_is_apart_from_the_one_it_was_given() -> None:
    theta = make_theta(NETWORK, 4)
    trainer = Trainer(NETWORK, Recipe(LOSS), theta, make_rows(NETWORK, LOSS, 5, 1))
    trainer.run(1)
    np.testing.assert_array_equal(theta, make_theta(NETWORK, 4))


def test_a_checkpoint_holds_theta_gradient_and_both_moments() -> None:
    trainer = adam_trainer()
    checkpoint: Checkpoint = trainer.checkpoint()
    assert checkpoint.vectors.shape == (4, NETWORK.parameters)
    np.testing.assert_array_equal(checkpoint.vectors[0], trainer.theta)
    np.testing.assert_array_equal(checkpoint.vectors[1], trainer.gradient)
    assert (checkpoint.vectors[3] >= 0).all()
    assert checkpoint.clock == 5.0


def test_other_rows_of_the_same_shape_are_learnt_from_by_the_plans_there_are() -> None:
    """A drag changes the rows with each move; its plans are as good as new ones, to the bit."""
    network = make_network(2, 3, 1)
    recipe = Recipe(Loss.MEAN_SQUARED_ERROR, batch_size=4)
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, 4, 10))
    first[2] = second[2] = 1.0
    theta = rng.normal(size=network.parameters)
    moved, fresh = Trainer(network, recipe, theta, first), Trainer(network, recipe, theta, first)
    moved.run(4)
    fresh.run(4)
    plans = dict(moved._batches)
    moved.set_rows(second)
    assert moved._batches == plans
    fresh.set_rows(second[:, :9])
    assert not fresh._batches
    fresh.set_rows(second)
    fresh.restore(moved.checkpoint())
    moved.run(7)
    fresh.run(7)
    np.testing.assert_array_equal(moved.theta, fresh.theta)
