"""Many pictures and their labels to a table: what all formats of pictures share.

Of more pictures than there is room for some are drawn at random, with a seed of its own, so that the same file always
gives the same table and labels that come in another file find their pictures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.data.tables.limits import Limits
from app.data.tables.problems import Problems, refuse
from app.data.tables.table import Column, Image, Table
from app.vocabulary import ColumnKind

Any32 = NDArray[np.float32]
SEED = 28 * 28
RANGES = (1.0, 16.0, 255.0)
"""What the brightest pixel may be: a share, one of 17 greys, a byte."""
LABEL = "label"


class Stream(Protocol):
    """Bytes in order."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; fewer at the end."""


@dataclass
class Capped:
    """A stream of which no more than `left` bytes are taken, so that a small file cannot grow without end as it is
    unpacked."""

    stream: Stream
    left: int

    def read(self, size: int, /) -> bytes:
        """The next bytes; TableError (code `too_large`) beyond the cap."""
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise refuse("what is unpacked from the file is larger than allowed", code="too_large")
        return data

    def exactly(self, size: int, what: str) -> bytes:
        """So many bytes; TableError where the file ends before."""
        parts, missing = [], size
        while missing and (data := self.read(min(missing, 1 << 20))):
            parts.append(data)
            missing -= len(data)
        if missing:
            raise refuse(f"the file ends before all of {what} have come: {missing:,} bytes are missing")
        return b"".join(parts)


def drawn_rows(count: int, values_each: int, limits: Limits) -> NDArray[np.intp]:
    """Which of `count` pictures of `values_each` pixels are kept, in order: all, or as many as there is room for.
    TableError for more than may be unpacked."""
    if count * values_each > limits.image_expanded:
        message = f"{count:,} pictures of {values_each:,} pixels are more than {limits.image_expanded / 1e6:,.0f} MB"
        raise refuse(f"{message}, which is what is allowed", code="too_large")
    room = min(limits.rows, limits.image_values // values_each)
    if count <= room:
        return np.arange(count)
    return np.sort(np.random.default_rng(SEED).permutation(count)[:room])


def side_of(values: int, limits: Limits) -> int:
    """The side of a square of so many pixels; TableError for another shape, or one too large."""
    side = math.isqrt(values)
    if side * side != values:
        raise refuse(
            f"{values:,} pixels make no square; allowed: squares of at most {limits.image_side} pixels a side"
        )
    check_side(side, side, limits)
    return side


def check_side(height: int, width: int, limits: Limits) -> None:
    """TableError for pictures that are too large, or empty."""
    if not 1 <= height <= limits.image_side or not 1 <= width <= limits.image_side:
        most = f"{limits.image_side} by {limits.image_side}"
        raise refuse(
            f"the pictures have {height:,} by {width:,} pixels; allowed: at most {most}", code="too_large"
        )


def picture_table(
    title: str, pixels: Any32, size: tuple[int, int], labels: Column | None, count: int, problems: Problems
) -> Table:
    """The table of `pixels` (N, height * width), drawn from `count` pictures. `size`: (height, width)."""
    if len(pixels) < count:
        problems.add(f"{count:,} pictures in the file; {len(pixels):,} used, drawn at random")
    height, width = size
    values = np.ascontiguousarray(pixels.T, np.float64)
    names = [f"pixel {row}x{column}" for row in range(1, height + 1) for column in range(1, width + 1)]
    columns = [Column(name, ColumnKind.NUMBER, values[index]) for index, name in enumerate(names)]
    image = Image(width, height, _brightest(pixels))
    return Table("", title, (*columns, *([labels] if labels else [])), labels.name if labels else "", image)


def _brightest(pixels: Any32) -> float:
    """The end of the range that the pixels lie in; TableError for none of those that pictures have."""
    bad = np.argwhere(~np.isfinite(pixels) | (pixels < 0) | (pixels > RANGES[-1]))
    if bad.size:
        row, pixel = (int(index) for index in bad[0])
        found = float(pixels[row, pixel])
        message = f"picture {row + 1:,} has a pixel of {found:g}; allowed: 0 to 255"
        raise refuse(message, None, f"pixel {pixel + 1}")
    largest = float(pixels.max(initial=0.0))
    return next(high for high in RANGES if largest <= high)


def label_column(labels: Sequence[object] | NDArray[np.generic], name: str = LABEL) -> Column:
    """Labels as classes: whole numbers in their order, or texts."""
    texts = [_label_text(label) for label in labels]
    if all(text.lstrip("-").isdecimal() for text in texts):
        categories = sorted(set(texts), key=int)
    else:
        categories = sorted(set(texts))
    places = {category: float(index) for index, category in enumerate(categories)}
    return Column(name, ColumnKind.TEXT, np.array([places[text] for text in texts]), tuple(categories))


def _label_text(label: object) -> str:
    text = str(label).strip()
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() else text
