"""Boards kept beside a run: the same to the bit, shared by the anchors between two edits, and small."""

import numpy as np

from app.session.board import POINTS, Board
from app.session.session import Session
from app.session.stowing import Stowed
from tests.unit.session.building import do, small


def edited(session: Session) -> Session:
    """After an edit of every kind, among them a point taken away and one put at minus zero."""
    do(session, "move_points", points=[[3, -0.0, 1 / 3]])
    do(session, "relabel_points", ids=[4], label=0)
    do(session, "delete_points", ids=[7, 39])
    do(session, "add_points", points=[[1.5, -2, 1]])
    do(session, "set_part", ids=[0, 1], part="test")
    return session


def same(one: Board, other: Board) -> bool:
    """Both have the same points to the bit, and give the same next id."""
    rows = ((getattr(one, part).tobytes(), getattr(other, part).tobytes()) for part in POINTS)
    facts = (one.next_id, one.edited) == (other.next_id, other.edited)
    return facts and all(mine == theirs for mine, theirs in rows)


def test_a_stowed_board_comes_back_to_the_bit() -> None:
    board = edited(small()).board
    again = Stowed.of(board).board
    assert same(again, board)
    assert np.signbit(again.x[0, 3])
    assert again.drawn is board.drawn


def test_a_board_as_drawn_is_kept_as_it_is() -> None:
    board = small().board
    assert Stowed.of(board).board is board


def test_a_moved_point_takes_two_rows_and_not_a_board() -> None:
    session = small(data={"source": "spiral", "samples": 2000})
    do(session, "move_points", points=[[3, 1, 2]])
    stowed = Stowed.of(session.board)
    assert stowed.change is not None
    assert stowed.change.size == 2 * 33
    assert stowed.size < 700


def test_anchors_between_two_edits_share_a_board_and_those_after_it_have_another() -> None:
    session = small()
    do(session, "step", batches=600)
    session.advance(600)
    do(session, "move_points", points=[[3, 1, 2]])
    do(session, "step", batches=600)
    session.advance(600)
    kept = [anchor.stowed for anchor in session.past.shown.anchors]
    assert len(kept) == 5
    assert [stowed is kept[0] for stowed in kept] == [True, True, True, False, False]
    assert kept[3] is kept[4]
    assert same(kept[4].board, session.board)
