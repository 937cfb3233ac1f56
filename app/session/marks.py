"""What happened to a run from outside, at which step: marks for the charts. Bounded; knows no time.

Nothing is marked before the first step: what is set up there is no event of the run.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

MOST = 100
"""The oldest go first."""


class MarkKind(StrEnum):
    """What was changed, or what happened by itself."""

    RATE = "rate"
    TRAINING = "training"
    POINTS = "points"
    WEIGHTS = "weights"
    STOPPED = "stopped"
    DIVERGED = "diverged"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. Neighbours of one kind and one `key`, as the moves of a drag, are one mark. `rate_before`: of a changed
    learning rate, the one that the last step was taken with."""

    step: int
    epoch: int
    kind: MarkKind
    text: str
    key: str | None = None
    rate_before: float | None = None


FIELDS = tuple(field.name for field in fields(Mark))
facts_of = attrgetter(*FIELDS)


class Marks:
    """The marks of a run, oldest first; `version` grows when the list changes."""

    def __init__(self) -> None:
        self.rows: list[Mark] = []
        self.version = 0

    def add(self, mark: Mark) -> None:
        """Put `mark` at the end. Of two neighbours of one kind and step the last stands; of two of one key the first,
        with the last one's text."""
        if mark.step == 0:
            return
        kept, last = self.rows, self.rows[-1] if self.rows else None
        if last and last.kind is mark.kind:
            if mark.key is not None and mark.key == last.key:
                mark = replace(last, text=mark.text)
            if mark == last:
                return
            if mark.step == last.step:
                kept = kept[:-1]
        self.rows = [*kept, mark][-MOST:]
        self.version += 1

    def rate_before(self, step: int) -> float | None:
        """The learning rate that was in force when training came to `step`, if it was changed there."""
        last = self.rows[-1] if self.rows else None
        return last.rate_before if last and last.kind is MarkKind.RATE and last.step == step else None

    def rewind(self, step: int) -> None:
        """Forget what was marked after `step`: training has gone back there."""
        kept = [mark for mark in self.rows if mark.step <= step]
        if len(kept) < len(self.rows):
            self.rows, self.version = kept, self.version + 1

    def until(self, step: int) -> "Marks":
        """Marks of their own: those up to `step`."""
        copy = Marks()
        copy.rows, copy.version = self.rows, self.version
        copy.rewind(step)
        return copy

    def dump(self) -> list[dict[str, Any]]:
        """For a snapshot."""
        return [dict(zip(FIELDS, facts_of(mark), strict=True)) for mark in self.rows]

    def load(self, rows: list[dict[str, Any]]) -> None:
        """What `dump` gave."""
        self.rows = [Mark(**(row | {"kind": MarkKind(row["kind"])})) for row in rows]
