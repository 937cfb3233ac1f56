"""The golden frame: the same bytes read to the same values by Python here and by Node in tests/js/wire.test.js."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

from app.session.frame import LOSS_COLUMNS
from app.wire.frames import encode_frame
from tests.golden.make_golden import expected, golden_frame

GOLDEN = Path(__file__).parents[2] / "golden"
DATA = (GOLDEN / "frame.safetensors").read_bytes()
NAMES = {np.dtype(np.uint8): "U8", np.dtype(np.float32): "F32", np.dtype(np.float64): "F64"}


def test_todays_encoder_writes_the_golden_bytes() -> None:
    assert encode_frame(golden_frame(), 7) == DATA


def test_the_librarys_own_encoder_writes_the_same_bytes() -> None:
    size = int.from_bytes(DATA[:8], "little")
    assert save(load(DATA), json.loads(DATA[8 : 8 + size])["__metadata__"]) == DATA


def test_the_golden_values_are_those_that_both_languages_expect() -> None:
    assert json.loads((GOLDEN / "frame.json").read_text()) == expected()


def test_each_tensor_is_found_with_its_type_shape_and_values() -> None:
    wanted = json.loads((GOLDEN / "frame.json").read_text())["tensors"]
    found = load(DATA)
    assert found.keys() == wanted.keys()
    for name, (kind, shape, values) in wanted.items():
        assert (NAMES[found[name].dtype], list(found[name].shape)) == (kind, shape)
        numbers = [None if np.isnan(value) else value for value in found[name].ravel().tolist()]
        assert numbers == values


def test_the_header_tells_the_small_facts_as_strict_json() -> None:
    size = int.from_bytes(DATA[:8], "little")
    facts = json.loads(
        json.loads(DATA[8 : 8 + size])["__metadata__"]["frame"], parse_constant=lambda name: 1 / 0
    )
    assert facts == {
        "number": 7,
        "revision": 3,
        "data_revision": 5,
        "step": 250,
        "epoch": 10,
        "now": expected()["now"],
        "boundary_range": [0.0, 1.0],
        "loss_columns": list(LOSS_COLUMNS),
    }


def test_every_tensor_begins_where_a_typed_array_may() -> None:
    size = int.from_bytes(DATA[:8], "little")
    header = json.loads(DATA[8 : 8 + size])
    sizes = {"U8": 1, "F32": 4, "F64": 8}
    assert size % 8 == 0
    for name, entry in header.items():
        if name != "__metadata__":
            assert entry["data_offsets"][0] % sizes[entry["dtype"]] == 0
