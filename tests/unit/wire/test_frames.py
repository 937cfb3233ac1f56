"""The golden frame: the same bytes read to the same values by Python here and by Node in tests/js/wire.test.js."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from app.session.frame import LOSS_COLUMNS
from app.session.session import Session
from app.spec import Experiment
from app.wire.frames import encode_frame
from tests.golden.make_golden import expected, golden_frame
from tests.unit.session.building import OWN, do, picture, small

GOLDEN = Path(__file__).parents[2] / "golden"
DATA = (GOLDEN / "frame.safetensors").read_bytes()
NAMES = {np.dtype(np.uint8): "U8", np.dtype(np.float32): "F32", np.dtype(np.float64): "F64"}


def facts_of(data: bytes) -> dict[str, Any]:
    """The small facts of an encoded frame; NaN and Infinity, which no browser reads, fail."""
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    facts: dict[str, Any] = json.loads(header["__metadata__"]["frame"], parse_constant=pytest.fail)
    return facts


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
    assert facts_of(DATA) == {
        "number": 7,
        "revision": 3,
        "data_revision": 5,
        "step": 250,
        "epoch": 10,
        "now": expected()["now"],
        "boundary_range": [0.0, 1.0],
        "centre": [1.5, -2.0],
        "extent": 4.0,
        "probe_at": [0.5, -0.25],
        "focus_unit": [0, 1],
        "focus_range": [-1.0, 2.5],
        "figures": True,
        "metrics": None,
        "readings": [
            {
                "about": "unit",
                "layer": 0,
                "unit": 1,
                "verdict": "dead",
                "text": "Unit 2 of hidden layer 1 is dead.",
                "units": [1],
                "norm": None,
            }
        ],
        "curvature": {
            "sharpness": 45.5,
            "limit": 66.5,
            "formula": "2 / learning rate",
            "step": 240,
            "points": 125,
            "of": 125,
        },
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


def test_a_session_s_frame_is_read_to_the_values_it_has() -> None:
    session = small(data={"source": "blobs", "classes": 3, "samples": 40})
    do(session, "step", epochs=2)
    frame = picture(session)
    data = encode_frame(frame, 4)
    found, facts = load(data), facts_of(data)
    for name, tensor in found.items():
        array = getattr(frame, name)
        np.testing.assert_array_equal(tensor, array.astype(tensor.dtype), strict=True)
        assert (tensor.dtype == array.dtype) is (name != "gradient")
    assert set(found) == {name for name, value in vars(frame).items() if isinstance(value, np.ndarray)}
    assert (facts["number"], facts["step"], facts["epoch"]) == (4, 6, 2)
    assert facts["now"] == vars(frame.now)


def test_an_empty_board_s_frame_is_strict_json_too() -> None:
    facts = facts_of(encode_frame(picture(small(data=OWN)), 1))
    assert (facts["now"]["train_loss"], facts["now"]["test_score"]) == (None, None)


def test_an_encoded_frame_does_not_change_with_its_session() -> None:
    """A frame's theta, gradient and losses are the session's own, so it is encoded before anything else happens."""
    session = Session.create(Experiment())
    do(session, "play")
    session.advance(30)
    frame = picture(session)
    data = encode_frame(frame, 1)
    before = load(data)["theta"].copy()
    session.advance(30)
    np.testing.assert_array_equal(load(data)["theta"], before)
    assert not np.array_equal(load(encode_frame(picture(session), 1))["theta"], before)
    assert np.shares_memory(frame.theta, session.theta)
