"""Handler of the check of a lesson's task."""

from typing import TYPE_CHECKING

from app.lessons.reading import structure_of
from app.lessons.structure import Choose, FindBug, Order, Predict, Reach, Stage, Task
from app.session import commands as ask
from app.session.events import Ok
from app.session.handlers.common import Answer
from app.session.lesson_events import Verdict, VerdictItem
from app.session.tasks import check_choice, check_kept, check_numbers, check_order, check_reached
from app.spec import SpecError

if TYPE_CHECKING:
    from app.session.session import Session


def check(session: "Session", command: ask.Check) -> Answer:
    """How the answer, and the session as it stands, do as what the task asks for."""
    stage, task = _task(command.lesson, command.task)
    items = tuple(_items(session, stage, task, command))
    chosen_all = not isinstance(task, Choose | FindBug) or set(command.answer or []) == set(task.right)
    right = chosen_all and all(item.right for item in items)
    return Ok(id=command.id), [Verdict(lesson=command.lesson, task=command.task, right=right, items=items)]


def _task(lesson: str, name: str) -> tuple[Stage, Task]:
    structure = structure_of(lesson)
    if structure is None:
        raise SpecError(f"there is no lesson {lesson}", ("lesson",), "unknown_task")
    for stage in structure.stages:
        for task in stage.tasks:
            if task.id == name:
                return stage, task
    allowed = ", ".join(task.id for task in structure.tasks)
    raise SpecError(f"{lesson} has no task {name}; allowed: {allowed}", ("task",), "unknown_task")


def _items(session: "Session", stage: Stage, task: Task, command: ask.Check) -> list[VerdictItem]:
    match task:
        case Predict():
            return check_numbers(session, task, command.answer)
        case Choose():
            return check_choice(task, command.answer)
        case Order():
            return check_order(task, command.answer)
        case Reach():
            return [*check_reached(session, task.conditions), *check_kept(session, stage, task.keep)]
        case FindBug():
            chosen = check_choice(task, command.answer)
            return [*chosen, *check_reached(session, task.conditions), *check_kept(session, stage, task.keep)]
