"""A story as bytes for another process, and back: 8 bytes of length, JSON, then opening, commands and tables."""

import json
from typing import BinaryIO

from app.host.kept_tables import KeptTable
from app.host.story import Story

LENGTH = 8
"""Bytes of a length, little-endian."""


def framed(story: Story, job: dict[str, object]) -> bytes:
    """`story` with a `job`, which is anything that JSON can say."""
    tables = [(name, table.data) for name, table in story.tables.items()]
    parts = [story.opening, *story.commands, *(data for _, data in tables)]
    facts = {
        "job": job,
        "is_snapshot": story.is_snapshot,
        "commands": len(story.commands),
        "tables": [name for name, _ in tables],
        "sizes": [len(part) for part in parts],
    }
    return with_facts(facts, b"".join(parts))


def with_facts(facts: dict[str, object], data: bytes) -> bytes:
    """`data` after `facts`."""
    text = json.dumps(facts, separators=(",", ":")).encode()
    return len(text).to_bytes(LENGTH, "little") + text + data


def read_facts(message: bytes) -> tuple[dict[str, object], bytes]:
    """What `with_facts` was given; no facts where the message is empty."""
    size = int.from_bytes(message[:LENGTH], "little")
    return (json.loads(message[LENGTH : LENGTH + size]) if size else {}), message[LENGTH + size :]


def read_framed(file: BinaryIO) -> tuple[Story, dict[str, object]]:
    """What `framed` was given. What the page is told of a table does not come along."""
    facts = json.loads(file.read(int.from_bytes(file.read(LENGTH), "little")))
    opening, *parts = [file.read(size) for size in facts["sizes"]]
    count = facts["commands"]
    tables = {
        name: KeptTable(data, b"", 0) for name, data in zip(facts["tables"], parts[count:], strict=True)
    }
    return Story(opening, facts["is_snapshot"], tuple(parts[:count]), tables), facts["job"]
