"""What is wrong with a file: so wrong that there is no table (`TableError`), or left out and said (`Problem`)."""

from dataclasses import dataclass, field

MOST_TOLD = 50
"""Problems that are told one by one; the rest are counted."""
MOST_QUOTED = 30
"""Characters of a cell that a message repeats."""


class TableError(ValueError):
    """A file that is no table, or too large a one. `line` counts from 1, `column` is a name; None where it is about the
    whole file. `code` is stable for programs."""

    def __init__(
        self, message: str, line: int | None = None, column: str | None = None, code: str = "bad_table"
    ) -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.code = message, line, column, code


@dataclass(frozen=True)
class Problem:
    """Something that was left out, changed or is worth knowing. `line` counts from 1; None where it is about none."""

    message: str
    line: int | None = None
    column: str | None = None


@dataclass
class Problems:
    """The first MOST_TOLD problems of a file, and how many there are. What is about the whole file or a whole column is
    told before what is about a line, of which there may be thousands."""

    count: int = 0
    _general: list[Problem] = field(default_factory=list)
    _lines: list[Problem] = field(default_factory=list)

    def add(self, message: str, line: int | None = None, column: str | None = None) -> None:
        """One more. `message` says what is wrong and what became of it; where is put in front of it."""
        self.count += 1
        kind = self._general if line is None else self._lines
        if len(kind) < MOST_TOLD:
            kind.append(Problem(located(message, line, column), line, column))

    @property
    def told(self) -> tuple[Problem, ...]:
        """The problems to tell: of whole columns first, then by line."""
        by_line = sorted(self._lines, key=lambda problem: problem.line or 0)
        return tuple([*self._general, *by_line][:MOST_TOLD])


def located(message: str, line: int | None, column: str | None) -> str:
    """`line 3, column "age": message`."""
    places = [f"line {line:,}"] if line else []
    places += [f"column {quoted(column)}"] if column is not None else []
    return f"{', '.join(places)}: {message}" if places else message


def quoted(text: str) -> str:
    """`text` in quotes on one line, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= MOST_QUOTED else f'"{line[: MOST_QUOTED - 1]}…"'


def refuse(
    message: str, line: int | None = None, column: str | None = None, code: str = "bad_table"
) -> TableError:
    """The error with where it is in front of its message."""
    return TableError(located(message, line, column), line, column, code)
