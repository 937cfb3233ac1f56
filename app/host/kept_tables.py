"""The tables that a session has been given, as the web process keeps them for the engines to come."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.spec import BOUNDS
from app.store.kept import KeptTable as KeptTable

NAMED = re.compile(rb'"(t-[0-9a-f]{16})"')

NAME_SIZE = 18
"""Characters of an uploaded table's name."""


SERVER_FULL = "the server has no room for more tables; try again later"


class NoRoomError(Exception):
    """A session's tables, or those of the whole server, would be too many; words for people."""


@dataclass
class KeptTables:
    """Tables by name, oldest first. One that a command has named may be part of the session's past and stays; of the
    others the oldest makes room."""

    _tables: dict[str, KeptTable] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(len(table.data) for table in self._tables.values())

    def all(self) -> dict[str, KeptTable]:
        """Every table, by name."""
        return dict(self._tables)

    def get(self, name: str) -> KeptTable | None:
        """The table of that name."""
        return self._tables.get(name)

    def told(self) -> Iterator[bytes]:
        """What an engine is told of each."""
        return (table_payload(name, table.data) for name, table in self._tables.items())

    def take_over(self, tables: Mapping[str, KeptTable], room: int) -> None:
        """Begin with `tables`, all of them in use. NoRoomError where they are more than `room`."""
        if sum(len(table.data) for table in tables.values()) > room:
            raise NoRoomError(SERVER_FULL)
        self._tables, self._used = dict(tables), set(tables)

    def note_use(self, payload: bytes) -> None:
        """A command may name tables."""
        if b'"t-' in payload:
            self._used.update(name.decode() for name in NAMED.findall(payload))

    def put(self, name: str, table: KeptTable, room: int) -> list[str]:
        """Keep a table; the names of those dropped for it. NoRoomError if there is no room for it. `room`: bytes that
        the whole server has left."""
        others = {key: kept for key, kept in self._tables.items() if key != name}
        for key in [key for key in others if key not in self._used]:
            if not _too_many([*others.values(), table]):
                break
            del others[key]
        if _too_many([*others.values(), table]):
            used = sum(len(kept.data) for kept in others.values()) / 1e6
            raise NoRoomError(
                f"this session uses {len(others)} tables of {used:.1f} MB; allowed with the new one: "
                f"{BOUNDS.uploads} of {BOUNDS.uploads_bytes / 1e6:g} MB together. Begin a new session for more"
            )
        after = sum(len(kept.data) for kept in others.values()) + len(table.data)
        if after - self.size > room:
            raise NoRoomError(SERVER_FULL)
        dropped = [key for key in self._tables if key not in others and key != name]
        self._tables = {**others, name: table}
        return dropped


def table_payload(name: str, data: bytes) -> bytes:
    """What an engine is told of a table: its name, then its safetensors. The name could be made from the bytes, but
    that takes an engine longer than a slice."""
    return name.encode() + data


def named_table(payload: bytes) -> tuple[str, bytes]:
    """The name and the safetensors that `table_payload` has put together."""
    return payload[:NAME_SIZE].decode(), payload[NAME_SIZE:]


def _too_many(tables: list[KeptTable]) -> bool:
    return len(tables) > BOUNDS.uploads or sum(len(table.data) for table in tables) > BOUNDS.uploads_bytes
