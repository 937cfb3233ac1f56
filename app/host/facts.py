"""Bytes with facts before them, as jobs and answers go between processes: 8 bytes of length, JSON, then the bytes."""

import json
from typing import Any, BinaryIO

LENGTH = 8
"""Bytes of a length, little-endian."""


def with_facts(facts: dict[str, Any], data: bytes) -> bytes:
    """`data` after `facts`, which are anything that JSON can say."""
    text = json.dumps(facts, separators=(",", ":")).encode()
    return len(text).to_bytes(LENGTH, "little") + text + data


def read_facts(message: bytes) -> tuple[dict[str, Any], bytes]:
    """What `with_facts` was given; no facts where the message is empty."""
    size = int.from_bytes(message[:LENGTH], "little")
    return (json.loads(message[LENGTH : LENGTH + size]) if size else {}), message[LENGTH + size :]


def facts_of(file: BinaryIO) -> dict[str, Any]:
    """The facts alone; `file` then stands at the bytes."""
    facts: dict[str, Any] = json.loads(file.read(int.from_bytes(file.read(LENGTH), "little")))
    return facts
