"""What a snapshot holds of the points: nothing while the spec's seeds draw the same ones again."""

import numpy as np

from app.session import snapshot
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do


def fresh() -> Session:
    """A hundred points as they were drawn."""
    return Session.create(Experiment.parse({"data": {"samples": 100}}))


def assert_same_board(one: Session, other: Session) -> None:
    """To the bit, with what later ids will be."""
    for name in ("ids", "x", "target", "part"):
        np.testing.assert_array_equal(getattr(one.board, name), getattr(other.board, name))
    assert (one.board.next_id, one.board.edited) == (other.board.next_id, other.board.edited)


def test_points_as_drawn_are_not_in_it_and_are_drawn_again() -> None:
    session = fresh()
    saved = session.snapshot()
    assert "board_x" not in snapshot.unpack(saved)[1]
    assert len(saved) < 5000
    assert_same_board(Session.restore(saved), session)


def test_only_edited_points_are_in_it() -> None:
    session = fresh()
    do(session, "move_points", points=[[3, 1.5, -2.0]])
    saved = session.snapshot()
    arrays = snapshot.unpack(saved)[1]
    assert (arrays["board_rows"].nbytes, arrays["board_gone"].size) == (33, 0)
    assert_same_board(Session.restore(saved), session)


def test_an_edit_taken_back_leaves_the_points_drawn_again_and_the_ids_used_up() -> None:
    session = fresh()
    do(session, "delete_points", ids=[0, 50])
    do(session, "undo")
    do(session, "add_points", points=[[0, 0, 1]])
    do(session, "undo")
    restored = Session.restore(session.snapshot())
    assert_same_board(restored, session)
    assert restored.board.next_id == 101
