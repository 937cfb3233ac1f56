"""The JSON Schema, from which the page builds its controls: nothing is missing, every number has its ends."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.spec import Experiment
from app.vocabulary import (
    Activation,
    Clipping,
    Feature,
    Initializer,
    Loss,
    Optimizer,
    Output,
    Schedule,
    ScheduleUnit,
    Source,
    Task,
)
from tests.unit.spec.building import numbers

SCHEMA = Experiment.model_json_schema()
GROUPS = {"data", "network", "training", "seeds"}
"""Fields of the experiment that hold fields, not a value."""


def fields() -> list[tuple[str, str, dict[str, Any]]]:
    """Every field of every model but the tags of the kinds: its place, its name and itself."""
    models = {"Experiment": SCHEMA, **SCHEMA["$defs"]}
    return [
        (f"{model}.{name}", name, field)
        for model, schema in models.items()
        for name, field in schema.get("properties", {}).items()
        if "const" not in field
    ]


def words(field: dict[str, Any], word: str) -> Any:
    """`title` or `description` of a field: its own, or that of what it refers to."""
    named = SCHEMA["$defs"].get(field.get("$ref", "").removeprefix("#/$defs/"), {})
    return (named | field).get(word)


def test_every_field_has_a_title_a_default_and_a_description_and_every_number_its_ends() -> None:
    for place, name, field in fields():
        assert words(field, "title"), place
        assert "default" in field, place
        assert name in GROUPS or words(field, "description").endswith("."), place
        for number in numbers(field):
            assert {"minimum", "exclusiveMinimum"} & set(number), place
            assert {"maximum", "exclusiveMaximum"} & set(number), place


def test_the_numbers_are_found() -> None:
    found = [name for _, name, field in fields() if list(numbers(field))]
    assert {"samples", "learning_rate", "betas", "batch_size", "points", "units"} <= set(found)


@pytest.mark.parametrize(
    "vocabulary",
    [
        Activation,
        Clipping,
        Feature,
        Initializer,
        Loss,
        Optimizer,
        Output,
        Schedule,
        ScheduleUnit,
        Source,
        Task,
    ],
    ids=lambda kind: kind.__name__,
)
def test_the_schema_offers_every_name_of_the_vocabulary(vocabulary: Any) -> None:
    offered = list(choices(SCHEMA))
    assert [kind for kind in offered if kind >= set(vocabulary)], vocabulary


def choices(schema: Any) -> Iterator[set[str]]:
    """Every set of values that some field may choose from."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield set(schema["enum"])
        if "discriminator" in schema:
            yield set(schema["discriminator"]["mapping"])
        for inner in schema.values():
            yield from choices(inner)
    if isinstance(schema, list):
        for inner in schema:
            yield from choices(inner)


def test_unknown_fields_are_ruled_out_for_programs_too() -> None:
    models = [SCHEMA, *(model for model in SCHEMA["$defs"].values() if "properties" in model)]
    assert all(model["additionalProperties"] is False for model in models)


def test_the_schema_is_plain_json() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
