"""How long a run has trained since points, weights or settings were last changed: by its own record of inputs."""

from typing import Any

import pytest

from app.lessons.course import Course
from app.lessons.quantities import Measure, Quantity
from app.rehearsal import begin, check
from app.rehearsal import do as carry_out
from app.session.measuring import measure
from app.session.session import Session
from tests.unit.session.building import do, small

VALLEY = 4.22094059
"""Where the wrong valley of the lesson on restarts is lowest, found by training."""
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "points": ("move_points", {"points": [[0, 1, 2]]}),
    "weights": ("set_weight", {"layer": 0, "unit": 0, "input": 0, "value": 0.5}),
    "settings": ("set_spec", {"spec": {"training": {"l2": 0.01}}}),
}


def since(session: Session) -> dict[str, Any]:
    """All three."""
    return {
        kind: measure(session, Measure(measure=Quantity(f"epochs_since_{kind}")))
        for kind in ("points", "weights", "settings")
    }


def change(session: Session, kind: str) -> None:
    do(session, CHANGES[kind][0], **CHANGES[kind][1])


@pytest.mark.parametrize("kind", list(CHANGES))
def test_only_the_change_in_question_counts_from_its_step_on(kind: str) -> None:
    session = small()  # three steps are an epoch
    do(session, "step", batches=12)
    change(session, kind)
    do(session, "step", batches=6)
    told = dict.fromkeys(CHANGES, 6.0) | {kind: 2.0}
    assert since(session) == told
    assert since(Session.restore(session.snapshot())) == told


def test_what_is_set_up_before_the_first_step_does_not_count() -> None:
    session = small()
    for kind in CHANGES:
        change(session, kind)
    do(session, "step", batches=6)
    assert since(session) == dict.fromkeys(CHANGES, 2.0)


def test_one_weight_set_again_counts_from_the_second_time_on() -> None:
    session = small()
    for steps in (3, 9, 3):
        do(session, "step", batches=steps)
        change(session, "weights")
    do(session, "step", batches=3)
    assert since(session)["weights"] == 1.0


def test_in_the_past_later_changes_have_not_been_made() -> None:
    session = small()
    do(session, "step", batches=3)
    change(session, "points")
    do(session, "step", batches=6)
    change(session, "points")
    do(session, "step", batches=3)
    do(session, "seek", step=6)
    assert since(session)["points"] == 1.0
    do(session, "seek", step=3)
    assert since(session)["points"] == 0.0


def test_a_run_begun_again_has_been_left_alone() -> None:
    session = small()
    do(session, "step", batches=3)
    change(session, "points")
    do(session, "reset")
    do(session, "step", batches=6)
    assert since(session)["points"] == 2.0


def test_of_a_beginning_that_is_forgotten_only_what_came_after_it_counts() -> None:
    session = small()
    do(session, "step", batches=3)
    change(session, "points")
    session.past.interval = 8
    do(session, "step", batches=12)
    branch = session.past.shown
    while branch.forget_beginning() and not branch.forgotten:
        pass
    assert branch.first == 8
    assert since(session)["points"] == pytest.approx((15 - 8) / 3)
    assert since(session)["weights"] == pytest.approx((15 - 8) / 3)


def test_without_points_to_train_on_there_is_none() -> None:
    session = small()
    do(session, "load", spec={}, points=[])
    assert since(session) == dict.fromkeys(CHANGES)


@pytest.mark.parametrize(
    ("lesson", "task", "edit", "epochs"),
    [
        (
            "perceptron-trick",
            "never-rests",
            {"type": "add_points", "points": [[2, 2, 0]], "part": "train"},
            100,
        ),
        (
            "squared-or-cross",
            "stuck",
            {"type": "set_weight", "layer": 0, "unit": 0, "input": 0, "value": -10},
            200,
        ),
        (
            "restarts",
            "wrong-valley",
            {"type": "set_weight", "layer": 0, "unit": 0, "input": 0, "value": VALLEY},
            100,
        ),
    ],
)
def test_these_tasks_ask_to_train_after_the_edit_and_not_before(
    lesson: str, task: str, edit: dict[str, Any], epochs: int
) -> None:
    known = Course.read().lessons[lesson]
    stage = next(one for one in known.structure.stages if task in [found.id for found in one.tasks])
    asked = next(one for one in stage.tasks if one.id == task)
    train = {"type": "step", "epochs": epochs}
    right = []
    for commands in ([edit, train], [train, edit]):
        session = begin(known, stage)
        carry_out(session, commands)
        right.append(check(session, known, asked, None).right)
    assert right == [True, False]
