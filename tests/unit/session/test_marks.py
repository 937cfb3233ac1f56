"""What marks say: counted edits, whole courses of a rate, one event each."""

from typing import Any

import pytest

from app.session import commands as ask
from app.session.events import Event, MarksChanged, State
from app.session.session import Session
from app.spec import Experiment
from app.vocabulary import Part


def running(patch: dict[str, Any] | None = None) -> Session:
    """A session two steps into its run on ten points to train on."""
    data = {"samples": 20, "train_fraction": 0.5}
    one = Session.create(Experiment().patched({"data": data} | (patch or {})))
    one.handle(ask.Step(id=0, batches=2))
    return one


def texts(session: Session) -> list[str]:
    return [mark.text for mark in session.marks.rows]


def spec(session: Session, **patch: Any) -> list[Event]:
    return session.handle(ask.SetSpec(id=1, spec=patch))


def rate(session: Session, value: float) -> list[Event]:
    return spec(session, training={"optimizer": {"learning_rate": value}})


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (ask.AddPoints(id=1, points=((0.0, 0.0, 1.0),)), "1 point added"),
        (ask.MovePoints(id=1, points=((0, 0.0, 0.0), (1, 5.0, 5.0), (2, 1.0, 1.0))), "3 points moved"),
        (ask.DeletePoints(id=1, ids=(0, 1)), "2 points deleted"),
    ],
)
def test_an_edit_of_points_is_counted(command: ask.Command, text: str) -> None:
    one = running()
    one.handle(command)
    assert texts(one) == [text]


def test_what_changes_nothing_is_not_counted() -> None:
    one = running()
    ids, labels = one.board.ids, one.board.target
    ones = tuple(int(identity) for identity in ids[labels == 1])
    one.handle(ask.RelabelPoints(id=1, ids=ones, label=1.0))
    assert texts(one) == []
    one.handle(ask.RelabelPoints(id=2, ids=tuple(int(identity) for identity in ids), label=1.0))
    assert texts(one) == [f"{20 - len(ones)} points relabelled"]


def test_a_part_and_an_undo_are_named() -> None:
    one = running()
    one.handle(ask.SetPart(id=1, ids=tuple(int(identity) for identity in one.board.ids), part=Part.TRAIN))
    assert texts(one) == ["10 points made training points"]
    one.handle(ask.Step(id=2, batches=1))
    one.handle(ask.Undo(id=3))
    one.handle(ask.Step(id=4, batches=1))
    one.handle(ask.Redo(id=5))
    assert texts(one)[1:] == ["Edit of points undone", "Edit of points redone"]


def test_a_brush_counts_all_that_it_has_added() -> None:
    one = running()
    for place in (1.0, 2.0, 3.0):
        one.handle(ask.AddPoints(id=1, points=((place, place, 0.0),), gesture=4))
        one.handle(ask.Step(id=2, batches=1))
    (mark,) = one.marks.rows
    assert (mark.step, mark.text) == (2, "3 points added")


def test_a_rate_dragged_at_one_step_is_one_course_from_where_it_was() -> None:
    one = running({"training": {"optimizer": {"learning_rate": 0.03}}})
    for value in (0.05, 0.1, 0.3):
        rate(one, value)
    assert texts(one) == ["Learning rate 0.03 to 0.3"]
    again = Session.restore(one.snapshot())
    rate(again, 1.0)
    assert texts(again) == ["Learning rate 0.03 to 1"]
    rate(one, 0.03)
    assert texts(one) == ["Learning rate 0.03 again"]
    one.handle(ask.Step(id=2, batches=1))
    rate(one, 0.1)
    assert texts(one) == ["Learning rate 0.03 again", "Learning rate 0.03 to 0.1"]


def test_what_changes_beside_the_rate_is_named_too() -> None:
    one = running({"training": {"optimizer": {"learning_rate": 0.03}}})
    spec(one, training={"optimizer": {"name": "sgd", "learning_rate": 0.1}, "l1": 0.5})
    assert texts(one) == ["Learning rate 0.03 to 0.1; Optimiser, L1 changed"]


def test_the_same_mark_again_is_no_news() -> None:
    one = running()
    first = one.handle(ask.SetWeight(id=1, layer=0, unit=0, input=0, value=1.0))
    second = one.handle(ask.SetWeight(id=2, layer=0, unit=0, input=0, value=2.0))
    assert [type(event) for event in first] != [type(event) for event in second]
    assert texts(one) == ["Weight set by hand"]


def test_marks_are_told_once_when_a_step_itself_ends_early() -> None:
    training = {"optimizer": {"name": "sgd", "learning_rate": 0.0}, "early_stopping": {"patience": 1}}
    one = running({"training": training})
    events = one.handle(ask.Step(id=1, epochs=3))
    assert sum(isinstance(event, MarksChanged) for event in events) == 1


def test_points_change_the_preview_of_a_schedule_that_counts_steps() -> None:
    schedule = {"name": "cosine", "length": 20, "unit": "step"}
    one = running({"training": {"schedule": schedule, "batch_size": 10}})
    assert one.state().schedule_preview[-1][0] == 22.0
    one.handle(ask.AddPoints(id=1, points=((0.0, 0.0, 0.0),), gesture=1))
    assert one.state().schedule_preview[-1][0] == 11.0
    points = tuple((0.0, 0.1 * row, 0.0) for row in range(10))
    events = one.handle(ask.AddPoints(id=2, points=points, gesture=1))
    (state,) = [event for event in events if isinstance(event, State)]
    assert state.schedule_preview[-1][0] == pytest.approx(22 / 3)
