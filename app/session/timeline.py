"""The past of a session: its branches, which of them is shown, and how much memory all that may take.

Knows no phases and no commands; `app.session.session` decides when to go where.
"""

import math
from collections.abc import Iterable

from app.session.beginning import Beginning
from app.session.branch import Branch, Travel
from app.session.events import BranchRow, Curve, CurveRow, Timeline
from app.session.frame import LOSS_COLUMNS
from app.session.history import History
from app.session.inputs import Input, NewBoard, PutBoard, SetParameter, size_of
from app.session.machine import Floats
from app.session.marks import Marks
from app.session.run import Anchor, Run
from app.session.undo import UndoStack
from app.spec import BOUNDS, SpecError

BUDGET = 8_000_000
"""Bytes of past a session may keep, over all its branches."""
LOG_BUDGET = 1_500_000
"""Bytes of inputs of one branch, of the budget; a longer log loses its beginning."""
INTERVAL = 256
"""Steps between two anchors at first: about ten milliseconds of the playground's networks."""
USUAL_WORK, USUAL_LAYERS = 8192, 4
"""Parameters times rows of a batch, and layers, up to which a step costs no more than the usual one."""
FEWEST = 4
"""Anchors of a branch that are not thinned out; when all have so few, the least branch goes instead."""
EVERY = 16
"""Anchors, or inputs, between two looks at the budget."""
CURVE_ROWS = 256
"""Rows of a curve that is told for comparison."""
VALIDATION_LOSS, VALIDATION_SCORE = map(LOSS_COLUMNS.index, ("validation_loss", "validation_score"))


