"""What a session refuses, in which words; that a refusal changes nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.events import Error, Phase
from tests.unit.session.building import do, in_phase, picture, refused, small


@pytest.mark.parametrize(
    ("kind", "fields", "code", "path", "message"),
    [
        ("move_points", {"points": [[0, 1, 1], [99, 1, 1]]}, "unknown_point", ("points", 1), "there is no point 99"),
        ("relabel_points", {"ids": [99], "label": 0}, "unknown_point", ("ids", 0), "there is no point 99"),
        ("delete_points", {"ids": [0, 1, 2**53 - 1]}, "unknown_point", ("ids", 2),
         "there is no point 9007199254740991"),
        ("relabel_points", {"ids": [0], "label": 2}, "invalid_spec", ("label",),
         "label 2 is no class; allowed: 0 to 1"),
        ("add_points", {"points": [[0, 0, 0], [0, 0, 5]]}, "invalid_spec", ("points", 1, 2),
         "label 5 is no class; allowed: 0 to 1"),
        ("add_points", {"points": [[0, 0, 0]] * 4970}, "too_many_points", ("points",),
         "4970 points cannot be added to 40; allowed: 5000 in all"),
        ("set_weight", {"layer": 2, "unit": 0, "input": 0, "value": 1}, "unknown_weight", ("layer",),
         "there is no layer 2; allowed: 0 to 1"),
        ("set_weight", {"layer": 0, "unit": 3, "input": 0, "value": 1}, "unknown_weight", ("unit",),
         "there is no unit 3; allowed: 0 to 2"),
        ("set_weight", {"layer": 0, "unit": 0, "input": 2, "value": 1}, "unknown_weight", ("input",),
         "there is no input 2; allowed: 0 to 1"),
        ("set_weight", {"layer": 0, "unit": 0, "input": -1, "value": 1}, "unknown_weight", ("input",),
         "there is no input -1; allowed: 0 to 1"),
        ("set_weight", {"layer": 2**80, "unit": 0, "input": 0, "value": 1}, "unknown_weight", ("layer",),
         "there is no layer 1208925819614629174706176; allowed: 0 to 1"),
        ("set_spec", {"spec": {"dta": {}}}, "invalid_spec", ("dta",), "dta is not a known field"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_true_and_what_is_allowed(
    kind: str, fields: dict[str, Any], code: str, path: Any, message: str
) -> None:
    error = refused(small(), kind, **fields)
    assert (error.code, error.path, error.message) == (code, path, message)


WRONG = st.one_of(
    st.tuples(st.just("delete_points"), st.fixed_dictionaries({"ids": st.lists(st.integers(0, 99), max_size=5)
        .map(lambda ids: [*ids, 2000])})),
    st.tuples(st.just("move_points"), st.fixed_dictionaries({"points": st.lists(st.tuples(st.integers(0, 99),
        st.floats(-100, 100), st.floats(-100, 100)), max_size=5).map(lambda points: [*points, (2000, 0, 0)])})),
    st.tuples(st.just("relabel_points"), st.fixed_dictionaries({"ids": st.just([0]), "label": st.floats(1.01, 1000)})),
    st.tuples(st.just("add_points"), st.fixed_dictionaries({"points": st.lists(st.tuples(st.floats(-100, 100),
        st.floats(-100, 100), st.integers(0, 1)), max_size=5).map(lambda points: [*points, (0, 0, -1)])})),
    st.tuples(st.just("set_weight"), st.fixed_dictionaries({"layer": st.integers(2, 9), "unit": st.integers(0, 9),
        "input": st.none() | st.integers(-9, 9), "value": st.floats(-1e6, 1e6)})),
    st.tuples(st.just("set_spec"), st.fixed_dictionaries({"replace": st.booleans(), "spec": st.sampled_from([
        {"data": {"samples": 50, "noise": 3}}, {"training": {"l2": 0.1, "loss": "cross_entropy"}, "network":
        {"output": "tanh"}}, {"network": {"layers": [{}, {"units": 0}]}}, {"seeds": {"data": 1, "weight": 2}}])})),
)  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(list(Phase)), st.lists(WRONG, min_size=1, max_size=3))
def test_a_refused_command_changes_nothing(phase: Phase, wrong: list[tuple[str, dict[str, Any]]]) -> None:
    session = in_phase(phase)
    before, frame = session.snapshot(), picture(session).now
    for kind, fields in wrong:
        (answer,) = do(session, kind, **fields)
        assert isinstance(answer, Error)
        assert (answer.id, bool(answer.message)) == (7, True)
    assert session.snapshot() == before
    assert picture(session).now == frame
