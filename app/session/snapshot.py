"""A session as bytes and back: safetensors with the small facts as JSON under the metadata key `session`. A letter in
front says whether they are deflated, which a small snapshot is: two fifths of its size for 0.1 ms, for memory and disk.

Training draws its randomness from seed and epoch, so no generator state is needed to go on with the same bits.
"""

import json
import zlib
from typing import Any

from numpy.typing import NDArray
from safetensors.numpy import load

from app import container

FORMAT = 10
"""Grows with every change of what a snapshot holds."""
SMALL = 1 << 16
"""Bytes up to which it is deflated: more would take longer than a slice."""
DEFLATED, PLAIN = b"z", b"s"
LEVEL = 1

Facts = dict[str, Any]
Arrays = dict[str, NDArray[Any]]


def pack(facts: Facts, arrays: Arrays) -> bytes:
    """One file."""
    text = json.dumps(facts | {"format": FORMAT}, separators=(",", ":"))
    data = container.pack(arrays, {"session": text}, alike=False)
    return DEFLATED + zlib.compress(data, LEVEL) if len(data) <= SMALL else PLAIN + data


def readable(data: bytes) -> bool:
    """Whether a snapshot is of this very format."""
    return data[:1] in (DEFLATED, PLAIN) and bool(_facts(_inside(data))["format"] == FORMAT)


def unpack(data: bytes) -> tuple[Facts, Arrays]:
    """What `pack` was given. ValueError for another format."""
    data = _inside(data)
    facts = _facts(data)
    if facts["format"] != FORMAT:
        raise ValueError(f"this is a snapshot of format {facts['format']}; format {FORMAT} can be read")
    return facts, load(data)


def _inside(data: bytes) -> bytes:
    return zlib.decompress(data[1:]) if data[:1] == DEFLATED else data[1:]


def _facts(data: bytes) -> Facts:
    size = int.from_bytes(data[:8], "little")
    facts: Facts = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["session"])
    return facts
