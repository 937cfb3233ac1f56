"""Reading commands: JSON text becomes a model, or a SpecError with the path of the first thing wrong."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.commands import SetSpec, parse_command
from app.session.handlers import HANDLERS
from app.spec import SpecError
from tests.unit.session.building import EXAMPLES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = {name for fields in EXAMPLES.values() for name in fields}
NAMES = sorted(FIELDS | {"id", "type", "batches", "epochs", "seed"})


def refusal(text: bytes | str) -> SpecError:
    """The error that a text meets."""
    with pytest.raises(SpecError) as caught:
        parse_command(text)
    assert caught.value.code == "bad_command"
    return caught.value


@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_every_command_is_read_from_its_json(kind: str) -> None:
    command = parse_command(json.dumps({"id": 3, "type": kind, **EXAMPLES[kind]}))
    assert (command.id, command.type) == (3, kind)
    assert parse_command(command.model_dump_json()) == command


def test_a_command_read_from_json_is_the_model() -> None:
    assert parse_command('{"id": 1, "type": "set_spec", "spec": {}}') == SetSpec(id=1, spec={})


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ()),
        ("hello", ()),
        ("[" * 5000, ()),
        ('{"a":' * 5000, ()),
        ('{"id": 1, "type": "play"', ()),
        ("[]", ()),
        ("null", ()),
        ("{}", ()),
        (b"\xff\xfe", ()),
        ('{"id": 1, "type": "\\ud800"}', ()),
        ('{"id": 1, "type": "fly"}', ()),
        ('{"id": 1, "type": ["play"]}', ()),
        ('{"id": ' + "9" * 5000 + ', "type": "play"}', ()),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_command_at_all_is_refused(text: bytes | str, path: tuple[object, ...]) -> None:
    assert refusal(text).path == path


def test_an_unknown_command_is_refused_with_all_there_are() -> None:
    said, _, allowed = refusal('{"id": 1, "type": "fly"}').message.partition("; allowed: ")
    assert said == "the message: fly is no known type"
    assert set(allowed.split(", ")) == set(HANDLERS)


@pytest.mark.parametrize(
    ("kind", "fields", "path"),
    [
        ("play", {"id": None}, ("id",)),
        ("play", {"id": 1.5}, ("id",)),
        ("play", {"id": "1"}, ("id",)),
        ("play", {"id": True}, ("id",)),
        ("play", {"id": -1}, ("id",)),
        ("play", {"id": 2**53}, ("id",)),
        ("play", {"loud": 1}, ("loud",)),
        ("step", {}, ("batches",)),
        ("step", {"batches": 1, "epochs": 1}, ("batches",)),
        ("step", {"batches": 0}, ("batches",)),
        ("step", {"batches": 100_001}, ("batches",)),
        ("step", {"epochs": 1001}, ("epochs",)),
        ("set_spec", {}, ("spec",)),
        ("set_spec", {"spec": []}, ("spec",)),
        ("set_spec", {"spec": {}, "replace": 1}, ("replace",)),
        ("add_points", {"points": []}, ("points",)),
        ("add_points", {"points": [[0, 0, 0]] * 5001}, ("points",)),
        ("add_points", {"points": [[0, 0]]}, ("points", 0, 2)),
        ("add_points", {"points": [[0, float("nan"), 0]]}, ("points", 0, 1)),
        ("add_points", {"points": [[0, 0, 1.1e30]]}, ("points", 0, 2)),
        ("move_points", {"points": [[0, 101, 0]]}, ("points", 0, 1)),
        ("move_points", {"points": [[0.5, 1, 0]]}, ("points", 0, 0)),
        ("move_points", {"points": [[2**53, 1, 0]]}, ("points", 0, 0)),
        ("relabel_points", {"ids": [0], "label": float("inf")}, ("label",)),
        ("relabel_points", {"ids": [0]}, ("label",)),
        ("relabel_points", {"ids": [], "label": 0}, ("ids",)),
        ("delete_points", {"ids": [-1]}, ("ids", 0)),
        ("delete_points", {"ids": [0, 2**70]}, ("ids", 1)),
        ("new_weights", {"seed": 2**32}, ("seed",)),
        ("new_weights", {"seed": -1}, ("seed",)),
        ("set_weight", {"layer": 0, "input": 0, "value": 1}, ("unit",)),
        ("set_weight", {"layer": -1, "unit": 0, "input": 0, "value": 1}, ("layer",)),
        ("set_weight", {"layer": 0, "unit": 0, "input": 0, "value": 2e6}, ("value",)),
        ("set_weight", {"layer": 0, "unit": 0, "input": 0, "value": float("nan")}, ("value",)),
        ("set_speed", {"epochs_per_second": 1, "steps_per_second": 1}, ("steps_per_second",)),
        ("set_speed", {"steps_per_second": 0}, ("steps_per_second",)),
        ("set_speed", {"steps_per_second": 1001}, ("steps_per_second",)),
        ("set_speed", {"epochs_per_second": 0}, ("epochs_per_second",)),
        ("set_speed", {"epochs_per_second": 1001}, ("epochs_per_second",)),
        ("set_speed", {"epochs_per_second": float("-inf")}, ("epochs_per_second",)),
        ("set_view", {"view": {"grid": 7}}, ("view", "grid")),
        ("set_view", {"view": {"grid": 201}}, ("view", "grid")),
        ("set_view", {"view": {"map_grid": 101}}, ("view", "map_grid")),
        ("set_view", {"view": {"extent": 0}}, ("view", "extent")),
        ("set_view", {"view": {"extent": 0.049}}, ("view", "extent")),
        ("set_view", {"view": {"extent": 101}}, ("view", "extent")),
        ("set_view", {"view": {"centre": [0, 101]}}, ("view", "centre", 1)),
        ("set_view", {"view": {"centre": 0}}, ("view", "centre")),
        ("set_view", {"view": {"zoom": 1}}, ("view", "zoom")),
        ("set_part", {"ids": [0], "part": 1}, ("part",)),
        ("set_part", {"ids": [0]}, ("part",)),
        ("move_points", {"points": [[0, 1, 1]], "gesture": -1}, ("gesture",)),
        ("move_points", {"points": [[0, 1, 1]], "gesture": 2**53}, ("gesture",)),
        ("delete_points", {"ids": [0], "gesture": 1.5}, ("gesture",)),
        ("undo", {"gesture": 1}, ("gesture",)),
        ("inspect", {"at": [0]}, ("at", 1)),
        ("inspect", {"at": [0, -101]}, ("at", 1)),
        ("inspect", {"at": [0, float("nan")]}, ("at", 1)),
        ("inspect", {"unit": [0]}, ("unit", 1)),
        ("inspect", {"unit": [0, -1]}, ("unit", 1)),
        ("inspect", {"unit": [0.5, 1]}, ("unit", 0)),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_its_path(kind: str, fields: dict[str, Any], path: Any) -> None:
    assert refusal(json.dumps({"id": 1, "type": kind, **fields})).path == path


@given(st.text() | st.binary() | JSON.map(json.dumps))
def test_any_text_is_refused_in_words(data: bytes | str) -> None:
    assert refusal(data).message


@given(
    st.sampled_from(list(EXAMPLES)),
    st.dictionaries(st.sampled_from(NAMES), JSON | st.integers(-(10**300), 10**300), max_size=4),
)
def test_a_command_with_anything_in_it_is_read_or_refused(kind: str, fields: dict[str, Any]) -> None:
    text = json.dumps({"id": 1, "type": kind, **EXAMPLES[kind], **fields})
    refusals: list[SpecError] = []
    try:
        assert parse_command(text).type in EXAMPLES
    except SpecError as error:
        refusals.append(error)
    assert all(error.code == "bad_command" and error.message for error in refusals)
