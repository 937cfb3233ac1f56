"""Sessions on tables in time: live changes, other tables and back, the same bits after a snapshot and a seek."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.events import Phase
from app.session.session import Session
from tests.unit.session.building import assert_same_frames, do, kinds, picture
from tests.unit.session.tables import choose, on_table

Story = list[tuple[str, dict[str, Any]]]


def test_how_it_learns_changes_live_and_the_preparation_begins_anew() -> None:
    session = on_table("iris")
    do(session, "step", epochs=2)
    answers = do(session, "set_spec", spec={"training": {"optimizer": {"learning_rate": 0.01}}})
    assert (kinds(answers)[:2], session.epoch) == (["ok", "state"], 2)
    do(session, "set_spec", spec={"data": {"table": {"scaling": "min_max"}}})
    assert session.epoch == 0
    trained = session.board.x[:, session.board.trained]
    assert [column.scale for column in session.state().inputs] == pytest.approx(
        np.ptp(trained, axis=1).tolist()
    )


def test_another_table_leaves_the_plane_of_the_one_before_and_a_branch_leads_back() -> None:
    session = on_table("iris")
    plane = {"kind": "slice", "axes": [3, 0], "row": 5}
    do(session, "set_view", view={"grid": 10, "plane": plane})
    do(session, "step", epochs=3)
    frame, points = picture(session), session.points().points
    do(session, "set_spec", **choose("wine"))
    assert (session.view.plane.row, len(session.state().inputs)) == (None, 13)
    do(session, "step", epochs=1)
    do(session, "switch_branch", branch=1)
    while session.phase is Phase.SEEKING:
        session.advance(100)
    assert (len(session.state().inputs), session.epoch) == (4, 3)
    do(session, "set_view", view={"grid": 10, "plane": plane})
    assert session.points().points == points
    again = picture(session)
    np.testing.assert_array_equal(again.theta, frame.theta)
    np.testing.assert_array_equal(again.boundary, frame.boundary)


ACTS: Story = [
    ("move_points", {"points": [[3, 1.5, -2.0]]}),
    ("move_points", {"points": [[3, -1.5, 2.0], [40, 0.5, 0.5]]}),
    ("add_points", {"points": [[0.5, 0.5, 2]]}),
    ("add_points", {"points": [[-0.5, 0.5, 0]], "part": "validation"}),
    ("delete_points", {"ids": [7, 100]}),
    ("relabel_points", {"ids": [3, 5], "label": 1}),
    ("set_part", {"ids": [1, 2], "part": "validation"}),
    ("set_view", {"view": {"grid": 10, "plane": {"kind": "slice", "axes": [3, 1], "row": 9}}}),
    ("set_view", {"view": {"grid": 10, "plane": {"kind": "pca"}}}),
    ("set_weight", {"layer": 0, "unit": 1, "input": 3, "value": 0.5}),
    ("set_spec", {"spec": {"training": {"optimizer": {"learning_rate": 0.005}}}}),
    ("inspect", {"values": [5, 3, 4, 1]}),
    ("undo", {}),
    ("redo", {}),
]
ANEW: Story = [
    ("set_spec", {"spec": {"data": {"table": {"scaling": "none"}}}}),
    ("set_spec", {"spec": {"data": {"table": {"inputs": ["petal width", "sepal width", "petal length"]}}}}),
    ("set_spec", choose("diabetes", inputs=["body mass index"])),
    ("set_spec", choose("iris", label_noise=0.2, copies=1)),
    ("reset", {}),
]
steps = st.integers(1, 20).map(lambda count: ("step", {"batches": count}))
stories = st.lists(st.one_of(steps, st.sampled_from(ACTS), st.sampled_from([*ACTS, *ANEW])), max_size=9)


def follow(session: Session, story: Story) -> list[Any]:
    """All that it says."""
    return [event for kind, fields in story for event in do(session, kind, **fields)]


@settings(max_examples=30, deadline=None)
@given(stories, stories)
def test_a_restored_session_on_a_table_goes_on_with_the_same_bits(before: Story, after: Story) -> None:
    session = on_table("iris", data={"validation_fraction": 0.2})
    follow(session, before)
    again = Session.restore(session.snapshot())
    assert again.greet() == session.greet()
    assert_same_frames(picture(again), picture(session))
    assert follow(again, after) == follow(session, after)
    assert_same_frames(picture(again), picture(session))
    assert again.snapshot() == session.snapshot()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.one_of(steps, st.sampled_from(ACTS)), min_size=2, max_size=8),
    st.lists(st.integers(0, 10_000), min_size=1, max_size=4),
)
def test_any_step_on_a_table_is_reached_again_to_the_bit_over_edits(story: Story, wanted: list[int]) -> None:
    session = on_table("iris", data={"validation_fraction": 0.2})
    session.past.interval = 16
    seen: dict[int, tuple[Any, ...]] = {}

    def remember() -> None:
        frame, board = picture(session), session.board
        arrays = (frame.theta, frame.gradient, board.x, board.target, board.part, board.ids)
        seen[session.step] = tuple(array.tobytes() for array in arrays)

    remember()
    for kind, fields in story:
        for _ in range(fields.get("batches", 0)):
            do(session, "step", batches=1)
            remember()
        if kind != "step":
            do(session, kind, **fields)
            remember()
    for step in [*(want % (session.past.shown.last + 1) for want in wanted), session.past.shown.last]:
        do(session, "seek", step=step)
        shown = seen[step]
        remember()
        assert seen[step] == shown