class Past:
    """The branches by id, the one that is `shown`, and after how many inputs of it what is shown stands."""

    def __init__(self, run: Run) -> None:
        self.branches: dict[int, Branch] = {}
        self.next_id = 1
        self.current = self.version = 0
        """`version` grows when what the `timeline` event tells changes otherwise than by training on."""
        self.begin(run)

    def begin(self, run: Run, beginning: Beginning | None = None) -> None:
        """A run with a start of its own, from `beginning` or else as seeds and points make it. One before it that
        never took a step, and that nobody has named, is no branch worth keeping."""
        again = self.branches and not self.shown.last and self.shown.name == default_name(self.shown)
        number = self.current if again else self._number()
        start = run.anchor(0, drawn=beginning is None)
        self._show(Branch(number, f"Run {number}", None, 0, [start], beginning=beginning))
        trainer = run.machine.trainer
        work = trainer.theta.size * max(1, trainer.batch_size)
        calls = max(USUAL_LAYERS, len(run.machine.network.layers))
        self.interval = max(8, INTERVAL * USUAL_LAYERS * USUAL_WORK // (calls * max(work, USUAL_WORK)))

    def _number(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def _show(self, branch: Branch) -> None:
        self.version += self.branches.get(self.current) is None or branch.id != self.current
        self.branches[branch.id] = branch
        self.current, self.position = branch.id, branch.position
        self._unchecked = EVERY
        while len(self.branches) > BOUNDS.branches:
            del self.branches[self._least()]

    def _least(self) -> int:
        """The shortest of the branches that nobody has named, or else of all, but never the one that is shown."""
        others = [branch for branch in self.branches.values() if branch.id != self.current]
        plain = [branch for branch in others if branch.name == default_name(branch)]
        return min(plain or others, key=lambda branch: branch.last - branch.from_step).id

    @property
    def shown(self) -> Branch:
        """The branch that is shown."""
        return self.branches[self.current]

    def is_past(self, step: int) -> bool:
        """What is shown, at `step`, is not the newest of its branch."""
        return step < self.shown.last or self.position < self.shown.position

    # -- going on ------------------------------------------------------------------------------------------------------

    def put(self, run: Run, change: Input) -> None:
        """Change `run`, which stands at the newest step, and remember it. Before the first step there is no past to
        remember: the branch then begins with what it was changed to."""
        branch = self.shown
        if branch.last or branch.forgotten:
            branch.note(run.step, change)
            run.put(change)
        else:
            run.put(change)
            drawn = branch.anchors[0].drawn and not isinstance(change, SetParameter)
            branch.anchors = [run.anchor(0, drawn)]
        self.position = branch.position
        while branch.log_size > LOG_BUDGET and branch.forget_beginning():
            pass

    def room(self, step: int) -> int:
        """Steps until the next anchor."""
        return self.interval - step % self.interval

    def went_on(self, run: Run) -> None:
        """Training has come to a newer step; every so often that is an anchor."""
        self.shown.last = run.step
        self.shown.settle()
        if run.step % self.interval == 0:
            self.shown.keep(run.anchor(self.position))
            self._fit()

    def rewind(self, run: Run) -> None:
        """A bad update was taken back: what came after is no place to go to, and where it stands now is one."""
        self.shown.rewind(run.step)
        self.shown.keep(run.anchor(self.position))

    def _fit(self) -> None:
        """Stay within the budget: half of the anchors go when it is reached."""
        self._unchecked -= 1
        if self._unchecked > 0:
            return
        self._unchecked = EVERY
        while self.size() > BUDGET:
            self.interval *= 2
            for branch in self.branches.values():
                branch.thin(self.interval)
            if all(len(branch.anchors) <= FEWEST for branch in self.branches.values()):
                if len(self.branches) == 1:
                    return
                del self.branches[self._least()]

    def size(self) -> int:
        """Bytes that the past takes, roughly; what branches share counts once."""
        anchors = {id(kept): kept for branch in self.branches.values() for kept in branch.anchors}
        boards = {id(kept.stowed): kept.stowed for kept in anchors.values()}
        inputs = {id(change): change for branch in self.branches.values() for _, change in branch.log}
        beginnings = {branch.beginning for branch in self.branches.values()} - {None}
        return (
            sum(_anchor_size(kept) for kept in anchors.values())
            + sum(board.size for board in boards.values())
            + sum(size_of(change) for change in inputs.values())
            + sum(branch.history.size for branch in self.branches.values())
            + sum(beginning.size for beginning in beginnings if beginning)
        )

    def fork(self, run: Run, history: History, marks: Marks) -> Branch:
        """Going on from the past: a branch leaves the one that is shown, which keeps what it was."""
        self.shown.history, self.shown.marks = history, marks
        number = self._number()
        branch = self.shown.prefix(number, f"Branch {number}", run.step, self.position)
        branch.keep(run.anchor(branch.position))
        branch.history, branch.marks = history.until(run.step), marks.until(run.step)
        self._show(branch)
        return branch

    def leave(self, step: int, history: History, marks: Marks, undo: UndoStack) -> None:
        """Something else is to be shown: what the session, at `step`, held for this branch is kept with it. Edits can
        be taken back only where the board is the newest."""
        self.shown.history, self.shown.marks = history, marks
        if not self.is_past(step):
            self.shown.undo = undo

    def arrive(self, travel: Travel) -> UndoStack:
        """What is shown stands at the end of `travel`; the edits that can be taken back there."""
        if travel.branch.id != self.current:
            self._show(travel.branch)
        self.version += 1
        self.position = travel.position
        later = travel.branch.log[travel.position - travel.branch.forgotten :]
        moved = any(isinstance(change, PutBoard | NewBoard) for _, change in later)
        return UndoStack() if moved else travel.branch.undo.copy()

    def travel(self, step: int) -> Travel:
        """The way to `step` of the branch that is shown; SpecError (code `not_reached`) for one it does not have."""
        branch = self.shown
        if not branch.first <= step <= branch.last:
            message = f"step {step} was never reached here; allowed: {branch.first} to {branch.last}"
            raise SpecError(message, ("step",), "not_reached")
        return Travel(branch, step)

    # -- branches ------------------------------------------------------------------------------------------------------

    def branch(self, number: int) -> Branch:
        """The branch of that id; SpecError (code `unknown_branch`)."""
        if number not in self.branches:
            known = ", ".join(map(str, self.branches))
            raise SpecError(f"there is no branch {number}; allowed: {known}", ("branch",), "unknown_branch")
        return self.branches[number]

    def drop(self, number: int) -> None:
        """Forget a branch; SpecError for one that is not there or that is shown."""
        branch = self.branch(number)
        if number == self.current:
            text = f"cannot drop {branch.name} while it is shown; allowed: switch_branch to another first"
            raise SpecError(text, ("branch",), "not_allowed")
        del self.branches[number]
        self.version += 1

    def name(self, number: int, name: str) -> None:
        """Call a branch something else; SpecError for one that is not there."""
        self.branch(number).name = name
        self.version += 1

    # -- telling -------------------------------------------------------------------------------------------------------

    def told(self, step: int, history: History, marks: Marks) -> Timeline:
        """The event that tells all of it, what is shown standing at `step`."""
        self.shown.history, self.shown.marks = history, marks
        rows = tuple(self._row(branch) for branch in self.branches.values())
        return Timeline(
            first=self.shown.first, last=self.shown.last, at=step, branch=self.current, branches=rows
        )

    def _row(self, branch: Branch) -> BranchRow:
        newest = branch.history.newest
        return BranchRow(
            id=branch.id,
            name=branch.name,
            parent=branch.parent if branch.parent in self.branches else None,
            from_step=branch.from_step,
            last=branch.last,
            epoch=int(newest[1]),
            train_loss=_number(newest[2]),
            validation_loss=_number(newest[VALIDATION_LOSS]),
            test_loss=_number(newest[3]),
            summary="; ".join(summary(branch)),
        )

    def curve(self, number: int) -> Curve:
        """How a branch did, thinned."""
        table = self.branch(number).history.thinned(CURVE_ROWS)
        return Curve(branch=number, rows=tuple(_curve_row(row) for row in table))


def summary(branch: Branch) -> Iterable[str]:
    """What was done differently since the branch began, at most three things."""
    texts = [mark.text for mark in branch.marks.rows if mark.step >= branch.from_step]
    return [*texts[:3], *([f"{len(texts) - 3} more"] if len(texts) > 3 else [])]


def default_name(branch: Branch) -> str:
    """What a branch is called until somebody names it."""
    return f"{'Run' if branch.parent is None else 'Branch'} {branch.id}"


def _curve_row(row: Floats) -> CurveRow:
    step, epoch, *figures = row[[*range(6), VALIDATION_LOSS, VALIDATION_SCORE]].tolist()
    train, test, hits, test_hits, validation, validation_hits = map(_number, figures)
    return int(step), int(epoch), train, test, hits, test_hits, validation, validation_hits


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _anchor_size(anchor: Anchor) -> int:
    kept = anchor.stopping.kept
    best = kept.vectors.nbytes if kept is not None else 0
    return anchor.state.vectors.nbytes + anchor.state.statistics.nbytes + best + 900
