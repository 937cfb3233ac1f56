"""The points of a session: each change gives a new board, and an id means one point for ever."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.board import Board
from app.spec import SpecError
from app.vocabulary import Part

FEW = Board.of(
    np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.0, 1.0, 0.0]), np.array([0, 2, 0], np.uint8)
)


def rows(board: Board) -> tuple[tuple[float, ...], ...]:
    """id, inputs, target and part of each point."""
    columns = (board.ids, *board.x, board.target, board.part)
    return tuple(zip(*(column.tolist() for column in columns), strict=True))


def add(board: Board, points: list[tuple[float, float, float]], part: Part = Part.TRAIN) -> Board:
    """With [x1, x2, label] points."""
    table = np.array(points, np.float64).T
    return board.added(table[:2], table[2], part)


def move(board: Board, points: list[tuple[int, float, float]]) -> Board:
    """With [id, x1, x2] points elsewhere."""
    columns = board.columns([point[0] for point in points], "points")
    return board.moved(columns, np.array([point[1:] for point in points]).T, board.target[columns])


def test_a_board_as_drawn_counts_its_points_from_0() -> None:
    assert rows(FEW) == ((0, 1.0, 4.0, 0.0, 0), (1, 2.0, 5.0, 1.0, 2), (2, 3.0, 6.0, 0.0, 0))
    assert (FEW.size, FEW.edited) == (3, False)


def test_added_points_stand_at_the_end() -> None:
    board = add(FEW, [(7, 8, 1), (9, 10, 0)], Part.TEST)
    assert rows(board)[:3] == rows(FEW)
    assert rows(board)[3:] == ((3, 7.0, 8.0, 1.0, 2), (4, 9.0, 10.0, 0.0, 2))
    assert board.edited


def test_an_id_is_never_given_twice() -> None:
    board = add(add(FEW, [(7, 8, 1)]).without([3, 1]), [(9, 10, 1)])
    assert [row[0] for row in rows(board)] == [0, 2, 4]


def test_moving_changes_places_only_and_the_last_of_several_counts() -> None:
    board = move(FEW, [(2, -1, -2), (0, 7, 7), (2, -3, -4)])
    assert rows(board) == ((0, 7.0, 7.0, 0.0, 0), (1, 2.0, 5.0, 1.0, 2), (2, -3.0, -4.0, 0.0, 0))


def test_relabelling_changes_labels_only() -> None:
    assert rows(FEW.relabelled([2, 0], 5.0)) == (
        (0, 1.0, 4.0, 5.0, 0),
        (1, 2.0, 5.0, 1.0, 2),
        (2, 3.0, 6.0, 5.0, 0),
    )


def test_no_change_touches_the_board_it_comes_from() -> None:
    before = rows(FEW)
    move(FEW, [(0, 9, 9)])
    FEW.relabelled([0], 1)
    FEW.without([0])
    add(FEW, [(0, 0, 0)])
    assert (rows(FEW), FEW.edited) == (before, False)


@pytest.mark.parametrize("ids", [[3], [0, 1, -1], [2**53 - 1]])
def test_a_point_that_is_not_there_is_refused_at_its_place(ids: list[int]) -> None:
    for board in (FEW, FEW.without([0, 1, 2])):
        with pytest.raises(SpecError, match="there is no point") as caught:
            board.columns(ids, "ids")
        assert (caught.value.code, caught.value.path[0]) == ("unknown_point", "ids")
    with pytest.raises(SpecError, match=f"there is no point {ids[-1]}") as caught:
        FEW.without(ids)
    assert caught.value.path == ("ids", len(ids) - 1)


def test_a_board_takes_5000_points_and_no_more() -> None:
    full = add(FEW, [(0, 0, 0)] * 4997)
    assert full.size == 5000
    with pytest.raises(SpecError, match="1 points cannot be added to 5000; allowed: 5000 in all") as caught:
        add(full, [(0, 0, 0)])
    assert (caught.value.code, caught.value.path) == ("too_many_points", ("points",))


@given(st.lists(st.integers(0, 30) | st.lists(st.integers(0, 30), min_size=1, max_size=5), max_size=12))
def test_ids_stay_ascending_and_name_the_same_points(edits: list[Any]) -> None:
    """An int adds so many points, each labelled by its own id; a list deletes those that are there."""
    board = Board.of(np.zeros((2, 0)), np.zeros(0), np.zeros(0, np.uint8))
    alive: list[int] = []
    for edit in edits:
        if isinstance(edit, list):
            gone = [number for number in edit if number in alive]
            board = board.without(gone) if gone else board
            alive = [number for number in alive if number not in gone]
        elif edit:
            fresh = list(range(board.next_id, board.next_id + edit))
            board = add(board, [(0, 0, number) for number in fresh])
            alive += fresh
    assert [row[0] for row in rows(board)] == [row[3] for row in rows(board)] == alive
