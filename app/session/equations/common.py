"""What all stops of a walk have in common: what is told, and how layers and parameters are called."""

from dataclasses import dataclass

import numpy as np

from app.engine.network import Network
from app.explain.steps import Value, element

UNITS = 16
"""Units of a layer whose numbers are told."""


@dataclass(frozen=True)
class Told:
    """A sentence; LaTeX in symbols; LaTeX with numbers, one for each unit or parameter."""

    text: str
    symbols: str
    numbers: list[str]

    def elements(self) -> tuple[str, str, tuple[str, ...]]:
        """Text, and MathML of the formulas."""
        return self.text, element(self.symbols), tuple(element(latex) for latex in self.numbers)


def where(network: Network, layer: int) -> str:
    """A layer in words."""
    return "output layer" if layer == len(network.layers) - 1 else f"hidden layer {layer + 1}"


def names_of(network: Network, layer: int) -> dict[str, Value]:
    """How the formulas of a layer call it, what comes in and what goes out."""
    last = layer == len(network.layers) - 1
    before = "" if layer == 0 else f"^{{({layer})}}"
    return {
        "l": str(layer + 1),
        "next": str(layer + 2),
        "where": f"the {where(network, layer)}" if last else where(network, layer),
        "in": "x" if layer == 0 else "a",
        "before": before,
        "out": r"\hat y" if last else "a",
        "own": "" if last else f"^{{({layer + 1})}}",
    }


@dataclass(frozen=True)
class Place:
    """Which parameter an index into theta is. `source` is its input, fan_in for the bias; None for gamma and beta."""

    layer: int
    unit: int
    source: int | None
    symbol: str


def place_of(network: Network, index: int) -> Place:
    """The parameter at `index`."""
    layer = int(np.searchsorted(network.offsets, index, side="right")) - 1
    shape, rest = network.layers[layer], index - network.offsets[layer]
    if rest >= shape.weights:
        kind, unit = divmod(rest - shape.weights, shape.fan_out)
        return Place(
            layer,
            unit,
            None,
            rf"{(chr(92) + 'gamma', chr(92) + 'beta')[kind]}_{{{unit + 1}}}^{{({layer + 1})}}",
        )
    unit, source = divmod(rest, shape.fan_in + 1)
    if source == shape.fan_in:
        return Place(layer, unit, source, f"b_{{{unit + 1}}}^{{({layer + 1})}}")
    comma = "," if max(unit, source) >= 9 else ""
    return Place(layer, unit, source, f"w_{{{unit + 1}{comma}{source + 1}}}^{{({layer + 1})}}")
