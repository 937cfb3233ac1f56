"""Cells to numbers: what counts as missing, what as a number, and what only looks like one."""

import math
import re
from enum import Enum

MISSING = frozenset(
    {"", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "none", "?", "-"}
)
"""Cells that hold nothing, as programs write it."""
ENDLESS = re.compile(r"[+-]?(inf|infinity)", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?")
FORMULA = frozenset("=+-@\t")
"""How a cell begins that a spreadsheet would carry out."""


class Odd(Enum):
    """What a cell is that is neither missing nor a number."""

    TEXT = "is not a number"
    ENDLESS = "is larger than a number can be"


def number_in(cell: str, decimal_comma: bool) -> float | Odd:
    """The finite number in a cell that is not missing. `decimal_comma`: 3,5 is one too."""
    if decimal_comma and DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    try:
        value = float(cell)
    except ValueError:
        return Odd.TEXT
    if math.isfinite(value) and "_" not in cell:
        return value
    endless = math.isinf(value) and (ENDLESS.fullmatch(cell) or "_" not in cell)
    return Odd.ENDLESS if endless else Odd.TEXT


def looks_like_a_formula(cell: str) -> bool:
    """A spreadsheet would carry it out. Numbers are asked about before."""
    return cell[:1] in FORMULA
