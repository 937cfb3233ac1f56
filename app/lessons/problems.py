"""What is wrong with a lesson's file, and where: `file:line: message`, so that an editor can go there."""

import re
from collections.abc import Sequence
from pathlib import Path

TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")


class LessonError(ValueError):
    """A lesson that cannot be taught. `line` counts from 1."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        where = file.parts[-2:] if file.name == "lesson.toml" else file.parts[-3:]
        super().__init__(f"{'/'.join(where)}:{line}: {message}")
        self.file, self.line, self.message = file, line, message


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line of a TOML text on which the value at `path` is given, or else the nearest thing around it.

    Tables are followed as they are written, `[[stages]]` and `[[stages.tasks]]` counted; within one, the first line
    that begins with the key. A path that goes into an inline value ends at the line where that begins.
    """
    best, best_depth = 1, -1
    here: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if head := TABLE.match(line):
            here = _place(head.group(2).split("."), head.group(1) == "[[", counts)
            found = here
        elif (key := re.match(r"""^\s*["']?([\w.-]+)["']?\s*=""", line)) is not None:
            found = (*here, *key.group(1).split("."))
        else:
            continue
        if tuple(path[: len(found)]) == found and len(found) > best_depth:
            best, best_depth = number, len(found)
    return best


def _place(
    names: list[str], is_list: bool, counts: dict[tuple[str | int, ...], int]
) -> tuple[str | int, ...]:
    """The full path of a table's head: names of lists before it are followed by the number of their newest entry."""
    path: tuple[str | int, ...] = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if not is_list:
        return (*path, counts[path]) if path in counts else path
    counts[path] = counts.get(path, -1) + 1
    for below in [known for known in counts if len(known) > len(path) and known[: len(path)] == path]:
        if below[len(path)] != counts[path]:
            del counts[below]
    return (*path, counts[path])
