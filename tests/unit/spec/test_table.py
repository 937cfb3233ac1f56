"""A table's fields in the spec, validation's share, curves of own points."""

from typing import Any

import pytest

from app.spec import Experiment
from app.vocabulary import Missing, Scaling, Task
from tests.unit.spec.building import Path, refusal

SETTLED: dict[str, Any] = {"encoded": ["a", "b: x", "b: y"], "labels": ["no", "yes", "perhaps"]}


def table(settled: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """A spec of a table with three inputs and three classes, but for what is said."""
    return {"data": {"source": "table", "classes": 3, "table": SETTLED | (settled or {})} | fields}


def test_the_inputs_of_the_network_are_what_the_table_was_encoded_to() -> None:
    spec = Experiment.parse(table())
    assert spec.input_names == ("a", "b: x", "b: y")
    assert (spec.output_units, spec.output) == (3, "softmax")
    assert spec.parameters == 4 * 4 + 5 * 2 + 3 * 3


def test_labels_make_it_classes_and_none_make_it_numbers() -> None:
    assert Experiment.parse(table()).task is Task.CLASSIFICATION
    assert Experiment.parse(table({"labels": []})).task is Task.REGRESSION
    assert Experiment.parse({"data": {"source": "table"}}).task is Task.CLASSIFICATION


@pytest.mark.parametrize(
    ("settled", "path"),
    [
        ({"missing": "guess"}, ("data", "table", "missing")),
        ({"scaling": "none of it"}, ("data", "table", "scaling")),
        ({"name": "x" * 81}, ("data", "table", "name")),
        ({"target": "x" * 81}, ("data", "table", "target")),
        ({"inputs": ["x"] * 785}, ("data", "table", "inputs")),
        ({"inputs": ["x", 3]}, ("data", "table", "inputs", 1)),
        ({"labels": [str(label) for label in range(11)]}, ("data", "table", "labels")),
        ({"stratify": "yes"}, ("data", "table", "stratify")),
        ({"colour": "red"}, ("data", "table", "colour")),
    ],
)
def test_what_cannot_be_a_table_is_refused_at_its_field(settled: dict[str, Any], path: Path) -> None:
    assert refusal(table(settled)).path == path


@pytest.mark.parametrize("missing", list(Missing))
@pytest.mark.parametrize("scaling", list(Scaling))
def test_every_way_to_fill_and_to_scale_can_be_asked_for(missing: str, scaling: str) -> None:
    kept = Experiment.parse(table({"missing": missing, "scaling": scaling})).data.table
    assert (kept.missing, kept.scaling) == (missing, scaling)


def test_training_and_validation_are_no_more_than_all_points() -> None:
    whole = Experiment.parse({"data": {"train_fraction": 0.6, "validation_fraction": 0.4}})
    assert whole.data.validation_fraction == 0.4
    error = refusal({"data": {"train_fraction": 0.7, "validation_fraction": 0.4}})
    assert error.path == ("data", "validation_fraction")
    assert error.message == (
        "0.4 for validation beside 0.7 for training is more than all points; allowed: at most 0.3"
    )


def test_own_points_with_one_coordinate_are_a_curve_with_a_real_target() -> None:
    own: dict[str, Any] = {
        "source": "points",
        "coordinates": 1,
        "task": "regression",
        "points": [[1, 0, 2.5]],
    }
    spec = Experiment.parse({"data": own, "inputs": ["x2", "x1", "x1*x2", "x1^2"]})
    assert spec.data.is_curve
    assert spec.input_names == ("x1", "x1^2")
    error = refusal({"data": own | {"task": "classification", "points": []}})
    assert error.path == ("data", "task")
    assert error.message == "points with one coordinate have a real target; allowed task: regression"


@pytest.mark.parametrize("source", ["curve_sine", "curve_cubic", "curve_step"])
def test_a_curve_sees_only_what_needs_no_x2(source: str) -> None:
    assert Experiment.parse({"data": {"source": source}}).input_names == ("x1", "x1^2", "sin(x1)")
    error = refusal({"data": {"source": source}, "inputs": ["x2", "x1*x2"]})
    assert error.path == ("inputs", 0)
    assert error.message == "a curve has one coordinate, x1; allowed inputs: cos(x1), sin(x1), x1, x1^2"


def test_coordinates_matter_to_own_points_alone() -> None:
    assert not Experiment.parse({"data": {"source": "xor", "coordinates": 1}}).data.is_curve


def test_ten_classes_have_ten_outputs_by_softmax_or_one_against_the_rest() -> None:
    blobs = {"source": "blobs", "classes": 10}
    for output in ("softmax", "sigmoid"):
        spec = Experiment.parse({"data": blobs, "network": {"output": output}})
        assert spec.output_units == 10
        assert spec.loss == {"softmax": "cross_entropy", "sigmoid": "binary_cross_entropy"}[output]
