"""What the pages are told of lessons, as JSON: docs/architecture.md, "Lessons", has the shapes."""

import random
from functools import cache
from typing import Any

from app.lessons.course import Course, Lesson
from app.lessons.describe import describe, setting
from app.lessons.structure import POINTS, Choose, FindBug, Order, Predict, Reach, Stage, Task
from app.lessons.texts import StageText, TaskText
from app.lessons.words import Words, words
from app.spec import Experiment
from app.vocabulary import Task as Learning


def tell_course(course: Course, language: str) -> dict[str, Any]:
    """All lessons, for an index."""
    return {
        "language": language,
        "languages": course.languages,
        "lessons": [_tell_briefly(lesson, language) for lesson in course.lessons.values()],
        "problems": list(course.problems),
    }


def _tell_briefly(lesson: Lesson, language: str) -> dict[str, Any]:
    text = lesson.text(language)
    return {
        "id": lesson.id,
        "number": lesson.number,
        "title": text.title,
        "summary": text.summary,
        "language": text.language,
        "chapter": lesson.structure.chapter,
        "minutes": lesson.structure.minutes,
        "needs": list(lesson.structure.needs),
        "stages": len(lesson.structure.stages),
        "tasks": [task.id for task in lesson.structure.tasks],
        "kinds": list(dict.fromkeys(task.kind for task in lesson.structure.tasks)),
    }


def tell_lesson(course: Course, lesson: Lesson, language: str) -> dict[str, Any]:
    """One lesson with all that its page needs, but neither answers nor solutions."""
    text = lesson.text(language)
    following = course.after(lesson)
    return _tell_briefly(lesson, language) | {
        "languages": sorted(lesson.texts),
        "needs": [_named(course.lessons[need], language) for need in lesson.structure.needs],
        "next": _named(following, language) if following else None,
        "stages": [
            _tell_stage(lesson.id, stage, text.stages[stage.id], language)
            for stage in lesson.structure.stages
        ],
    }


def _named(lesson: Lesson, language: str) -> dict[str, str]:
    return {"id": lesson.id, "title": lesson.text(language).title}


def _tell_stage(lesson: str, stage: Stage, text: StageText, language: str) -> dict[str, Any]:
    told = stage.model_dump(mode="json", include=STAGE_FIELDS)
    tasks = [_tell_task(lesson, stage, task, text.tasks[task.id], language) for task in stage.tasks]
    return told | {"title": text.title, "html": text.html, "load": stage.load, "tasks": tasks}


STAGE_FIELDS = {
    *("id", "table", "commands", "speed", "view"),
    *("show", "hide", "lock", "panel", "chart", "edges"),
}


def _tell_task(lesson: str, stage: Stage, task: Task, text: TaskText, language: str) -> dict[str, Any]:
    items = list(task.items) if isinstance(task, Order) else []
    shuffled = _shuffled(items, f"{lesson}/{task.id}")
    asking = task if isinstance(task, Reach | FindBug) else None
    return {
        "id": task.id,
        "kind": task.kind,
        "title": text.title,
        "html": text.html,
        "hints": text.hints,
        "fields": [{"id": name, "html": text.fields[name]} for name in _fields(task)],
        "options": [
            {"id": name, "html": text.options[name]}
            for name in (task.options if isinstance(task, Choose | FindBug) else [])
        ],
        "several": isinstance(task, Choose | FindBug) and task.several,
        "items": [{"id": name, "html": text.items[name]} for name in shuffled],
        "conditions": conditions_of(stage, asking, language) if asking else [],
        "keep": kept_of(asking, language) if asking else [],
        "run": list(task.run) if isinstance(task, Predict) else [],
    }


def _fields(task: Task) -> list[str]:
    return [field.id for field in task.fields] if isinstance(task, Predict) else []


def conditions_of(stage: Stage, task: Reach | FindBug, language: str) -> list[str]:
    """What must hold, in words."""
    spec = Experiment() if stage.table else Experiment().patched(stage.spec)
    said = _quantities(language)
    regression = spec.task is Learning.REGRESSION
    return [describe(condition, said, len(spec.network.layers), regression) for condition in task.conditions]


def kept_of(task: Reach | FindBug, language: str) -> list[str]:
    """What must be left as the stage has it, in words."""
    said = _quantities(language)
    return [str(said["keep_points"]) if name == POINTS else setting(name, said) for name in task.keep]


@cache
def _quantities(language: str) -> Words:
    """The words for what can be measured; read once, since all conditions of all lessons need them."""
    table = words(language)["quantities"]
    assert isinstance(table, dict), "the tables of words are ours"
    return table


def _shuffled(items: list[str], seed: str) -> list[str]:
    """In an order that is the same each time, and never the right one."""
    shuffled = list(items)
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    while shuffled == items and len(items) > 1:
        chance.shuffle(shuffled)
    return shuffled


def tell_after_try(lesson: Lesson, name: str, language: str) -> dict[str, Any] | None:
    """The solution of a task, its explanation and what is wrong with wrong options; None for no such task."""
    for stage in lesson.structure.stages:
        for task in stage.tasks:
            if task.id == name:
                text = lesson.text(language).stages[stage.id].tasks[name]
                commands = task.solution.commands if isinstance(task, Reach | FindBug) else _run(task)
                return {
                    "solution": text.solution,
                    "explanation": text.explanation,
                    "wrong": text.wrong,
                    "answer": task.answer,
                    "commands": list(commands),
                }
    return None


def _run(task: Task) -> Any:
    return task.run if isinstance(task, Predict) else ()
