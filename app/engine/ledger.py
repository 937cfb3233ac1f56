"""The ledger of one step: every number of it, taken from the very pass that updates.

The step's plan is carried out as it is, with copies made between its operations; without a ledger nobody looks and
nothing is copied. Of one model only.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.divergence import Cause, Divergence
from app.engine.losses import row_weight
from app.engine.network import Network
from app.engine.numeric import Array, Op
from app.engine.optimizers import MEMORIES, bias_corrected
from app.engine.trainer import Trainer
from app.engine.training_pass import Batch
from app.engine.update import Recipe

Floats = NDArray[np.float64]
Name = tuple[str, int]
WHOLE = -1
"""In place of a layer: about the whole network."""


@dataclass(frozen=True)
class LayerLedger:
    """One layer with O units and I inputs, for the B rows of the batch.

    `inputs` (I, B); `summed` (O, B) the weighted sums; `z` what the activation is applied to, which differs from them
    under batch norm; `a` what goes out, dropout included; `slope` da/dz, dropout included, None where the pass does
    without it (see Pass.output_slope). `through` is the slope of each row's own loss by z, `delta` that by the weighted
    sum: the same but under batch norm, where the rows of a batch share their mean and variance, so that both are B
    times the slope of the batch's mean loss.
    """

    inputs: Floats
    summed: Floats
    z: Floats
    a: Floats
    slope: Floats | None
    through: Floats
    delta: Floats


@dataclass(frozen=True)
class Ledger:
    """One step. `losses` (B,) of the rows, whose mean is `loss`; `targets` and `errors` (T, B), the errors being the
    slope of each row's entry of the loss by the output, or by its score where the loss is taken by that. The others
    are (P,), None where the optimiser has no such thing; `decay` and `update` are 0 where frozen, so that
    after = (before - decay) - update to the bit. `clock` counts the updates for the bias correction."""

    network: Network
    recipe: Recipe
    rate: float
    clock: float
    loss: float
    losses: Floats
    targets: Floats
    errors: Floats
    layers: tuple[LayerLedger, ...]
    before: Floats
    data_gradient: Floats
    penalty_gradient: Floats
    clipped_gradient: Floats
    first_before: Floats | None
    second_before: Floats | None
    first: Floats | None
    second: Floats | None
    first_corrected: Floats | None
    second_corrected: Floats | None
    decay: Floats | None
    update: Floats
    after: Floats

    @property
    def width(self) -> int:
        """B."""
        return int(self.losses.size)


def record_step(trainer: Trainer) -> tuple[Ledger | None, Divergence | None]:
    """Take a step as `trainer.run(1)` does, with the same bits, and tell it in full; no ledger where the loss was so
    bad that nothing was learnt from it."""
    assert not trainer.lead, "a ledger is of one model"
    recorder = _Recorder(trainer)
    divergence = trainer.run_through(recorder.wrap)
    if divergence and divergence.cause is not Cause.PARAMETERS_NOT_FINITE:
        return None, divergence
    return recorder.ledger(), divergence


class _Recorder:
    """Copies of what stands in a pass's buffers at the moment each is whole, by name and layer."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.kept: dict[Name, Floats] = {}
        self.penalties: list[Floats] = []
        self.before, self.moments_before = trainer.theta.copy(), trainer.moments.copy()

    def keep(self, name: str, layer: int, array: Array) -> None:
        self.kept[name, layer] = array.copy()

    def _keeping(self, name: str, layer: int, array: Array) -> Op:
        return (self.keep, (name, layer, array))

    def wrap(self, batch: Batch) -> Batch:
        """The same batch, with looks between its operations."""
        self.batch = batch
        watched = copy(batch.plan)
        watched.forward = [*self._forward(batch), *self._after_forward(batch)]
        learn = [
            *self._backward(batch),
            *self._after_backward(batch),
            *self._update(batch),
            *self._end(batch),
        ]
        return Batch(batch.rows, watched, learn, batch.update)

    def _forward(self, batch: Batch) -> list[Op]:
        """Only batch norm overwrites the weighted sums; elsewhere they are z."""
        made = batch.plan
        looks = {
            cut.operations: self._keeping("summed", cut.layer, made.z[cut.layer])
            for cut in made.forward_cuts
            if made.network.layers[cut.layer].batch_norm
        }
        return _interleaved(made.forward, looks)

    def _after_forward(self, batch: Batch) -> Iterable[Op]:
        made = batch.plan
        yield self._keeping("inputs", 0, made.inputs[:-1])
        yield self._keeping("losses", WHOLE, made.losses)
        yield self._keeping("targets", WHOLE, made.targets)
        for layer, (z, a) in enumerate(zip(made.z, [*made.values, made.outputs], strict=True)):
            yield self._keeping("z", layer, z)
            yield self._keeping("a", layer, a)

    def _backward(self, batch: Batch) -> list[Op]:
        made = batch.plan
        looks = {
            cut.operations: self._keeping(cut.what, cut.layer, made.deltas[cut.layer])
            for cut in made.backward_cuts
            if cut.what == "error" or made.network.layers[cut.layer].batch_norm
        }
        return _interleaved(made.backward, looks)

    def _after_backward(self, batch: Batch) -> Iterable[Op]:
        made = batch.plan
        yield self._keeping("data_gradient", WHOLE, made.gradient)
        for layer, (slope, delta) in enumerate(
            zip([*made.slopes, made.output_slope], made.deltas, strict=True)
        ):
            yield self._keeping("delta", layer, delta)
            if slope is not None:
                yield self._keeping("slope", layer, slope)

    def _update(self, batch: Batch) -> Iterable[Op]:
        for segment in batch.update:
            yield from segment.operations
            if segment.what == "penalty":
                yield (self._keep_penalty, (segment.result,))
            else:
                yield self._keeping(segment.what, WHOLE, segment.result)

    def _keep_penalty(self, added: Array) -> None:
        self.penalties.append(added.copy())

    def _end(self, batch: Batch) -> Iterable[Op]:
        yield self._keeping("moments", WHOLE, self.trainer.moments)
        yield (self._keep_clock, ())

    def _keep_clock(self) -> None:
        self.clock = self.trainer.clock

    def ledger(self) -> Ledger:
        """What was seen."""
        trainer, recipe = self.trainer, self.trainer.recipe
        made, network = self.batch.plan, self.trainer.network
        memory, moments, before = MEMORIES[recipe.optimizer], self.kept["moments", WHOLE], self.moments_before
        corrected = bias_corrected(moments, self.clock, recipe.hyper) if memory.corrected else (None, None)
        decay, update = self.kept.get(("decay", WHOLE)), self.kept["update", WHOLE]
        for taken in (decay, update):
            if taken is not None:
                taken[list(recipe.frozen)] = 0.0
        losses = self.kept["losses", WHOLE]
        return Ledger(
            network=network,
            recipe=recipe,
            rate=float(trainer.rate),
            clock=self.clock,
            loss=float(made.loss()),
            losses=losses.sum(axis=0) * row_weight(recipe.loss, network.fan_out, 1),
            targets=self.kept["targets", WHOLE],
            errors=self.kept["error", len(network.hidden)],
            layers=tuple(self._layer(index) for index in range(len(network.layers))),
            before=self.before,
            data_gradient=self.kept["data_gradient", WHOLE],
            penalty_gradient=sum(self.penalties, np.zeros_like(update)),
            clipped_gradient=self.kept["clipping", WHOLE],
            first_before=before[0] if memory.first else None,
            second_before=before[1] if memory.second else None,
            first=moments[0] if memory.first else None,
            second=moments[1] if memory.second else None,
            first_corrected=corrected[0],
            second_corrected=corrected[1],
            decay=decay,
            update=update,
            after=self.kept["release", WHOLE],
        )

    def _layer(self, index: int) -> LayerLedger:
        kept, width = self.kept, self.batch.plan.width
        delta = kept["delta", index] * width
        through = kept.get(("through", index))
        return LayerLedger(
            inputs=kept["inputs", 0] if index == 0 else kept["a", index - 1],
            summed=kept.get(("summed", index), kept["z", index]),
            z=kept["z", index],
            a=kept["a", index],
            slope=kept.get(("slope", index)),
            through=delta if through is None else through * width,
            delta=delta,
        )


def _interleaved(plan: list[Op], looks: dict[int, Op]) -> list[Op]:
    """`plan` with a look after so many of its operations."""
    watched: list[Op] = []
    for done, operation in enumerate(plan, 1):
        watched.append(operation)
        if done in looks:
            watched.append(looks[done])
    return watched


def replay(ledger: Ledger) -> Floats:
    """(P,) theta after the step, from the ledger's last columns alone."""
    before = ledger.before if ledger.decay is None else ledger.before - ledger.decay
    after: Floats = before - ledger.update
    return after
