"""Whole trainings against PyTorch: losses, penalties, gradients before and after clipping, and where they end."""

from typing import Any

import numpy as np
import pytest

from app.engine.network import Network
from app.engine.trainer import Trainer
from app.engine.update import Recipe, penalty
from app.vocabulary import Activation, Clipping, Loss, Optimizer, Output
from tests.unit.engine.building import (
    HYPER,
    assert_agrees,
    from_state_dict,
    make_network,
    one_pass,
    pytorch,
    stack_rows,
)

FIXTURE = pytorch("training")
OUTPUT_OF_LOSS = {
    "binary_cross_entropy": Output.SIGMOID,
    "cross_entropy": Output.SOFTMAX,
    "mean_squared_error": Output.LINEAR,
}
CASES = pytest.mark.parametrize("case", FIXTURE["cases"], ids=lambda case: case["name"])


def network_of(options: Any) -> Network:
    output = OUTPUT_OF_LOSS[options["loss"]]
    return make_network(*options["layers"], output=output, activation=Activation(options["activation"]))


def recipe_of(options: Any) -> Recipe:
    clipping, limit = Clipping.NONE, 1.0
    if "clip_norm" in options:
        clipping, limit = Clipping.GLOBAL_NORM, options["clip_norm"]
    if "clip_value" in options:
        clipping, limit = Clipping.VALUE, options["clip_value"]
    return Recipe(
        Loss(options["loss"]),
        Optimizer(options["optimiser"]),
        options["lr"],
        HYPER[Optimizer(options["optimiser"])],
        batch_size=FIXTURE["batch_size"],
        shuffle=False,
        l1=options.get("l1", 0.0),
        l2=options.get("l2", 0.0),
        clipping=clipping,
        clip_limit=limit,
    )


def trainer_of(case: Any) -> Trainer:
    network = network_of(case["options"])
    theta = from_state_dict(network, case["initial"])
    return Trainer(network, recipe_of(case["options"]), theta, stack_rows(case["inputs"], case["targets"]))


@CASES
def test_last_parameters_are_pytorchs(case: Any) -> None:
    trainer = trainer_of(case)
    assert trainer.run(9) is None
    assert trainer.cursor.epoch == FIXTURE["epochs"]
    assert_agrees(trainer.theta, from_state_dict(trainer.network, case["final"]))


@CASES
def test_loss_and_penalty_before_each_step_are_pytorchs(case: Any) -> None:
    trainer = trainer_of(case)
    for step in range(9):
        row = trainer.cursor.row
        batch = trainer.source[:, row : row + 8]
        outcome = one_pass(trainer.network, trainer.recipe.loss, trainer.theta, batch)
        assert_agrees(outcome.loss, case["losses"][step], f"loss before step {step}")
        regularised = penalty(trainer.network, trainer.recipe, trainer.theta)
        assert_agrees(regularised, case["penalties"][step], f"penalty before step {step}")
        trainer.run(1)


@CASES
def test_first_gradients_are_pytorchs_as_computed_and_as_applied(case: Any) -> None:
    trainer = trainer_of(case)
    outcome = one_pass(trainer.network, trainer.recipe.loss, trainer.theta, trainer.source[:, :8])
    assert_agrees(outcome.gradient, from_state_dict(trainer.network, case["first_data_gradients"]))
    trainer.run(1)
    assert_agrees(trainer.gradient, from_state_dict(trainer.network, case["first_applied_gradients"]))


@pytest.mark.parametrize("name", ["l2 clip norm", "l2 clip value"])
def test_clipping_was_at_work_in_the_runs_that_are_to_show_it(name: str) -> None:
    case = next(case for case in FIXTURE["cases"] if case["name"] == name)
    trainer = trainer_of(case)
    shrunk = 0
    for norm in case["norms"]:
        trainer.run(1)
        shrunk += np.linalg.norm(trainer.gradient) < norm * (1 - 1e-9)
    assert shrunk >= 5
