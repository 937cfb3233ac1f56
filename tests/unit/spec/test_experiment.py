"""The whole experiment: its defaults, what `auto` comes to, and what does not fit together."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from app.spec import Experiment, SpecError
from app.vocabulary import Loss, Output
from tests.unit.spec.building import Path, Tree, refusal, trees

# -- defaults ----------------------------------------------------------------------------------------------------------


def test_the_defaults_are_those_of_the_playground() -> None:
    layer = {"activation": "tanh", "dropout": 0.0, "batch_norm": False, "initializer": None}
    assert Experiment().model_dump(mode="json") == {
        "data": {
            "source": "spiral",
            "task": "auto",
            "samples": 500,
            "noise": 0.1,
            "classes": 2,
            "train_fraction": 0.5,
            "validation_fraction": 0.0,
            "coordinates": 2,
            "table": {
                "name": "iris",
                "target": "",
                "inputs": [],
                "missing": "drop",
                "stratify": True,
                "label_noise": 0.0,
                "feature_noise": 0.0,
                "copies": 0,
                "jitter": 0.1,
                "shift": 0,
                "rotate": 0.0,
                "scaling": "standardise",
                "encoded": [],
                "labels": [],
            },
            "points": [],
        },
        "inputs": ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"],
        "network": {
            "layers": [{"units": 4} | layer, {"units": 2} | layer],
            "output": "auto",
            "initializer": "xavier_uniform",
            "initializer_std": 1.0,
            "initial_bias": 0.0,
            "frozen": [],
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
            "early_stopping": None,
        },
        "seeds": {"data": 0, "split": 0, "weights": 0, "order": 0},
    }


def test_an_empty_spec_is_the_defaults() -> None:
    assert Experiment.parse({}) == Experiment()


@given(trees)
def test_a_spec_is_read_again_from_its_own_json(tree: Tree) -> None:
    spec = Experiment.parse(tree)
    assert Experiment.parse(json.loads(spec.model_dump_json())) == spec
    assert Experiment.parse(spec.model_dump(mode="json")) == spec


# -- what auto comes to ------------------------------------------------------------------------------------------------

TWO: Tree = {"source": "spiral"}
FOUR: Tree = {"source": "blobs", "classes": 4}
NUMBERS: Tree = {"source": "plane"}
GIVEN_OUTPUTS = ["auto", "linear", "step", "sigmoid", "softmax", "tanh"]

TWO_CLASSES = """
binary_cross_entropy  sigmoid  -       -     sigmoid  -        -
cross_entropy         softmax  -       -     -        softmax  -
mean_squared_error    sigmoid  linear  -     sigmoid  softmax  tanh
half_squared_error    sigmoid  linear  -     sigmoid  softmax  tanh
hinge                 linear   linear  -     -        -        -
huber                 sigmoid  linear  -     sigmoid  softmax  tanh
mean_absolute_error   sigmoid  linear  -     sigmoid  softmax  tanh
perceptron            step     linear  step  -        -        -
"""
"""A row for each given loss, a column for each of GIVEN_OUTPUTS: the output it comes to, or - for a refusal."""

REGRESSION = """
binary_cross_entropy  -        -       -     -        -        -
cross_entropy         -        -       -     -        -        -
mean_squared_error    linear   linear  -     sigmoid  -        tanh
half_squared_error    linear   linear  -     sigmoid  -        tanh
hinge                 -        -       -     -        -        -
huber                 linear   linear  -     sigmoid  -        tanh
mean_absolute_error   linear   linear  -     sigmoid  -        tanh
perceptron            -        -       -     -        -        -
"""

RULE = """
binary_cross_entropy  -        -       -     -        -        -
cross_entropy         -        -       -     -        -        -
mean_squared_error    -        -       -     -        -        -
half_squared_error    -        -       -     -        -        -
hinge                 -        -       -     -        -        -
huber                 -        -       -     -        -        -
mean_absolute_error   -        -       -     -        -        -
perceptron            step     linear  step  -        -        -
"""
NOTHING = "\n".join(f"{loss} - - - - - -" for loss in Loss)

AUTO_LOSS: dict[str, dict[str, tuple[str, str]]] = {
    "two": {
        "auto": ("sigmoid", "binary_cross_entropy"),
        "linear": ("linear", "mean_squared_error"),
        "step": ("step", "perceptron"),
        "sigmoid": ("sigmoid", "binary_cross_entropy"),
        "softmax": ("softmax", "cross_entropy"),
        "tanh": ("tanh", "half_squared_error"),
    },
    "four": {
        "auto": ("softmax", "cross_entropy"),
        "linear": ("linear", "mean_squared_error"),
        "step": ("step", "perceptron"),
        "sigmoid": ("sigmoid", "binary_cross_entropy"),
        "softmax": ("softmax", "cross_entropy"),
        "tanh": ("tanh", "half_squared_error"),
    },
    "numbers": {
        "auto": ("linear", "mean_squared_error"),
        "linear": ("linear", "mean_squared_error"),
        "sigmoid": ("sigmoid", "mean_squared_error"),
        "tanh": ("tanh", "mean_squared_error"),
    },
    "rule": {
        "auto": ("step", "perceptron"),
        "linear": ("linear", "perceptron"),
        "step": ("step", "perceptron"),
    },
    "nothing": {},
}
"""What comes of a given output where the loss is left to us; what is missing is refused."""

SITUATIONS: list[tuple[str, Tree, str, str, str]] = [
    ("two classes", TWO, "adam", "two", TWO_CLASSES),
    ("four classes", FOUR, "sgd", "four", TWO_CLASSES),
    ("numbers", NUMBERS, "adam", "numbers", REGRESSION),
    ("two classes by the rule", TWO, "perceptron", "rule", RULE),
    ("four classes by the rule", FOUR, "perceptron", "rule", RULE),
    ("numbers by the rule", NUMBERS, "perceptron", "nothing", NOTHING),
]


def cells() -> list[Any]:
    """Every combination of situation, given loss and given output, with what it comes to (None: refused)."""
    params = []
    for name, data, optimizer, auto, table in SITUATIONS:
        rows: dict[str, dict[str, tuple[str, str]]] = {"auto": AUTO_LOSS[auto]}
        for loss, *row in (line.split() for line in table.split("\n") if line):
            resolved = zip(GIVEN_OUTPUTS, row, strict=True)
            rows[loss] = {given: (output, loss) for given, output in resolved if output != "-"}
        for loss, output in product(rows, GIVEN_OUTPUTS):
            expected = rows[loss].get(output)
            params.append(pytest.param(data, optimizer, loss, output, expected, id=f"{name}-{loss}-{output}"))
    return params


def test_the_table_has_every_loss_and_every_output() -> None:
    assert {line.split()[0] for line in TWO_CLASSES.split("\n") if line} == set(Loss)
    assert set(GIVEN_OUTPUTS) == {"auto", *Output}
    assert len(cells()) == 6 * 9 * 6


@pytest.mark.parametrize(("data", "optimizer", "loss", "output", "expected"), cells())
def test_auto_takes_what_fits_and_what_does_not_fit_is_refused(
    data: Tree, optimizer: str, loss: str, output: str, expected: tuple[str, str] | None
) -> None:
    tree = {
        "data": data,
        "network": {"output": output},
        "training": {"loss": loss, "optimizer": {"name": optimizer}},
    }
    if expected is None:
        assert refusal(tree).path in {
            ("network", "output"),
            ("training", "loss"),
            ("training", "optimizer", "name"),
        }
        return
    spec = Experiment.parse(tree)
    assert (spec.output, spec.loss) == expected


@pytest.mark.parametrize(
    ("data", "output", "units"),
    [
        (TWO, "auto", 1),
        (TWO, "tanh", 1),
        (TWO, "softmax", 2),
        (FOUR, "auto", 4),
        (FOUR, "sigmoid", 4),
        (NUMBERS, "auto", 1),
    ],
)
def test_one_output_unit_is_enough_for_a_number_and_for_two_classes(
    data: Tree, output: str, units: int
) -> None:
    assert Experiment.parse({"data": data, "network": {"output": output}}).output_units == units


# -- what does not fit together ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "path", "message"),
    [
        (
            {"network": {"output": "tanh"}, "training": {"loss": "binary_cross_entropy"}},
            ("network", "output"),
            "binary_cross_entropy cannot be computed on a tanh output; allowed: sigmoid",
        ),
        (
            {"network": {"output": "sigmoid"}, "training": {"loss": "perceptron"}},
            ("network", "output"),
            "perceptron cannot be computed on a sigmoid output; allowed: linear, step",
        ),
        (
            {"data": NUMBERS, "training": {"loss": "hinge"}},
            ("training", "loss"),
            "hinge needs classes, this is regression; allowed: half_squared_error, huber, mean_absolute_error, "
            "mean_squared_error",
        ),
        (
            {"data": NUMBERS, "network": {"output": "softmax"}},
            ("network", "output"),
            "softmax needs classes, this is regression; allowed: linear, tanh, sigmoid",
        ),
        (
            {"training": {"loss": "hinge", "optimizer": {"name": "perceptron"}}},
            ("training", "optimizer", "name"),
            "the perceptron rule needs the perceptron loss, not hinge",
        ),
        (
            {"network": {"layers": [{}, {"activation": "step"}]}},
            ("network", "layers", 1, "activation"),
            "step has no slope to learn by; allowed with the perceptron rule only",
        ),
        ({"inputs": ["x1", "x2", "x1"]}, ("inputs", 2), "x1 is named twice; each input once"),
    ],
)
def test_what_does_not_fit_together_is_refused_in_words(tree: Tree, path: Path, message: str) -> None:
    error = refusal(tree)
    assert (error.path, error.message, error.code) == (path, message, "invalid_spec")


def test_the_perceptron_rule_lets_hidden_units_be_steps() -> None:
    tree = {
        "network": {"layers": [{"activation": "step"}]},
        "training": {"optimizer": {"name": "perceptron"}},
    }
    assert Experiment.parse(tree).network.layers[0].activation == "step"


@pytest.mark.parametrize("tree", [None, [], "spiral", 3, True, 1.5])
def test_what_is_no_object_is_refused(tree: object) -> None:
    assert refusal(tree).path == ()


@pytest.mark.parametrize("tree", [{1, 2}, {"data": object()}, {"seeds": {"data": 10**5000}}])
def test_what_is_no_json_is_refused(tree: object) -> None:
    assert refusal(tree).message.startswith("the spec is not JSON: ")


def test_a_tree_without_end_is_refused() -> None:
    tree: Tree = {}
    tree["data"] = tree
    with pytest.raises(SpecError, match="the spec is not JSON"):
        Experiment.parse(tree)
