"""What of a spec is not the default: enough to make it again, and no more."""

from typing import Any

import pytest

from app.assemble import settle
from app.data.tables import BUNDLED
from app.spec import Experiment
from app.takeaway.differences import changes, differing

TREES: list[dict[str, Any]] = [
    {},
    {"data": {"source": "moons", "noise": 0.2}, "seeds": {"weights": 7}},
    {
        "training": {
            "optimizer": {"name": "momentum"},
            "batch_size": None,
            "schedule": {"name": "cosine", "length": 9},
        }
    },
    {"training": {"early_stopping": {"patience": 3}, "clipping": {"name": "value"}}},
    {"network": {"layers": [], "frozen": [{"layer": 0}]}, "inputs": ["x1"]},
    {"data": {"source": "points", "points": [[0, 1, 0], [1, 0, 1]]}},
    {"data": {"source": "table", "table": {"name": "wine", "scaling": "min_max"}}},
]


@pytest.mark.parametrize("tree", TREES)
def test_the_defaults_with_what_differs_are_the_spec_again(tree: dict[str, Any]) -> None:
    spec = Experiment().patched(tree, lambda whole: settle(whole, BUNDLED))
    assert Experiment().patched(differing(spec), lambda whole: settle(whole, BUNDLED)) == spec


def test_nothing_else_is_among_it() -> None:
    spec = Experiment().patched({"training": {"optimizer": {"learning_rate": 0.1}, "batch_size": None}})
    assert differing(spec) == {"training": {"optimizer": {"learning_rate": 0.1}, "batch_size": None}}
    assert differing(Experiment()) == {}


def test_changes_are_told_with_the_defaults() -> None:
    spec = Experiment().patched({"training": {"optimizer": {"name": "momentum", "learning_rate": 0.1}}})
    assert list(changes(spec)) == [
        (("training", "optimizer", "learning_rate"), 0.1, 0.03),
        (("training", "optimizer", "name"), "momentum", "adam"),
        (("training", "optimizer", "momentum"), 0.9, None),
    ]


def test_what_a_table_decides_is_no_change() -> None:
    spec = Experiment().patched({"data": {"source": "table"}}, lambda whole: settle(whole, BUNDLED))
    assert spec.data.classes == 3
    assert differing(spec) == {"data": {"source": "table"}}
