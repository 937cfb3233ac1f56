"""Pictures of a network over a grid of the board: float32 in buffers used again and again, quantised to uint8.

Pictures are computed in float32 from a float32 copy of the weights (training is float64): the error is far below
one step of the 255 shades.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

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
    C): every hidden unit, first layer first, with the (low, high) of each in `ranges` (H, 2)."""

    boundary: Picture
    maps: Picture
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


def folded_blocks(network: Network, theta: Array, statistics: Array) -> list[Array]:
    """Each layer's block in float32, made ready for a pass of few calls.

    Batch norm is folded into weights and bias. A tanh layer computes r = 1 / (1 + e^(2z)) instead, so its block is
    doubled, and since tanh z = 1 - 2 r, the next block takes W (1 - 2 r) + b = -2 W r + (b + sum W).
    """
    blocks, after_tanh = [], False
    for index, layer in enumerate(network.layers):
        block = network.block(theta, index).copy()
        if after_tanh:
            block[:, -1] += block[:, :-1].sum(axis=1)
            block[:, :-1] *= -2.0
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
    np.reciprocal(out, out)


@quiet
def take_pictures(
    network: Network,
    theta: Array,
    statistics: Array,
    inputs: Array,
    fine: int,
    buffers: PictureBuffers,
    shown: Range,
) -> Pictures:
    """Boundary and unit maps from one forward pass.

    `inputs` (I + 1, F + C) holds the boundary's F = `fine` cells, then the unit maps' C; C = 0 gives no maps.
    `shown` is the range of the boundary's shades. `theta` (P,) and `statistics` (R,) are float64.
    """
    width, before = inputs.shape[1], inputs
    units = sum(layer.fan_out for layer in network.hidden) if width > fine else 0
    maps = Pictures(
        np.empty((min(network.fan_out, 2), fine), np.uint8),
        np.empty((units, width - fine), np.uint8),
        np.empty((units, 2), np.float32),
    )
    start = 0
    blocks = folded_blocks(network, theta, statistics)
    for index, (layer, block) in enumerate(zip(network.layers, blocks, strict=True)):
        if index == len(network.hidden):
            z = buffers.array("z", (layer.fan_out, fine))
            block.dot(before[:, :fine], z)
            _boundary(network, z, buffers, shown, maps.boundary)
            return maps
        after = buffers.array(f"a{index}", (layer.fan_out + 1, width))
        after[-1] = 1.0
        _activate(layer, block, before, after[:-1], buffers)
        before = after
        if units:
            rows = slice(start, start + layer.fan_out)
            _unit_maps(layer.activation, before[:-1, fine:], maps.ranges[rows], maps.maps[rows])
            start = rows.stop
    raise AssertionError("a network without layers")


def _boundary(network: Network, z: Array, buffers: PictureBuffers, shown: Range, out: Picture) -> None:
    outputs = buffers.array("outputs", z.shape)
    OUTPUTS[network.output](z, outputs)
    if network.fan_out > 1:
        out[0] = np.argmax(outputs, axis=0)
        outputs = outputs.max(axis=0, keepdims=True)
    quantise(outputs, *shown, out[-1])


def _unit_maps(activation: Activation, values: Array, ranges: NDArray[np.float32], out: Picture) -> None:
    """Shades of one layer's units; `values` (U, C) hold 1 - 2 r for tanh as r, whose 1 is -1 and whose 0 is 1."""
    values = values.copy()
    if activation is Activation.TANH:
        ranges[:] = -1.0, 1.0
        quantise(values, 1.0, 0.0, out)
    elif activation in FIXED_RANGES:
        ranges[:] = FIXED_RANGES[activation]
        quantise(values, *FIXED_RANGES[activation], out)
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
