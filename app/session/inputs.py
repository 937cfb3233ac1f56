"""What changes a run from outside, as values: put in once when it is asked for, and again whenever the run is gone
through anew on the way to a past step. Small, because a drag makes hundreds.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.session.board import Board
from app.session.rows import row_of, unpack_rows
from app.session.stopping import watched
from app.session.undo import Edit, Kept
from app.spec import Experiment


@dataclass(frozen=True, slots=True)
class PutBoard:
    """Other points: the rows that go and those that come, packed."""

    lost: bytes
    gained: bytes
    next_id: int
    edited: bool

    def board(self, before: Board) -> Board:
        """The board after it."""
        lost, gained = unpack_rows(self.lost, before), unpack_rows(self.gained, before)
        gained = replace(gained, edited=self.edited)
        return replace(before.exchanged(lost, gained), next_id=self.next_id)


@dataclass(frozen=True, slots=True)
class NewBoard:
    """Other points, as boards: the newest input of a log, before it is worth packing."""

    before: Board
    after: Board
    kept: Kept | None = None
    """What has changed, where somebody has packed it already."""

    @property
    def same_rows(self) -> bool:
        """No point was added, taken away or made a test point, so that the order of the epoch goes on."""
        return self.before.ids is self.after.ids and self.before.part is self.after.part

    def board(self, before: Board) -> Board:
        """The board after it."""
        return self.after

    def packed(self) -> PutBoard:
        """Only what has changed."""
        kept, after = self.kept or Kept.of(Edit.between(self.before, self.after)), self.after
        return PutBoard(kept.lost, kept.gained, after.next_id, after.edited)


@dataclass(frozen=True, slots=True)
class Configure:
    """Another way to learn; only for specs that can be changed live."""

    spec: Experiment


@dataclass(frozen=True, slots=True)
class SetParameter:
    """One entry of theta by hand."""

    index: int
    value: float


Input = PutBoard | NewBoard | Configure | SetParameter


def size_of(change: Input) -> int:
    """Bytes that it takes to keep, roughly."""
    match change:
        case PutBoard():
            return 300 + len(change.lost) + len(change.gained)
        case NewBoard():
            return 300 + row_of(len(change.after.x)).itemsize * change.after.size
        case Configure():
            return 8000
        case SetParameter():
            return 150


def merged(first: Input, second: Input) -> Input | None:
    """Two inputs at one step as one that comes to the same, to the bit; None where there is none."""
    match first, second:
        case NewBoard(same_rows=True), NewBoard(same_rows=True):
            return NewBoard(first.before, second.after)
        case Configure(), Configure() if _learns_alike(first.spec, second.spec):
            return second
        case SetParameter(), SetParameter() if first.index == second.index:
            return second
    return None


def packed(change: Input) -> Input:
    """As it is kept for long."""
    return change.packed() if isinstance(change, NewBoard) else change


def _learns_alike(one: Experiment, other: Experiment) -> bool:
    """Nothing is emptied or begun anew between the two."""
    first, second = one.training, other.training
    same_order = (first.shuffle, first.optimizer.name) == (second.shuffle, second.optimizer.name)
    return same_order and watched(one) == watched(other)


Log = list[tuple[int, Input]]
"""Inputs with the step at which each came."""


def dump_log(log: Log) -> tuple[list[Any], NDArray[np.uint8]]:
    """For a snapshot: JSON, and beside it the rows of all boards."""
    kept = [(step, packed(change)) for step, change in log]
    rows = [
        part for _, change in kept if isinstance(change, PutBoard) for part in (change.lost, change.gained)
    ]
    return [[step, *_dump(change)] for step, change in kept], np.frombuffer(b"".join(rows), np.uint8)


def load_log(entries: list[Any], rows: NDArray[np.uint8]) -> Log:
    """What `dump_log` gave."""
    log, rest = Log(), rows.tobytes()
    for step, kind, *facts in entries:
        if kind == "board":
            lost, gained, *others = facts
            log.append((step, PutBoard(rest[:lost], rest[lost : lost + gained], *others)))
            rest = rest[lost + gained :]
        else:
            log.append(
                (step, Configure(Experiment.parse(facts[0])) if kind == "spec" else SetParameter(*facts))
            )
    return log


def _dump(change: Input) -> list[Any]:
    match change:
        case PutBoard(lost, gained, next_id, edited):
            return ["board", len(lost), len(gained), next_id, edited]
        case Configure(spec):
            return ["spec", spec.model_dump(mode="json")]
        case SetParameter(index, value):
            return ["parameter", index, value]
        case NewBoard():
            raise AssertionError("it was packed before")
