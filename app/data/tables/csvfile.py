"""Text to rows of cells: what separates the cells, where a row begins and ends, which row holds the names.

Python's csv module reads; a row that it cannot read is left out and reading goes on with the line after the one where
that row began, so that one quote that is never closed costs one row.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.data.tables.problems import Problems

SEPARATORS = "\t;|,"
"""What may separate cells. The comma comes last: it also stands in numbers and in text."""
LOOKED_AT = 200
"""Rows by which the separator is judged."""
MOSTLY = 0.9
"""Share of rows of the same length from which a separator is believed before the comma is looked at."""
LONGEST_ROW = 100_000
"""Characters of a cell: more is a quote that is never closed."""
BLANK = re.compile(r"[ \t\n]*\n")
csv.field_size_limit(LONGEST_ROW)


@dataclass(frozen=True)
class Row:
    """The cells of a row, trimmed, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


class _Lines:
    """The lines of a text, one after the other, with a way back to the second line of a row that could not be read."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._number = text, 0, 0
        self._first, self._ends = 1, list[int]()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._at >= len(self._text):
            raise StopIteration
        end = self._text.find("\n", self._at) + 1 or len(self._text)
        line = self._text[self._at : end]
        self._at, self._number = end, self._number + 1
        self._ends.append(end)
        return line

    def begin_row(self) -> int:
        """A row begins with the next line that is not blank, whose number this is."""
        if blank := BLANK.match(self._text, self._at):
            self._at, self._number = blank.end(), self._number + blank[0].count("\n")
        self._first = self._number + 1
        self._ends.clear()
        return self._first

    def back_to_second_line(self) -> None:
        """The next line is the one after the row's first."""
        self._at, self._number = self._ends[0], self._first


def rows_of(text: str, separator: str, problems: Problems) -> Iterator[Row | None]:
    """The rows of a text in order, None for one that cannot be read. Blank lines are no rows."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        line = lines.begin_row()
        try:
            cells = tuple([cell.strip() for cell in next(reader)])
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(f"{_in_words(error)}; the row is left out", line)
            lines.back_to_second_line()
            reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
            yield None
            continue
        if any(cells):
            yield Row(line, cells)


def _in_words(error: csv.Error) -> str:
    said = str(error)
    if "expected after" in said:
        return "after a closing quote comes something else than a separator"
    return "a quote is opened here and never closed" if "unexpected end" in said else "a cell is too long"


def separator_of(text: str) -> str:
    """What separates the cells: with it the first row and most of the others are of the same length; of several such
    signs the first of SEPARATORS."""
    found = [(sign, *_agreement(text, sign)) for sign in SEPARATORS]
    believed = [sign for sign, share, length in found if length > 1 and share >= MOSTLY]
    if believed:
        return believed[0]
    best = max(found, key=lambda candidate: (candidate[2] > 1) * candidate[1])
    return best[0] if best[1] and best[2] > 1 else ","


def _agreement(text: str, separator: str) -> tuple[float, int]:
    """Share of the first rows that are as long as the first one is, if most are, and that length."""
    rows = list(islice(rows_of(_beginning(text), separator, Problems()), LOOKED_AT))
    lengths = [len(row.cells) if row else 0 for row in rows]
    if not lengths:
        return 0.0, 0
    length, count = Counter(lengths).most_common(1)[0]
    return (count / len(lengths), length) if lengths[0] == length else (0.0, length)


def _beginning(text: str) -> str:
    """Enough for LOOKED_AT rows of any file that is accepted, and no more."""
    return text[: LOOKED_AT * 1000]
