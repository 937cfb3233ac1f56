"""Boards as they are kept beside a run that goes on: a few bytes for each point that is not as it was drawn.

A board of 500 points takes 17 kB, and an anchor every few seconds has another one while somebody drags points.
"""

from dataclasses import dataclass, replace

from app.session.board import Board
from app.session.undo import Edit, Kept

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
