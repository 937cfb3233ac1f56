"""M models trained at once are M trainings of one: to the bit as stacks, to rounding without the axis."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.evaluation import evaluate, forward_with_scores
from app.engine.network import Network
from app.engine.schedules import Plan
from app.engine.trainer import Trainer
from app.engine.update import Number, Recipe, penalty
from app.vocabulary import Activation, Clipping, Loss, Optimizer, Output, Schedule, ScheduleUnit, Task
from tests.unit.engine.building import HYPER, make_network, make_rows, make_theta, one_pass

MODELS = 5
LOSS = Loss.BINARY_CROSS_ENTROPY
PLAIN = make_network(2, 4, 3, 1, output=Output.SIGMOID)
LAYERS = {
    "plain": PLAIN,
    "dropout": make_network(2, 4, 3, 1, output=Output.SIGMOID, dropout=0.3),
    "batch norm": make_network(
        2, 4, 3, 1, output=Output.SIGMOID, batch_norm=True, activation=Activation.RELU
    ),
    "both": make_network(2, 4, 3, 1, output=Output.SIGMOID, batch_norm=True, dropout=0.3),
}


def race(optimizer: Optimizer, clipping: Clipping = Clipping.GLOBAL_NORM) -> Recipe:
    """A recipe in which every number that can differ from model to model does."""
    hyper: dict[str, Number] = {
        name: value * np.linspace(0.5, 1.0, MODELS) for name, value in HYPER[optimizer].items()
    }
    return Recipe(
        LOSS,
        optimizer,
        np.array([0.01, 0.03, 0.1, 0.3, 0.5]),
        hyper,
        Plan(Schedule.EXPONENTIAL, ScheduleUnit.STEP, 3, {"gamma": 0.97}),
        batch_size=4,
        l1=np.array([0.0, 0.01, 0.0, 0.02, 0.1]),
        l2=np.array([0.0, 0.0, 0.05, 0.1, 0.01]),
        clipping=clipping,
        clip_limit=np.array([0.05, 0.1, 0.2, 1.0, 10.0]),
        seed=3,
    )


def chosen(recipe: Recipe, models: slice | int | list[int]) -> Recipe:
    """The recipe of some of the models; of a single one without the axis for an integer."""

    def pick(value: Number) -> Number:
        picked = np.asarray(value)[models]
        return float(picked) if isinstance(models, int) else picked

    return replace(
        recipe,
        learning_rate=pick(recipe.learning_rate),
        hyper={name: pick(value) for name, value in recipe.hyper.items()},
        l1=pick(recipe.l1),
        l2=pick(recipe.l2),
        clip_limit=pick(recipe.clip_limit),
    )


def train(network: Network, recipe: Recipe, theta: NDArray[np.float64], steps: int = 12) -> Trainer:
    """Four epochs of ten rows, unless told otherwise."""
    trainer = Trainer(network, recipe, theta, make_rows(network, recipe.loss, 10, 8))
    trainer.run(steps)
    return trainer


@pytest.mark.parametrize("optimizer", Optimizer)
@pytest.mark.parametrize("layers", LAYERS)
def test_a_stack_is_its_models_stacked_alone_to_the_bit(layers: str, optimizer: Optimizer) -> None:
    network, recipe = LAYERS[layers], race(optimizer)
    theta = make_theta(network, 1, MODELS)
    stack = train(network, recipe, theta).checkpoint()
    for model in range(MODELS):
        one = slice(model, model + 1)
        alone = train(network, chosen(recipe, one), theta[one]).checkpoint()
        np.testing.assert_array_equal(alone.vectors[:, 0], stack.vectors[:, model])
        np.testing.assert_array_equal(alone.statistics[0], stack.statistics[model])


@pytest.mark.parametrize("optimizer", Optimizer)
@pytest.mark.parametrize("layers", LAYERS)
def test_a_stack_is_its_models_without_the_axis_to_rounding(layers: str, optimizer: Optimizer) -> None:
    network, recipe = LAYERS[layers], race(optimizer)
    theta = make_theta(network, 1, MODELS)
    stack = train(network, recipe, theta).checkpoint()
    for model in range(MODELS):
        alone = train(network, chosen(recipe, model), theta[model]).checkpoint()
        np.testing.assert_allclose(alone.vectors, stack.vectors[:, model], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(alone.statistics, stack.statistics[model], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("clipping", Clipping)
def test_every_clipping_keeps_the_models_apart(clipping: Clipping) -> None:
    recipe = race(Optimizer.SGD, clipping)
    theta = make_theta(PLAIN, 1, MODELS)
    stack = train(PLAIN, recipe, theta)
    for model in range(MODELS):
        alone = train(PLAIN, chosen(recipe, model), theta[model])
        np.testing.assert_allclose(alone.theta, stack.theta[model], rtol=1e-12, atol=1e-12)


TWO = np.array([0.01, 0.02])
BASE = Recipe(LOSS, Optimizer.MOMENTUM, 0.1, {"momentum": 0.9}, clipping=Clipping.VALUE, clip_limit=0.05)


@pytest.mark.parametrize(
    "different",
    [
        replace(BASE, learning_rate=TWO),
        replace(BASE, hyper={"momentum": TWO}),
        replace(BASE, l1=TWO),
        replace(BASE, l2=TWO),
        replace(BASE, clip_limit=TWO),
    ],
    ids=["learning rate", "momentum", "l1", "l2", "clip limit"],
)
def test_each_number_that_may_differ_does_make_a_difference(different: Recipe) -> None:
    """Equal models, equal but for one number, part."""
    theta = np.repeat(make_theta(PLAIN, 1)[None], 2, axis=0)
    apart, together = train(PLAIN, different, theta), train(PLAIN, BASE, theta)
    assert np.abs(apart.theta[0] - apart.theta[1]).max() > 1e-6
    np.testing.assert_array_equal(together.theta[0], together.theta[1])


@settings(max_examples=25)
@given(st.permutations(range(MODELS)), st.integers(1, 9), st.sampled_from(sorted(LAYERS)))
def test_the_order_of_the_models_does_not_matter(order: list[int], steps: int, layers: str) -> None:
    network, recipe = LAYERS[layers], race(Optimizer.ADAM)
    theta = make_theta(network, 1, MODELS)
    mixed = chosen(recipe, order)
    straight, shuffled = train(network, recipe, theta, steps), train(network, mixed, theta[order], steps)
    np.testing.assert_array_equal(shuffled.theta, straight.theta[order])


def test_losses_gradients_and_penalties_of_a_stack_are_those_of_its_models() -> None:
    theta, recipe = make_theta(PLAIN, 1, MODELS), race(Optimizer.SGD)
    rows = make_rows(PLAIN, LOSS, 7, 2)
    stack, penalties = one_pass(PLAIN, LOSS, theta, rows), penalty(PLAIN, recipe, theta)
    assert stack.loss.shape == penalties.shape == (MODELS,)
    for model in range(MODELS):
        alone = one_pass(PLAIN, LOSS, theta[model], rows)
        assert stack.loss[model] == pytest.approx(alone.loss, rel=1e-13)
        np.testing.assert_allclose(stack.gradient[model], alone.gradient, rtol=1e-12, atol=1e-14)
        own = penalty(PLAIN, chosen(recipe, model), theta[model])
        assert penalties[model] == pytest.approx(float(own), rel=1e-13)


def test_evaluations_of_a_stack_are_those_of_its_models() -> None:
    theta = make_theta(PLAIN, 1, MODELS)
    rows, statistics = make_rows(PLAIN, LOSS, 30, 2), PLAIN.fresh_statistics((MODELS,))
    outputs, scores = forward_with_scores(PLAIN, theta, statistics, rows[:3])
    (stack,) = evaluate(PLAIN, LOSS, Task.CLASSIFICATION, outputs, scores, rows[3:])
    assert stack.loss.shape == stack.score.shape == (MODELS,)
    for model in range(MODELS):
        one, under = forward_with_scores(PLAIN, theta[model], PLAIN.fresh_statistics(), rows[:3])
        (alone,) = evaluate(PLAIN, LOSS, Task.CLASSIFICATION, one, under, rows[3:])
        assert stack.loss[model] == pytest.approx(float(alone.loss), rel=1e-12)
        assert stack.score[model] == alone.score
