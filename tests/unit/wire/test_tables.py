"""Tables as bytes and back."""

import json

import numpy as np
import pytest
from safetensors.numpy import load

from app.data.tables import BUNDLED, Column, Image, Table
from app.data.told import tell_bundled
from app.vocabulary import BundledTable, ColumnKind
from app.wire.tables import decode_table, encode_table, table_name

NUMBER, TEXT = ColumnKind.NUMBER, ColumnKind.TEXT
SMALL = Table(
    "t-x",
    "Léa's",
    (
        Column("a", NUMBER, np.array([1e308, np.nan, -0.1]), unit="cm"),
        Column("b", TEXT, np.array([1.0, 0.0, np.nan]), ("no", "yes, œ")),
    ),
    "b",
    lines=np.array([2, 5, 6], np.int32),
)


def assert_same(one: Table, other: Table) -> None:
    assert (one.title, one.target, one.image) == (other.title, other.target, other.image)
    assert (one.lines is None) == (other.lines is None)
    np.testing.assert_array_equal(one.lines, other.lines)
    for ours, theirs in zip(one.columns, other.columns, strict=True):
        assert (ours.name, ours.kind, ours.categories, ours.unit) == (
            *(theirs.name, theirs.kind, theirs.categories, theirs.unit),
        )
        np.testing.assert_array_equal(ours.values, theirs.values)


@pytest.mark.parametrize(
    "table", [SMALL, *(BUNDLED.get(name) for name in BundledTable)], ids=lambda t: t.name
)
def test_a_table_comes_back_as_it_was(table: Table) -> None:
    data = encode_table(table)
    found = decode_table(data, "t-1")
    assert found.name == "t-1"
    assert_same(found, table)
    assert encode_table(found) == data


def test_the_name_is_made_of_the_bytes() -> None:
    name = table_name(encode_table(SMALL))
    assert len(name) == 18
    assert name.startswith("t-")
    assert name == table_name(encode_table(decode_table(encode_table(SMALL), name)))
    other = Table("t-x", "Lea's", SMALL.columns, "b")
    assert table_name(encode_table(other)) != name


def test_pixels_are_bytes_where_they_are_whole() -> None:
    assert load(encode_table(BUNDLED.get("digits")))["pixels"].dtype == np.uint8
    share = Table("", "", (Column("p", NUMBER, np.array([0.5, 1.0])),), image=Image(1, 1, 1.0))
    assert load(encode_table(share))["pixels"].dtype == np.float32
    assert_same(decode_table(encode_table(share), ""), share)


def test_what_is_told_of_a_table() -> None:
    told = json.loads(json.dumps(tell_bundled(SMALL)))
    assert (told["name"], told["title"], told["rows"], told["target"], told["task"]) == (
        *("t-x", "Léa's", 3, "b", "classification"),
    )
    assert told["preview"] == [["1e+308", "yes, œ"], ["", "no"], ["-0.1", ""]]
    a, b = told["columns"]
    assert a == {
        "name": "a",
        "unit": "cm",
        "kind": "number",
        "missing": 1,
        "distinct": 2,
        "low": -0.1,
        "high": 1e308,
        "mean": 5e307,
        "constant": False,
        "unusable": "",
        "examples": ["1e+308", "-0.1"],
    }
    assert (b["kind"], b["low"], b["distinct"], b["examples"]) == ("text", None, 2, ["yes, œ", "no"])
