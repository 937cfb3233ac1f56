"""Conditions in words."""

from typing import Any

import pytest

from app.lessons.describe import describe, number, setting
from app.lessons.quantities import Condition, Measure, Quantity
from app.lessons.telling import _quantities

WORDS = _quantities("en")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"measure": "train_score", "at_least": 1.0}, "training accuracy: at least 1"),
        ({"measure": "parameters", "at_most": 7}, "parameters: at most 7"),
        ({"measure": "epoch", "at_least": 10, "at_most": 20}, "epochs: from 10 to 20"),
        ({"measure": "phase", "is": "diverged"}, "training is: diverged"),
        ({"measure": "step", "is": 10}, "steps: 10"),
        (
            {"measure": "weight", "layer": 0, "unit": 1, "input": 0, "is": -3.1, "tolerance": 0.05},
            "weight 1 of unit 2 in layer 1: \N{MINUS SIGN}3.1, to within 0.05",
        ),
        ({"measure": "weight", "layer": 1, "unit": 0, "at_least": 0}, "bias of unit 1 in the output layer: at least 0"),
        ({"measure": "output", "at": (7, 6), "at_least": 0.5}, "output at (7, 6): at least 0.5"),
        ({"measure": "output", "row": 0, "unit": 2, "at_least": 0.5}, "output 3 at point 1: at least 0.5"),
        ({"measure": "flat_units", "at_least": 3}, "units that pass no gradient back: at least 3"),
        ({"measure": "flat_units", "layer": 0, "is": 3}, "units of layer 1 that pass no gradient back: 3"),
        ({"measure": "confusion", "actual": 4, "predicted": 9, "is": 1}, "points of class 4 taken for class 9: 1"),
        ({"measure": "spec", "path": "training.optimizer.name", "is": "sgd"}, "Optimiser: sgd"),
    ],
)  # fmt: skip
def test_a_condition_is_a_sentence(asked: dict[str, Any], said: str) -> None:
    condition = Condition.model_validate(asked | {"measure": Quantity(asked["measure"])})
    assert describe(condition, WORDS, layers=1, regression=False) == said


def test_a_score_of_numbers_is_r_squared() -> None:
    condition = Condition(measure=Quantity.TEST_SCORE, at_least=0.9)
    assert describe(condition, WORDS, layers=1, regression=True) == "test R²: at least 0.9"


def test_there_are_words_for_every_quantity() -> None:
    assert set(Quantity) <= set(WORDS)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("training.loss", "Loss"),
        ("training.optimizer.name", "Optimiser"),
        ("network.layers.1.units", "Units of layer 2"),
        ("data.table.name", "Table"),
        ("none.such", "none.such"),
    ],
)
def test_a_setting_is_called_as_on_the_page(path: str, title: str) -> None:
    assert setting(path, WORDS) == title


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.1, "0.1"), (-3, "\N{MINUS SIGN}3"), (1e-6, "1e\N{MINUS SIGN}6"), (1e7, "1e+7"), ("sgd", "sgd")],
)
def test_numbers_are_written_as_on_the_page(value: float | str, shown: str) -> None:
    assert number(value) == shown


def test_a_measure_says_what_it_lacks() -> None:
    with pytest.raises(ValueError, match="activation needs layer and unit"):
        Measure(measure=Quantity.ACTIVATION, at=(0.0, 0.0))
    with pytest.raises(ValueError, match="output needs one of at and row"):
        Measure(measure=Quantity.OUTPUT)
