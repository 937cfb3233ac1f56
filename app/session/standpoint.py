"""Where a run stands, so that it can be put back there to the bit."""

from dataclasses import dataclass, replace

from app.engine.trainer import Checkpoint, Cursor
from app.session.run import Run
from app.session.snapshot import Arrays, Facts
from app.session.stopping import Stopping


@dataclass(frozen=True)
class Standpoint:
    """All that training changes: state, the state before the last step, its rate, and what early stopping has seen."""

    state: Checkpoint
    before_last: Checkpoint | None
    rate: float
    stopping: Stopping

    @classmethod
    def of(cls, run: Run) -> "Standpoint":
        """Where `run` stands now."""
        trainer = run.machine.trainer
        return cls(trainer.checkpoint(), trainer.before_last, float(trainer.rate), replace(run.stopping))

    def take(self, run: Run) -> None:
        """Put `run`, of the same spec and points, back here."""
        run.machine.stand_at(self.state, self.before_last, self.rate)
        run.stopping = replace(self.stopping)

    def dump(self, name: str) -> tuple[Facts, Arrays]:
        """For a snapshot, with `name` before the names of its arrays."""
        stopping, best = self.stopping.dump()
        facts: Facts = {"rate": self.rate, "stopping": stopping}
        arrays = {f"{name}_{key}": array for key, array in best.items()}
        for part, kept in (("state", self.state), ("last", self.before_last)):
            if kept is not None:
                facts[part] = {"clock": kept.clock, "cursor": kept.cursor._asdict()}
                arrays |= {
                    f"{name}_{part}_vectors": kept.vectors,
                    f"{name}_{part}_statistics": kept.statistics,
                }
        return facts, arrays

    @classmethod
    def load(cls, facts: Facts, arrays: Arrays, name: str) -> "Standpoint":
        """What `dump` gave."""

        def checkpoint(part: str) -> Checkpoint:
            vectors, statistics = arrays[f"{name}_{part}_vectors"], arrays[f"{name}_{part}_statistics"]
            return Checkpoint(vectors, statistics, facts[part]["clock"], Cursor(**facts[part]["cursor"]))

        own = {
            key.removeprefix(f"{name}_"): array
            for key, array in arrays.items()
            if key.startswith(f"{name}_best")
        }
        before_last = checkpoint("last") if "last" in facts else None
        return cls(checkpoint("state"), before_last, facts["rate"], Stopping.load(facts["stopping"], own))
