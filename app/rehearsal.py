"""Lessons played without a page: every stage begun, every task's intended solution and typical wrong answer given, and
what the check says of each. It is what a lesson's author looks at, and what the tests do with all of them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.assemble import Tables
from app.data.tables import BUNDLED, Shelf
from app.headless import put_on_shelf
from app.lessons.course import Lesson
from app.lessons.structure import Answer, Command, FindBug, Predict, Reach, Stage, Task
from app.session.commands import parse_command
from app.session.events import Error, Phase
from app.session.lesson_events import Verdict
from app.session.session import Session
from app.spec import Experiment, SpecError

SLICE = 10_000
"""Steps taken at once on the way to where a command leads."""


@dataclass(frozen=True)
class Finding:
    """One play of one task. `trouble` is empty where all is as it should be."""

    stage: str
    task: str
    play: str
    trouble: str
    measured: tuple[str, ...]
    """What the check measured, each as `name: value`."""


def rehearse(lesson: Lesson) -> Iterator[Finding]:
    """Every task of `lesson`, its solution first, each from the beginning of its stage."""
    for stage in lesson.structure.stages:
        beginning = _Beginning(lesson, stage)
        for task in stage.tasks:
            yield _played(beginning, task, "solution")
            yield _played(beginning, task, "wrong")


class _Beginning:
    """The beginning of a stage: got to once, which may take as much training as a task, and restored for each play."""

    def __init__(self, lesson: Lesson, stage: Stage) -> None:
        self.lesson, self.stage = lesson, stage

    @cached_property
    def _kept(self) -> tuple[bytes, Tables]:
        session = begin(self.lesson, self.stage)
        return session.snapshot(), session.tables

    def again(self) -> Session:
        """A session that stands there. SpecError where it cannot begin so."""
        return Session.restore(*self._kept)


def _played(beginning: _Beginning, task: Task, play: str) -> Finding:
    lesson, stage = beginning.lesson, beginning.stage
    commands, answer = _plan(task, play)
    try:
        session = beginning.again()
        do(session, commands)
        verdict = check(session, lesson, task, answer)
    except SpecError as error:
        return Finding(stage.id, task.id, play, error.message, ())
    trouble = ""
    if verdict.right != (play == "solution"):
        trouble = f"the {play} is said to be {'right' if verdict.right else 'wrong'}"
    elif isinstance(task, Predict) and play == "solution":
        trouble = _mismeasured(task, verdict)
    items = tuple(f"{item.name}: {item.measured}" for item in verdict.items if item.measured is not None)
    return Finding(stage.id, task.id, play, trouble, items)


def _plan(task: Task, play: str) -> tuple[Sequence[Command], Answer]:
    if play == "wrong":
        return task.wrong.commands, task.wrong.answer
    if isinstance(task, Reach | FindBug):
        return task.solution.commands, task.answer
    return (task.run if isinstance(task, Predict) else ()), task.answer


def _mismeasured(task: Predict, verdict: Verdict) -> str:
    """What the session gives must be what the file says is right."""
    for field, item in zip(task.fields, verdict.items, strict=True):
        if field.measure is None:
            continue
        if not isinstance(item.measured, float) or abs(item.measured - field.value) > field.tolerance:
            return f"{field.id} is {item.measured} in the session, not {field.value} +/- {field.tolerance}"
    return ""


def begin(lesson: Lesson, stage: Stage) -> Session:
    """A session at the beginning of `stage`. SpecError where it cannot begin so."""
    tables, load = BUNDLED, stage.load
    if stage.table:
        tables = Shelf()
        with (lesson.folder / stage.table).open("rb") as file:
            name, _ = put_on_shelf(tables, file, stage.table)
        load = with_table(load, name)
    session = Session.create(Experiment(), tables)
    before = [load]
    if stage.view is not None:
        before.append({"type": "set_view", "view": stage.view})
    do(session, [*before, *stage.commands])
    return session


def with_table(load: Command, name: str) -> Command:
    """A stage's `load` on the table that its lesson brought."""
    data = load["spec"].get("data", {})
    table = data.get("table", {}) | {"name": name}
    return load | {"spec": load["spec"] | {"data": data | {"source": "table", "table": table}}}


def do(session: Session, commands: Sequence[Command]) -> None:
    """Carry out each command, and wait until the session stands again. SpecError for one that is refused."""
    for number, command in enumerate(commands, 1):
        answer, *_ = session.handle(parse_command(json.dumps(command | {"id": number}).encode()))
        if isinstance(answer, Error):
            raise SpecError(f"{command.get('type')}: {answer.message}", answer.path, answer.code)
        while session.phase in {Phase.PLAYING, Phase.SEEKING, Phase.BENCHING}:
            session.advance(SLICE)


def check(session: Session, lesson: Lesson, task: Task, answer: Any) -> Verdict:
    """What the session says of an answer. SpecError for one of another kind than the task asks for."""
    command = {"type": "check", "lesson": lesson.id, "task": task.id, "answer": answer, "id": 0}
    told, *events = session.handle(parse_command(json.dumps(command).encode()))
    if isinstance(told, Error):
        raise SpecError(told.message, told.path, told.code)
    (verdict,) = events
    assert isinstance(verdict, Verdict), "a check is answered by a verdict"
    return verdict
