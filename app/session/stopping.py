"""Early stopping: watches the loss of whole epochs and says when it has not improved for long enough.

The loss watched is that of the test points, or of the training points where there are no others. The best epoch's
parameters are kept as one checkpoint, where they are to come back.
"""

from dataclasses import dataclass

import numpy as np

from app.engine.trainer import Checkpoint, Cursor
from app.session.machine import Machine
from app.session.snapshot import Arrays, Facts
from app.spec.training import EarlyStoppingSpec


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
            self.best, self.best_epoch, self.waited = loss, machine.trainer.cursor.epoch, 0
            self.kept = machine.trainer.checkpoint() if rule.restore_best else None
            return False
        self.waited += 1
        return self.waited >= rule.patience

    def dump(self) -> tuple[Facts, Arrays]:
        """For a snapshot."""
        facts: Facts = {
            "best": self.best if np.isfinite(self.best) else None,
            "best_epoch": self.best_epoch,
            "waited": self.waited,
        }
        if self.kept is None:
            return facts, {}
        facts |= {"clock": self.kept.clock, "cursor": vars(self.kept.cursor)}
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
