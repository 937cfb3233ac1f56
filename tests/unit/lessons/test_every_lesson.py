"""Every lesson of the project: its files are right, its solutions are, and its wrong answers are not."""

import re
from pathlib import Path
from typing import get_args

import pytest

from app.lessons.course import Course
from app.lessons.folder import OWN
from app.lessons.reading import id_of, lesson_folders
from app.lessons.structure import PagePart
from app.lessons.telling import tell_after_try, tell_lesson
from app.rehearsal import rehearse
from app.session.commands import parse_command
from app.spec import Experiment, field_of

FOLDERS = lesson_folders(OWN)
COURSE = Course.read(OWN, parse_command)
BUTTONS = {"new-weights", "reset"}
"""As state/link.js calls them."""
HEADINGS = ("Aims", "Before the lesson", "The hour", "Misconceptions", "Questions to ask", "If there is time")


def test_the_course_is_whole() -> None:
    assert COURSE.problems == ()
    assert [lesson.number for lesson in COURSE.lessons.values()] == list(range(1, 27))


@pytest.mark.parametrize("folder", FOLDERS, ids=id_of)
def test_its_solutions_are_right_and_its_wrong_answers_wrong(folder: Path) -> None:
    lesson = COURSE.lessons[id_of(folder)]
    assert len(lesson.structure.tasks) >= 3
    assert [found for found in rehearse(lesson) if found.trouble] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=id_of)
def test_it_can_be_told_without_its_answers_and_after_a_try_with_them(folder: Path) -> None:
    lesson = COURSE.lessons[id_of(folder)]
    told = tell_lesson(COURSE, lesson, "en")
    for stage in told["stages"]:
        for task in stage["tasks"]:
            assert not {"answer", "solution", "explanation", "right", "value"} & set(task)
            after = tell_after_try(lesson, task["id"], "en")
            assert after
            assert after["solution"]
            assert after["explanation"]


@pytest.mark.parametrize("folder", FOLDERS, ids=id_of)
def test_its_teacher_has_a_page_with_all_that_a_lesson_needs(folder: Path) -> None:
    page = COURSE.lessons[id_of(folder)].teacher_page("en")
    assert [heading for heading in HEADINGS if f"<h2>{heading}</h2>" not in page] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=id_of)
def test_its_teachers_plan_fills_the_lessons_minutes_without_a_gap(folder: Path) -> None:
    text = (folder / "en" / "teacher.md").read_text("utf-8")
    plan = text.partition("## The hour\n")[2].partition("\n## ")[0].split("\n|")[3:]
    spans = [tuple(map(int, re.findall(r"^ (\d+) to (\d+) \|", row)[0])) for row in plan]
    assert len(spans) >= 4
    assert [begin for begin, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == COURSE.lessons[id_of(folder)].structure.minutes


@pytest.mark.parametrize("folder", FOLDERS, ids=id_of)
def test_what_it_hides_and_locks_is_there(folder: Path) -> None:
    settings = Experiment().model_dump(mode="json")
    for stage in COURSE.lessons[id_of(folder)].structure.stages:
        for name in {*stage.hide, *stage.lock} - set(get_args(PagePart)) - BUTTONS:
            field_of(settings, name)


def test_every_kind_of_task_is_in_the_course() -> None:
    kinds = {task.kind for lesson in COURSE.lessons.values() for task in lesson.structure.tasks}
    assert kinds == {"predict", "choose", "reach", "break", "find_bug", "order"}
