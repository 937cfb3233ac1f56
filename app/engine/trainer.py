"""Training: batches, epochs, steps, and stopping before a bad update is kept.

A *step* is one update, an *epoch* one pass over the rows; the last batch may be smaller and is averaged over its own
size. How `run` is cut into calls never changes a bit of the result.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.divergence import LARGEST, Cause, Divergence, grown_most, limit_of
from app.engine.network import Network
from app.engine.numeric import Array, Op, quiet, run
from app.engine.optimizers import Slots
from app.engine.order import DropoutStream, ShuffleStream
from app.engine.schedules import scheduled_rate
from app.engine.training_pass import Batch, Pass
from app.engine.update import Recipe, flat, per_model, plan_update

KEPT_PASSES = 2
"""Buffers for the usual batch and the shorter last one."""
KEPT_BATCHES = 64
"""Plans of an epoch's first batches; the others, of long epochs, are made anew each time."""


class Cursor(NamedTuple):
    """Where training stands: `row` rows of the epoch are used, `drawn` random numbers of its dropout."""

    step: int = 0
    epoch: int = 0
    row: int = 0
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All that a run goes on from: theta, gradient and both moments (4, ..., P), running statistics, clock, cursor."""

    vectors: NDArray[np.float64]
    statistics: NDArray[np.float64]
    clock: float
    cursor: Cursor


class Trainer:
    """Trains `theta` (..., P) on `inputs` (I + 1, N) and `targets` (T, N) by `recipe`; with a model axis, M models."""

    def __init__(self, network: Network, recipe: Recipe, theta: Array, rows: Array) -> None:
        """`rows` (I + 1 + T, N): inputs, a row of ones, targets."""
        self.network, self.recipe = network, recipe
        self.lead = theta.shape[:-1]
        self._vectors = np.zeros((4, *theta.shape))
        self._vectors[0] = theta
        self.statistics = network.fresh_statistics(self.lead)
        self._clock = np.zeros(())
        self._rate = per_model(recipe.learning_rate, self.lead)
        self._scratch = (np.empty_like(theta), np.empty_like(theta))
        self._zeros = np.zeros(theta.shape[-1])
        self._dropout, self._shuffle = DropoutStream(), ShuffleStream()
        self.limit: Array = np.full(self.lead, LARGEST)
        self.diverged_at = np.full(self.lead, -1)
        self._step = self._epoch = self._row = 0
        self.before_last: Checkpoint | None = None
        self.set_rows(rows)
        self.configure(recipe)

    # -- what stands ---------------------------------------------------------------------------------------------------

    @property
    def theta(self) -> Array:
        """(..., P), the live parameters."""
        theta: Array = self._vectors[0]
        return theta

    @property
    def gradient(self) -> Array:
        """(..., P), what the last step's optimiser saw: penalty and clipping included; zeros before the first."""
        gradient: Array = self._vectors[1]
        return gradient

    @property
    def moments(self) -> Array:
        """(2, ..., P), what the optimiser remembers."""
        moments: Array = self._vectors[2:]
        return moments

    @property
    def clock(self) -> float:
        """Updates counted by an optimiser that needs the count."""
        return float(self._clock)

    @property
    def update(self) -> Array:
        """(..., P), what the last step added to theta; zeros before the first and after a change by hand."""
        if self.before_last is None:
            return np.zeros_like(self.theta)
        update: Array = self.theta - self.before_last.vectors[0]
        return update

    @property
    def rate(self) -> Array:
        """The learning rate of the last step (before the first: of the next), per model."""
        return self._rate

    @property
    def cursor(self) -> Cursor:
        """Where training stands; an epoch not yet begun has drawn nothing."""
        return Cursor(self._step, self._epoch, self._row, self._dropout.drawn if self._row else 0)

    @property
    def step(self) -> int:
        """Updates done."""
        return self._step

    @property
    def epoch(self) -> int:
        """Whole passes over the rows done."""
        return self._epoch

    @property
    def batch_size(self) -> int:
        """Rows of a full batch; a size above the row count means all of them."""
        return min(self.recipe.batch_size or self.rows, self.rows)

    @property
    def steps_left_in_epoch(self) -> int:
        """Updates until the epoch in progress is complete."""
        return -(-(self.rows - self._row) // max(self.batch_size, 1))

    # -- changing what it works on -------------------------------------------------------------------------------------

    def configure(self, recipe: Recipe) -> None:
        """Train on by `recipe`. Another optimiser starts with empty moments; anything else keeps them."""
        if recipe.optimizer is not self.recipe.optimizer:
            self._vectors[2:] = 0.0
            self._clock[...] = 0.0
        if (recipe.seed, recipe.shuffle) != (self.recipe.seed, self.recipe.shuffle):
            self._shuffled_epoch = -1
            self._dropout.seek(recipe.seed, self._epoch, self.cursor.drawn)
        self.recipe = recipe
        self._base_rate, self._scheduled = (
            per_model(recipe.learning_rate, self.lead),
            not recipe.schedule.constant,
        )
        self._set_rate()
        slots = Slots(
            self.theta,
            self.gradient,
            self._vectors[2:],
            scratch=self._scratch,
            rate=self._rate,
            clock=self._clock,
            hyper={name: per_model(value, self.lead) for name, value in recipe.hyper.items()},
        )
        self._update = plan_update(self.network, recipe, slots)
        self._forget_plans()
        self.edited()

    def set_rows(self, rows: Array) -> None:
        """Train on other rows. With as many as before the epoch goes on in its order, else it starts over."""
        if rows.shape[-1] != getattr(self, "rows", None):
            self._row = 0
        self.source, self.rows = rows, int(rows.shape[-1])
        if getattr(self, "_shuffled", rows[:0]).shape != rows.shape:  # else plans and batches fit as they are
            self._shuffled = np.empty(rows.shape)
            self._forget_plans()
        self._shuffled_epoch = -1
        self.edited()

    def set_limit(self, start_loss: Array) -> None:
        """Diverged means a loss above a million times `start_loss`, a scalar or (M,)."""
        self.limit = limit_of(start_loss)

    def edited(self) -> None:
        """Something was changed by hand: the step before it is no place to go back to."""
        self.before_last = None

    def _forget_plans(self) -> None:
        self._passes: dict[int, tuple[Pass, list[Op]]] = {}
        self._batches: dict[int, Batch] = {}

    # -- checkpoints ---------------------------------------------------------------------------------------------------

    def checkpoint(self) -> Checkpoint:
        """A copy of all that the run goes on from."""
        return Checkpoint(self._vectors.copy(), self.statistics.copy(), float(self._clock), self.cursor)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go on from `checkpoint`, to the bit."""
        np.copyto(self._vectors, checkpoint.vectors)
        np.copyto(self.statistics, checkpoint.statistics)
        self._clock[...] = checkpoint.clock
        cursor = checkpoint.cursor
        self._step, self._epoch, self._row = cursor.step, cursor.epoch, cursor.row
        self._dropout.seek(self.recipe.seed, cursor.epoch, cursor.drawn)
        self._set_rate()
        self.edited()

    # -- running -------------------------------------------------------------------------------------------------------

    @quiet
    def run(self, count: int) -> Divergence | None:
        """Take `count` (>= 1) steps. On divergence the last good step's state stands and the reason is returned.

        Needs at least one row. With a model axis nothing stops: `diverged_at` (M,) says at which step each model did.
        """
        assert self.rows > 0, "a trainer without rows cannot step"
        if self.lead:
            self._run_stacked(count)
            return None
        start, earlier = self.checkpoint(), self.before_last
        stopped = self._steps(count - 1)
        if stopped is None:
            self.before_last = self.checkpoint() if count > 1 else start
            stopped = self._steps(1)
        if stopped is None:
            return None
        bad = self.theta.copy()
        self._go_back(stopped[0], start, earlier)
        return Divergence(*stopped, grown_most(self.network, self.theta, bad))

    def run_through(self, wrap: Callable[[Batch], Batch]) -> Divergence | None:
        """`run(1)` by what `wrap` makes of the next batch: the same calls, and between them some that only look."""
        batch, row, kept = self._next_batch(), self._row, self._batches
        self._batches = {row: wrap(batch)}
        try:
            return self.run(1)
        finally:
            self._batches = kept

    def next_rows(self) -> NDArray[np.intp]:
        """Which rows the next batch holds, in its order."""
        order = np.arange(self.rows)
        if self.recipe.shuffle:
            order = self._shuffle.permutation(self.recipe.seed, self._epoch, self.rows)
        return order[self._row : self._row + self.batch_size]

    def _go_back(self, cause: Cause, start: Checkpoint, earlier: Checkpoint | None) -> None:
        """A bad loss condemns the update before it; bad parameters the update that made them."""
        good = self._step - (cause is not Cause.PARAMETERS_NOT_FINITE)
        before = good < start.cursor.step
        self.restore(earlier if before and earlier is not None else start)
        self.before_last = None
        self._steps(max(0, good - start.cursor.step))

    def _steps(self, count: int) -> tuple[Cause, float] | None:
        """Take steps; at one that must not be kept stop with its cause and loss."""
        finite, zeros, limit = self.theta.dot, self._zeros, float(self.limit)
        for _ in range(count):
            batch = self._next_batch()
            loss = batch.forward()
            if not loss <= limit:
                return Cause.LOSS_EXPLODED if np.isfinite(loss) else Cause.LOSS_NOT_FINITE, float(loss)
            for function, arguments in batch.learn:
                function(*arguments)
            # What is not finite gives NaN times 0: the cheapest look at all of theta.
            if finite(zeros) != 0.0:
                return Cause.PARAMETERS_NOT_FINITE, float(loss)
            self._advance(batch.plan.width)
        return None

    def _run_stacked(self, count: int) -> None:
        for _ in range(count):
            batch = self._next_batch()
            bad = ~(batch.forward() <= self.limit)
            self.diverged_at[bad & (self.diverged_at < 0)] = self._step
            run(batch.learn)
            self._advance(batch.plan.width)

    def _next_batch(self) -> Batch:
        """The plan for the next rows, which begins by fetching them."""
        if self._shuffled_epoch != self._epoch:
            self._begin_epoch()
        if self._scheduled:
            self._set_rate()
        return self._batches.get(self._row) or self._make_batch()

    def _make_batch(self) -> Batch:
        row, width = self._row, min(self.batch_size, self.rows - self._row)
        batch = Batch(self._shuffled[:, row : row + width], *self._pass(width), self._update)
        if len(self._batches) < KEPT_BATCHES:
            self._batches[row] = batch
        return batch

    def _begin_epoch(self) -> None:
        """Lay the rows in this epoch's order, so that each batch is a view."""
        if self.recipe.shuffle:
            order = self._shuffle.permutation(self.recipe.seed, self._epoch, self.rows)
            np.take(self.source, order, axis=1, out=self._shuffled, mode="clip")
        else:
            np.copyto(self._shuffled, self.source)
        self._shuffled_epoch = self._epoch
        if self._row == 0:
            self._dropout.seek(self.recipe.seed, self._epoch, 0)

    def _pass(self, width: int) -> tuple[Pass, list[Op]]:
        """The pass for so many rows, and what follows its forward half."""
        if width not in self._passes:
            if len(self._passes) >= KEPT_PASSES:
                self._forget_plans()
            made = Pass(
                self.network,
                self.recipe.loss,
                self.theta,
                self.gradient,
                self.statistics,
                width,
                self._dropout.draw,
            )
            self._passes[width] = (made, [*made.backward, *flat(self._update)])
        return self._passes[width]

    def _advance(self, width: int) -> None:
        self._step += 1
        self._row += width
        if self._row >= self.rows:
            self._row = 0
            self._epoch += 1

    def _set_rate(self) -> None:
        schedule = self.recipe.schedule
        self._rate[...] = scheduled_rate(schedule, self._base_rate, self._step, self._epoch)
