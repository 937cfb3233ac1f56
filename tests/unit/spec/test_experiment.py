"""What can be asked for, what it comes to, and how it is refused."""

import json
from typing import Any

import pytest

from app.data import GENERATORS
from app.spec import BOUNDS, Experiment, SpecError
from app.vocabulary import Activation, Feature, Initializer, Loss, Optimizer, Schedule, Source


def refusal(tree: Any) -> SpecError:
    """The error that a spec meets."""
    with pytest.raises(SpecError) as caught:
        Experiment.parse(tree)
    return caught.value


def test_the_defaults_are_those_of_the_playground() -> None:
    assert Experiment().model_dump(mode="json", exclude={"network": {"layers"}}) == {
        "data": {
            "source": "spiral",
            "task": "auto",
            "samples": 500,
            "noise": 0.1,
            "classes": 2,
            "train_fraction": 0.5,
            "points": [],
        },
        "inputs": ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"],
        "network": {
            "output": "auto",
            "initializer": "xavier_uniform",
            "initializer_std": 1.0,
            "initial_bias": 0.0,
        },
        "training": {
            "loss": "auto",
            "optimizer": {"name": "adam", "learning_rate": 0.03, "betas": [0.9, 0.999], "eps": 1e-8},
            "schedule": {"name": "constant", "unit": "epoch", "warmup": 0},
            "batch_size": 10,
            "shuffle": True,
            "l1": 0.0,
            "l2": 0.0,
            "clipping": {"name": "none", "limit": 1.0},
        },
        "seeds": {"data": 0, "split": 0, "weights": 0, "order": 0},
    }
    assert [(layer.units, layer.activation) for layer in Experiment().network.layers] == [
        (4, "tanh"),
        (2, "tanh"),
    ]


@pytest.mark.parametrize(
    ("name", "hyper"),
    [
        ("sgd", {}),
        ("perceptron", {}),
        ("momentum", {"momentum": 0.9}),
        ("nesterov", {"momentum": 0.9}),
        ("adagrad", {"eps": 1e-10}),
        ("rmsprop", {"alpha": 0.99, "eps": 1e-8}),
        ("adam", {"betas": [0.9, 0.999], "eps": 1e-8}),
        ("adamw", {"betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": 0.01}),
    ],
)
def test_hyper_parameters_have_pytorchs_names_and_defaults(name: str, hyper: dict[str, object]) -> None:
    spec = Experiment.parse({"training": {"optimizer": {"name": name}}})
    dumped = spec.training.optimizer.model_dump(mode="json")
    assert dumped == {"name": name, "learning_rate": 0.03} | hyper


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"dta": {}}, ("dta",)),
        ({"data": {"nois": 1}}, ("data", "nois")),
        ({"network": {"layers": [{}, {"unit": 3}]}}, ("network", "layers", 1, "unit")),
        (
            {"training": {"optimizer": {"name": "sgd", "momentum": 0.9}}},
            ("training", "optimizer", "momentum"),
        ),
        ({"training": {"schedule": {"name": "step", "k": 1}}}, ("training", "schedule", "k")),
    ],
)
def test_unknown_fields_are_refused_by_name(tree: Any, path: tuple[str | int, ...]) -> None:
    error = refusal(tree)
    assert error.path == path
    assert error.message == f"{'.'.join(map(str, path))} is not a known field"


@pytest.mark.parametrize(
    ("tree", "path", "bound"),
    [
        ({"data": {"samples": 5001}}, ("data", "samples"), "less than or equal to 5000"),
        ({"data": {"noise": 0.6}}, ("data", "noise"), "less than or equal to 0.5"),
        ({"data": {"train_fraction": 0}}, ("data", "train_fraction"), "greater than or equal to 0.1"),
        ({"network": {"layers": [{"units": 0}]}}, ("network", "layers", 0, "units"), "greater than or equal to 1"),
        ({"network": {"layers": [{"units": 65}]}}, ("network", "layers", 0, "units"), "less than or equal to 64"),
        ({"network": {"layers": [{}] * 11}}, ("network", "layers"), "at most 10 items"),
        ({"network": {"layers": [{"units": 64}] * 5}}, ("network", "layers"), "at most 256"),
        ({"training": {"batch_size": 0}}, ("training", "batch_size"), "greater than or equal to 1"),
        ({"training": {"optimizer": {"name": "sgd", "learning_rate": 11}}},
         ("training", "optimizer", "learning_rate"), "less than or equal to 10"),
        ({"inputs": []}, ("inputs",), "at least 1 item"),
        ({"seeds": {"data": -1}}, ("seeds", "data"), "greater than or equal to 0"),
    ],
)  # fmt: skip
def test_a_value_out_of_bounds_is_refused_with_its_path_and_the_bound(
    tree: Any, path: Any, bound: str
) -> None:
    error = refusal(tree)
    assert error.path == path
    assert bound in error.message


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "0.1", True, None, [0.1]])
def test_what_is_no_finite_number_is_refused_as_noise(value: object) -> None:
    assert refusal({"data": {"noise": value}}).path == ("data", "noise")


@pytest.mark.parametrize("tree", [None, [], "spiral", 3])
def test_what_is_no_object_is_refused(tree: object) -> None:
    refusal(tree)


CLASSES = {"data": {"source": "blobs", "classes": 4}}
REGRESSION = {"data": {"source": "plane"}}
RULE = {"training": {"optimizer": {"name": "perceptron"}}}


