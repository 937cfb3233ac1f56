"""`lesson.toml` read and checked."""

import json
import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.lessons.folder import FOLDER
from app.lessons.problems import LessonError, line_of
from app.lessons.structure import (
    FOLDER_NAME,
    POINTS,
    Command,
    FindBug,
    Play,
    Predict,
    Reach,
    Stage,
    Structure,
)
from app.spec import Experiment, SpecError, field_of, merge
from app.spec.errors import plain_path

CheckCommand = Callable[[bytes], object]
"""Takes a command as JSON text; SpecError for one that cannot be."""
ENDLESS = frozenset({"play"})
"""Commands after which a session never comes to rest: whoever plays a lesson would wait for ever."""


def lesson_folders(folder: Path) -> list[Path]:
    """The folders of all lessons in `folder`, by number. What is called otherwise is none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and FOLDER_NAME.match(path.name))


def id_of(folder: Path) -> str:
    """`perceptron-trick` for `02-perceptron-trick`."""
    return folder.name.partition("-")[2]


def read_structure(folder: Path, check: CheckCommand | None = None) -> Structure:
    """The structure of the lesson in `folder`; LessonError with file and line for one that is not right. With `check`
    its commands are looked at too."""
    file = folder / "lesson.toml"
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(file, 1, f"it cannot be read: {error}") from error
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where.group(1)) if where else len(text.splitlines())
        raise LessonError(file, line, f"it is no TOML: {error}") from error
    structure = _checked(file, text, tree)
    for number, stage in enumerate(structure.stages):
        _check_stage(file, text, stage, number, check)
    return structure


def _checked(file: Path, text: str, tree: dict[str, Any]) -> Structure:
    try:
        return Structure.model_validate_json(json.dumps(tree))
    except (TypeError, ValueError) as error:
        if not isinstance(error, ValidationError):
            raise LessonError(file, 1, f"dates and times have no place here: {error}") from error
        first = error.errors(include_url=False)[0]
        path = _without_kind(plain_path(first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            said = "is not a known field"
        where = f"{'.'.join(map(str, path))}: " if path else ""
        raise LessonError(file, line_of(text, path), where + said) from error


def _without_kind(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Pydantic puts a task's kind behind its number."""
    kinds = {"predict", "choose", "reach", "break", "find_bug", "order"}
    return tuple(
        part
        for at, part in enumerate(path)
        if not (part in kinds and at >= 2 and path[at - 2] == "tasks" and isinstance(path[at - 1], int))
    )


def _check_stage(file: Path, text: str, stage: Stage, number: int, check: CheckCommand | None) -> None:
    """What pydantic cannot say: whether the spec and the commands are such that a session takes them."""
    here = ("stages", number)
    try:
        spec = Experiment().patched(merge(stage.spec, {"data": {"source": "table"}} if stage.table else {}))
    except SpecError as error:
        raise LessonError(file, line_of(text, (*here, "spec", *error.path)), error.message) from error
    _check_kept(file, text, stage, here, spec)
    if stage.table and not (file.parent / stage.table).is_file():
        raise LessonError(file, line_of(text, (*here, "table")), f"there is no file {stage.table} beside it")
    if check is None:
        return
    for path, command in _commands(stage, here):
        try:
            if command.get("type") in ENDLESS:
                raise SpecError(f"{command['type']} has no end; step has", ("type",), "bad_command")
            check(json.dumps(command | {"id": 1}).encode())
        except SpecError as error:
            raise LessonError(file, line_of(text, path), error.message) from error


def _check_kept(file: Path, text: str, stage: Stage, here: tuple[str | int, ...], spec: Experiment) -> None:
    """What is to be kept must be there: nobody would notice that something without a name has changed."""
    tree = spec.model_dump(mode="json")
    for number, task in enumerate(stage.tasks):
        for name in task.keep if isinstance(task, Reach | FindBug) else ():
            try:
                if name != POINTS:
                    field_of(tree, name)
            except (KeyError, IndexError, ValueError) as error:
                line = line_of(text, (*here, "tasks", number, "keep"))
                raise LessonError(file, line, f"keep: the stage's spec has no {name}") from error


def _commands(stage: Stage, here: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], Command]]:
    """All commands of a stage, each with where it stands."""
    found: list[tuple[tuple[str | int, ...], Command]] = [((*here,), stage.load)]
    found += [((*here, "commands"), command) for command in stage.commands]
    if stage.speed is not None:
        found.append(((*here, "speed"), {"type": "set_speed"} | stage.speed))
    if stage.view is not None:
        found.append(((*here, "view"), {"type": "set_view", "view": stage.view}))
    for number, task in enumerate(stage.tasks):
        place = (*here, "tasks", number)
        plays: list[tuple[str, Play]] = [("wrong", task.wrong)]
        if isinstance(task, Reach | FindBug):
            plays.append(("solution", task.solution))
        if isinstance(task, Predict):
            plays.append(("run", Play(commands=task.run)))
        found += [((*place, name), command) for name, play in plays for command in play.commands]
    return found


def structure_of(lesson: str) -> Structure | None:
    """The structure of a lesson by its id, for whoever is asked about it; None where there is no such lesson, or none
    that can be taught."""
    folder = next((folder for folder in lesson_folders(FOLDER) if id_of(folder) == lesson), None)
    return _structure_in(folder) if folder else None


@lru_cache(64)
def _structure_in(folder: Path) -> Structure | None:
    """Read once. Names of lessons that there are not take no room here."""
    try:
        return read_structure(folder)
    except LessonError:
        return None
