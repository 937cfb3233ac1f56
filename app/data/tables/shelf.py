"""The tables that a session can name: bundled ones, shared by all, and its own."""

from collections.abc import Callable

from app.data.tables.bundled import bundled_table
from app.data.tables.table import Table
from app.vocabulary import BundledTable

NAMES = frozenset(map(str, BundledTable))


class Shelf:
    """Tables by name. Each is made when it is first asked for."""

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[], Table]] = {}
        self._made: dict[str, Table] = {}

    def put(self, name: str, make: Callable[[], Table]) -> None:
        """A table of the session's own; the same name is the same table."""
        self._makers.setdefault(name, make)

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._makers.pop(name, None)
        self._made.pop(name, None)

    def get(self, name: str) -> Table:
        """The table; KeyError for a name that is neither a bundled table's nor one of the session's own."""
        if name in NAMES:
            return bundled_table(BundledTable(name))
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]


BUNDLED = Shelf()
"""The bundled tables alone; nobody puts anything on it."""
