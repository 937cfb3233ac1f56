"""Optimisers step by step against PyTorch, what they remember included."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.numeric import run
from app.engine.optimizers import OPTIMIZERS, Slots
from app.vocabulary import Optimizer
from tests.unit.engine.building import HYPER, assert_agrees, pytorch

FIXTURE = pytorch("optimisers")
START, GRADIENTS = np.array(FIXTURE["start"]), np.array(FIXTURE["gradients"])
SLOT_OF_STATE = {"momentum_buffer": 0, "exp_avg": 0, "sum": 1, "square_avg": 1, "exp_avg_sq": 1}
NAMES = {"momentum", "alpha", "eps", "weight_decay"}


def make_slots(theta: NDArray[np.float64], rate: float, hyper: Mapping[str, float], models: int = 0) -> Slots:
    """Slots for a copy of `theta`; with `models`, (M, P) of copies and hyper-parameters (M, 1)."""
    lead = (models,) if models else ()
    theta = np.broadcast_to(theta, (*lead, *theta.shape)).copy()

    def number(value: float) -> NDArray[np.float64]:
        return np.full((*lead, 1), value) if models else np.array(value)

    return Slots(
        theta,
        np.zeros_like(theta),
        np.zeros((2, *theta.shape)),
        (np.empty_like(theta), np.empty_like(theta)),
        number(rate),
        np.zeros(()),
        {name: number(value) for name, value in hyper.items()},
    )


def hyper_of(options: Mapping[str, Any]) -> dict[str, float]:
    hyper = {name: value for name, value in options.items() if name in NAMES}
    if "betas" in options:
        hyper["beta1"], hyper["beta2"] = options["betas"]
    return hyper


def name_of(case: Mapping[str, Any]) -> str:
    return f"{case['name']}-{'defaults' if case['defaults'] else 'others'}"


def test_every_optimiser_has_its_kernel() -> None:
    assert set(OPTIMIZERS) == set(Optimizer)


def test_pytorch_was_asked_for_every_optimiser_but_the_perceptron_rule() -> None:
    assert {case["name"] for case in FIXTURE["cases"]} == set(Optimizer) - {Optimizer.PERCEPTRON}
    assert len(FIXTURE["cases"]) == 14


@pytest.mark.parametrize("models", [0, 2])
@pytest.mark.parametrize("case", FIXTURE["cases"], ids=name_of)
def test_eight_updates_are_pytorchs(case: Any, models: int) -> None:
    slots = make_slots(START, case["options"]["lr"], hyper_of(case["options"]), models)
    plan = OPTIMIZERS[case["name"]](slots)
    for step, gradient in enumerate(GRADIENTS):
        slots.gradient[...] = gradient
        run(plan)
        assert_agrees(slots.theta, np.broadcast_to(case["theta"][step], slots.theta.shape), f"step {step}")
        for state, values in case["state"].items():
            kept = slots.moments[SLOT_OF_STATE[state]]
            assert_agrees(kept, np.broadcast_to(values[step], kept.shape), f"{state} after step {step}")


@pytest.mark.parametrize("name", Optimizer)
def test_the_gradient_is_left_as_it_was(name: Optimizer) -> None:
    """What the page shows as the gradient is what the optimiser saw."""
    slots = make_slots(START, 0.1, HYPER[name])
    slots.gradient[...] = GRADIENTS[0]
    run(OPTIMIZERS[name](slots))
    np.testing.assert_array_equal(slots.gradient, GRADIENTS[0])


@pytest.mark.parametrize("name", Optimizer)
def test_a_rate_changed_between_updates_is_used_by_the_next(name: Optimizer) -> None:
    slots = make_slots(START, 0.1, HYPER[name])
    plan = OPTIMIZERS[name](slots)
    slots.gradient[...] = GRADIENTS[0]
    run(plan)
    before = slots.theta.copy()
    slots.rate[...] = 0.0
    run(plan)
    np.testing.assert_array_equal(slots.theta, before)


def test_the_perceptron_rule_is_plain_descent() -> None:
    slots = make_slots(np.array([3.0, 4.0, -10.0]), 0.1, {})
    slots.gradient[...] = [-1.0, -1.0, -1.0]
    run(OPTIMIZERS[Optimizer.PERCEPTRON](slots))
    np.testing.assert_allclose(slots.theta, [3.1, 4.1, -9.9], rtol=1e-15)


def test_momentum_remembers_a_gradient_that_is_gone() -> None:
    slots = make_slots(np.zeros(1), 1.0, {"momentum": 0.5})
    plan = OPTIMIZERS[Optimizer.MOMENTUM](slots)
    path = []
    for gradient in (-8.0, 0.0, 0.0, 0.0):
        slots.gradient[...] = gradient
        run(plan)
        path.append(float(slots.theta[0]))
    assert path == [8.0, 12.0, 14.0, 15.0]
