"""The container: what the library reads and would have written itself, to the last byte."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from safetensors.numpy import load, save

from app.container import pack

tensors = st.dictionaries(
    st.text("abcxyz_", min_size=1, max_size=6),
    st.sampled_from([np.int64, np.float64, np.float32, np.int32, np.uint8, np.bool_]).flatmap(
        lambda kind: arrays.arrays(kind, arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
    ),
    min_size=1,
    max_size=5,
)


@given(tensors, st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20))
def test_the_bytes_are_those_of_the_library(made: dict[str, Any], words: str) -> None:
    assert pack(made, {"frame": words}) == save(made, {"frame": words})
    assert pack(made, {"frame": words}, alike=False) == save(made, {"frame": words})


@given(tensors)
def test_what_was_packed_is_read_to_the_bit(made: dict[str, Any]) -> None:
    found = load(pack(made, {}))
    assert found.keys() == made.keys()
    for name, tensor in made.items():
        np.testing.assert_array_equal(found[name], tensor, strict=True)


def test_an_array_that_is_a_view_is_written_in_its_own_order() -> None:
    table = np.arange(12.0).reshape(3, 4)
    views = {"turned": table.T, "every_other": table[::2, ::-1]}
    found = load(pack(views, {}))
    assert found["turned"].tolist() == table.T.tolist()
    assert found["every_other"].tolist() == [[3, 2, 1, 0], [11, 10, 9, 8]]


def test_the_header_is_json_padded_to_8_bytes_and_the_widest_come_first() -> None:
    data = pack({"a": np.zeros(3, np.uint8), "b": np.zeros(1), "c": np.zeros(1, np.float32)}, {"x": "y"})
    size = int.from_bytes(data[:8], "little")
    assert size % 8 == 0
    assert json.loads(data[8 : 8 + size]) == {
        "__metadata__": {"x": "y"},
        "b": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]},
        "c": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]},
        "a": {"dtype": "U8", "shape": [3], "data_offsets": [12, 15]},
    }
    assert len(data) == 8 + size + 15


def test_a_type_that_frames_are_not_made_of_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        pack({"a": np.zeros(3, np.int16)}, {})
