"""The command `check`: a lesson's task held against an answer and the session as it stands; nothing changes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.lessons import reading
from app.lessons.course import Course
from app.rehearsal import begin, check, do
from app.session.lesson_events import Verdict
from app.session.session import Session
from app.spec import SpecError
from tests.unit.lessons.building import write_lesson


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """One small lesson, which is also what a session finds."""
    write_lesson(tmp_path)
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    return Course.read(tmp_path)


def at(course: Course, task: str) -> Session:
    """At the beginning of the stage that asks it."""
    lesson = course.lessons["small"]
    return begin(
        lesson, next(stage for stage in lesson.structure.stages if task in [one.id for one in stage.tasks])
    )


def asked(course: Course, session: Session, name: str, answer: Any) -> Verdict:
    lesson = course.lessons["small"]
    return check(session, lesson, next(one for one in lesson.structure.tasks if one.id == name), answer)


def told(verdict: Verdict) -> list[tuple[str, str, bool, Any]]:
    return [(item.kind, item.name, item.right, item.measured) for item in verdict.items]


@pytest.mark.parametrize(("z", "right"), [(0.5, True), (0.509, True), (0.511, False), (-0.5, False)])
def test_a_number_is_right_within_its_tolerance_and_the_session_says_its_own(
    course: Course, z: float, right: bool
) -> None:
    verdict = asked(course, at(course, "score"), "score", {"z": z})
    assert verdict.right is right
    assert told(verdict) == [("field", "z", right, 0.5)]


def test_a_field_without_a_number_is_wrong(course: Course) -> None:
    assert told(asked(course, at(course, "score"), "score", {})) == [("field", "z", False, 0.5)]


def test_an_option_is_right_or_not(course: Course) -> None:
    session = at(course, "side")
    assert told(asked(course, session, "side", ["below"])) == [("option", "below", False, None)]
    assert asked(course, session, "side", ["above"]).right


def test_an_order_is_judged_place_by_place(course: Course) -> None:
    verdict = asked(course, at(course, "steps"), "steps", ["forward", "backward", "loss"])
    assert [item.right for item in verdict.items] == [True, False, False]
    assert not verdict.right
    assert asked(course, at(course, "steps"), "steps", ["forward", "loss", "backward"]).right


def test_a_goal_is_measured_on_the_session_as_it_stands(course: Course) -> None:
    session = at(course, "five")
    assert told(asked(course, session, "five", None)) == [
        ("condition", "0", False, 0.0),
        ("condition", "1", True, 45.0),
        ("keep", "points", True, None),
        ("keep", "training.optimizer.name", True, None),
    ]
    do(session, [{"type": "step", "batches": 5}])
    assert asked(course, session, "five", None).right


def test_what_was_to_be_left_alone_is_missed(course: Course) -> None:
    session = at(course, "five")
    do(session, [{"type": "delete_points", "ids": [3]}, {"type": "step", "batches": 5}])
    spec = {"training": {"optimizer": {"name": "sgd"}}}
    do(session, [{"type": "set_spec", "spec": spec}])
    verdict = asked(course, session, "five", None)
    assert [item.right for item in verdict.items] == [True, True, False, False]
    assert not verdict.right
    do(session, [{"type": "undo"}])
    assert asked(course, session, "five", None).items[2].right


def test_a_bug_is_named_and_mended(course: Course) -> None:
    session = at(course, "bug")
    named = asked(course, session, "bug", ["rate"])
    assert told(named) == [("option", "rate", True, None), ("condition", "0", False, "adam")]
    assert not named.right
    do(session, [{"type": "set_spec", "spec": {"training": {"optimizer": {"name": "sgd"}}}}])
    assert asked(course, session, "bug", ["rate"]).right


@pytest.mark.parametrize(
    ("task", "answer", "message"),
    [
        ("score", None, "a prediction is answered by a number for each field"),
        ("score", {"y": 1.0}, "y is no field of score; allowed: z"),
        ("side", {"above": 1.0}, "side is answered by a list of options"),
        ("side", ["over"], "over is no option of side; allowed: above, below"),
        ("side", [], "side is answered by one option, not 0"),
        ("side", ["above", "below"], "side is answered by one option, not 2"),
        ("steps", ["loss"], "steps has 3 items, not 1"),
        ("steps", ["loss", "loss", "forward"], "loss is named twice; allowed: forward, loss, backward"),
    ],
)
def test_an_answer_of_another_kind_is_refused(course: Course, task: str, answer: Any, message: str) -> None:
    with pytest.raises(SpecError) as refused:
        asked(course, at(course, task), task, answer)
    assert (refused.value.code, refused.value.message) == ("bad_command", message)


def test_an_unknown_lesson_or_task_is_refused_by_name(course: Course) -> None:
    session = at(course, "score")
    with pytest.raises(SpecError, match=r"check: there is no lesson \.\./small"):
        do(session, [{"type": "check", "lesson": "../small", "task": "score"}])
    with pytest.raises(
        SpecError, match="check: small has no task sum; allowed: score, side, five, steps, bug"
    ):
        do(session, [{"type": "check", "lesson": "small", "task": "sum"}])


def test_checking_changes_nothing(course: Course) -> None:
    session = at(course, "five")
    do(session, [{"type": "step", "batches": 3}, {"type": "walk", "by": "phase"}])
    before, theta = session.greet(), session.theta.copy()
    asked(course, session, "five", None)
    assert session.greet() == before
    assert np.array_equal(session.theta, theta)
