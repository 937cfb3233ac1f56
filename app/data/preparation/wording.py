"""Figures, counts and lists of names as the notes say them. Knows no table."""

from collections.abc import Sequence

MOST_NAMES = 4
"""Names that a note lists before it counts the others."""

SHOWN_LETTERS = 40
"""Letters of one name or value that a message repeats."""


def figure(value: float) -> str:
    """At most four significant digits: `0.5`, `12.35`, `1.234e+09`; whole numbers below a million in full."""
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.4g}"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`; thousands are parted by commas."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def quoted(name: str) -> str:
    """A column's name or a cell's value, cut where it is long."""
    return f"“{cut(name, SHOWN_LETTERS)}”"


def cut(name: str, letters: int) -> str:
    """At most so many letters of `name`, the last an ellipsis where some are left out."""
    return name if len(name) <= letters else name[: letters - 1] + "…"


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`, `a, b, c, d and 7 more`."""
    shown = list(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown.append(f"{len(names) - MOST_NAMES} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
