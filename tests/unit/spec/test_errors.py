"""A refusal names the field and says what was asked and what is allowed, in a learner's words."""

from typing import Any

import pytest

from app.spec.errors import plain_path
from tests.unit.spec.building import Path, refusal


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"dta": {}}, ("dta",)),
        ({"data": {"nois": 1}}, ("data", "nois")),
        ({"network": {"unit": 1}}, ("network", "unit")),
        ({"network": {"layers": [{}, {"unit": 3}]}}, ("network", "layers", 1, "unit")),
        ({"seeds": {"weight": 3}}, ("seeds", "weight")),
        ({"training": {"clipping": {"norm": 3}}}, ("training", "clipping", "norm")),
        (
            {"training": {"optimizer": {"name": "sgd", "momentum": 0.9}}},
            ("training", "optimizer", "momentum"),
        ),
        ({"training": {"optimizer": {"name": "adam", "adam": 1}}}, ("training", "optimizer", "adam")),
        ({"training": {"schedule": {"name": "step", "k": 1}}}, ("training", "schedule", "k")),
    ],
)
def test_unknown_fields_are_refused_by_name(tree: Any, path: Path) -> None:
    error = refusal(tree)
    assert error.path == path
    assert error.message == f"{'.'.join(map(str, path))} is not a known field"


def test_an_unknown_optimiser_is_refused_with_all_there_are() -> None:
    error = refusal({"training": {"optimizer": {"name": "adma"}}})
    assert error.path == ("training", "optimizer")
    assert error.message == (
        "training.optimizer: adma is no known name; allowed: sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, "
        "perceptron"
    )


@pytest.mark.parametrize("name", [None, 1, [], {}, ["adam"], "x" * 1000])
def test_a_name_that_is_no_name_is_refused_without_repeating_it_at_length(name: object) -> None:
    error = refusal({"training": {"schedule": {"name": name}}})
    assert error.path == ("training", "schedule")
    assert "allowed: constant, inverse_time, exponential, inverse_sqrt, step, cosine" in error.message
    assert len(error.message) < 200


def test_a_kind_without_a_name_is_refused() -> None:
    assert refusal({"training": {"optimizer": {}}}).path == ("training", "optimizer")


@pytest.mark.parametrize(
    ("tree", "path", "words"),
    [
        ({"data": {"source": "spirul"}}, ("data", "source"), "'moons'"),
        ({"inputs": ["x1", "x3"]}, ("inputs", 1), "'radius'"),
        ({"network": {"output": "relu"}}, ("network", "output"), "'softmax'"),
        (
            {"network": {"layers": [{"activation": "thanh"}]}},
            ("network", "layers", 0, "activation"),
            "'tanh'",
        ),
        ({"training": {"loss": "l2"}}, ("training", "loss"), "'huber'"),
    ],
)
def test_an_unknown_choice_is_refused_with_all_there_are(tree: Any, path: Path, words: str) -> None:
    error = refusal(tree)
    assert error.path == path
    assert words in error.message


def test_what_was_given_is_repeated_only_where_it_is_short() -> None:
    assert refusal({"data": {"noise": "much"}}).message.endswith("(got 'much')")
    assert "xxx" not in refusal({"data": {"noise": "x" * 1000}}).message


def test_only_the_tag_after_a_tagged_field_leaves_a_path() -> None:
    assert plain_path(("training", "optimizer", "adam", "eps")) == ("training", "optimizer", "eps")
    assert plain_path(("network", "layers", 0, "step")) == ("network", "layers", 0, "step")
