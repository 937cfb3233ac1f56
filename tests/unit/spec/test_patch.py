"""Putting a part of a spec in place of what stands."""

from typing import Any

import pytest
from hypothesis import given

from app.spec import Experiment, SpecError, merge
from tests.unit.spec.building import Tree, trees


def test_a_patch_changes_only_what_it_names() -> None:
    spec = Experiment.parse({"training": {"l2": 0.1, "batch_size": 7}, "inputs": ["x1"]})
    patched = spec.patched({"training": {"l1": 0.2}})
    assert patched == Experiment.parse(
        {"training": {"l2": 0.1, "batch_size": 7, "l1": 0.2}, "inputs": ["x1"]}
    )


def test_null_in_a_patch_is_a_value() -> None:
    assert Experiment().patched({"training": {"batch_size": None}}).training.batch_size is None


def test_a_field_of_the_optimiser_changes_alone() -> None:
    optimizer = Experiment().patched({"training": {"optimizer": {"eps": 0.1}}}).training.optimizer
    assert optimizer.model_dump(mode="json") == {
        "name": "adam",
        "learning_rate": 0.03,
        "betas": [0.9, 0.999],
        "eps": 0.1,
    }


@pytest.mark.parametrize(
    ("before", "patch", "after"),
    [
        (
            {"optimizer": {"name": "momentum", "learning_rate": 0.5, "momentum": 0.8}},
            {"optimizer": {"name": "rmsprop"}},
            {"optimizer": {"name": "rmsprop", "learning_rate": 0.5, "alpha": 0.99, "eps": 1e-8}},
        ),
        (
            {"optimizer": {"name": "momentum", "learning_rate": 0.5, "momentum": 0.8}},
            {"optimizer": {"name": "nesterov"}},
            {"optimizer": {"name": "nesterov", "learning_rate": 0.5, "momentum": 0.9}},
        ),
        (
            {"optimizer": {"name": "momentum", "momentum": 0.8}},
            {"optimizer": {"name": "momentum", "learning_rate": 0.1}},
            {"optimizer": {"name": "momentum", "learning_rate": 0.1, "momentum": 0.8}},
        ),
        (
            {"schedule": {"name": "step", "unit": "step", "warmup": 5, "every": 9}},
            {"schedule": {"name": "inverse_time"}},
            {"schedule": {"name": "inverse_time", "unit": "step", "warmup": 5, "k": 0.1}},
        ),
        (
            {"clipping": {"name": "value", "limit": 3}},
            {"clipping": {"name": "global_norm"}},
            {"clipping": {"name": "global_norm", "limit": 3.0}},
        ),
    ],
)
def test_another_kind_keeps_what_all_kinds_have_and_drops_the_rest(
    before: Tree, patch: Tree, after: Tree
) -> None:
    patched = Experiment.parse({"training": before}).patched({"training": patch})
    assert patched.training.model_dump(mode="json", include=set(after)) == after


def test_lists_are_replaced_whole() -> None:
    patched = Experiment().patched({"network": {"layers": [{"units": 3}]}, "inputs": ["x2"]})
    assert [(layer.units, layer.activation) for layer in patched.network.layers] == [(3, "tanh")]
    assert patched.inputs == ("x2",)


@pytest.mark.parametrize("patch", [None, [], "spiral", 3])
def test_a_patch_that_is_no_object_is_refused(patch: object) -> None:
    with pytest.raises(SpecError, match=f"a spec is an object, not {type(patch).__name__}"):
        Experiment().patched(patch)


@pytest.mark.parametrize(
    ("patch", "path"),
    [
        ({"training": None}, ("training",)),
        ({"training": {"optimizer": None}}, ("training", "optimizer")),
        ({"training": {"optimizer": {"momentum": 0.5}}}, ("training", "optimizer", "momentum")),
        ({"name": "mine"}, ("name",)),
        ({"data": {"noise": 2}}, ("data", "noise")),
        ({"network": {"layers": {"0": {}}}}, ("network", "layers")),
    ],
)
def test_a_patch_that_gives_no_spec_is_refused_with_its_path(patch: Any, path: tuple[str, ...]) -> None:
    with pytest.raises(SpecError) as caught:
        Experiment().patched(patch)
    assert caught.value.path == path


@given(trees)
def test_nothing_changes_by_nothing_nor_by_itself(tree: Tree) -> None:
    spec = Experiment.parse(tree)
    assert spec.patched({}) == spec
    assert spec.patched(spec.model_dump(mode="json")) == spec


@given(trees, trees)
def test_a_whole_spec_as_a_patch_takes_the_place_of_any_other(one: Tree, other: Tree) -> None:
    whole = Experiment.parse(other)
    assert Experiment.parse(one).patched(whole.model_dump(mode="json")) == whole


def test_merging_changes_neither_of_the_two() -> None:
    base, patch = {"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}
    assert merge(base, patch) == {"a": {"b": 3, "c": 2}}
    assert (base, patch) == ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
