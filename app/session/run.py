"""A run: what learns, and the early stopping that watches it. The same inputs at the same steps give the same bits,
however its legs are cut, so that any step of it can be reached again from an earlier one.
"""

from dataclasses import dataclass, replace

from app.engine.divergence import Divergence
from app.engine.trainer import Checkpoint
from app.session.board import Board
from app.session.inputs import Configure, Input, NewBoard, PutBoard, SetParameter
from app.session.machine import Machine
from app.session.stopping import Halt, Stopping, watched
from app.session.stowing import Stowed
from app.spec import Experiment


@dataclass(frozen=True, slots=True)
class Anchor:
    """A run at `step` after the first `position` inputs of its branch: all that going on needs, to the bit."""

    step: int
    position: int
    spec: Experiment
    stowed: Stowed
    state: Checkpoint
    rate: float
    limit: float | None
    stopping: Stopping
    drawn: bool = False
    """Nothing was trained or set by hand yet: spec and board give it again."""

    @property
    def board(self) -> Board:
        """The points."""
        return self.stowed.board


@dataclass(frozen=True)
class Leg:
    """Updates done in one go, whether the last of them ended an epoch, and what ended training, if something did."""

    steps: int
    ended_epoch: bool
    divergence: Divergence | None


class Run:
    """`machine` and `stopping`; look at them, but change them only through here."""

    def __init__(self, machine: Machine, stopping: Stopping | None = None) -> None:
        self.machine = machine
        self.stopping = stopping or Stopping()

    @classmethod
    def at(cls, anchor: Anchor) -> "Run":
        """A run of its own that goes on from `anchor`."""
        machine = Machine.at(anchor.spec, anchor.stowed, anchor.state, anchor.rate, anchor.limit)
        return cls(machine, replace(anchor.stopping))

    def anchor(self, position: int, drawn: bool = False) -> Anchor:
        """Where it stands now, after so many inputs. `drawn`: as spec and board alone make it."""
        machine, trainer = self.machine, self.machine.trainer
        state = trainer.checkpoint()
        rate, limit = float(trainer.rate), machine.limit
        step = state.cursor.step
        stopping = replace(self.stopping)
        return Anchor(step, position, machine.spec, machine.stowed, state, rate, limit, stopping, drawn)

    @property
    def step(self) -> int:
        """Updates done."""
        return self.machine.trainer.step

    def put(self, change: Input) -> None:
        """Change it from outside. The best weights of another board, rule or theta are no longer the best."""
        machine = self.machine
        match change:
            case PutBoard() | NewBoard():
                self.put_board(change.board(machine.board))
            case Configure():
                if watched(machine.spec) != watched(change.spec):
                    self.stopping.forget()
                machine.reconfigure(change.spec)
            case SetParameter():
                machine.set_parameter(change.index, change.value)
                self.stopping.forget()

    def put_board(self, board: Board) -> None:
        """Go on with other points."""
        self.machine.set_board(board)
        self.stopping.forget()

    def train(self, most: int) -> Leg:
        """Up to `most` (>= 1) updates, at most to the end of the epoch."""
        left = self.machine.trainer.steps_left_in_epoch
        count = min(most, left)
        divergence = self.machine.run(count)
        if divergence and self.stopping.best_epoch > self.machine.trainer.epoch:
            self.stopping.forget()
        return Leg(count, divergence is None and count == left, divergence)

    def watch(self) -> Halt | None:
        """After an epoch: has early stopping waited long enough? Then the best weights are back."""
        return self.stopping.after_epoch(self.machine)
