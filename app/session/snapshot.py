"""A session as bytes and back: safetensors with the small facts as JSON under the metadata key `session`.

Training draws its randomness from seed and epoch, so no generator state is needed to go on with the same bits.
"""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

FORMAT = 8
"""Grows with every change of what a snapshot holds."""

Facts = dict[str, Any]
Arrays = dict[str, NDArray[Any]]


def pack(facts: Facts, arrays: Arrays) -> bytes:
    """One safetensors file."""
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return save(contiguous, {"session": json.dumps(facts | {"format": FORMAT})})


def unpack(data: bytes) -> tuple[Facts, Arrays]:
    """What `pack` was given. ValueError for another format."""
    size = int.from_bytes(data[:8], "little")
    facts: Facts = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["session"])
    if facts["format"] != FORMAT:
        raise ValueError(f"this is a snapshot of format {facts['format']}; format {FORMAT} can be read")
    return facts, load(data)
