"""A session as bytes and back: safetensors with the small facts as JSON under the metadata key `session`.

Training draws its randomness from seed and epoch, so no generator state is needed to go on with the same bits.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

FORMAT = 1
"""Grows with every change of what a snapshot holds."""


@dataclass(frozen=True)
class Facts:
    """The part of a snapshot that is no array."""

    spec: dict[str, Any]
    phase: str
    epochs_per_second: float | None
    view: dict[str, Any]
    revision: int
    data_revision: int
    version: int
    recorded: int
    next_id: int
    edited: bool
    pending_steps: int | None
    limit: float
    clock: float
    step: int
    epoch: int
    row: int
    drawn: int
    format: int = FORMAT


def pack(facts: Facts, arrays: dict[str, NDArray[Any]]) -> bytes:
    """One safetensors file."""
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return save(contiguous, {"session": json.dumps(asdict(facts))})


def unpack(data: bytes) -> tuple[Facts, dict[str, NDArray[Any]]]:
    """What `pack` was given. ValueError for another format."""
    size = int.from_bytes(data[:8], "little")
    facts = Facts(**json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["session"]))
    if facts.format != FORMAT:
        raise ValueError(f"this is a snapshot of format {facts.format}; format {FORMAT} can be read")
    return facts, load(data)
