"""Arrays as one safetensors file: the format's own library costs a third of a frame's making, this a tenth.

The bytes are the library's to the last one (a test compares them); reading is left to the library.
"""

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {
    np.dtype(np.float64): "F64",
    np.dtype(np.float32): "F32",
    np.dtype(np.int32): "I32",
    np.dtype(np.uint8): "U8",
}
"""What files are made of, widest first: in this order every array begins where a typed array may."""
ORDER = {dtype: place for place, dtype in enumerate(TYPES)}
ALIGNMENT = 8
KEPT = 512
"""Headers remembered: a few for each session of an engine, whose frames differ only in how many losses they carry."""


def pack(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    """8 bytes of header length, the JSON header, then the arrays in little-endian row-major order."""
    ordered = sorted([(ORDER[tensor.dtype], name, tensor) for name, tensor in tensors.items()], key=_place)
    entries = _entries(tuple([(name, tensor.dtype, tensor.shape) for _, name, tensor in ordered]))
    text = f'{{"__metadata__":{json.dumps(metadata, separators=(",", ":"))}{entries}}}'.encode()
    text += b" " * (-len(text) % ALIGNMENT)
    arrays = [np.ascontiguousarray(tensor).data for *_, tensor in ordered]
    return b"".join([len(text).to_bytes(8, "little"), text, *arrays])


def _place(item: tuple[int, str, NDArray[Any]]) -> tuple[int, str]:
    return item[:2]


@lru_cache(KEPT)
def _entries(arrays: tuple[tuple[str, np.dtype[Any], tuple[int, ...]], ...]) -> str:
    """The header's part about the arrays, which is the same from frame to frame."""
    entries, end = [], 0
    for name, dtype, shape in arrays:
        start, end = end, end + math.prod(shape) * dtype.itemsize
        entry = {"dtype": TYPES[dtype], "shape": shape, "data_offsets": (start, end)}
        entries.append(f",{json.dumps(name)}:{json.dumps(entry, separators=(',', ':'))}")
    return "".join(entries)
