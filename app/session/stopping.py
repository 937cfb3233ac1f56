"""Early stopping: watches the loss of whole epochs and says when it has not improved for long enough.

The loss watched is that of the validation points, else of the test points, else of the training points. The best
epoch's parameters are kept as one checkpoint, where they are to come back.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.data.split import TEST, VALIDATION
from app.engine.trainer import Checkpoint, Cursor
from app.session.machine import Machine
from app.session.snapshot import Arrays, Facts
from app.spec import Experiment
from app.spec.training import EarlyStoppingSpec


@dataclass(frozen=True)
class Halt:
    """Training ends: the best epoch, whose loss was watched, and whether its weights are back."""

    best_epoch: int
    loss_part: Literal["train", "validation", "test"]
    restored: bool


def watched(spec: Experiment) -> tuple[object, ...]:
    """What the best weights so far belong to: the rule, whose moments they carry, and what must not move."""
    return spec.training.early_stopping, spec.training.optimizer.name, spec.network.frozen


def watched_part(machine: Machine) -> Literal["train", "validation", "test"]:
    """Whose loss is watched."""
    parts = machine.board.part
    if (parts == VALIDATION).any():
        return "validation"
    return "test" if (parts == TEST).any() else "train"


@dataclass
class Stopping:
    """`best`: the lowest loss so far, of `best_epoch`; `waited`: epochs since it; `kept`: what it was reached with."""

    best: float = np.inf
    best_epoch: int = 0
    waited: int = 0
    kept: Checkpoint | None = None

    def forget(self) -> None:
        """Watch from here on: points, weights or the rule itself have changed."""
        self.best, self.best_epoch, self.waited, self.kept = np.inf, 0, 0, None

    def watch(self, rule: EarlyStoppingSpec, loss: float, machine: Machine) -> bool:
        """Look at the `loss` of an epoch just done; True if patience is at an end. A loss that is NaN is no better."""
        if loss < self.best - rule.min_delta:
            self.best, self.best_epoch, self.waited = loss, machine.trainer.epoch, 0
            self.kept = machine.trainer.checkpoint() if rule.restore_best else None
            return False
        self.waited += 1
        return self.waited >= rule.patience

    def after_epoch(self, machine: Machine) -> Halt | None:
        """Look at the epoch just done. At the end of patience the best weights come back, and the watch begins anew."""
        rule = machine.spec.training.early_stopping
        if rule is None:
            return None
        now, part = machine.standing(), watched_part(machine)
        if not self.watch(rule, float(getattr(now, part).loss), machine):
            return None
        halt = Halt(self.best_epoch, part, self.kept is not None)
        if self.kept is not None:
            machine.bring_back(self.kept)
        self.forget()
        return halt

    def dump(self) -> tuple[Facts, Arrays]:
        """For a snapshot."""
        facts: Facts = {
            "best": self.best if np.isfinite(self.best) else None,
            "best_epoch": self.best_epoch,
            "waited": self.waited,
        }
        if self.kept is None:
            return facts, {}
        facts |= {"clock": self.kept.clock, "cursor": self.kept.cursor._asdict()}
        return facts, {"best_vectors": self.kept.vectors, "best_statistics": self.kept.statistics}

    @classmethod
    def load(cls, facts: Facts, arrays: Arrays) -> "Stopping":
        """What `dump` gave."""
        best = np.inf if facts["best"] is None else facts["best"]
        kept = None
        if "best_vectors" in arrays:
            vectors, statistics = arrays["best_vectors"], arrays["best_statistics"]
            kept = Checkpoint(vectors, statistics, facts["clock"], Cursor(**facts["cursor"]))
        return cls(best, facts["best_epoch"], facts["waited"], kept)
