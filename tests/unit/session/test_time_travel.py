"""Going to past steps: the same bits as when the run was there, whatever was done to it on the way."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.session.events import Ok, Phase, PhaseChanged, Timeline
from app.session.session import Session
from tests.unit.session.bits import bits
from tests.unit.session.building import diverged, do, kinds, picture, refused, seeking, small, steep


def rich(**changes: Any) -> Session:
    """A session with all that could go wrong on the way back: moments, dropout, running statistics, a schedule."""
    network = {
        "layers": [{"units": 3, "dropout": 0.3, "batch_norm": True}, {"units": 2, "activation": "relu"}]
    }
    training = {
        "batch_size": 8,
        "optimizer": {"name": "adam"},
        "schedule": {"name": "step", "unit": "step", "every": 7, "gamma": 0.9},
    }
    session = small(network=network, training=training | changes)
    session.past.interval = 16
    return session


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("set_spec", {"spec": {"training": {"optimizer": {"learning_rate": 0.01}}}}),
    ("set_spec", {"spec": {"training": {"optimizer": {"name": "momentum"}}}}),
    ("set_spec", {"spec": {"training": {"optimizer": {"name": "adam"}}}}),
    ("set_spec", {"spec": {"training": {"batch_size": 5}}}),
    ("set_spec", {"spec": {"training": {"batch_size": 8, "l2": 0.01}}}),
    ("set_spec", {"spec": {"training": {"shuffle": False}}}),
    ("set_spec", {"spec": {"training": {"early_stopping": {"patience": 2}}}}),
    ("set_spec", {"spec": {"network": {"frozen": [{"layer": 0, "unit": 1, "input": None}]}}}),
    ("move_points", {"points": [[3, 1.5, -2.0]]}),
    ("move_points", {"points": [[3, -1.5, 2.0], [4, 0.5, 0.5]]}),
    ("add_points", {"points": [[0.5, 0.5, 1]]}),
    ("add_points", {"points": [[-0.5, 0.5, 0]], "part": "test"}),
    ("delete_points", {"ids": [7]}),
    ("relabel_points", {"ids": [3, 5], "label": 1}),
    ("set_part", {"ids": [1], "part": "test"}),
    ("set_weight", {"layer": 0, "unit": 0, "input": 0, "value": 0.25}),
    ("undo", {}),
    ("redo", {}),
]
acts = st.one_of(st.integers(1, 23).map(lambda steps: ("step", {"batches": steps})), st.sampled_from(CHANGES))


@settings(max_examples=60, deadline=None)
@given(st.lists(acts, min_size=2, max_size=14), st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_any_step_is_reached_again_to_the_bit_and_the_newest_too(
    story: list[tuple[str, dict[str, Any]]], wanted: list[int]
) -> None:
    session = rich()
    seen = {0: bits(session)}
    for kind, fields in story:
        if kind != "step":
            do(session, kind, **fields)
            seen[session.step] = bits(session)
        for _ in range(fields.get("batches", 0)):
            if session.phase is Phase.PAUSED:
                do(session, "step", batches=1)
                seen[session.step] = bits(session)
    newest = session.step
    frame = picture(session)
    for step in [*(want % (newest + 1) for want in wanted), newest]:
        answer = do(session, "seek", step=step)[0]
        assert isinstance(answer, Ok)
        assert (session.step, session.phase) == (step, Phase.PAUSED)
        assert bits(session) == seen[step]
    assert session.past.shown.last == newest
    assert len(session.past.branches) == 1
    np.testing.assert_array_equal(picture(session).predictions, frame.predictions)
    np.testing.assert_array_equal(picture(session).losses, frame.losses)


@settings(max_examples=30, deadline=None)
@given(st.lists(acts, min_size=2, max_size=8), st.lists(acts, min_size=1, max_size=4), st.integers(0, 10_000))
def test_going_on_from_the_past_is_what_would_have_come_of_it_and_the_old_course_stays(
    before: list[tuple[str, dict[str, Any]]], after: list[tuple[str, dict[str, Any]]], want: int
) -> None:
    one = rich()
    for kind, fields in before:
        do(one, kind, **fields)
    newest, last = bits(one), one.step
    assume(last > 0)
    do(one, "seek", step=want % last)
    there = bits(one)
    again = Session.restore(one.snapshot())
    for kind, fields in after:
        assert kinds(do(again, kind, **fields)) == kinds(do(one, kind, **fields))
    assert bits(again) == bits(one)
    do(one, "switch_branch", branch=1)
    assert (bits(one), one.step) == (newest, last)
    do(one, "seek", step=want % last)
    assert bits(one) == there


def test_a_step_never_reached_is_refused_with_the_range_there_is() -> None:
    session = small()
    do(session, "step", batches=5)
    error = refused(session, "seek", step=6)
    assert (error.code, error.path) == ("not_reached", ("step",))
    assert error.message == "step 6 was never reached here; allowed: 0 to 5"


def test_arrival_is_told_with_all_that_is_other_there() -> None:
    session = small()
    do(session, "step", batches=4)
    do(session, "move_points", points=[[0, 1, 1]])
    answer, *events = do(session, "seek", step=2)
    assert isinstance(answer, Ok)
    assert kinds(events) == ["state", "points", "marks", "timeline", "phase"]
    timeline = next(event for event in events if isinstance(event, Timeline))
    assert (timeline.first, timeline.last, timeline.at, timeline.branch) == (0, 4, 2, 1)
    assert events[-1] == PhaseChanged(phase=Phase.PAUSED, step=2, epoch=0)
    assert kinds(do(session, "seek", step=3)) == ["ok", "state", "marks", "timeline", "phase"]


def test_looking_at_the_past_changes_nothing_and_begins_no_branch() -> None:
    session = small()
    do(session, "step", epochs=4)
    rows = picture(session).losses.copy()
    for step in (3, 0, 11, 12):
        do(session, "seek", step=step)
        do(session, "inspect", at=[1, 1])
    np.testing.assert_array_equal(picture(session).losses, rows)
    assert list(session.past.branches) == [1]


def test_going_on_from_the_past_begins_a_branch_with_the_rows_up_to_there() -> None:
    session = small()
    do(session, "step", epochs=4)
    do(session, "seek", step=6)
    revision = session.revision
    events = do(session, "set_spec", spec={"training": {"optimizer": {"learning_rate": 0.5}}})
    assert kinds(events) == ["ok", "state", "marks", "timeline"]
    assert session.revision == revision + 1
    do(session, "step", epochs=1)
    timeline = session.timeline()
    first, second = timeline.branches
    assert (first.name, first.parent, first.last, first.from_step) == ("Run 1", None, 12, 0)
    assert (second.name, second.parent, second.last, second.from_step) == ("Branch 2", 1, 9, 6)
    assert second.summary == "Learning rate 0.03 to 0.5"
    assert picture(session).losses[:, 0].tolist() == [0, 3, 6, 9]
    assert timeline.branch == 2


@pytest.mark.parametrize(("kind", "fields"), [("play", {}), ("step", {"batches": 1}), ("undo", {})])
def test_whatever_goes_on_begins_a_branch(kind: str, fields: dict[str, Any]) -> None:
    session = small()
    do(session, "move_points", points=[[0, 1, 1]])
    do(session, "step", batches=5)
    do(session, "seek", step=2)
    do(session, kind, **fields)
    assert [branch.from_step for branch in session.past.branches.values()] == [0, 2]


def test_a_refused_command_begins_no_branch() -> None:
    session = small()
    do(session, "step", batches=5)
    do(session, "seek", step=2)
    refused(session, "delete_points", ids=[999])
    refused(session, "set_weight", layer=9, unit=0, input=0, value=1.0)
    assert list(session.past.branches) == [1]


def test_edits_are_taken_back_on_the_newest_board_only() -> None:
    session = small()
    do(session, "step", batches=2)
    do(session, "move_points", points=[[0, 1, 1]])
    do(session, "step", batches=2)
    do(session, "seek", step=1)
    assert (session.state().undo, session.state().redo) == (0, 0)
    do(session, "seek", step=3)
    assert session.state().undo == 1
    do(session, "undo")
    assert session.points().points[0] == small().points().points[0]
    do(session, "switch_branch", branch=1)
    assert session.points().points[0][1:3] == (1.0, 1.0)
    assert session.state().undo == 1


def test_from_divergence_one_goes_back_to_any_good_step() -> None:
    session = diverged(steep(0.003))
    last = session.step
    assert do(session, "seek", step=last - 5)[-1] == PhaseChanged(
        phase=Phase.PAUSED, step=last - 5, epoch=session.epoch
    )
    fresh = steep(0.003)
    do(fresh, "step", batches=last - 5)
    assert bits(session)[0] == bits(fresh)[0]
    assert refused(session, "seek", step=last + 1).code == "not_reached"


def test_a_long_way_is_gone_slice_by_slice_while_the_old_picture_stays() -> None:
    session = seeking(small())
    shown, version = bits(session), session.version
    assert session.advance(400) == []
    assert (bits(session), session.version, session.phase) == (shown, version, Phase.SEEKING)
    assert session.advance(400) == []
    events = session.advance(400)
    assert kinds(events) == ["state", "marks", "timeline", "phase"]
    assert (session.step, session.phase) == (999, Phase.PAUSED)


def test_on_the_way_another_step_can_be_asked_for_and_pause_stays_where_it_was() -> None:
    session = seeking(small())
    session.advance(100)
    do(session, "seek", step=998)
    while session.phase is Phase.SEEKING:
        session.advance(300)
    assert session.step == 998
    session = seeking(small())
    assert do(session, "pause")[-1] == PhaseChanged(phase=Phase.PAUSED, step=1000, epoch=333)
    assert session.advance(2000) == []
    assert session.step == 1000


def test_a_session_saved_on_the_way_arrives() -> None:
    session = seeking(small())
    session.advance(100)
    again = Session.restore(session.snapshot())
    for one in (session, again):
        while one.phase is Phase.SEEKING:
            one.advance(300)
    assert bits(again) == bits(session)
