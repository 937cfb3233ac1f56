"""Taking edits of points back, and doing them again. Knows boards only: no commands, no training.

An edit is kept as the rows that it changed, not as a whole board: a drag of one of 5000 points costs 66 bytes, not 165
kB, so that a snapshot carries all of it. Taken back, an edit gives the board before it to the last bit, but for
`next_id`, which never goes back, so that no id is ever given twice.

At most STEPS edits and BYTES of rows are kept; the oldest go first.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.session.board import Board
from app.session.rows import pack_rows, unpack_rows

STEPS = 100
BYTES = 990_000
"""Of rows: 30,000 of two coordinates."""


@dataclass(frozen=True)
class Edit:
    """`lost`: the rows that were there before and are not so after; `gained`: those that are there after and were not
    so before. `edited` of each is that of the whole board."""

    lost: Board
    gained: Board

    @classmethod
    def between(cls, before: Board, after: Board) -> "Edit":
        """What leads from one board to another."""
        first, second = _places(before, after)
        same = np.ones(first.size, np.bool_)
        for one, other in zip(_bits(before), _bits(after), strict=True):
            same &= one[..., first] == other[..., second]
        lost, gained = np.ones(before.size, np.bool_), np.ones(after.size, np.bool_)
        lost[first[same]] = gained[second[same]] = False
        return cls(before.rows_where(lost), after.rows_where(gained))

    @property
    def rows(self) -> int:
        """How many it is."""
        return self.lost.size + self.gained.size

    def undone(self, board: Board) -> Board:
        """`board` before the edit."""
        return board.exchanged(self.gained, self.lost)

    def redone(self, board: Board) -> Board:
        """`board` after the edit."""
        return board.exchanged(self.lost, self.gained)


EDITED = ((False, False), (False, True)), ((True, False), (True, True))
"""Pairs that all edits share."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An edit as it is kept: the rows `lost` and `gained`, packed; whether the board was `edited` before and after."""

    lost: bytes
    gained: bytes
    edited: tuple[bool, bool]

    @classmethod
    def of(cls, edit: Edit) -> "Kept":
        """`edit`, packed."""
        edited = EDITED[edit.lost.edited][edit.gained.edited]
        return cls(pack_rows(edit.lost), pack_rows(edit.gained), edited)

    @property
    def size(self) -> int:
        """Bytes of its rows."""
        return len(self.lost) + len(self.gained)

    def edit(self, like: Board) -> Edit:
        """The edit again, of boards like `like`."""
        lost, gained = unpack_rows(self.lost, like), unpack_rows(self.gained, like)
        before, after = self.edited
        return Edit(replace(lost, edited=before), replace(gained, edited=after))


def _places(before: Board, after: Board) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the points that both boards have stand in each."""
    if before.ids is after.ids:
        every = np.arange(before.size)
        return every, every
    _, first, second = np.intersect1d(before.ids, after.ids, assume_unique=True, return_indices=True)
    return first, second


def _bits(board: Board) -> tuple[NDArray[Any], ...]:
    """What a point is, to be compared to the bit: 0.0 and -0.0 are two."""
    x, target = np.ascontiguousarray(board.x), np.ascontiguousarray(board.target)
    return *x.view(np.int64), target.view(np.int64), board.part


class UndoStack:
    """The edits that can be taken back, oldest first, and behind them those that can be done again."""

    def __init__(self) -> None:
        self._edits: list[Kept] = []
        self._done = 0
        self._gesture: int | None = None
        self._before: Board | None = None
        """The board before the last gesture; None where that has to be unpacked."""
        self.latest: Edit | None = None
        """What the last `record` came to, together with the rest of its gesture; None where nothing has changed."""
        self.alone: Kept | None = None
        """The last `record` as it is kept, where that is no more than this one edit."""
        self._size = 0

    @property
    def undo(self) -> int:
        """How many edits can be taken back."""
        return self._done

    @property
    def redo(self) -> int:
        """How many edits can be done again."""
        return len(self._edits) - self._done

    def copy(self) -> "UndoStack":
        """A stack of its own with the same edits."""
        copy = UndoStack()
        copy._edits, copy._done, copy._gesture = list(self._edits), self._done, self._gesture
        copy._before, copy._size = self._before, self._size
        return copy

    def record(self, before: Board, after: Board, gesture: int | None) -> Board:
        """Keep an edit, together with the last one if both are of the same `gesture`; what could be done again is
        forgotten. One that changes nothing is not kept. Returns `after`, `edited` only if there was a change or the
        board was so before."""
        goes_on = gesture is not None and gesture == self._gesture
        if goes_on:
            self._done -= 1
            last = self._edits.pop()
            self._size -= last.size
            before = self._before or last.edit(before).undone(before)
        self._before = before if gesture is not None else None
        edit = Edit.between(before, after)
        self._gesture = gesture if edit.rows else None
        self.latest, self.alone = edit if edit.rows else None, None
        if not edit.rows:
            return replace(after, edited=before.edited)
        kept = Kept.of(edit)
        self._size += kept.size - sum(gone.size for gone in self._edits[self._done :])
        self._edits[self._done :] = [kept]
        self._done += 1
        self._forget_oldest()
        self.alone = None if goes_on else kept
        return after

    def _forget_oldest(self) -> None:
        while len(self._edits) > STEPS or self._size > BYTES:
            self._size -= self._edits.pop(0).size
            self._done -= 1

    def take_back(self, board: Board) -> Board:
        """The board before the last edit, which is now one to do again; there must be one."""
        before = self.past(board)
        self._done -= 1
        self._gesture = self.alone = None
        return before

    def past(self, board: Board) -> Board:
        """The board before the last edit, just to look at; there must be one."""
        return self._edits[self._done - 1].edit(board).undone(board)

    def do_again(self, board: Board) -> Board:
        """The board after the edit taken back last, which is now done; there must be one."""
        after = self.future(board)
        self._done += 1
        self._gesture = self.alone = None
        return after

    def future(self, board: Board) -> Board:
        """The board after the edit taken back last, just to look at; there must be one."""
        return self._edits[self._done].edit(board).redone(board)

    # -- snapshots ---------------------------------------------------------------------------------------------

    def dump(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """All of it, for a snapshot: the rows of all edits one after the other."""
        edited = [edit.edited for edit in self._edits]
        facts = {"done": self._done, "gesture": self._gesture, "edited": edited}
        parts = [part for edit in self._edits for part in (edit.lost, edit.gained)]
        rows = np.frombuffer(b"".join(parts), np.uint8)
        return facts, {"undo_sizes": np.array([len(part) for part in parts], np.int64), "undo_rows": rows}

    def load(self, facts: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        """What `dump` gave."""
        rows, ends = arrays["undo_rows"].tobytes(), np.cumsum(arrays["undo_sizes"]).tolist()
        parts = [rows[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)] if ends else []
        edits = zip(parts[::2], parts[1::2], facts["edited"], strict=True)
        self._edits = [Kept(lost, gained, EDITED[before][after]) for lost, gained, (before, after) in edits]
        self._size = sum(edit.size for edit in self._edits)
        self._done, self._gesture, self._before = facts["done"], facts["gesture"], None
