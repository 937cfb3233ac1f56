"""Boards as they are kept beside a run that goes on: a few bytes for each point that is not as it was drawn.

A board of 500 points takes 17 kB, and an anchor every few seconds has another one while somebody drags points.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.session.board import Board
from app.session.rows import pack_rows, row_of
from app.session.snapshot import Arrays, Facts
from app.session.undo import EDITED, Edit, Kept

POINT, BOARD = 33, 600
"""Bytes of a point of two coordinates, and of what a board takes besides."""


@dataclass(frozen=True, slots=True)
class Stowed:
    """A board as what leads to it from the one that was `drawn`, which many share; no `change`: that one itself."""

    drawn: Board
    change: Kept | None
    next_id: int

    @classmethod
    def of(cls, board: Board) -> "Stowed":
        """`board`, packed."""
        if board.drawn is board:
            return cls(board, None, board.next_id)
        return cls(board.drawn, Kept.of(Edit.between(board.drawn, board)), board.next_id)

    @property
    def board(self) -> Board:
        """The board again, to the bit."""
        if self.change is None:
            return self.drawn
        return replace(self.change.edit(self.drawn).redone(self.drawn), next_id=self.next_id)

    @property
    def size(self) -> int:
        """Bytes that it takes, but for the drawn board."""
        return BOARD + (self.change.size if self.change else POINT * self.drawn.size)


def dump_stowed(stowed: Stowed, name: str, arrays: Arrays) -> Facts:
    """For a snapshot: the rows that are not as drawn, as arrays under `name`. What the spec's seeds draw again needs no
    room."""
    if (change := stowed.change) is None:
        return {"next_id": stowed.next_id, "edited": None}
    table = np.frombuffer(change.gained, row_of(len(stowed.drawn.x)))
    lost = np.frombuffer(change.lost, table.dtype)["id"]
    gone = set(lost.tolist()) - set(table["id"].tolist())
    arrays[f"{name}_gone"] = np.array(sorted(gone), np.int64)
    arrays[f"{name}_rows"] = np.frombuffer(change.gained, np.uint8)
    return {"next_id": stowed.next_id, "edited": change.edited}


def load_stowed(facts: Facts, name: str, arrays: Arrays, drawn: Board) -> Stowed:
    """What `dump_stowed` was given; `drawn`: what the spec's seeds draw."""
    if facts["edited"] is None:
        return Stowed(drawn, None, facts["next_id"])
    gained = arrays[f"{name}_rows"].tobytes()
    ids = np.frombuffer(gained, row_of(len(drawn.x)))["id"]
    lost = drawn.rows_where(np.isin(drawn.ids, np.concatenate([ids, arrays[f"{name}_gone"]])))
    before, after = facts["edited"]
    return Stowed(drawn, Kept(pack_rows(lost), gained, EDITED[before][after]), facts["next_id"])
