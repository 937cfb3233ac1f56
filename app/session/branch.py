"""A branch: one course of training, as inputs with the step at which each came, and anchors to go on from.

A past step is reached from the nearest anchor before it by training anew with the inputs put in where they belong
(`Travel`). Branches share anchors and inputs, which never change.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from app.session.beginning import Beginning
from app.session.history import History
from app.session.inputs import Input, merged, packed, size_of
from app.session.marks import Marks
from app.session.run import Anchor, Run
from app.session.undo import UndoStack


@dataclass
class Branch:
    """`anchors` ascending by step, the first being its earliest reachable state; `log` of (step, input), of which the
    first `forgotten` are no longer kept; `last`: the newest step. `history`, `marks` and `undo` are those of its newest
    step while another branch is shown. `beginning`: what it goes back to at a reset; None: the seed's weights."""

    id: int
    name: str
    parent: int | None
    from_step: int
    anchors: list[Anchor]
    log: list[tuple[int, Input]] = field(default_factory=list)
    forgotten: int = 0
    last: int = 0
    history: History = field(default_factory=History)
    marks: Marks = field(default_factory=Marks)
    undo: UndoStack = field(default_factory=UndoStack)
    beginning: Beginning | None = None
    log_size: int = field(init=False)
    """Bytes of the inputs."""

    def __post_init__(self) -> None:
        self.log_size = sum(size_of(change) for _, change in self.log)

    @property
    def first(self) -> int:
        """The earliest step that can be gone to."""
        return self.anchors[0].step

    @property
    def position(self) -> int:
        """How many inputs it has had."""
        return self.forgotten + len(self.log)

    def next_input(self, position: int) -> tuple[int, Input] | None:
        """The first input after `position` of them, with its step."""
        index = position - self.forgotten
        return self.log[index] if index < len(self.log) else None

    def note(self, step: int, change: Input) -> None:
        """An input came. One that adds up with the last one replaces it."""
        follows = self.log and self.log[-1][0] == step and self.anchors[-1].position < self.position
        if follows and (both := merged(self.log[-1][1], change)) is not None:
            self._put_last(step, both)
        else:
            self.settle()
            self.log.append((step, change))
            self.log_size += size_of(change)

    def settle(self) -> None:
        """The newest input takes no more into itself, and is kept in less room."""
        if self.log and (kept := packed(self.log[-1][1])) is not self.log[-1][1]:
            self._put_last(self.log[-1][0], kept)

    def _put_last(self, step: int, change: Input) -> None:
        self.log_size += size_of(change) - size_of(self.log[-1][1])
        self.log[-1] = (step, change)

    def nearest(self, step: int) -> Anchor:
        """The last anchor before `step`, so that its last update is done anew too; at the very start, that."""
        index = bisect_left(self.anchors, step, key=lambda anchor: anchor.step)
        return self.anchors[max(0, index - 1)]

    def keep(self, anchor: Anchor) -> None:
        """Put an anchor in its place, unless one of its step is there."""
        index = bisect_left(self.anchors, anchor.step, key=lambda kept: kept.step)
        if index == len(self.anchors) or self.anchors[index].step != anchor.step:
            self.anchors.insert(index, anchor)

    def rewind(self, step: int) -> None:
        """Training has gone back to `step`: what came after it never was."""
        self.anchors = [anchor for anchor in self.anchors if anchor.step <= step] or self.anchors[:1]
        self.last = step

    def thin(self, interval: int) -> None:
        """Keep one anchor for every `interval` steps, the same ones in every branch, and the first."""
        kept = self.anchors[:1]
        for anchor in self.anchors[1:]:
            if anchor.step // interval > kept[-1].step // interval:
                kept.append(anchor)
        self.anchors = kept

    def forget_beginning(self) -> bool:
        """Let the earliest part go, so that the next anchor is the beginning; False where there is none."""
        if len(self.anchors) < 2:
            return False
        del self.anchors[0]
        gone = self.anchors[0].position - self.forgotten
        self.log_size -= sum(size_of(change) for _, change in self.log[:gone])
        del self.log[:gone]
        self.forgotten += gone
        return True

    def prefix(self, number: int, name: str, step: int, position: int) -> "Branch":
        """A branch that leaves this one at `step` after `position` inputs."""
        anchors = [kept for kept in self.anchors if kept.step <= step and kept.position <= position]
        log = self.log[: position - self.forgotten]
        branch = Branch(number, name, self.id, step, anchors, log, self.forgotten, step)
        branch.beginning = self.beginning
        return branch


class Travel:
    """On the way to `target` in `branch`: a run of its own, so that what is shown stays until it arrives."""

    def __init__(self, branch: Branch, target: int) -> None:
        anchor = branch.nearest(target)
        self.branch, self.target = branch, target
        self.run, self.position = Run.at(anchor), anchor.position

    @property
    def distance(self) -> int:
        """Updates still to be done."""
        return self.target - self.run.step

    def go(self, most: int, interval: int) -> bool:
        """Up to `most` updates; anchors are put every `interval` steps of the way. True on arrival."""
        run = self.run
        while True:
            self._put_due()
            if run.step == self.target:
                return True
            if most <= 0:
                return False
            due = self.branch.next_input(self.position)
            to_input = due[0] - run.step if due else most
            leg = run.train(min(most, self.distance, max(1, to_input), interval - run.step % interval))
            assert leg.divergence is None, "a step that was reached once is reached again"
            if leg.ended_epoch:
                run.watch()
            most -= leg.steps
            if run.step % interval == 0 and run.step < self.target:
                self.branch.keep(run.anchor(self.position))

    def _put_due(self) -> None:
        while (due := self.branch.next_input(self.position)) is not None and due[0] <= self.run.step:
            self.run.put(due[1])
            self.position += 1
