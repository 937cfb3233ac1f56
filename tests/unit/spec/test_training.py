"""How it learns: hyper-parameters by PyTorch's names, with PyTorch's defaults."""

import pytest

from app.spec import Experiment
from app.vocabulary import Optimizer, Schedule

OPTIMISERS: list[tuple[str, dict[str, object]]] = [
    ("sgd", {}),
    ("perceptron", {}),
    ("momentum", {"momentum": 0.9}),
    ("nesterov", {"momentum": 0.9}),
    ("adagrad", {"eps": 1e-10}),
    ("rmsprop", {"alpha": 0.99, "eps": 1e-8}),
    ("adam", {"betas": [0.9, 0.999], "eps": 1e-8}),
    ("adamw", {"betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": 0.01}),
]
SCHEDULES: list[tuple[str, dict[str, object]]] = [
    ("constant", {}),
    ("inverse_time", {"k": 0.1}),
    ("exponential", {"gamma": 0.95}),
    ("inverse_sqrt", {"k": 1.0}),
    ("step", {"every": 50, "gamma": 0.5}),
    ("cosine", {"length": 100, "floor": 0.0}),
]


@pytest.mark.parametrize(("name", "hyper"), OPTIMISERS)
def test_an_optimiser_has_pytorchs_names_and_defaults(name: str, hyper: dict[str, object]) -> None:
    spec = Experiment.parse({"training": {"optimizer": {"name": name}}})
    dumped = spec.training.optimizer.model_dump(mode="json")
    assert dumped == {"name": name, "learning_rate": 0.03} | hyper


@pytest.mark.parametrize(("name", "hyper"), SCHEDULES)
def test_a_schedule_counts_epochs_without_warm_up_unless_told(name: str, hyper: dict[str, object]) -> None:
    spec = Experiment.parse({"training": {"schedule": {"name": name}}})
    dumped = spec.training.schedule.model_dump(mode="json")
    assert dumped == {"name": name, "unit": "epoch", "warmup": 0} | hyper


def test_every_optimiser_and_schedule_can_be_asked_for() -> None:
    assert {name for name, _ in OPTIMISERS} == set(Optimizer)
    assert {name for name, _ in SCHEDULES} == set(Schedule)
