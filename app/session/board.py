"""The points of a session: where they lie, what they are, which only test. Every change gives a new board.

Ids are given in the order of adding and never again, so that a command about a deleted point cannot hit another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.session.events import PointRow
from app.spec import BOUNDS, SpecError


@dataclass(frozen=True)
class Board:
    """N points: `ids` (N,) ascending, `x` (2, N), `target` (N,) class index or value, `test` (N,) mask."""

    ids: NDArray[np.int64]
    x: NDArray[np.float64]
    target: NDArray[np.float64]
    test: NDArray[np.bool_]
    next_id: int
    edited: bool = False

    @classmethod
    def of(cls, x: NDArray[np.float64], target: NDArray[np.float64], test: NDArray[np.bool_]) -> "Board":
        """A board as drawn, ids 0 .. N - 1."""
        return cls(np.arange(target.size), x, target, test, target.size)

    @property
    def size(self) -> int:
        """N."""
        return int(self.ids.size)

    def rows(self) -> tuple[PointRow, ...]:
        """The points as the page reads them."""
        columns = (self.ids, *self.x, self.target, self.test)
        return tuple(zip(*(column.tolist() for column in columns), strict=True))

    def same_points(self, other: "Board") -> bool:
        """Whether both have the same points, to the last digit."""
        mine, theirs = ((board.ids, board.x, board.target, board.test) for board in (self, other))
        return all(np.array_equal(one, another) for one, another in zip(mine, theirs, strict=True))

    def columns(self, ids: Sequence[int], path: str) -> NDArray[np.intp]:
        """Where the points `ids` stand; SpecError (code `unknown_point`) for one that is not there."""
        asked = np.asarray(ids, np.int64)
        found = np.searchsorted(self.ids, asked)
        known = (
            (found < self.size) & (self.ids[np.minimum(found, self.size - 1)] == asked)
            if self.size
            else asked < 0
        )
        if not known.all():
            row = int(np.argmin(known))
            raise SpecError(f"there is no point {asked[row]}", (path, row), "unknown_point")
        return found

    def added(self, points: Sequence[tuple[float, float, float]], test: bool) -> "Board":
        """With new points at the end; SpecError (code `too_many_points`) where the board would overflow."""
        if self.size + len(points) > BOUNDS.points:
            message = f"{len(points)} points cannot be added to {self.size}; allowed: {BOUNDS.points} in all"
            raise SpecError(message, ("points",), "too_many_points")
        table = np.array(points, np.float64)
        return Board(
            np.concatenate([self.ids, self.next_id + np.arange(len(points))]),
            np.concatenate([self.x, table[:, :2].T], axis=1),
            np.concatenate([self.target, table[:, 2]]),
            np.concatenate([self.test, np.full(len(points), test)]),
            self.next_id + len(points),
            edited=True,
        )

    def moved(self, points: Sequence[tuple[int, float, float]]) -> "Board":
        """With points at other places."""
        columns = self.columns([point[0] for point in points], "points")
        x = self.x.copy()
        x[:, columns] = np.array([point[1:] for point in points]).T
        return replace(self, x=x, edited=True)

    def relabelled(self, ids: Sequence[int], label: float) -> "Board":
        """With another label on points."""
        target = self.target.copy()
        target[self.columns(ids, "ids")] = label
        return replace(self, target=target, edited=True)

    def with_part(self, ids: Sequence[int], test: bool) -> "Board":
        """With points that only test, or are trained on."""
        mask = self.test.copy()
        mask[self.columns(ids, "ids")] = test
        return replace(self, test=mask, edited=True)

    def without(self, ids: Sequence[int]) -> "Board":
        """Without points."""
        kept = np.ones(self.size, np.bool_)
        kept[self.columns(ids, "ids")] = False
        return Board(
            self.ids[kept], self.x[:, kept], self.target[kept], self.test[kept], self.next_id, edited=True
        )

    def rows_where(self, mask: NDArray[np.bool_]) -> "Board":
        """Only the points of `mask` (N,)."""
        return replace(
            self, ids=self.ids[mask], x=self.x[:, mask], target=self.target[mask], test=self.test[mask]
        )

    def exchanged(self, lost: "Board", gained: "Board") -> "Board":
        """Without the points of `lost`, with those of `gained`, whose `edited` it takes; `next_id` stays."""
        kept = np.ones(self.size, np.bool_)
        kept[np.searchsorted(self.ids, lost.ids)] = False
        rest = self.rows_where(kept)
        ids = np.concatenate([rest.ids, gained.ids])
        order = np.argsort(ids)
        return Board(
            ids[order],
            np.concatenate([rest.x, gained.x], axis=1)[:, order],
            np.concatenate([rest.target, gained.target])[order],
            np.concatenate([rest.test, gained.test])[order],
            self.next_id,
            gained.edited,
        )
