"""The regularisation bench: the spec's network trained on few points and on many, from the same first weights, judged
on the same test points; and, where the spec has penalties, weight decay or dropout, once with and once without them.
First weights are those of a reset, so that all points give what the session's own run gives.

It is worked off slice by slice beside the session's own run, which stands still meanwhile and is not touched.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from app.data.split import TEST, TRAIN
from app.session.beginning import Beginning, dump_beginnings, load_beginnings
from app.session.bench_events import BenchCurve, BenchResult, BenchTold
from app.session.benched import put_away
from app.session.board import Board
from app.session.commands.benching import FEWEST
from app.session.events import Event, Phase
from app.session.machine import Machine
from app.session.snapshot import Arrays, Facts
from app.session.stowing import Stowed
from app.session.verdicts.bench import read_bench
from app.spec import Experiment, SpecError
from app.spec.training import AdamW

if TYPE_CHECKING:
    from app.session.session import Session

SIZES = 5
"""How many numbers of points are tried where none are named."""
ROWS = 64
"""Of each curve, at most."""
PREFIX = "bench_"
"""Of a snapshot's arrays."""


@dataclass(frozen=True)
class Contest:
    """One training: on so many training points, as the spec says or without anything that regularises."""

    size: int
    regularised: bool


@dataclass
class Bench:
    """What was asked for, what is left to do, and what has come of the rest. `beginning`: the first weights of each
    training; None: those of the seed."""

    epochs: int
    spec: Experiment
    board: Board
    left: list[Contest]
    sizes: tuple[int, ...]
    beginning: Beginning | None
    results: list[BenchResult] = field(default_factory=list)
    machine: Machine | None = None
    curve: list[BenchCurve] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        spec: Experiment,
        board: Board,
        sizes: tuple[int, ...],
        epochs: int,
        beginning: Beginning | None = None,
    ) -> "Bench":
        """SpecError where there are no such numbers of training points, or nothing to test on."""
        most, tests = int(board.trained.sum()), int((board.part == TEST).sum())
        if most < FEWEST or not tests:
            raise SpecError(
                f"the bench needs {FEWEST} training points and some test points; there are {most} and {tests}; "
                "allowed: add_points, set_part",
                (),
                "not_allowed",
            )
        for row, size in enumerate(sizes):
            if size > most:
                message = f"there are no {size} training points; allowed: {FEWEST} to {most}"
                raise SpecError(message, ("sizes", row), "not_allowed")
        chosen = sorted(set(sizes)) or np.unique(np.geomspace(max(FEWEST, most // 32), most, SIZES).round())
        plain = without_regularisation(spec)
        variants = (True,) if plain == spec else (True, False)
        left = [Contest(int(size), regularised) for size in chosen for regularised in variants]
        return cls(epochs, spec, board, left, tuple(int(size) for size in chosen), beginning)

    def advance(self, steps: int) -> bool:
        """Up to `steps` updates; True where a training has ended."""
        if self.machine is None:
            self.machine, self.curve = self._begun(), []
            self._look(self.machine)
        trainer = self.machine.trainer
        diverged = False
        while steps > 0 and trainer.epoch < self.epochs and not diverged:
            count = min(steps, trainer.steps_left_in_epoch)
            ends = count == trainer.steps_left_in_epoch
            diverged = self.machine.run(count) is not None
            steps -= count
            if ends and (diverged or self._wanted(trainer.epoch)):
                self._look(self.machine)
        if trainer.epoch < self.epochs and not diverged:
            return False
        self._close(self.machine, diverged)
        return True

    def _begun(self) -> Machine:
        machine = Machine(*self.next_training())
        if self.beginning is not None:
            machine.set_parameters(self.beginning.theta, self.beginning.statistics)
        return machine

    def next_training(self) -> tuple[Experiment, Board]:
        """Spec and points of the first of those that are left."""
        contest = self.left[0]
        spec = self.spec if contest.regularised else without_regularisation(self.spec)
        return spec, first_trained(self.board, self.spec, contest.size)

    def _wanted(self, epoch: int) -> bool:
        every = -(-self.epochs // (ROWS - 1))
        return epoch % every == 0 or epoch == self.epochs

    def _look(self, machine: Machine) -> None:
        now = machine.standing()
        self.curve.append(
            BenchCurve(
                epoch=machine.trainer.epoch,
                train_loss=_figure(now.train.loss),
                test_loss=_figure(now.test.loss),
            )
        )

    def _close(self, machine: Machine, diverged: bool) -> None:
        contest, now = self.left.pop(0), machine.standing()
        self.results.append(
            BenchResult(
                size=contest.size,
                regularised=contest.regularised,
                train_loss=_figure(now.train.loss),
                test_loss=_figure(now.test.loss),
                train_score=_figure(now.train.score),
                test_score=_figure(now.test.score),
                diverged=diverged,
                curve=tuple(self.curve),
            )
        )
        self.machine = None

    def told(self) -> BenchTold:
        """The event that tells all of it."""
        total = len(self.results) + len(self.left)
        return BenchTold(
            epochs=self.epochs,
            total=total,
            results=tuple(self.results),
            done=not self.left,
            text=read_bench(self.results),
            task=self.spec.task,
            brought=self.beginning is not None,
        )

    # -- snapshots -----------------------------------------------------------------------------------------------------

    def dump(self) -> tuple[Facts, Arrays]:
        """All that `load` needs to go on with the same bits; the arrays' names begin with PREFIX."""
        kept: Arrays = {}
        facts: Facts = {
            "sizes": self.sizes,
            "epochs": self.epochs,
            "results": [result.model_dump() for result in self.results],
            "curve": [place.model_dump() for place in self.curve],
            "beginning": dump_beginnings([self.beginning], kept),
            "machine": None,
        }
        if self.machine is not None:
            machine, arrays = self.machine.dump()
            facts["machine"] = {name: fact for name, fact in machine.items() if name not in {"spec", "board"}}
            kept |= {name: array for name, array in arrays.items() if not name.startswith("board_")}
        return facts, {PREFIX + name: array for name, array in kept.items()}

    @classmethod
    def load(cls, facts: Facts, arrays: Arrays, spec: Experiment, board: Board) -> "Bench":
        """The bench that gave `dump`. One that was kept before benches knew of beginnings goes on with the seed's."""
        own = {name.removeprefix(PREFIX): array for name, array in arrays.items() if name.startswith(PREFIX)}
        (beginning,) = load_beginnings(facts.get("beginning", [None]), own)
        bench = cls.of(spec, board, tuple(facts["sizes"]), facts["epochs"], beginning)
        bench.results = [BenchResult.model_validate(result) for result in facts["results"]]
        bench.curve = [BenchCurve.model_validate(place) for place in facts["curve"]]
        del bench.left[: len(bench.results)]
        if facts["machine"] is not None:
            spec, board = bench.next_training()
            bench.machine = Machine.gone_on(spec, Stowed.of(board), facts["machine"], own)
        return bench


def without_regularisation(spec: Experiment) -> Experiment:
    """The spec without penalties, weight decay and dropout."""
    optimizer = spec.training.optimizer
    if isinstance(optimizer, AdamW):
        optimizer = optimizer.model_copy(update={"weight_decay": 0.0})
    layers = [layer.model_copy(update={"dropout": 0.0}) for layer in spec.network.layers]
    return spec.model_copy(
        update={
            "network": spec.network.model_copy(update={"layers": tuple(layers)}),
            "training": spec.training.model_copy(update={"l1": 0.0, "l2": 0.0, "optimizer": optimizer}),
        }
    )


def first_trained(board: Board, spec: Experiment, size: int) -> Board:
    """The board with only `size` of its training points, chosen by the split seed so that more hold all of fewer."""
    trained = np.flatnonzero(board.part == TRAIN)
    order = np.random.default_rng(spec.seeds.split).permutation(trained.size)
    kept = np.ones(board.size, np.bool_)
    kept[trained[order[size:]]] = False
    return replace(board.rows_where(kept), origin=board.drawn)


def advance(session: "Session", bench: Bench, steps: int) -> list[Event]:
    """Go on with the bench of a session; it is told after each training, and at the end the session stands."""
    if not bench.advance(steps):
        return []
    session.version += 1
    if bench.left:
        return [bench.told()]
    put_away(session)
    session.phase = Phase.PAUSED
    return [bench.told(), session.phase_changed()]


def _figure(value: object) -> float | None:
    number = float(np.asarray(value))
    return number if np.isfinite(number) else None
