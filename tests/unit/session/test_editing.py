"""Editing points: what each edit does, and that learning goes on from where it is."""

from typing import Any

import numpy as np
import pytest

from app.session.events import Ok, Phase, PhaseChanged, Points, State
from tests.unit.session.building import EXAMPLES, OWN, do, in_phase, kinds, part, picture, refused, small


def test_added_points_get_ids_that_are_never_used_again() -> None:
    session = small()
    assert do(session, "add_points", points=[[1, 1, 0], [2, 2, 1]])[0] == Ok(id=7, ids=(40, 41))
    do(session, "delete_points", ids=[41])
    assert do(session, "add_points", points=[[3, 3, 1]], part="test")[0] == Ok(id=7, ids=(42,))
    assert session.points().points[-1] == (42, 3.0, 3.0, 1.0, 2)
    refused(session, "move_points", points=[[41, 0, 0]])


def test_an_edit_tells_the_points_and_how_many_edits_can_be_taken_back() -> None:
    session = small()
    _, points = do(session, "move_points", points=[[0, 1, 1]])
    first = session.points().points[:1]
    assert points == Points(data_revision=1, since=0, points=first, edited=True, undo=1, redo=0)
    assert kinds(do(session, "relabel_points", ids=[0], label=1)) == ["ok", "points"]
    assert (session.data_revision, picture(session).data_revision) == (2, 2)


def test_the_state_is_told_where_an_edit_changes_how_a_schedule_counts() -> None:
    session = small(training={"batch_size": 1, "schedule": {"name": "cosine", "length": 20, "unit": "step"}})
    per_epoch = session.steps_per_epoch
    _, state, points = do(session, "add_points", points=[[1, 1, 1]])
    assert isinstance(state, State)
    assert isinstance(points, Points)
    assert session.steps_per_epoch == per_epoch + 1
    assert state.schedule_preview == session.state().schedule_preview
    assert kinds(do(session, "move_points", points=[[0, 1, 1]])) == ["ok", "points"]


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("move_points", {"points": [[3, 1, 2], [1, 0, 0]]}, [3, 1]),
        ("relabel_points", {"ids": [7], "label": 1}, [7]),
        ("set_part", {"ids": [5, 6], "part": "test"}, [5, 6]),
        ("move_points", {"points": [[number, 1, 2] for number in range(21)]}, list(range(40))),
        ("add_points", {"points": [[1, 1, 0]]}, list(range(41))),
        ("delete_points", {"ids": [0]}, list(range(1, 40))),
        ("undo", {}, list(range(40))),
    ],
)
def test_an_edit_tells_the_points_that_it_changed_or_all(
    kind: str, fields: dict[str, Any], told: list[int]
) -> None:
    session = small()
    do(session, "move_points", points=[[0, 1, 1]])
    known = {row[0]: row for row in session.points().points}
    points = next(event for event in do(session, kind, **fields) if isinstance(event, Points))
    news = {row[0]: row for row in points.points}
    assert list(news) == told
    assert points.since == (1 if len(told) <= 20 else None)
    assert list(((known if points.since else {}) | news).values()) == list(session.points().points)


@pytest.mark.parametrize("kind", ["add_points", "move_points", "relabel_points", "delete_points"])
def test_editing_points_keeps_weights_moments_step_and_rows(kind: str) -> None:
    session = small()
    do(session, "step", batches=4)
    theta, rows, revision = session.theta.copy(), session.recorded, session.revision
    moments = session.machine.trainer.checkpoint().vectors.copy()
    do(session, kind, **EXAMPLES[kind])
    assert (session.step, session.epoch, session.recorded, session.revision) == (4, 1, rows, revision)
    np.testing.assert_array_equal(session.theta, theta)
    np.testing.assert_array_equal(session.machine.trainer.checkpoint().vectors, moments)


def test_a_moved_point_changes_the_loss_at_once_and_adds_no_row() -> None:
    session = small()
    do(session, "step", epochs=3)
    loss, rows = picture(session).now.train_loss, session.recorded
    number, x1, x2, *_ = next(row for row in session.points().points if not row[4])
    do(session, "move_points", points=[[number, -x1, x2]])
    assert picture(session).now.train_loss != loss
    assert session.recorded == rows
    do(session, "move_points", points=[[number, x1, x2]])
    assert picture(session).now.train_loss == loss


def test_a_test_point_changes_the_test_loss_only() -> None:
    session = small()
    before = picture(session).now
    do(session, "relabel_points", ids=part(session, test=True), label=1)
    after = picture(session).now
    assert (after.train_loss, after.train_score) == (before.train_loss, before.train_score)
    assert after.test_loss != before.test_loss


def test_relabelling_and_deleting_do_what_they_say() -> None:
    session = small()
    do(session, "relabel_points", ids=[3, 5], label=1)
    do(session, "relabel_points", ids=[4], label=0)
    do(session, "delete_points", ids=[0, 39])
    rows = {row[0]: row[3] for row in session.points().points}
    assert (rows[3], rows[5], rows[4], sorted(set(range(40)) - set(rows))) == (1.0, 1.0, 0.0, [0, 39])


def test_points_added_while_playing_are_learnt_from_at_once() -> None:
    session = in_phase(Phase.PLAYING)
    session.advance(3)
    answer, *events = do(session, "add_points", points=[[x, x, 1] for x in range(10)])
    assert isinstance(answer, Ok)
    assert answer.ids == tuple(range(40, 50))
    assert kinds(events) == ["points", "marks"]
    assert (session.phase, session.steps_per_epoch) == (Phase.PLAYING, 4)
    session.advance(4)
    assert (session.step, session.epoch) == (7, 2)


def test_what_is_added_is_what_it_learns() -> None:
    session = small(data=OWN)
    do(session, "add_points", points=[[-1, 0, 0], [1, 0, 1]])
    do(session, "step", epochs=30)
    assert picture(session).now.train_score == 1.0
    do(session, "relabel_points", ids=[0], label=1)
    do(session, "relabel_points", ids=[1], label=0)
    assert picture(session).now.train_score == 0.0


def test_deleting_the_last_training_point_stops_training() -> None:
    session = in_phase(Phase.PLAYING)
    events = do(session, "delete_points", ids=part(session, test=False))
    assert kinds(events) == ["ok", "points", "phase"]
    assert events[-1] == PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0)
    assert (picture(session).now.train_loss, session.advance(3)) == (None, [])


def test_deleting_the_last_training_point_ends_a_step_for_good() -> None:
    session = small()
    do(session, "step", epochs=20)
    do(session, "delete_points", ids=part(session, test=False))
    do(session, "add_points", points=[[1, 1, 1]])
    assert (session.pending_steps, session.phase, session.advance(3)) == (None, Phase.PAUSED, [])


@pytest.mark.parametrize("label", [0.5, -1.5, 1000])
def test_for_regression_a_label_is_any_number(label: float) -> None:
    session = small(data={"source": "plane", "samples": 40})
    do(session, "relabel_points", ids=[3], label=label)
    do(session, "add_points", points=[[0, 0, label]])
    rows = {row[0]: row[3] for row in session.points().points}
    assert (rows[3], rows[40]) == (label, label)
