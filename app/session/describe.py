"""Words and layouts: what a session says about its network and about a run that went wrong."""

import numpy as np
from numpy.typing import NDArray

from app.data.split import TEST, TRAIN, VALIDATION
from app.engine.divergence import Cause, Divergence
from app.engine.network import Network
from app.session.events import LayerLayout
from app.session.machine import Machine
from app.session.marks import MarkKind
from app.session.undo import Edit
from app.spec import Experiment
from app.spec.training import TrainingSpec

WHAT_HAPPENED = {
    Cause.LOSS_NOT_FINITE: "the loss was no longer a number",
    Cause.LOSS_EXPLODED: "the loss grew to {loss}, more than a million times its start",
    Cause.PARAMETERS_NOT_FINITE: "a weight was no longer a number",
}


def layouts(network: Network) -> tuple[LayerLayout, ...]:
    """Where each layer's parameters lie in theta."""
    last = len(network.layers) - 1
    return tuple(
        LayerLayout(
            fan_in=layer.fan_in,
            fan_out=layer.fan_out,
            activation=network.output if index == last else layer.activation,
            offset=network.offsets[index],
            batch_norm=network.offsets[index] + layer.weights if layer.batch_norm else None,
        )
        for index, layer in enumerate(network.layers)
    )


def describe_stop(patience: int, best_epoch: int, part: str, restored: bool) -> str:
    """Why early stopping ended training, and whose weights stand now."""
    whose = "training" if part == "train" else part
    epochs = "1 epoch" if patience == 1 else f"{patience} epochs"
    weights = f"The weights of epoch {best_epoch} are back." if restored else "The last weights stand."
    found = f"the {whose} loss has not fallen for {epochs}; it was lowest after epoch {best_epoch}"
    return f"Stopped early: {found}. {weights}"


def describe_change(
    old: Experiment, new: Experiment, rate_before: float | None = None
) -> tuple[MarkKind, str] | None:
    """What a live change of the spec is called on the charts; None where nothing differs. `rate_before`: the learning
    rate that the last step was taken with, where it is not the old spec's."""
    rates = old.training.optimizer.learning_rate, new.training.optimizer.learning_rate
    others = f"{', '.join(names)} changed" if (names := _changed(old, new)) else ""
    if rates[0] != rates[1]:
        first = rates[0] if rate_before is None else rate_before
        course = f"{rates[1]:g} again" if first == rates[1] else f"{first:g} to {rates[1]:g}"
        return MarkKind.RATE, f"Learning rate {course}" + (f"; {others}" if others else "")
    if others:
        return MarkKind.TRAINING, others
    if old.network.frozen != new.network.frozen:
        return MarkKind.WEIGHTS, "Frozen weights changed"
    return None


def _changed(old: Experiment, new: Experiment) -> list[str]:
    """Titles of what differs in how it learns, but for the learning rate."""
    after = new.training
    rate = {"learning_rate": after.optimizer.learning_rate}
    before = old.training.model_copy(update={"optimizer": old.training.optimizer.model_copy(update=rate)})
    names = [
        str(field.title)
        for name, field in TrainingSpec.model_fields.items()
        if getattr(before, name) != getattr(after, name)
    ]
    return names + ["Dropout"] * (old.network.layers != new.network.layers)


def describe_edit(edit: Edit) -> str:
    """What an edit of points did, counted: "3 points moved"."""
    lost, gained = edit.lost, edit.gained
    both, before, after = np.intersect1d(lost.ids, gained.ids, assume_unique=True, return_indices=True)
    part = lost.part[before], gained.part[after]
    counts = {
        "added": gained.size - both.size,
        "deleted": lost.size - both.size,
        "moved": int(np.any(lost.x[:, before] != gained.x[:, after], axis=0).sum()),
        "relabelled": int((lost.target[before] != gained.target[after]).sum()),
    }
    if (part[0] != part[1]).any():
        counts |= {f"made {word} points": _became(number, *part) for number, word in PART_WORDS.items()}
    told = [f"{count} point{'s' * (count > 1)} {done}" for done, count in counts.items() if count]
    return ", ".join(told) or "Points edited"


PART_WORDS = {TRAIN: "training", VALIDATION: "validation", TEST: "test"}


def _became(part: int, before: NDArray[np.uint8], after: NDArray[np.uint8]) -> int:
    return int(((after == part) & (before != part)).sum())


def layer_name(network: Network, layer: int) -> str:
    """How a layer is called; hidden ones count from 1 in words."""
    return "the output layer" if layer == len(network.layers) - 1 else f"hidden layer {layer + 1}"


def describe_divergence(divergence: Divergence, machine: Machine) -> str:
    """What happened, the likely cause, and where training stands; what can be done is the page's to offer."""
    # A power of ten as the page's figures have it: 1.5e+7.
    loss = f"{divergence.loss:.3g}".replace("e+0", "e+")
    what = WHAT_HAPPENED[divergence.cause].format(loss=loss)
    where = layer_name(machine.network, divergence.layer)
    rate = float(machine.trainer.rate)
    return (
        f"Training stopped itself: {what}. A learning rate of {rate:g} steps too far for how steeply the loss curves "
        f"here; {where} had the largest gradient for its weights. The weights of step {machine.trainer.step}, "
        "the last good one, are kept."
    )
