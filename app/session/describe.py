"""Words and layouts: what a session says about its network and about a run that went wrong."""

from app.engine.network import Network
from app.engine.trainer import Cause, Divergence
from app.session.events import LayerLayout
from app.session.machine import Machine

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


def describe_divergence(divergence: Divergence, machine: Machine) -> str:
    """What happened, the likely cause, and what can be done."""
    what = WHAT_HAPPENED[divergence.cause].format(loss=divergence.loss)
    last = divergence.layer == len(machine.network.layers) - 1
    where = "the output layer" if last else f"hidden layer {divergence.layer + 1}"
    rate = float(machine.trainer.rate)
    return (
        f"Training stopped itself: {what}. A learning rate of {rate:g} steps too far for how steeply the loss curves "
        f"here; {where} had the largest gradient for its weights. The weights of step {machine.trainer.cursor.step}, "
        "the last good one, are kept. Lower the learning rate or clip the gradient and play on, or reset."
    )
