"""What those who look at a session point at: a place of the board, a unit of the network. It changes no training."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import assemble
from app.engine.forward import forward
from app.engine.network import Network
from app.engine.numeric import quiet
from app.session.machine import Machine
from app.spec import SpecError

Place = tuple[float, float]
Unit = tuple[int, int]
"""layer, unit: hidden layers from 0 on, then the output layer."""


@dataclass(frozen=True)
class Pointing:
    """`at` x1, x2 and `unit`, each None where nothing is pointed at."""

    at: Place | None = None
    unit: Unit | None = None

    def within(self, network: Network) -> "Pointing":
        """The same, but for a unit that `network` does not have."""
        return self if self.unit is None or has_unit(network, self.unit) else replace(self, unit=None)

    @classmethod
    def load(cls, facts: dict[str, Any]) -> "Pointing":
        """From a snapshot's JSON, where tuples have become lists."""
        return cls(**{name: value and tuple(value) for name, value in facts.items()})


def has_unit(network: Network, unit: Unit) -> bool:
    """There is such a unit, hidden or output."""
    return unit[0] < len(network.layers) and unit[1] < network.layers[unit[0]].fan_out


def check_unit(network: Network, unit: Unit) -> None:
    """SpecError (code `unknown_weight`, path to the wrong number) unless there is such a unit."""
    if has_unit(network, unit):
        return
    last = len(network.layers) - 1
    if unit[0] > last:
        raise SpecError(f"there is no layer {unit[0]}; allowed: 0 to {last}", ("unit", 0), "unknown_weight")
    most = network.layers[unit[0]].fan_out - 1
    raise SpecError(f"there is no unit {unit[1]}; allowed: 0 to {most}", ("unit", 1), "unknown_weight")


@quiet
def probe(machine: Machine, at: Place | None) -> NDArray[np.float32]:
    """(I + all units,): the inputs at a place in the spec's order, then every layer's activations there; (0,) for
    none. By the pass that evaluates points: float64, running statistics, no dropout."""
    if at is None:
        return np.empty(0, np.float32)
    trainer, inputs = machine.trainer, assemble.inputs_at(machine.spec, at)
    activations = forward(machine.network, trainer.theta, trainer.statistics, inputs)
    return np.concatenate([inputs[:-1], *activations])[:, 0].astype(np.float32)
