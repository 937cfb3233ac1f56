"""A table whose names and classes are made to break out of whatever they are written into, for the tests of exports."""

import io

from app.data.tables import BUNDLED, Table
from app.data.tables.reading import read_table
from app.session.session import Session
from app.spec import Experiment
from tests.unit.data.tables import LIMITS
from tests.unit.session.building import do

TEXTS = (
    "quotes \"'`",
    '"""; raise SystemExit(1); """',
    "'''",
    "back\\slash\\",
    "</script><b>",
    "line\u2028separator",
    "{0} $title ${title} %s",
    "\u202emirrored",
)
"""No cell of a CSV keeps a newline; the literals are tested with one by themselves."""
CLASSES = ("=1+1", "\"\"\"'''\\", "@SUM(A1)</script>")
COLUMN = "=cmd|'/c calc'!A1"


class Shelf:
    """One table beside those that come with the playground."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def get(self, name: str) -> Table:
        """The table of that name."""
        return self.table if name == "t-hostile" else BUNDLED.get(name)


def hostile_session() -> Session:
    """A small network on it after some steps: a number column, a text column of TEXTS, the classes."""
    rows = [f"{_cell(COLUMN)},{_cell('+text')},class"]
    for row in range(24):
        cells = (str(row / 2 - 5), TEXTS[row % len(TEXTS)], CLASSES[row % 3])
        rows.append(",".join(map(_cell, cells)))
    content = "\n".join(rows).encode()
    table = read_table(io.BytesIO(content), "hostile.csv", LIMITS).table
    spec = {"data": {"source": "table", "table": {"name": "t-hostile", "target": "class"}},
            "network": {"layers": [{"units": 3}]}}  # fmt: skip
    session = Session.create(Experiment.parse(spec), Shelf(table))
    do(session, "play")
    session.advance(5)
    do(session, "pause")
    return session


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
