"""Taking edits back: the board before to the last bit, whatever was done; bounded, and kept in snapshots."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.board import Board
from app.session.events import Ok, Phase, Points, State
from app.session.session import Session
from app.session.undo import BYTES, STEPS, UndoStack
from tests.unit.session.building import OWN, do, in_phase, kinds, part, picture, refused, small

Story = list[tuple[str, dict[str, Any]]]
COORDINATES = st.floats(-6, 6)
PARTS_ASKED = st.sampled_from(["train", "validation", "test"])
GESTURES = st.none() | st.integers(0, 1)
IDS = st.lists(st.integers(0, 45), min_size=1, max_size=4)
edits = st.one_of(
    st.tuples(st.just("add_points"), st.fixed_dictionaries({"gesture": GESTURES, "part": PARTS_ASKED,
        "points": st.lists(st.tuples(COORDINATES, COORDINATES, st.integers(0, 1)), min_size=1, max_size=3)})),
    st.tuples(st.just("move_points"), st.fixed_dictionaries({"gesture": GESTURES,
        "points": st.lists(st.tuples(st.integers(0, 45), COORDINATES, COORDINATES), min_size=1, max_size=3)})),
    st.tuples(st.just("relabel_points"), st.fixed_dictionaries({"gesture": GESTURES, "ids": IDS,
        "label": st.integers(0, 1)})),
    st.tuples(st.just("delete_points"), st.fixed_dictionaries({"gesture": GESTURES, "ids": IDS})),
    st.tuples(st.just("set_part"), st.fixed_dictionaries({"gesture": GESTURES, "ids": IDS, "part": PARTS_ASKED})),
)  # fmt: skip


def bits(board: Board) -> tuple[bytes, ...]:
    """All of a board but `next_id`, to be compared to the bit."""
    arrays = board.ids, board.x, board.target, board.part
    return *(array.tobytes() for array in arrays), bytes([board.edited])


def tell(session: Session, story: Story) -> list[tuple[bytes, ...]]:
    """The board after each edit that was carried out."""
    boards = []
    for kind, fields in story:
        if isinstance(do(session, kind, **fields)[0], Ok):
            boards.append(bits(session.board))
    return boards


def all_back(session: Session) -> int:
    """Undo all there is; how many that were."""
    count = session.state().undo
    for _ in range(count):
        assert isinstance(do(session, "undo")[0], Ok)
    return count


@settings(max_examples=80)
@given(st.lists(edits, max_size=15))
def test_as_many_undos_give_back_the_first_board_to_the_bit_and_as_many_redos_the_last(story: Story) -> None:
    session = small()
    first = bits(session.board)
    tell(session, story)
    last, next_id = bits(session.board), session.board.next_id
    count = all_back(session)
    assert bits(session.board) == first
    assert (session.state().undo, session.state().redo) == (0, count)
    for _ in range(count):
        do(session, "redo")
    assert bits(session.board) == last
    assert session.board.next_id == next_id
    assert (session.state().undo, session.state().redo) == (count, 0)


@settings(max_examples=60)
@given(st.lists(st.tuples(edits, st.integers(0, 2)), max_size=12))
def test_each_undo_is_one_step_back_on_the_way_there(
    story: list[tuple[tuple[str, dict[str, Any]], int]],
) -> None:
    """Edits without gestures, undos in between: what stands is what the list of boards so far says."""
    session = small()
    boards = [bits(session.board)]
    for (kind, fields), undos in story:
        answer = do(session, kind, **{**fields, "gesture": None})[0]
        if isinstance(answer, Ok) and bits(session.board) != boards[-1]:
            boards.append(bits(session.board))
        for _ in range(min(undos, session.state().undo)):
            do(session, "undo")
            boards.pop()
        assert bits(session.board) == boards[-1]
        assert session.state().undo == len(boards) - 1


@settings(max_examples=60)
@given(st.lists(edits, max_size=8), st.integers(0, 4), st.lists(edits, max_size=4))
def test_the_edits_survive_a_snapshot_in_the_middle_of_a_gesture_too(
    before: Story, undos: int, after: Story
) -> None:
    session = small()
    tell(session, before)
    for _ in range(min(undos, session.state().undo)):
        do(session, "undo")
    again = Session.restore(session.snapshot())
    assert again.state() == session.state()
    assert tell(again, after) == tell(session, after)
    assert all_back(again) == all_back(session)
    assert again.snapshot() == session.snapshot()


# -- gestures ----------------------------------------------------------------------------------------------------------


def drag(session: Session, gesture: int | None, *places: float) -> list[str]:
    """Point 3 is dragged along; what is told."""
    return [
        kind
        for x1 in places
        for kind in kinds(do(session, "move_points", points=[[3, x1, 0]], gesture=gesture))
    ]


def test_a_drag_is_one_undo() -> None:
    session = small()
    before = session.points().points
    assert drag(session, 5, 1, 2, 3) == ["ok", "points", "ok", "points", "ok", "points"]
    assert session.points().points[3][1] == 3.0
    _, points = do(session, "undo")
    assert isinstance(points, Points)
    assert (points.undo, points.redo, points.edited) == (0, 1, False)
    assert points.points == before
    _, points = do(session, "redo")
    assert isinstance(points, Points)
    assert (points.undo, points.redo, points.edited) == (1, 0, True)
    assert points.points[3][1] == 3.0


@pytest.mark.parametrize(
    ("one", "other", "count"), [(5, 5, 1), (5, 6, 2), (None, None, 2), (5, None, 2), (0, 0, 1)]
)
def test_only_edits_of_the_same_gesture_are_one(one: int | None, other: int | None, count: int) -> None:
    session = small()
    drag(session, one, 1)
    drag(session, other, 2)
    assert session.state().undo == count


def test_a_gesture_may_be_of_many_kinds_and_training_does_not_end_it() -> None:
    session = small()
    before = bits(session.board)
    do(session, "add_points", points=[[1, 1, 0], [2, 2, 1]], gesture=1)
    do(session, "step", batches=2)
    do(session, "move_points", points=[[40, 3, 3], [0, 1, 1]], gesture=1)
    do(session, "delete_points", ids=[41, 7], gesture=1)
    do(session, "undo")
    assert (bits(session.board), session.state().undo) == (before, 0)


def test_after_an_undo_the_same_gesture_is_another() -> None:
    session = small()
    drag(session, 1, 1)
    drag(session, 2, 2)
    do(session, "undo")
    drag(session, 1, 3)
    assert session.state().undo == 2


def test_a_drag_that_ends_where_it_began_is_no_edit() -> None:
    session = small()
    x1, x2 = session.points().points[3][1:3]
    drag(session, 1, 5)
    assert session.board.edited
    events = do(session, "move_points", points=[[3, x1, x2]], gesture=1)
    assert kinds(events) == ["ok", "points"]
    assert (session.state().undo, session.state().edited) == (0, False)
    assert drag(session, 1, 4) == ["ok", "points"]
    assert session.state().undo == 1


def test_an_edit_that_changes_nothing_is_none() -> None:
    session = small()
    label = session.points().points[0][3]
    assert kinds(do(session, "relabel_points", ids=[0], label=label)) == ["ok", "points"]
    assert (session.state().undo, session.board.edited) == (0, False)
    drag(session, None, 5)
    do(session, "undo")
    assert kinds(do(session, "relabel_points", ids=[0], label=label)) == ["ok", "points"]
    assert (session.state().undo, session.state().redo) == (0, 1)


# -- what is told and what is refused ----------------------------------------------------------------------------------


def test_undoing_nothing_is_refused_in_words() -> None:
    error = refused(small(), "undo")
    assert (error.code, error.message) == (
        "not_allowed",
        "cannot undo: there is no edit of points to take back",
    )
    session = small()
    drag(session, None, 1)
    error = refused(session, "redo")
    assert (error.code, error.message) == ("not_allowed", "cannot redo: there is no edit that was taken back")


def test_an_edit_after_an_undo_forgets_what_could_be_redone() -> None:
    session = small()
    drag(session, None, 1, 2, 3)
    do(session, "undo")
    do(session, "undo")
    assert (session.state().undo, session.state().redo) == (1, 2)
    assert drag(session, None, 4) == ["ok", "points"]
    assert (session.state().undo, session.state().redo) == (2, 0)
    refused(session, "redo")


def test_deleted_points_come_back_with_their_ids_which_nobody_else_gets() -> None:
    session = small()
    rows = session.points().points
    do(session, "add_points", points=[[1, 1, 0]])
    do(session, "undo")
    assert session.points().points == rows
    answer = do(session, "add_points", points=[[2, 2, 1]])[0]
    assert isinstance(answer, Ok)
    assert answer.ids == (41,)
    do(session, "delete_points", ids=[0, 17, 39])
    do(session, "undo")
    assert session.points().points[:40] == rows


def test_undo_keeps_weights_and_step_and_shows_in_the_loss() -> None:
    session = small()
    do(session, "step", batches=5)
    loss, theta = picture(session).now.train_loss, session.theta.copy()
    do(session, "relabel_points", ids=part(session, test=False), label=1)
    assert picture(session).now.train_loss != loss
    do(session, "undo")
    assert (picture(session).now.train_loss, session.step) == (loss, 5)
    np.testing.assert_array_equal(session.theta, theta)


def test_undo_that_leaves_nothing_to_train_on_stops_training() -> None:
    session = small(data=OWN)
    do(session, "add_points", points=[[1, 1, 1]])
    do(session, "play")
    session.advance(3)
    assert kinds(do(session, "undo")) == ["ok", "points", "phase", "marks"]
    assert session.phase is Phase.PAUSED


def test_points_drawn_anew_have_no_past_and_the_same_ones_keep_it() -> None:
    session = small()
    drag(session, None, 1, 2)
    do(session, "undo")
    for kind, fields in (("reset", {}), ("new_weights", {}), ("set_spec", {"spec": {"inputs": ["x1"]}})):
        do(session, kind, **fields)
        assert (session.state().undo, session.state().redo) == (1, 1)
    _, state, _ = do(session, "set_spec", spec={"seeds": {"data": 5}})
    assert isinstance(state, State)
    assert (state.undo, state.redo, state.edited) == (0, 0, False)


# -- parts -------------------------------------------------------------------------------------------------------------


def test_points_become_test_points_and_training_points() -> None:
    session = small()
    trained = part(session, test=False)
    do(session, "set_part", ids=trained[:5], part="test")
    assert (len(part(session, test=True)), set(trained[:5]) <= set(part(session, test=True))) == (25, True)
    assert session.steps_per_epoch == 2
    do(session, "set_part", ids=part(session, test=True), part="train")
    assert (part(session, test=True), session.steps_per_epoch) == ([], 5)


def test_training_stands_when_every_point_only_tests() -> None:
    session = in_phase(Phase.PLAYING)
    events = do(session, "set_part", ids=part(session, test=False), part="test")
    assert kinds(events) == ["ok", "points", "phase"]
    assert (picture(session).now.train_loss, session.phase) == (None, Phase.PAUSED)


def test_the_part_of_an_unknown_point_is_not_changed() -> None:
    error = refused(small(), "set_part", ids=[0, 99], part="test")
    assert (error.code, error.path, error.message) == ("unknown_point", ("ids", 1), "there is no point 99")


# -- bounds ------------------------------------------------------------------------------------------------------------


def test_only_the_newest_hundred_edits_are_kept() -> None:
    session = small()
    for count in range(STEPS + 20):
        drag(session, None, count / 100)
    assert drag(session, None, 5) == ["ok", "points"]
    assert all_back(session) == STEPS == 100
    assert (session.points().points[3][1], session.board.edited) == (0.2, True)


def test_large_edits_are_kept_while_there_is_room() -> None:
    """A full board moved again and again: 10 000 rows each."""
    session = small(data={"source": "xor", "samples": 5000})
    first = bits(session.board)
    for count in range(5):
        points = [[number, count, number / 1000] for number in range(5000)]
        do(session, "move_points", points=points)
    assert BYTES == 990_000
    assert len(session.snapshot()) < 1_400_000
    assert all_back(session) == 3
    assert bits(session.board) != first


def test_a_long_drag_costs_a_snapshot_two_rows() -> None:
    session = small(data={"source": "xor", "samples": 5000})
    drag(session, 1, 0.0)  # points as they were drawn are not in a snapshot at all
    before = len(session.snapshot())
    drag(session, 2, *(count / 100 for count in range(300)))
    assert len(session.snapshot()) - before < 300


def test_zero_and_minus_zero_are_told_apart() -> None:
    board = Board.of(np.zeros((2, 1)), np.zeros(1), np.zeros(1, np.uint8))
    stack = UndoStack()
    moved = stack.record(board, board.moved(np.array([0]), np.array([[-0.0], [0.0]]), np.zeros(1)), None)
    assert stack.undo == 1
    assert np.signbit(moved.x[0, 0])
    assert not np.signbit(stack.take_back(moved).x[0, 0])
