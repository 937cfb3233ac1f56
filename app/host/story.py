"""All it takes to go on as a session, wherever: kept in a store, given to another engine, carried home."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.host.kept_tables import KeptTable


@dataclass(frozen=True)
class Story:
    """`opening` is a snapshot if `is_snapshot`, else a spec as JSON. `commands` are those since, as JSON text, in their
    order. `tables` are the session's own, by name."""

    opening: bytes
    is_snapshot: bool
    commands: tuple[bytes, ...] = ()
    tables: Mapping[str, KeptTable] = field(default_factory=dict)
