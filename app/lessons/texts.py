"""`lesson.md`: all words of a lesson in one language, told apart by headings.

# Title                         and under it a summary
## Stage {#id}                  its text
### Task {#id}                  its question
#### hint                       one or more; field: id, option: id, item: id, wrong: id, solution, explanation
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from app.lessons.markdown import html_of, inline_html_of
from app.lessons.problems import LessonError
from app.lessons.structure import Choose, FindBug, Order, Predict, Structure, Task

HEADING = re.compile(r"^(#{1,4})\s+(.*?)\s*$")
NAMED = re.compile(r"^(.*?)\s*\{#([a-z0-9-]+)\}$")
PART = re.compile(r"^(hint|solution|explanation|(?:field|option|item|wrong):\s*[a-z0-9-]+)$")
ONCE = frozenset({"solution", "explanation"})
LABELS = frozenset({"field", "option", "item"})
"""Parts that stand on a line of their own: in a label, or in an answer."""


@dataclass
class Section:
    """A heading with what stands under it up to the next one. `level` 1 to 4."""

    level: int
    title: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands under the heading."""
        return "\n".join(self.lines).strip()


@dataclass
class TaskText:
    """The words of a task, as HTML. `fields`, `options`, `items` and `wrong` go by id."""

    title: str
    html: str
    line: int
    hints: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    solution: str = ""
    explanation: str = ""


@dataclass
class StageText:
    """The words of a stage, as HTML."""

    title: str
    html: str
    line: int
    tasks: dict[str, TaskText] = field(default_factory=dict)


@dataclass
class LessonText:
    """The words of a lesson, as HTML; `language` is the one they are in."""

    language: str
    title: str
    summary: str
    stages: dict[str, StageText]


def sections_of(file: Path, text: str) -> list[Section]:
    """The sections in their order; LessonError where something stands before the first heading."""
    found: list[Section] = []
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else HEADING.match(line)
        if heading:
            found.append(Section(len(heading.group(1)), heading.group(2), number))
        elif found:
            found[-1].lines.append(line)
        elif line.strip():
            raise LessonError(file, number, "a lesson begins with its title: # Title")
    if not found:
        raise LessonError(file, 1, "it is empty; a lesson begins with its title: # Title")
    return found


def read_text(file: Path, language: str, structure: Structure) -> LessonText:
    """The words in `file`; LessonError with the line where they are not those that `structure` asks for."""
    try:
        sections = sections_of(file, file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(file, 1, f"it cannot be read: {error}") from error
    first, *others = sections
    if first.level != 1:
        raise LessonError(file, first.line, "a lesson begins with its title: # Title")
    text = LessonText(language, _inline(file, first), _html(file, first), {})
    for section in others:
        _add(file, text, section)
    _compare(file, text, structure)
    return text


def _add(file: Path, text: LessonText, section: Section) -> None:
    stage = next(reversed(text.stages.values()), None)
    task = next(reversed(stage.tasks.values()), None) if stage else None
    if section.level == 1:
        raise LessonError(file, section.line, "a lesson has one title; stages begin with ##")
    if section.level == 2:
        name, title = _named(file, section, text.stages)
        text.stages[name] = StageText(title, _html(file, section), section.line)
    elif section.level == 3 and stage:
        name, title = _named(file, section, stage.tasks)
        stage.tasks[name] = TaskText(title, _html(file, section), section.line)
    elif section.level == 4 and task:
        _add_part(file, task, section)
    else:
        above = {3: "a stage (##)", 4: "a task (###)"}[section.level]
        raise LessonError(file, section.line, f"{section.title!r} stands before {above}")


def _named(file: Path, section: Section, before: Container[str]) -> tuple[str, str]:
    """Id and title; there is none of that id `before`."""
    named = NAMED.match(section.title)
    if not named:
        raise LessonError(file, section.line, f"{section.title!r} has no id; write it as Title {{#id}}")
    if named.group(2) in before:
        raise LessonError(file, section.line, f"{named.group(2)} is there twice")
    return named.group(2), _inline(file, section, named.group(1))


def _add_part(file: Path, task: TaskText, section: Section) -> None:
    if not PART.match(section.title):
        allowed = "hint, solution, explanation, field: id, option: id, item: id, wrong: id"
        raise LessonError(file, section.line, f"{section.title!r} is no part of a task; allowed: {allowed}")
    kind, _, name = (part.strip() for part in section.title.partition(":"))
    html = _inline(file, section, " ".join(section.text.split())) if kind in LABELS else _html(file, section)
    if not html:
        raise LessonError(file, section.line, f"{section.title} is empty")
    if (kind in ONCE and getattr(task, kind)) or (name and name in _by_id(task, kind)):
        raise LessonError(file, section.line, f"{section.title} is there twice")
    match kind:
        case "hint":
            task.hints.append(html)
        case "solution":
            task.solution = html
        case "explanation":
            task.explanation = html
        case _:
            _by_id(task, kind)[name] = html


def _by_id(task: TaskText, kind: str) -> dict[str, str]:
    found: dict[str, str] = getattr(task, kind if kind == "wrong" else f"{kind}s")
    return found


def _html(file: Path, section: Section) -> str:
    try:
        return html_of(section.text)
    except ValueError as error:
        raise LessonError(file, section.line, str(error)) from error


def _inline(file: Path, section: Section, text: str | None = None) -> str:
    try:
        return inline_html_of(section.title if text is None else text)
    except ValueError as error:
        raise LessonError(file, section.line, str(error)) from error


# -- do the words fit the structure? -----------------------------------------------------------------------------------


def _compare(file: Path, text: LessonText, structure: Structure) -> None:
    _same(file, 1, "stages", list(text.stages), [stage.id for stage in structure.stages])
    for stage in structure.stages:
        said = text.stages[stage.id]
        _same(file, said.line, f"tasks of {stage.id}", list(said.tasks), [task.id for task in stage.tasks])
        for task in stage.tasks:
            _compare_task(file, said.tasks[task.id], task)


def _compare_task(file: Path, said: TaskText, task: Task) -> None:
    fields = [one.id for one in task.fields] if isinstance(task, Predict) else []
    options = task.options if isinstance(task, Choose | FindBug) else []
    items = task.items if isinstance(task, Order) else []
    _same(file, said.line, f"fields of {task.id}", sorted(said.fields), sorted(fields))
    _same(file, said.line, f"options of {task.id}", sorted(said.options), sorted(options))
    _same(file, said.line, f"items of {task.id}", sorted(said.items), sorted(items))
    if unknown := [name for name in said.wrong if name not in options]:
        raise LessonError(file, said.line, f"wrong: {unknown[0]} is no option of {task.id}")
    for name in ("hints", "solution", "explanation"):
        if not getattr(said, name):
            raise LessonError(file, said.line, f"{task.id} has no {name.removesuffix('s')}")


def _same(file: Path, line: int, what: str, found: list[str], asked: list[str]) -> None:
    if found != asked:
        shown = ", ".join(found) or "none"
        raise LessonError(
            file, line, f"{what}: {shown}; lesson.toml has {', '.join(asked) or 'none'}, in this order"
        )
