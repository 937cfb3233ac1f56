"""What a teacher's page shows of a lesson: its stages and tasks with the answers, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.lessons.course import Course, Lesson
from app.lessons.describe import number as written
from app.lessons.structure import Choose, FindBug, Order, Predict, Reach, Stage
from app.lessons.telling import conditions_of, kept_of
from app.lessons.texts import TaskText
from app.lessons.words import Words, filled
from app.web.lesson_facts import Needed, duration, facts_of, plain_title, table


@dataclass(frozen=True)
class Choice:
    """An option, whether it is right, and what is said to whoever takes it; all HTML."""

    html: str
    right: bool
    said: str


@dataclass(frozen=True)
class TaskFacts:
    """A task with its answer. `numbers` are (label, number) of a prediction, `order` is right from first to last; texts
    are HTML but for `numbers`' numbers, `goals` and `kept`."""

    id: str
    number: int
    kind: str
    text: TaskText
    numbers: Sequence[tuple[str, str]]
    choices: Sequence[Choice]
    order: Sequence[str]
    goals: Sequence[str]
    kept: Sequence[str]


@dataclass(frozen=True)
class StageFacts:
    """A stage with its tasks; title and text are HTML."""

    id: str
    number: int
    title: str
    html: str
    tasks: Sequence[TaskFacts]


def teacher_facts(lesson: Lesson, course: Course, language: str, words: Words) -> dict[str, Any]:
    """The facts of the template teacher.html."""
    after = course.after(lesson)
    text = lesson.text(language)
    return {
        "lesson": facts_of(lesson, course, language, words),
        "chapter": table(words, "chapters")[lesson.structure.chapter],
        "after": Needed(after.id, after.number, plain_title(after, language)) if after else None,
        "notes": lesson.teacher_page(language),
        "notes_language": language if language in lesson.teacher else "en",
        "time": duration(lesson.structure.minutes, words),
        "stages": [
            StageFacts(
                stage.id,
                number,
                text.stages[stage.id].title,
                text.stages[stage.id].html,
                _tasks_of(lesson, stage, language, words),
            )
            for number, stage in enumerate(lesson.structure.stages, 1)
        ],
    }


def _tasks_of(lesson: Lesson, stage: Stage, language: str, words: Words) -> list[TaskFacts]:
    """The tasks of a stage, numbered through the lesson as on its page."""
    numbers = {task.id: number for number, task in enumerate(lesson.structure.tasks, 1)}
    said = lesson.text(language).stages[stage.id].tasks
    return [
        TaskFacts(
            id=task.id,
            number=numbers[task.id],
            kind=str(table(words, "kinds")[task.kind]),
            text=said[task.id],
            numbers=_numbers(task, said[task.id], words) if isinstance(task, Predict) else [],
            choices=_choices(task, said[task.id]) if isinstance(task, Choose | FindBug) else [],
            order=[said[task.id].items[name] for name in task.items] if isinstance(task, Order) else [],
            goals=conditions_of(stage, task, language) if isinstance(task, Reach | FindBug) else [],
            kept=kept_of(task, language) if isinstance(task, Reach | FindBug) else [],
        )
        for task in stage.tasks
    ]


def _choices(task: Choose | FindBug, text: TaskText) -> list[Choice]:
    return [Choice(text.options[name], name in task.right, text.wrong.get(name, "")) for name in task.options]


def _numbers(task: Predict, text: TaskText, words: Words) -> list[tuple[str, str]]:
    within = str(table(words, "teacher")["within"])
    return [
        (text.fields[one.id], filled(within, value=written(one.value), tolerance=written(one.tolerance)))
        for one in task.fields
    ]
