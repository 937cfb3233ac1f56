"""What those who look at a session point at: a place of the board, a unit of the network. It changes no training."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.assemble import inputs_of
from app.data.drawn import picture
from app.engine.forward import forward
from app.engine.network import Network
from app.engine.numeric import quiet
from app.session.charts import Chart
from app.session.machine import Floats, Machine
from app.spec import SpecError

Place = tuple[float, float]
Strokes = tuple[tuple[Place, ...], ...]
Unit = tuple[int, int]
"""layer, unit: hidden layers from 0 on, then the output layer."""


@dataclass(frozen=True)
class Pointing:
    """`at` a place of the board, `row` a point's id, `values` (D,) raw, or `strokes` of a drawing: at most one of
    them; and `unit`. Each is None where nothing is pointed at."""

    at: Place | None = None
    unit: Unit | None = None
    row: int | None = None
    values: tuple[float, ...] | None = None
    strokes: Strokes | None = None

    def within(self, network: Network) -> "Pointing":
        """The same, but for a unit that `network` does not have."""
        return self if self.unit is None or has_unit(network, self.unit) else replace(self, unit=None)

    @classmethod
    def load(cls, facts: dict[str, Any]) -> "Pointing":
        """From a snapshot's JSON, where tuples have become lists."""
        return cls(**{name: _tuples(value) for name, value in facts.items()})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list | tuple) else value


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
def probe(machine: Machine, chart: Chart, pointing: Pointing) -> NDArray[np.float32]:
    """(I + all units,): the inputs that are pointed at, as the network sees them, then every layer's activations;
    (0,) for none. By the pass that evaluates points: float64, running statistics, no dropout."""
    inputs = inputs_at(machine, chart, pointing)
    if inputs is None:
        return np.empty(0, np.float32)
    trainer = machine.trainer
    activations = forward(machine.network, trainer.theta, trainer.statistics, inputs)
    return np.concatenate([inputs[:-1], *activations])[:, 0].astype(np.float32)


def inputs_at(machine: Machine, chart: Chart, pointing: Pointing) -> Floats | None:
    """(I + 1, 1) what the network sees of what is pointed at, with the bias's 1; None where that is nothing."""
    board = machine.board
    if pointing.at is not None:
        return chart.seen(np.array(pointing.at).reshape(2, 1))
    raw: Floats | None = None
    if pointing.row is not None and (found := np.flatnonzero(board.ids == pointing.row)).size:
        raw = board.x[:, found]
    elif pointing.values is not None:
        raw = np.array(pointing.values)[:, None]
    elif pointing.strokes is not None and board.prepared and board.prepared.image:
        raw = picture(pointing.strokes, board.prepared.image)[:, None]
    return None if raw is None or len(raw) != len(board.x) else inputs_of(machine.spec, raw, board.prepared)
