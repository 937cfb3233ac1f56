"""Frozen weights stay with the input that they were put on, wherever it comes to stand, and go when it goes."""

from typing import Any

import pytest

from app.spec import Experiment

WEIGHT_OF_X2 = {"layer": 0, "unit": 1, "input": 1}
BIAS = {"layer": 0, "unit": 0, "input": None}
BEHIND = {"layer": 1, "unit": 0, "input": 2}
LAYER = {"layer": 1, "unit": None, "input": None}


def frozen_after(patch: dict[str, Any]) -> list[dict[str, Any]]:
    """What is frozen after a patch of inputs x1, x1^2, x2 ... of a network of one layer of three units."""
    spec = Experiment.parse(
        {
            "inputs": ["x1", "x2"],
            "network": {"layers": [{"units": 3}], "frozen": [WEIGHT_OF_X2, BIAS, BEHIND, LAYER]},
        }
    )
    return [place.model_dump() for place in spec.patched(patch).network.frozen]


def test_an_input_put_in_before_moves_the_frozen_weight_along() -> None:
    moved = {"layer": 0, "unit": 1, "input": 2}
    assert frozen_after({"inputs": ["x1", "x1^2", "x2"]}) == [moved, BIAS, BEHIND, LAYER]
    assert frozen_after({"inputs": ["x2"]}) == [WEIGHT_OF_X2 | {"input": 0}, BIAS, BEHIND, LAYER]


def test_an_input_taken_away_takes_its_frozen_weight_along() -> None:
    assert frozen_after({"inputs": ["x1"]}) == [BIAS, BEHIND, LAYER]


def test_a_unit_taken_away_takes_what_was_frozen_of_it_and_behind_it_along() -> None:
    assert frozen_after({"network": {"layers": [{"units": 2}]}}) == [WEIGHT_OF_X2, BIAS, LAYER]


@pytest.mark.parametrize("patch", [{}, {"training": {"batch_size": 3}}])
def test_other_changes_leave_all_where_it_is(patch: dict[str, Any]) -> None:
    assert frozen_after(patch) == [WEIGHT_OF_X2, BIAS, BEHIND, LAYER]
