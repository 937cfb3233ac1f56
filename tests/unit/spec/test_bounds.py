"""The bounds that protect the server: each holds at both ends, and nothing but a finite number is one."""

from typing import Any

import pytest

from app.spec import BOUNDS, Experiment
from tests.unit.spec.building import Path, numbers, path_of, read, refusal, tree_with

SEED = 4294967295
BOUNDED: list[tuple[str, str | None, str, float, str, float]] = [
    ("data.samples", None, ">=", 0, "<=", 5000),
    ("data.noise", None, ">=", 0, "<=", 0.5),
    ("data.classes", None, ">=", 2, "<=", 10),
    ("data.train_fraction", None, ">=", 0.1, "<=", 1),
    ("data.validation_fraction", None, ">=", 0, "<=", 0.8),
    ("data.coordinates", None, ">=", 1, "<=", 2),
    ("data.table.label_noise", None, ">=", 0, "<=", 0.5),
    ("data.table.feature_noise", None, ">=", 0, "<=", 2),
    ("data.table.copies", None, ">=", 0, "<=", 4),
    ("data.table.jitter", None, ">=", 0, "<=", 1),
    ("data.table.shift", None, ">=", 0, "<=", 4),
    ("data.table.rotate", None, ">=", 0, "<=", 45),
    ("network.layers.0.units", None, ">=", 1, "<=", 64),
    ("network.layers.0.dropout", None, ">=", 0, "<=", 0.9),
    ("network.initializer_std", None, ">=", 0, "<=", 100),
    ("network.initial_bias", None, ">=", -10, "<=", 10),
    ("training.optimizer.learning_rate", "sgd", ">=", 0, "<=", 10),
    ("training.optimizer.learning_rate", "adamw", ">=", 0, "<=", 10),
    ("training.optimizer.momentum", "momentum", ">=", 0, "<", 1),
    ("training.optimizer.momentum", "nesterov", ">=", 0, "<", 1),
    ("training.optimizer.alpha", "rmsprop", ">=", 0, "<", 1),
    ("training.optimizer.eps", "adagrad", ">", 0, "<=", 1),
    ("training.optimizer.eps", "rmsprop", ">", 0, "<=", 1),
    ("training.optimizer.eps", "adam", ">", 0, "<=", 1),
    ("training.optimizer.eps", "adamw", ">", 0, "<=", 1),
    ("training.optimizer.weight_decay", "adamw", ">=", 0, "<=", 10),
    ("training.schedule.warmup", "constant", ">=", 0, "<=", 100_000),
    ("training.schedule.k", "inverse_time", ">=", 0, "<=", 1000),
    ("training.schedule.gamma", "exponential", ">", 0, "<=", 1),
    ("training.schedule.k", "inverse_sqrt", ">", 0, "<=", 1000),
    ("training.schedule.every", "step", ">=", 1, "<=", 1_000_000),
    ("training.schedule.gamma", "step", ">", 0, "<=", 1),
    ("training.schedule.length", "cosine", ">=", 1, "<=", 1_000_000),
    ("training.schedule.floor", "cosine", ">=", 0, "<=", 10),
    ("training.batch_size", None, ">=", 1, "<=", 5000),
    ("training.l1", None, ">=", 0, "<=", 10),
    ("training.l2", None, ">=", 0, "<=", 10),
    ("training.clipping.limit", "value", ">", 0, "<=", 1_000_000),
    ("training.early_stopping.patience", None, ">=", 1, "<=", 10_000),
    ("training.early_stopping.min_delta", None, ">=", 0, "<=", 1000),
    ("seeds.data", None, ">=", 0, "<=", SEED),
    ("seeds.split", None, ">=", 0, "<=", SEED),
    ("seeds.weights", None, ">=", 0, "<=", SEED),
    ("seeds.order", None, ">=", 0, "<=", SEED),
]
"""Field, kind of the tagged object it stands in, and what its values must be."""
WORDS = {
    ">=": "greater than or equal to",
    ">": "greater than",
    "<=": "less than or equal to",
    "<": "less than",
}
SEEDS = {"data", "split", "weights", "order"}
WHOLE = {
    "layer",
    "unit",
    "input",
    "patience",
    "samples",
    "classes",
    "coordinates",
    "copies",
    "shift",
    "units",
    "warmup",
    "every",
    "length",
    "batch_size",
} | SEEDS
NO_NUMBERS: tuple[Any, ...] = (float("nan"), float("inf"), float("-inf"), "1", True, [1], {})


