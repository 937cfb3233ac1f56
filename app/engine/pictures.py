"""Pictures of a network over a grid of the board: float32 in buffers used again and again, quantised to uint8.

Pictures are computed in float32 from a float32 copy of the weights (training is float64): the error is far below
one step of the 255 shades.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS, OUTPUTS
from app.engine.forward import EPS
from app.engine.network import Layer, Network
from app.engine.numeric import Array, quiet
from app.vocabulary import Activation, Output

Range = tuple[float, float]
Picture = NDArray[np.uint8]
SHADES = 255
KEPT = 64
"""Arrays a buffer set keeps before it starts over: about the shapes of a class's worth of different networks."""
FIXED_RANGES: dict[Activation, Range] = {
    Activation.SIGMOID: (0.0, 1.0),
    Activation.STEP: (0.0, 1.0),
    Activation.SINE: (-1.0, 1.0),
}
"""Activations whose maps keep one scale while training, as tanh's [-1, 1] does; the others' is what the map holds."""

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
class Pictures:
    """`boundary` (1 or 2, F): the one output unit's value, or the largest unit's index and its value. `maps` (H,
    C): every hidden unit, first layer first, with the (low, high) of each in `ranges` (H, 2). `focus` (0 or 1, F):
    the one unit asked for, on the boundary's cells, and its `focus_range` (0 or 1, 2)."""

    boundary: Picture
    maps: Picture
    ranges: NDArray[np.float32]
    focus: Picture
    focus_range: NDArray[np.float32]


def grid_positions(cells: int, extent: float, centre: Range = (0.0, 0.0)) -> NDArray[np.float64]:
    """(2, cells^2): the cells' centres of a grid over `centre` +/- `extent` both ways, row by row from the bottom."""
    steps = ((np.arange(cells) + 0.5) / cells * 2 - 1) * extent
    x1, x2 = np.meshgrid(centre[0] + steps, centre[1] + steps)
    return np.stack([x1.ravel(), x2.ravel()])


def shade_each(values: Array) -> tuple[Picture, NDArray[np.float32]]:
    """Maps (U, C) of any `values` (U, C), each over its own range (U, 2), as those of linear units are."""
    copy = values.astype(np.float32)
    maps, ranges = np.empty(copy.shape, np.uint8), np.empty((len(copy), 2), np.float32)
    _quantise_each(copy, ranges, maps)
    return maps, ranges


def quantise(
    values: Array, low: Array | float, high: Array | float, out: Picture, *, clip: bool = True
) -> None:
    """uint8 shades: q stands for low + (high - low) q / 255. Overwrites `values`; what is outside is clipped, and
    without `clip` nothing may be."""
    scale = SHADES / (high - low)
    np.multiply(values, scale, values)
    np.subtract(values, low * scale - 0.5, values)
    if clip:  # by its two halves: np.clip costs more than both to call
        np.maximum(values, 0.0, out=values)
        np.minimum(values, SHADES, out=values)
    np.copyto(out, values, casting="unsafe")


def folded_blocks(network: Network, theta: Array, statistics: Array) -> list[Array]:
    """Each layer's block in float32, made ready for a pass of few calls.

    Batch norm is folded into weights and bias. A tanh layer computes r = 1 / (1 + e^(2z)) instead, so its block is
    doubled, and since tanh z = 1 - 2 r, the next block takes W (1 - 2 r) + b = -2 W r + (b + sum W).
    """
    whole, blocks, after_tanh = theta.copy(), [], False
    for index, layer in enumerate(network.layers):
        block = network.block(whole, index)
        if after_tanh:
            weights = block[:, :-1]
            block[:, -1] += np.add.reduce(weights, 1)
            weights *= -2.0
        if layer.batch_norm:
            (mean, variance), (gamma, beta) = network.running(statistics, index), network.norm(theta, index)
            factor = gamma / np.sqrt(variance + EPS)
            block *= factor
            block[:, -1:] += beta - mean * factor
        after_tanh = layer.activation is Activation.TANH and index < len(network.hidden)
        if after_tanh:
            block *= 2.0
        blocks.append(block.astype(np.float32))
    return blocks


def _activate(layer: Layer, block: Array, before: Array, out: Array, buffers: PictureBuffers) -> None:
    """One hidden layer; for tanh r = 1 / (1 + e^z) in place, a third cheaper than tanh in float32."""
    if layer.activation is not Activation.TANH:
        z = buffers.array("z", out.shape)
        block.dot(before, z)
        ACTIVATIONS[layer.activation].value(z, out)
        return
    block.dot(before, out)
    np.exp(out, out)
    np.add(out, 1.0, out)
    np.divide(1.0, out, out)  # what np.reciprocal gives, in half its time


