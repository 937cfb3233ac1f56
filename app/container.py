"""Arrays as one safetensors file: the format's own library costs a third of a frame's making, this a tenth.

The bytes are the library's to the last one (a test compares them); reading is left to the library.
"""

from collections.abc import Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {
    np.dtype(np.int64): "I64",
    np.dtype(np.float64): "F64",
    np.dtype(np.float32): "F32",
    np.dtype(np.int32): "I32",
    np.dtype(np.uint8): "U8",
    np.dtype(np.bool_): "BOOL",
}
"""What files are made of, widest first: in this order every array begins where a typed array may."""
ORDER = {dtype: place for place, dtype in enumerate(TYPES)}
ALIGNMENT = 8
KEPT = 512
"""Headers remembered: a few for each session of an engine, whose frames differ only in how many losses they carry."""

Kinds = tuple[tuple[str, np.dtype[Any], tuple[int, ...]], ...]
"""Name, type and shape of each array."""


def pack(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str], *, alike: bool = True) -> bytes:
    """8 bytes of header length, the JSON header, then the arrays in little-endian row-major order. `alike`: files of
    the same names and shapes are made again and again."""
    kinds = tuple([(name, tensor.dtype, tensor.shape) for name, tensor in tensors.items()])
    names, entries = _kept_layout(kinds) if alike else layout_of(kinds)
    facts = ",".join([f"{quoted(name)}:{quoted(text)}" for name, text in metadata.items()])
    header = f'{{"__metadata__":{{{facts}}}{entries}}}'.encode()
    header += b" " * (-len(header) % ALIGNMENT)
    arrays = [np.ascontiguousarray(tensors[name]).data for name in names]
    return b"".join([len(header).to_bytes(8, "little"), header, *arrays])


def layout_of(kinds: Kinds) -> tuple[tuple[str, ...], str]:
    """The arrays' names in the order in which they lie in the file, and the header's part about them."""
    ordered = tuple(sorted(kinds, key=lambda kind: (ORDER[kind[1]], kind[0])))
    return tuple(name for name, *_ in ordered), entries_of(ordered)


def entries_of(kinds: Kinds) -> str:
    """The header's part about the arrays."""
    entries, end = [], 0
    for name, dtype, shape in kinds:
        start, end = end, end + prod(shape) * dtype.itemsize
        sides = ",".join(map(str, shape))
        entries.append(
            f',{quoted(name)}:{{"dtype":"{TYPES[dtype]}","shape":[{sides}],"data_offsets":[{start},{end}]}}'
        )
    return "".join(entries)


_kept_layout = lru_cache(KEPT)(layout_of)
