"""Words and layouts: what a session says about its network and about a run that went wrong."""

from app.engine.network import Network
from app.engine.trainer import Cause, Divergence
from app.session.events import LayerLayout
from app.session.machine import Machine
from app.session.marks import MarkKind
from app.spec import Experiment
from app.spec.training import TrainingSpec

WHAT_HAPPENED = {
    Cause.LOSS_NOT_FINITE: "the loss was no longer a number",
    Cause.LOSS_EXPLODED: "the loss grew to {loss:.3g}, more than a million times its start",
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
    whose = "test" if part == "test" else "training"
    epochs = "1 epoch" if patience == 1 else f"{patience} epochs"
    weights = f"The weights of epoch {best_epoch} are back." if restored else "The last weights stand."
    found = f"the {whose} loss has not fallen for {epochs}; it was lowest after epoch {best_epoch}"
    return f"Stopped early: {found}. {weights}"


def describe_change(old: Experiment, new: Experiment) -> tuple[MarkKind, str] | None:
    """What a live change of the spec is called on the charts; None where nothing differs."""
    before, after = old.training, new.training
    rates = before.optimizer.learning_rate, after.optimizer.learning_rate
    if rates[0] != rates[1]:
        return MarkKind.RATE, f"Learning rate {rates[0]:g} to {rates[1]:g}"
    names = [
        str(field.title)
        for name, field in TrainingSpec.model_fields.items()
        if getattr(before, name) != getattr(after, name)
    ]
    if old.network.layers != new.network.layers:
        names.append("Dropout")
    if names:
        return MarkKind.TRAINING, f"{', '.join(names)} changed"
    if old.network.frozen != new.network.frozen:
        return MarkKind.WEIGHTS, "Frozen weights changed"
    return None


def describe_divergence(divergence: Divergence, machine: Machine) -> str:
    """What happened, the likely cause, and where training stands; what can be done is the page's to offer."""
    what = WHAT_HAPPENED[divergence.cause].format(loss=divergence.loss)
    last = divergence.layer == len(machine.network.layers) - 1
    where = "the output layer" if last else f"hidden layer {divergence.layer + 1}"
    rate = float(machine.trainer.rate)
    return (
        f"Training stopped itself: {what}. A learning rate of {rate:g} steps too far for how steeply the loss curves "
        f"here; {where} had the largest gradient for its weights. The weights of step {machine.trainer.cursor.step}, "
        "the last good one, are kept."
    )