@pytest.mark.parametrize(
    ("tree", "output", "loss", "units"),
    [
        ({}, "sigmoid", "binary_cross_entropy", 1),
        (CLASSES, "softmax", "cross_entropy", 4),
        (REGRESSION, "linear", "mean_squared_error", 1),
        (RULE, "step", "perceptron", 1),
        ({"network": {"output": "softmax"}}, "softmax", "cross_entropy", 2),
        ({"network": {"output": "tanh"}}, "tanh", "half_squared_error", 1),
        ({"network": {"output": "linear"}}, "linear", "mean_squared_error", 1),
        ({"training": {"loss": "hinge"}}, "linear", "hinge", 1),
        ({"training": {"loss": "mean_squared_error"}}, "sigmoid", "mean_squared_error", 1),
        ({"training": {"loss": "cross_entropy"}}, "softmax", "cross_entropy", 2),
        (CLASSES | {"network": {"output": "sigmoid"}}, "sigmoid", "binary_cross_entropy", 4),
        (REGRESSION | {"network": {"output": "tanh"}}, "tanh", "mean_squared_error", 1),
    ],
)
def test_auto_takes_what_fits(tree: dict[str, Any], output: str, loss: str, units: int) -> None:
    spec = Experiment.parse(tree)
    assert (spec.output, spec.loss, spec.output_units) == (output, loss, units)


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"network": {"output": "tanh"}, "training": {"loss": "binary_cross_entropy"}}, "allowed: sigmoid"),
        ({"network": {"output": "sigmoid"}, "training": {"loss": "cross_entropy"}}, "allowed: softmax"),
        (REGRESSION | {"training": {"loss": "hinge"}}, "hinge needs classes"),
        (REGRESSION | {"network": {"output": "softmax"}}, "softmax needs classes"),
        ({"network": {"layers": [{"activation": "step"}]}}, "perceptron rule only"),
        (
            RULE | {"training": {"loss": "hinge", "optimizer": {"name": "perceptron"}}},
            "needs the perceptron loss",
        ),
        ({"data": {"source": "xor", "classes": 3}}, "xor has 2 classes, 3 were asked for"),
        ({"data": {"source": "plane", "task": "classification"}}, "plane is a regression data set"),
        ({"data": {"source": "spiral", "points": [[0, 0, 1]]}}, "points belong to the source 'points'"),
        ({"data": {"source": "points", "points": [[0, 0, 2]]}}, "label 2 is no class; allowed: 0 to 1"),
        ({"data": {"source": "points", "points": [[0, 0, 0.5]]}}, "label 0.5 is no class; allowed: 0 to 1"),
        ({"inputs": ["x1", "x1"]}, "x1 is named twice"),
    ],
)
def test_what_does_not_fit_together_is_refused_in_words(tree: dict[str, Any], words: str) -> None:
    assert words in refusal(tree).message


def test_regression_points_take_any_target() -> None:
    tree = {"data": {"source": "points", "task": "regression", "points": [[0, 0, 0.5]]}}
    assert Experiment.parse(tree).data.points == ((0.0, 0.0, 0.5),)


def test_a_patch_changes_only_what_it_names() -> None:
    spec = Experiment.parse({"training": {"l2": 0.1, "batch_size": 7}})
    patched = spec.patched({"training": {"l1": 0.2}})
    assert (patched.training.l1, patched.training.l2, patched.training.batch_size) == (0.2, 0.1, 7)


def test_null_in_a_patch_is_a_value() -> None:
    assert Experiment().patched({"training": {"batch_size": None}}).training.batch_size is None


def test_another_optimiser_keeps_the_learning_rate_and_drops_what_it_does_not_know() -> None:
    spec = Experiment.parse(
        {"training": {"optimizer": {"name": "momentum", "learning_rate": 0.5, "momentum": 0.8}}}
    )
    patched = spec.patched({"training": {"optimizer": {"name": "adam"}}})
    assert patched.training.optimizer.model_dump(mode="json") == {
        "name": "adam",
        "learning_rate": 0.5,
        "betas": [0.9, 0.999],
        "eps": 1e-8,
    }


def test_a_list_in_a_patch_replaces_the_list() -> None:
    patched = Experiment().patched({"network": {"layers": [{"units": 3}]}})
    assert [layer.units for layer in patched.network.layers] == [3]


def test_a_spec_is_read_again_from_its_own_json() -> None:
    spec = Experiment.parse(CLASSES | {"training": {"schedule": {"name": "cosine", "length": 9}}})
    assert Experiment.parse(json.loads(spec.model_dump_json())) == spec


def properties(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every field of every model in a JSON Schema."""
    models = [schema, *schema["$defs"].values()]
    return [(name, field) for model in models for name, field in model.get("properties", {}).items()]


def test_every_field_has_a_title_a_description_and_a_default_for_the_page() -> None:
    containers = {"data", "network", "training", "seeds"}
    schema = Experiment.model_json_schema()
    for name, field in properties(schema):
        if "const" in field:
            continue
        named = schema["$defs"].get(field.get("$ref", "").removeprefix("#/$defs/"), {})
        assert "title" in field | named, name
        assert "default" in field, name
        assert name in containers or "description" in field | named, name


@pytest.mark.parametrize(
    "vocabulary",
    [Activation, Feature, Initializer, Loss, Optimizer, Schedule, Source],
    ids=lambda kind: kind.__name__,
)
def test_the_schema_offers_every_name_of_the_vocabulary(vocabulary: Any) -> None:
    text = json.dumps(Experiment.model_json_schema())
    assert not [name for name in vocabulary if f'"{name}"' not in text]


def test_every_source_but_own_points_can_be_drawn() -> None:
    assert set(Source) - set(GENERATORS) == {Source.POINTS}


def test_the_bounds_that_protect_the_server_stand() -> None:
    assert (BOUNDS.points, BOUNDS.hidden_units, BOUNDS.grid, BOUNDS.map_grid) == (5000, 256, 200, 100)