@quiet
def take_pictures(
    network: Network,
    theta: Array,
    statistics: Array,
    inputs: Array,
    fine: int,
    buffers: PictureBuffers,
    shown: Range,
    focus: tuple[int, int] | None = None,
) -> Pictures:
    """Boundary and unit maps, and the unit `focus` (layer, unit) on the boundary's cells, from one forward pass.

    `inputs` (I + 1, F + C) holds the boundary's F = `fine` cells, then the unit maps' C; C = 0 gives no maps.
    `shown` is the range of the boundary's shades. `theta` (P,) and `statistics` (R,) are float64.
    """
    width, before, first = inputs.shape[1], inputs, 0
    units = sum(layer.fan_out for layer in network.hidden) if width > fine else 0
    values, unit = buffers.array("maps", (units, width - fine)), buffers.array("unit", (1, fine))
    *hidden, last = folded_blocks(network, theta, statistics)
    for index, (layer, block) in enumerate(zip(network.hidden, hidden, strict=True)):
        after = buffers.array(f"layer {index % 2}", (layer.fan_out + 1, width))
        after[-1] = 1.0
        _activate(layer, block, before, after[:-1], buffers)
        before = after
        if units:
            np.copyto(values[first : first + layer.fan_out], after[:-1, fine:])
            first += layer.fan_out
        if focus and focus[0] == index:
            unit[0] = after[focus[1], :fine]
    z, outputs = (buffers.array(name, (network.fan_out, fine)) for name in ("z", "outputs"))
    last.dot(before[:, :fine], z)
    OUTPUTS[network.output](z, outputs)
    if focus and focus[0] == len(network.hidden):
        unit[0] = outputs[focus[1]]
    focused = _focus_picture(network, unit, shown, focus)
    boundary = _boundary(outputs, shown, clip=network.output not in OUTPUT_RANGES)
    return Pictures(boundary, *_unit_maps(network.hidden, values), *focused)


def _boundary(outputs: Array, shown: Range, *, clip: bool) -> Picture:
    """(1 or 2, F); overwrites `outputs` (T, F)."""
    out = np.empty((min(len(outputs), 2), outputs.shape[1]), np.uint8)
    if len(outputs) > 1:
        out[0] = np.argmax(outputs, axis=0)
        outputs = outputs.max(axis=0, keepdims=True)
    quantise(outputs[0], *shown, out[-1], clip=clip)
    return out


def _unit_maps(hidden: tuple[Layer, ...], values: Array) -> tuple[Picture, NDArray[np.float32]]:
    """Shades (H, C) of all hidden units and their ranges (H, 2), neighbours of one activation in one go. Overwrites
    `values` (H, C); H = 0 where no maps are asked for."""
    maps, ranges = np.empty(values.shape, np.uint8), np.empty((len(values), 2), np.float32)
    first = 0
    for activation, layers in groupby(hidden if len(values) else (), lambda layer: layer.activation):
        rows = slice(first, first + sum(layer.fan_out for layer in layers))
        _shade(activation, values[rows], ranges[rows], maps[rows])
        first = rows.stop
    return maps, ranges


def _focus_picture(
    network: Network, unit: Array, shown: Range, focus: tuple[int, int] | None
) -> tuple[Picture, NDArray[np.float32]]:
    """The picture of the unit asked for and its range, from its values `unit` (1, F), which it overwrites."""
    asked = int(focus is not None)
    out, ranges = np.empty((asked, unit.shape[1]), np.uint8), np.empty((asked, 2), np.float32)
    if focus and focus[0] == len(network.hidden):
        ranges[:] = shown
        quantise(unit, *shown, out)
    elif focus:
        _shade(network.hidden[focus[0]].activation, unit, ranges, out)
    return out, ranges


def _shade(activation: Activation, values: Array, ranges: NDArray[np.float32], out: Picture) -> None:
    """Shades of units of one activation, overwriting `values` (U, C), which hold tanh's 1 - 2 r as r: its 1 is -1 and
    its 0 is 1."""
    if activation is Activation.TANH:
        ranges[:] = -1.0, 1.0
        quantise(values, 1.0, 0.0, out, clip=False)
    elif activation in FIXED_RANGES:
        ranges[:] = FIXED_RANGES[activation]
        quantise(values, *FIXED_RANGES[activation], out, clip=False)
    else:
        _quantise_each(values, ranges, out)


def _quantise_each(values: Array, ranges: NDArray[np.float32], out: Picture) -> None:
    """Each unit over what its own map holds; a flat map gets a range of 1 so that nothing is divided by 0."""
    np.min(values, axis=1, out=ranges[:, 0])
    np.max(values, axis=1, out=ranges[:, 1])
    np.nan_to_num(ranges, copy=False)
    ranges[:, 1] = np.where(ranges[:, 1] > ranges[:, 0], ranges[:, 1], ranges[:, 0] + 1)
    np.subtract(values, ranges[:, :1], values)  # first, or a small range far from 0 loses its digits
    quantise(values, 0.0, ranges[:, 1:] - ranges[:, :1], out)
