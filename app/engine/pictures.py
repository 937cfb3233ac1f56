"""Pictures of a network over a grid of the board: float32 in buffers used again and again, quantised to uint8.

Pictures are computed in float32 from a float32 copy of the weights (training is float64): the error is far below
one step of the 255 shades.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.forward import forward
from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.vocabulary import Activation, Output

Range = tuple[float, float]
Picture = NDArray[np.uint8]
SHADES = 255
KEPT = 64
"""Arrays a buffer set keeps before it starts over: about the shapes of a class's worth of different networks."""

FIXED_RANGES: dict[Activation, Range] = {
    Activation.TANH: (-1.0, 1.0),
    Activation.SIGMOID: (0.0, 1.0),
    Activation.STEP: (0.0, 1.0),
    Activation.SINE: (-1.0, 1.0),
}
"""Activations whose maps keep one scale while training; the others' scale is what the map holds."""

OUTPUT_RANGES: dict[Output, Range] = {
    Output.SIGMOID: (0.0, 1.0),
    Output.SOFTMAX: (0.0, 1.0),
    Output.STEP: (0.0, 1.0),
    Output.TANH: (-1.0, 1.0),
}
"""Range of an output's picture; a linear one takes the range of the targets."""


class PictureBuffers:
    """Scratch for pictures, shared by all sessions of a process: results live until the next picture."""

    def __init__(self) -> None:
        self._arrays: dict[tuple[str, tuple[int, ...]], Array] = {}
        self._inputs: dict[Hashable, Array] = {}

    def array(self, name: str, shape: tuple[int, ...]) -> Array:
        """A float32 array to write into, the same one for the same name and shape."""
        if (name, shape) not in self._arrays:
            if len(self._arrays) >= KEPT:
                self._arrays.clear()
            self._arrays[name, shape] = np.empty(shape, np.float32)
        return self._arrays[name, shape]

    def inputs(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """The network inputs (I + 1, G * G) of a grid, made once for each `key`."""
        if key not in self._inputs:
            if len(self._inputs) >= KEPT:
                self._inputs.clear()
            self._inputs[key] = np.ascontiguousarray(make(), np.float32)
        return self._inputs[key]


@dataclass(frozen=True)
class UnitMaps:
    """`pictures` (H, cells) of all hidden units, first layer first, and the (low, high) of each in `ranges` (H,
    2)."""

    pictures: Picture
    ranges: NDArray[np.float32]


def grid_positions(cells: int, extent: float) -> NDArray[np.float64]:
    """(2, cells^2): the centres of a grid over [-extent, extent], row by row from the bottom."""
    centres = ((np.arange(cells) + 0.5) / cells * 2 - 1) * extent
    x1, x2 = np.meshgrid(centres, centres)
    return np.stack([x1.ravel(), x2.ravel()])


def quantise(values: Array, low: Array | float, high: Array | float, out: Picture) -> None:
    """uint8 shades: q stands for low + (high - low) q / 255. Overwrites `values`; what is outside is clipped."""
    scale = SHADES / (high - low)
    np.multiply(values, scale, values)
    np.subtract(values, low * scale - 0.5, values)
    np.clip(values, 0.0, SHADES, values)
    np.copyto(out, values, casting="unsafe")


@quiet
def boundary(
    network: Network, theta: Array, statistics: Array, inputs: Array, buffers: PictureBuffers, shown: Range
) -> Picture:
    """(1, cells): the one output unit's value over `shown`; or (2, cells): the largest unit's index and its value."""
    outputs = forward(network, theta, statistics, inputs, buffers.array)[-1]
    picture = np.empty((1 if network.fan_out == 1 else 2, outputs.shape[-1]), np.uint8)
    if network.fan_out > 1:
        picture[0] = np.argmax(outputs, axis=0)
        outputs = outputs.max(axis=0, keepdims=True)
    quantise(outputs, *shown, picture[-1])
    return picture


@quiet
def unit_maps(
    network: Network, theta: Array, statistics: Array, inputs: Array, buffers: PictureBuffers
) -> UnitMaps:
    """Every hidden unit's activation over a grid, from one forward pass."""
    units = sum(layer.fan_out for layer in network.hidden)
    maps = UnitMaps(np.empty((units, inputs.shape[-1]), np.uint8), np.empty((units, 2), np.float32))
    activations = forward(network, theta, statistics, inputs, buffers.array)
    start = 0
    for layer, values in zip(network.hidden, activations, strict=False):
        rows = slice(start, start + layer.fan_out)
        if layer.activation in FIXED_RANGES:
            low, high = FIXED_RANGES[layer.activation]
            maps.ranges[rows] = low, high
            quantise(values, low, high, maps.pictures[rows])
        else:
            _quantise_each(values, maps.ranges[rows], maps.pictures[rows])
        start = rows.stop
    return maps


def _quantise_each(values: Array, ranges: NDArray[np.float32], out: Picture) -> None:
    """Each unit over what its own map holds; a flat map gets a range of 1 so that nothing is divided by 0."""
    np.min(values, axis=1, out=ranges[:, 0])
    np.max(values, axis=1, out=ranges[:, 1])
    np.nan_to_num(ranges, copy=False)
    ranges[:, 1] = np.where(ranges[:, 1] > ranges[:, 0], ranges[:, 1], ranges[:, 0] + 1)
    quantise(values, ranges[:, :1], ranges[:, 1:], out)