def test_the_table_has_every_number_of_the_spec() -> None:
    schema = Experiment.model_json_schema()
    found = {
        name
        for model in schema["$defs"].values()
        for name, field in model.get("properties", {}).items()
        if list(numbers(field))
    }
    # A place to freeze is bounded by the network it is in: test_a_place_that_is_not_there_cannot_be_frozen.
    assert found - {"betas", "points", "layer", "unit", "input"} == {
        dotted.rsplit(".", 1)[-1] for dotted, *_ in BOUNDED
    }


def tree(dotted: str, value: Any, kind: str | None) -> dict[str, Any]:
    """A spec with that value; classes are asked of a source that can draw them, validation of the points left over."""
    made = tree_with(dotted, value, kind)
    if dotted == "data.classes":
        made["data"]["source"] = "blobs"
    if dotted == "data.validation_fraction":
        made["data"]["train_fraction"] = 0.1
    return made


@pytest.mark.parametrize(("dotted", "kind", "low", "lowest", "high", "highest"), BOUNDED)
def test_a_value_at_its_bound_is_taken_and_one_past_it_refused_with_path_and_bound(
    dotted: str, kind: str | None, low: str, lowest: Any, high: str, highest: Any
) -> None:
    apart = 1 if dotted.rsplit(".", 1)[-1] in WHOLE else 1e-6
    for comparison, bound in ((low, lowest), (high, highest)):
        past = bound if comparison in "<>" else bound + (apart if comparison == "<=" else -apart)
        error = refusal(tree(dotted, past, kind))
        assert error.path == path_of(dotted)
        assert error.message == f"{dotted}: Input should be {WORDS[comparison]} {bound:.10g} (got {past!r})"
        inside = {"<": bound - 1e-6, ">": bound + 1e-6}.get(comparison, bound)
        assert read(Experiment.parse(tree(dotted, inside, kind)), dotted) == inside


@pytest.mark.parametrize("betas", [[0.9], [0.9, 0.99, 0.999], [1, 0.9], [0.9, 1], [-0.1, 0.9]])
def test_betas_are_two_shares(betas: list[float]) -> None:
    error = refusal(tree_with("training.optimizer.betas", betas, "adam"))
    assert error.path[:3] == ("training", "optimizer", "betas")


@pytest.mark.parametrize(
    ("spec", "path", "words"),
    [
        ({"network": {"layers": [{}] * 11}}, ("network", "layers"), "at most 10 items"),
        ({"network": {"layers": [{"units": 64}] * 4 + [{"units": 1}]}}, ("network", "layers"),
         "257 hidden units were asked for; allowed: at most 256 in all layers together"),
        ({"inputs": []}, ("inputs",), "at least 1 item"),
    ],
)  # fmt: skip
def test_a_network_too_large_or_without_inputs_is_refused(spec: Any, path: Path, words: str) -> None:
    error = refusal(spec)
    assert error.path == path
    assert words in error.message


def test_the_largest_network_is_taken() -> None:
    assert len(Experiment.parse({"network": {"layers": [{"units": 25}] * 10}}).network.layers) == 10
    assert len(Experiment.parse({"network": {"layers": [{"units": 64}] * 4}}).network.layers) == 4


@pytest.mark.parametrize(("dotted", "kind"), sorted({(dotted, kind or "") for dotted, kind, *_ in BOUNDED}))
def test_what_is_no_finite_number_or_half_a_thing_is_refused(dotted: str, kind: str) -> None:
    halves = (2.5,) if dotted.rsplit(".", 1)[-1] in WHOLE else ()
    for value in (*NO_NUMBERS, *halves):
        assert refusal(tree(dotted, value, kind or None)).path == path_of(dotted), value


def test_only_the_batch_size_may_be_null() -> None:
    nullable = []
    for dotted, kind, *_ in BOUNDED:
        try:
            Experiment.parse(tree(dotted, None, kind))
        except ValueError:
            continue
        nullable.append(dotted)
    assert nullable == ["training.batch_size"]


def test_the_limits_of_commands_stand() -> None:
    assert (BOUNDS.points, BOUNDS.coordinate, BOUNDS.target, BOUNDS.weight) == (5000, 100, 1000, 1e6)
    assert (BOUNDS.grid_least, BOUNDS.grid, BOUNDS.map_grid) == (8, 200, 100)
    assert (BOUNDS.steps_at_once, BOUNDS.epochs_at_once) == (100_000, 1000)
    assert (BOUNDS.epochs_per_second_least, BOUNDS.epochs_per_second) == (0.01, 1000)
