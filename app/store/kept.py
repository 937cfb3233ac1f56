"""What the store keeps, as plain data: whoever only passes it on need not load a database's library."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KeptTable:
    """A table's safetensors, and the JSON that the page is told of it."""

    data: bytes
    told: bytes
    count: int
    """Rows of its file."""


@dataclass(frozen=True)
class KeptSession:
    """`opening` is a snapshot if `is_snapshot`, which holds all commands to number `sequence`, else a spec as JSON.
    `commands` are those since, with their numbers. `tables` are the session's own, by name."""

    opening: bytes
    is_snapshot: bool
    sequence: int = 0
    commands: tuple[tuple[int, bytes], ...] = ()
    tables: Mapping[str, KeptTable] = field(default_factory=dict)
