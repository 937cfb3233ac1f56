"""The ledger tells the step that is taken: it changes no bit of it, and its last columns give the new weights."""

from dataclasses import fields, replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.ledger import Ledger, record_step, replay
from app.engine.network import Network
from app.engine.trainer import Trainer
from app.engine.training_pass import Batch
from app.engine.update import Recipe
from app.vocabulary import Activation, Clipping, Loss, Optimizer, Output
from tests.unit.engine.building import HYPER, make_network, make_rows, make_theta, one_pass, pytorch

MSE = Loss.MEAN_SQUARED_ERROR
FIXTURE = pytorch("optimisers")


def recorded(trainer: Trainer) -> Ledger:
    ledger, divergence = record_step(trainer)
    assert ledger is not None
    assert divergence is None
    return ledger


def assert_same_state(one: Trainer, other: Trainer) -> None:
    """Everything that a run goes on from, to the bit."""
    assert (one.cursor, float(one.rate), one.clock) == (other.cursor, float(other.rate), other.clock)
    for ours, theirs in ((one, other), (one.before_last, other.before_last)):
        assert ours is not None
        assert theirs is not None
        mine = ours.checkpoint() if isinstance(ours, Trainer) else ours
        yours = theirs.checkpoint() if isinstance(theirs, Trainer) else theirs
        np.testing.assert_array_equal(mine.vectors, yours.vectors, strict=True)
        np.testing.assert_array_equal(mine.statistics, yours.statistics, strict=True)
        assert (mine.clock, mine.cursor) == (yours.clock, yours.cursor)


def next_batch(trainer: Trainer) -> Batch:
    """The batch of a step, which is taken."""
    seen: list[Batch] = []

    def look(batch: Batch) -> Batch:
        seen.append(batch)
        return batch

    trainer.run_through(look)
    return seen[0]


@st.composite
def trainers(draw: st.DrawFn) -> tuple[Network, Recipe, Any, Any]:
    """Networks and recipes of every kind: all that `Trainer` takes."""
    loss, output = draw(
        st.sampled_from(
            [
                (MSE, Output.TANH),
                (MSE, Output.SOFTMAX),
                (Loss.BINARY_CROSS_ENTROPY, Output.SIGMOID),
                (Loss.CROSS_ENTROPY, Output.SOFTMAX),
                (Loss.HUBER, Output.LINEAR),
            ]
        )
    )
    sizes = draw(st.sampled_from([(2, 1), (2, 3, 2), (1, 3, 4, 2)]))
    network = make_network(
        *sizes,
        output=output,
        activation=draw(st.sampled_from([Activation.TANH, Activation.RELU, Activation.SILU])),
        dropout=draw(st.sampled_from([0.0, 0.3])),
        batch_norm=draw(st.booleans()),
    )
    optimizer = draw(st.sampled_from(list(Optimizer)))
    recipe = Recipe(
        loss,
        optimizer,
        0.05,
        HYPER[optimizer],
        batch_size=draw(st.sampled_from([None, 1, 3])),
        l1=draw(st.sampled_from([0.0, 0.01])),
        l2=draw(st.sampled_from([0.0, 0.1])),
        clipping=draw(st.sampled_from(list(Clipping))),
        clip_limit=0.1,
        seed=draw(st.integers(0, 9)),
        frozen=draw(st.sampled_from([(), (0,), (0, network.parameters - 1)])),
    )
    return network, recipe, make_theta(network, draw(st.integers(0, 9))), make_rows(network, loss, 7, 3)


@settings(max_examples=60, deadline=None)
@given(trainers(), st.integers(0, 4))
def test_a_recorded_step_is_the_step_and_its_last_columns_give_the_weights(
    case: tuple[Network, Recipe, Any, Any], earlier: int
) -> None:
    watched, plain = (Trainer(*case[:2], case[2].copy(), case[3]) for _ in range(2))
    for trainer in (watched, plain):
        for _ in range(earlier):
            trainer.run(1)
    before = watched.theta.copy()
    ledger = recorded(watched)
    plain.run(1)
    assert_same_state(watched, plain)
    np.testing.assert_array_equal(ledger.before, before)
    np.testing.assert_array_equal(replay(ledger), watched.theta)
    np.testing.assert_array_equal(ledger.after, watched.theta)
    np.testing.assert_array_equal(ledger.clipped_gradient, watched.gradient)
    for trainer in (watched, plain):
        trainer.run(2)
    assert_same_state(watched, plain)


