"""IDX files, as MNIST comes in: 0, 0, a type, the number of dimensions, each dimension big-endian, then the bytes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.data.tables.limits import Limits
from app.data.tables.pictures import Capped, check_side, drawn_rows
from app.data.tables.problems import refuse

UNSIGNED_BYTES = 8
PICTURES, LABELS = 3, 1
"""Dimensions."""
AT_ONCE = 256
"""Pictures read together."""


@dataclass(frozen=True)
class Pictures:
    """`pixels` (N, height * width) of `count` pictures, and which of them they are."""

    pixels: NDArray[np.float32]
    size: tuple[int, int]
    count: int


def looks_like_idx(head: bytes) -> bool:
    """Whether a file begins as an IDX file of some type does."""
    return head[:2] == b"\0\0" and head[2:3] in (b"\x08", b"\x09", b"\x0b", b"\x0c", b"\x0d", b"\x0e")


def read_header(stream: Capped) -> tuple[int, ...]:
    """The dimensions; TableError for anything but bytes in one or three."""
    magic = stream.exactly(4, "the header")
    if not looks_like_idx(magic):
        raise refuse("this is no IDX file: it begins with other bytes")
    kind, dimensions = magic[2], magic[3]
    if kind != UNSIGNED_BYTES or dimensions not in (PICTURES, LABELS):
        message = f"an IDX file of type {kind:#04x} with {dimensions} dimensions"
        raise refuse(f"{message}; allowed: bytes (0x08), 3 dimensions for pictures or 1 for labels")
    sizes = stream.exactly(4 * dimensions, "the header")
    return tuple(int(size) for size in np.frombuffer(sizes, ">u4"))


def read_pictures(stream: Capped, limits: Limits) -> Pictures:
    """The pictures of a file; TableError where it holds labels, or pictures too large."""
    shape = read_header(stream)
    if len(shape) != PICTURES:
        raise refuse("this IDX file holds labels; bring the file of pictures first, then this one")
    count, height, width = shape
    check_side(height, width, limits)
    return Pictures(keep_rows(stream, count, height * width, limits), (height, width), count)


def keep_rows(stream: Capped, count: int, values: int, limits: Limits) -> NDArray[np.float32]:
    """The drawn ones of `count` pictures of `values` bytes each, (N, values)."""
    if not count:
        raise refuse("the file holds no picture", code="empty")
    chosen = drawn_rows(count, values, limits)
    kept = np.empty((chosen.size, values), np.float32)
    for start in range(0, count, AT_ONCE):
        size = min(AT_ONCE, count - start)
        block = np.frombuffer(stream.exactly(size * values, "the pictures"), np.uint8).reshape(size, values)
        first, last = np.searchsorted(chosen, (start, start + size))
        kept[first:last] = block[chosen[first:last] - start]
    return kept


def read_labels(stream: Capped, count: int, kept: int, limits: Limits, values: int) -> NDArray[np.uint8]:
    """The labels of the `kept` pictures that were drawn from `count`; TableError where the file has another number."""
    shape = read_header(stream)
    if len(shape) != LABELS:
        raise refuse("this IDX file holds pictures; wanted is the file of their labels")
    if shape[0] != count:
        raise refuse(f"the file has {shape[0]:,} labels; the pictures are {count:,}")
    chosen = drawn_rows(count, values, limits)
    assert chosen.size == kept, "the pictures were drawn in another way"
    return np.frombuffer(stream.exactly(count, "the labels"), np.uint8)[chosen]
