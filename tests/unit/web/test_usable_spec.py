"""The spec that a session begins with, whatever was asked for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spec import Experiment
from app.web.socket import usable_spec


def test_a_good_spec_is_used() -> None:
    spec, refused = usable_spec({"data": {"source": "xor"}})
    assert (spec.data.source, refused) == ("xor", None)


@pytest.mark.parametrize("nothing", [None, {}])
def test_without_a_spec_the_defaults_are(nothing: dict[str, object] | None) -> None:
    assert usable_spec(nothing) == (Experiment(), None)


def test_a_refused_spec_gives_the_defaults_and_says_why() -> None:
    spec, refused = usable_spec({"data": {"sauce": "xor"}})
    assert spec == Experiment()
    assert refused == "data.sauce is not a known field"


def test_a_bundled_table_is_settled() -> None:
    spec, refused = usable_spec({"data": {"source": "table", "table": {"name": "iris"}}})
    assert refused is None
    assert spec.data.table.labels == ("setosa", "versicolor", "virginica")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"name": "t-0123456789abcdef"}, "there is no table t-0123456789abcdef in this session"),
        ({"name": "iris", "target": "smell"}, "smell"),
        ("iris", "data.table"),
        (None, "data.table"),
    ],
)
def test_a_table_that_a_new_session_does_not_have_gives_the_defaults_and_says_why(
    table: object, words: str
) -> None:
    spec, refused = usable_spec({"data": {"source": "table", "table": table}})
    assert spec == Experiment()
    assert refused is not None
    assert words in refused


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NAMES = st.sampled_from(
    ["data", "network", "layers", "training", "optimizer", "name", "inputs", "seeds", "x"]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(NAMES, TREES, max_size=4))
def test_any_object_gives_a_spec(tree: dict[str, Any]) -> None:
    spec, refused = usable_spec(tree)
    assert refused is None or spec == Experiment()
