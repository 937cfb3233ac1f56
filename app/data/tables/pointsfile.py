"""Points as the page's point table writes them: recognised, so that they come back as points and not as a table."""

import math

from app.data.tables.table import Column, Table
from app.vocabulary import PARTS, ColumnKind

HEADER = ("x1", "x2", "label", "part")
Row = tuple[float, float, float, str]


def points_of(table: Table, most: int) -> list[Row] | None:
    """(x1, x2, label, part) of each row, or None for another kind of table, as one of more than `most` rows is. A part
    that has no such name is `train`."""
    if tuple(column.name.lower() for column in table.columns) not in (HEADER, HEADER[:3]):
        return None
    numbers, part = table.columns[:3], table.columns[3:]
    if any(column.kind is not ColumnKind.NUMBER for column in numbers) or table.rows > most:
        return None
    rows = zip(*(column.values.tolist() for column in numbers), _parts(part, table.rows), strict=True)
    return [row for row in rows if not any(map(math.isnan, row[:3]))]


def _parts(column: tuple[Column, ...], rows: int) -> list[str]:
    if not column or column[0].kind is not ColumnKind.TEXT:
        return [PARTS[0].value] * rows
    names = [name.lower() if name.lower() in PARTS else PARTS[0].value for name in column[0].categories]
    return [PARTS[0].value if math.isnan(value) else names[int(value)] for value in column[0].values.tolist()]
