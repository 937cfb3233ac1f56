"""The points of a session: their inputs, what they are, which part they belong to. Every change gives a new board.

Ids are given in the order of adding and never again, so that a command about a deleted point cannot hit another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.data.preparation import Prepared
from app.data.preparation.pca import PrincipalPlane, principal_plane
from app.data.split import TRAIN
from app.spec import BOUNDS, SpecError
from app.vocabulary import PARTS, Part

POINTS = ("ids", "x", "target", "part")
"""A board's arrays."""


@lru_cache(16)
def _first_ids(count: int) -> NDArray[np.int64]:
    """0 .. count - 1, the same array for all boards of so many points."""
    ids = np.arange(count)
    ids.flags.writeable = False
    return ids


@dataclass(frozen=True)
class Board:
    """N points: `ids` (N,) ascending, `x` (D, N), `target` (N,) class index or value, `part` (N,) numbers of PARTS.

    D is 2: x1 and x2 (0 on a curve), or the encoded columns of a table in its own units, of which `prepared` tells
    more."""

    ids: NDArray[np.int64]
    x: NDArray[np.float64]
    target: NDArray[np.float64]
    part: NDArray[np.uint8]
    next_id: int
    edited: bool = False
    prepared: Prepared | None = None
    origin: "Board | None" = None
    """The board as drawn, of one that is not that any more."""

    @classmethod
    def of(
        cls,
        x: NDArray[np.float64],
        target: NDArray[np.float64],
        part: NDArray[np.uint8],
        prepared: Prepared | None = None,
    ) -> "Board":
        """A board as drawn, ids 0 .. N - 1."""
        return cls(_first_ids(target.size), x, target, part, target.size, prepared=prepared)

    @property
    def size(self) -> int:
        """N."""
        return int(self.ids.size)

    @property
    def drawn(self) -> "Board":
        """The board that the spec's seeds draw."""
        return self.origin or self

    @cached_property
    def principal(self) -> tuple[PrincipalPlane, float]:
        """Of a table with several inputs, the plane in which its scaled training part varies most, and the standard
        deviation along its first component. Computed when first asked for: hundreds of pixels take a second."""
        assert self.prepared, "only tables have such a plane"
        seen = (self.x[:, self.trained] - self.prepared.shift[:, None]) / self.prepared.scale[:, None]
        plane = principal_plane(seen)
        return plane, float((plane.components[:, 0] @ seen).std()) or 1.0

    @property
    def trained(self) -> NDArray[np.bool_]:
        """(N,) the points that are trained on."""
        return np.asarray(self.part == TRAIN)

    @property
    def most(self) -> int:
        """How many points there may be."""
        return BOUNDS.rows if self.prepared else BOUNDS.points

    @property
    def shown(self) -> NDArray[np.intp]:
        """(n,) which columns are told as points: all, or of a long table some, and whatever was added."""
        mask = self.prepared.shown if self.prepared else None
        if mask is None:
            return np.arange(self.size)
        return np.flatnonzero((self.ids >= mask.size) | mask[np.minimum(self.ids, mask.size - 1)])

    def same_points(self, other: "Board") -> bool:
        """Whether both have the same points, to the last digit."""
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in POINTS)

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

    def added(self, x: NDArray[np.float64], target: NDArray[np.float64], part: Part) -> "Board":
        """With new points `x` (D, K), `target` (K,) at the end; SpecError (code `too_many_points`) where the board
        would overflow."""
        count = target.size
        if self.size + count > self.most:
            message = f"{count} points cannot be added to {self.size}; allowed: {self.most} in all"
            raise SpecError(message, ("points",), "too_many_points")
        return replace(
            self,
            ids=np.concatenate([self.ids, self.next_id + np.arange(count)]),
            x=np.concatenate([self.x, x], axis=1),
            target=np.concatenate([self.target, target]),
            part=np.concatenate([self.part, np.full(count, PARTS.index(part), np.uint8)]),
            next_id=self.next_id + count,
            edited=True,
            origin=self.drawn,
        )

    def moved(
        self, columns: NDArray[np.intp], x: NDArray[np.float64], target: NDArray[np.float64]
    ) -> "Board":
        """With other inputs `x` (D, K) and targets (K,) for the points at `columns` (K,)."""
        inputs = self.x.copy()
        inputs[:, columns] = x
        if np.array_equal(self.target[columns], target):
            return replace(self, x=inputs, edited=True, origin=self.drawn)
        targets = self.target.copy()
        targets[columns] = target
        return replace(self, x=inputs, target=targets, edited=True, origin=self.drawn)

    def relabelled(self, ids: Sequence[int], label: float) -> "Board":
        """With another label on points."""
        target = self.target.copy()
        target[self.columns(ids, "ids")] = label
        return replace(self, target=target, edited=True, origin=self.drawn)

    def with_part(self, ids: Sequence[int], part: Part) -> "Board":
        """With points of another part."""
        parts = self.part.copy()
        parts[self.columns(ids, "ids")] = PARTS.index(part)
        return replace(self, part=parts, edited=True, origin=self.drawn)

    def without(self, ids: Sequence[int]) -> "Board":
        """Without points."""
        kept = np.ones(self.size, np.bool_)
        kept[self.columns(ids, "ids")] = False
        return replace(self.rows_where(kept), edited=True, origin=self.drawn)

    def rows_where(self, mask: NDArray[np.bool_]) -> "Board":
        """Only the points of `mask` (N,)."""
        return replace(
            self, ids=self.ids[mask], x=self.x[:, mask], target=self.target[mask], part=self.part[mask]
        )

    def exchanged(self, lost: "Board", gained: "Board") -> "Board":
        """Without the points of `lost`, with those of `gained`, whose `edited` it takes; `next_id` stays."""
        kept = np.ones(self.size, np.bool_)
        kept[np.searchsorted(self.ids, lost.ids)] = False
        rest = self.rows_where(kept)
        ids = np.concatenate([rest.ids, gained.ids])
        order = np.argsort(ids)
        return replace(
            self,
            ids=ids[order],
            x=np.concatenate([rest.x, gained.x], axis=1)[:, order],
            target=np.concatenate([rest.target, gained.target])[order],
            part=np.concatenate([rest.part, gained.part])[order],
            edited=gained.edited,
            origin=self.drawn,
        )