@pytest.mark.parametrize("optimizer", Optimizer)
def test_off_it_adds_no_call_to_the_plan(optimizer: Optimizer) -> None:
    """The fast path keeps the very lists that it had: what recording adds lies in lists of its own."""
    network = make_network(2, 3, 1, batch_norm=True)
    recipe = Recipe(
        MSE, optimizer, 0.05, HYPER[optimizer], l1=0.1, l2=0.1, clipping=Clipping.VALUE, frozen=(0,)
    )
    trainer = Trainer(network, recipe, make_theta(network, 1), make_rows(network, MSE, 6, 2))
    trainer.run(1)
    plain = next_batch(trainer)
    before = [*plain.plan.forward], [*plain.learn]
    recorded(trainer)
    after = next_batch(trainer)
    assert after.learn is plain.learn
    assert (after.plan.forward, after.learn) == before


def test_the_data_gradient_is_the_mean_of_delta_times_input() -> None:
    """For every weight and bias, under losses that average over outputs and under those that add up."""
    for loss, sizes in product((MSE, Loss.HALF_SQUARED_ERROR, Loss.HUBER), ((2, 3, 2), (1, 1))):
        network = make_network(*sizes, output=Output.TANH)
        trainer = Trainer(network, Recipe(loss), make_theta(network, 4), make_rows(network, loss, 5, 1))
        ledger = recorded(trainer)
        for index, layer in enumerate(ledger.layers):
            block = network.block(ledger.data_gradient, index)
            np.testing.assert_allclose(
                block[:, :-1], layer.delta @ layer.inputs.T / 5, rtol=1e-12, atol=1e-15
            )
            np.testing.assert_allclose(block[:, -1], layer.delta.mean(axis=1), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loss", [MSE, Loss.HALF_SQUARED_ERROR, Loss.HUBER])
def test_delta_times_input_of_one_sample_is_the_slope_of_its_own_loss(loss: Loss) -> None:
    """By central differences over a batch of that row alone."""
    network = make_network(2, 3, 2, output=Output.TANH)
    theta, rows = make_theta(network, 4), make_rows(network, loss, 5, 1)
    ledger = recorded(Trainer(network, Recipe(loss, shuffle=False), theta.copy(), rows))
    for row, (index, layer) in product(range(5), enumerate(ledger.layers)):
        inputs = np.append(layer.inputs[:, row], 1.0)
        slopes = np.outer(layer.delta[:, row], inputs).ravel()
        for offset, slope in enumerate(slopes):
            step = np.zeros_like(theta)
            step[network.offsets[index] + offset] = 1e-6
            alone = rows[:, row : row + 1]
            up, down = (one_pass(network, loss, theta + sign * step, alone).loss for sign in (1, -1))
            assert slope == pytest.approx((up - down) / 2e-6, rel=1e-6, abs=1e-9)


def test_the_losses_of_the_rows_average_to_the_loss_of_the_batch() -> None:
    network = make_network(2, 3, 2, output=Output.TANH)
    rows = make_rows(network, MSE, 5, 1)
    theta = make_theta(network, 4)
    ledger = recorded(Trainer(network, Recipe(MSE, shuffle=False), theta.copy(), rows))
    assert ledger.losses.mean() == pytest.approx(ledger.loss, rel=1e-14)
    for row in range(5):
        alone = one_pass(network, MSE, theta, rows[:, row : row + 1]).loss
        assert ledger.losses[row] == pytest.approx(alone, rel=1e-14)


def test_values_follow_from_one_another_in_every_layer() -> None:
    network = make_network(2, 3, 4, 1, output=Output.SIGMOID, activation=Activation.TANH)
    trainer = Trainer(
        network, Recipe(Loss.BINARY_CROSS_ENTROPY), make_theta(network, 2), make_rows(network, MSE, 6, 0)
    )
    ledger = recorded(trainer)
    for index, layer in enumerate(ledger.layers):
        block = network.block(ledger.before, index)
        np.testing.assert_allclose(
            layer.z, block[:, :-1] @ layer.inputs + block[:, -1:], rtol=1e-13, atol=1e-15
        )
        if index:
            np.testing.assert_array_equal(layer.inputs, ledger.layers[index - 1].a)
    for index in (0, 1):
        layer, after = ledger.layers[index], ledger.layers[index + 1]
        assert layer.slope is not None
        np.testing.assert_allclose(layer.slope, 1 - np.tanh(layer.z) ** 2, rtol=1e-12)
        back = network.block(ledger.before, index + 1)[:, :-1].T @ after.delta
        np.testing.assert_allclose(layer.delta, back * layer.slope, rtol=1e-12, atol=1e-16)
    assert ledger.layers[-1].slope is None
    np.testing.assert_allclose(ledger.layers[-1].delta, ledger.layers[-1].a - ledger.targets, rtol=1e-14)


def test_under_batch_norm_sums_and_deltas_lie_on_both_sides_of_it() -> None:
    """delta below it couples the rows: it adds up to 0 over the batch, whatever comes from above."""
    network = make_network(2, 3, 1, batch_norm=True)
    ledger = recorded(Trainer(network, Recipe(MSE), make_theta(network, 2), make_rows(network, MSE, 6, 0)))
    hidden, block = ledger.layers[0], network.block(ledger.before, 0)
    np.testing.assert_allclose(hidden.summed, block[:, :-1] @ hidden.inputs + block[:, -1:], rtol=1e-13)
    assert np.abs(hidden.z - hidden.summed).max() > 0.1
    np.testing.assert_allclose(hidden.delta.sum(axis=1), 0.0, atol=1e-12)
    gamma, beta = network.norm(ledger.data_gradient, 0)
    np.testing.assert_allclose(hidden.through.mean(axis=1), beta[:, 0], rtol=1e-12)
    assert gamma.any()


@pytest.mark.parametrize("case", FIXTURE["cases"], ids=lambda case: f"{case['name']}-{case['defaults']}")
def test_updates_and_moments_of_every_optimiser_are_pytorchs(case: Any) -> None:
    """One unit without bias sees the gradient that PyTorch was given: inputs are chosen so."""
    options = case["options"]
    hyper = {
        name: value for name, value in options.items() if name in {"momentum", "alpha", "eps", "weight_decay"}
    }
    if "betas" in options:
        hyper["beta1"], hyper["beta2"] = options["betas"]
    start, gradients = np.array(FIXTURE["start"]), np.array(FIXTURE["gradients"])
    network = make_network(start.size, 1)
    theta = np.append(start, 0.0)
    recipe = Recipe(MSE, Optimizer(case["name"]), options["lr"], hyper, frozen=(start.size,))
    trainer = Trainer(network, recipe, theta, np.zeros((start.size + 2, 1)))
    for step, gradient in enumerate(gradients[:3]):
        # The error is set to 1/2, whose slope is 1: the gradient is the input.
        rows = np.concatenate([gradient, [1.0], [0.0]])[:, None]
        rows[-1] = trainer.theta[:-1] @ gradient - 0.5
        trainer.set_rows(rows)
        ledger = recorded(trainer)
        np.testing.assert_allclose(ledger.clipped_gradient[:-1], gradient, rtol=1e-9)
        before = start if step == 0 else np.array(case["theta"][step - 1])
        moved = ledger.update if ledger.decay is None else ledger.update + ledger.decay
        np.testing.assert_allclose(before - moved[:-1], case["theta"][step], rtol=1e-8)
        for state, values in case["state"].items():
            first = state in ("momentum_buffer", "exp_avg")
            kept = ledger.first if first else ledger.second
            assert kept is not None
            np.testing.assert_allclose(kept[:-1], values[step], rtol=1e-8)


def test_adams_corrected_moments_give_its_update() -> None:
    network = make_network(2, 1)
    recipe = Recipe(MSE, Optimizer.ADAM, 0.1, HYPER[Optimizer.ADAM])
    trainer = Trainer(network, recipe, make_theta(network, 1), make_rows(network, MSE, 4, 1))
    trainer.run(3)
    ledger = recorded(trainer)
    assert ledger.clock == 4.0
    assert ledger.first is not None
    assert ledger.first_corrected is not None
    assert ledger.second_corrected is not None
    np.testing.assert_allclose(ledger.first_corrected, ledger.first / (1 - 0.9**4), rtol=1e-13)
    step = 0.1 * ledger.first_corrected / (np.sqrt(ledger.second_corrected) + 1e-8)
    np.testing.assert_allclose(ledger.update, step, rtol=1e-12)


def test_what_an_optimiser_does_not_have_is_not_told() -> None:
    network = make_network(2, 1)
    trainer = Trainer(network, Recipe(MSE), make_theta(network, 1), make_rows(network, MSE, 4, 1))
    ledger = recorded(trainer)
    missing = {field.name for field in fields(ledger) if getattr(ledger, field.name) is None}
    corrected = {"first_corrected", "second_corrected"}
    assert missing == {"first_before", "second_before", "first", "second", "decay"} | corrected


def test_a_loss_that_must_not_be_learnt_from_gives_no_ledger() -> None:
    network = make_network(2, 1)
    recipe = Recipe(MSE, learning_rate=0.01)
    one, other = (
        Trainer(network, recipe, make_theta(network, 1), make_rows(network, MSE, 4, 1)) for _ in range(2)
    )
    for trainer in (one, other):
        trainer.run(1)
        trainer.set_limit(np.array(0.0))
        trainer.limit = np.array(1e-9)
    ledger, divergence = record_step(one)
    assert ledger is None
    assert divergence == other.run(1)
    assert divergence is not None
    np.testing.assert_array_equal(one.checkpoint().vectors, other.checkpoint().vectors)


def test_a_weight_that_bursts_is_told_in_full_and_not_kept() -> None:
    network = make_network(1, 1)
    recipe = Recipe(MSE, learning_rate=1e308)
    one, other = (
        Trainer(network, recipe, np.array([1.0, 0.0]), np.array([[100.0], [1.0], [0.0]])) for _ in range(2)
    )
    ledger, divergence = record_step(one)
    assert divergence == other.run(1)
    assert ledger is not None
    assert not np.isfinite(ledger.after).all()
    np.testing.assert_array_equal(one.theta, [1.0, 0.0])


@pytest.mark.parametrize("shuffle", [True, False])
def test_the_rows_of_the_next_batch_are_named_in_its_order(shuffle: bool) -> None:
    network = make_network(2, 1)
    rows = make_rows(network, MSE, 7, 1)
    trainer = Trainer(
        network, Recipe(MSE, batch_size=3, shuffle=shuffle, seed=5), make_theta(network, 1), rows
    )
    for _ in range(7):
        expected = trainer.next_rows()
        ledger = recorded(trainer)
        np.testing.assert_array_equal(ledger.layers[0].inputs, rows[:2, expected])
        assert expected.size == ledger.width


def test_after_all_a_copy_of_the_recipe_records_the_same() -> None:
    """Recording twice from one place gives the same ledger."""
    network = make_network(2, 3, 1, dropout=0.5)
    trainer = Trainer(
        network, Recipe(MSE, batch_size=2), make_theta(network, 1), make_rows(network, MSE, 5, 1)
    )
    trainer.run(2)
    place = trainer.checkpoint()
    first = recorded(trainer)
    trainer.restore(place)
    second = recorded(trainer)
    np.testing.assert_array_equal(first.after, second.after)
    np.testing.assert_array_equal(first.layers[0].a, second.layers[0].a)
    assert replace(first.recipe) == second.recipe
