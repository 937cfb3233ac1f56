"""A drawing as a picture of a data set: cropped, scaled, centred and inked as that set's own pictures were."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.drawn.strokes import Stroke, checked, distance_squared, trodden
from app.data.tables import Image

Floats = NDArray[np.float64]

FINE = 64
"""Fine cells along the longer side of a picture, about; never less than 4 a pixel."""

LEAST_EXTENT = 0.04
"""A drawing smaller than that is not made larger than one of that size: a dot stays a dot."""

BOX_WIDTH = 5.4 / 8
"""Of the box that one of scikit-learn's digits fills, as a share of the picture's width; it is as high as the picture.
"""

STRETCH = 1.3
"""How much more a narrow digit is widened than heightened, at most, to fill the box."""

INK = 0.30
"""Share of the picture that is inked. The bitmaps behind scikit-learn's digits, from forms of NIST, seem to have had
their strokes thickened or thinned to that: the mean of each digit, even of the ones, is between 4.7 and 5.2 of 16."""

PENS = (0.4, 0.95)
"""Least and largest radius of the pen, in pixels of an 8 by 8 picture: no hair, and a dot is no blot."""

MNIST_SIDE = 28
MNIST_BOX = 20
MNIST_PEN = 1.3
"""Radius of the pen in pixels: strokes of MNIST are between two and three pixels wide."""


def picture(strokes: Sequence[Stroke], image: Image) -> Floats:
    """Brightness (height * width,) of the pixels, row by row from the top left, 0 to `image.high`.

    `strokes` are lists of points (x, y) from 0 to 1, y down. Pictures of 28 by 28 are made as MNIST's were, all others
    as scikit-learn's digits. Without a point the picture is dark. DrawingError where `strokes` is no drawing."""
    lines = checked(strokes)
    if not lines:
        return np.zeros(image.width * image.height)
    is_mnist = image.width == image.height == MNIST_SIDE
    bright = image.high * (_as_mnist(lines, image) if is_mnist else _as_digits(lines, image)).ravel()
    # Grey levels are whole where the set counts them, and shares where 1 is the brightest.
    return np.round(bright) if image.high > 1 else bright


def _as_digits(lines: Sequence[Floats], image: Image) -> Floats:
    """Box, ink and middle as in scikit-learn's digits: the share of each pixel's fine cells that are inked.

    The pen that gives the right ink decides how much room its middle has, and that again the pen: three rounds."""
    unit = min(image.width, image.height) / 8
    least, largest = PENS[0] * unit, PENS[1] * unit
    fine = max(4, round(FINE / max(image.width, image.height)))
    size = np.array([image.width, image.height], np.float64)
    radius = (least + largest) / 2
    for _ in range(3):
        box = size * (BOX_WIDTH, 1.0) - 2 * radius
        placed = _placed(lines, box, STRETCH, size / 2)
        distance = _distance(placed, image, fine)
        inked = np.partition(distance.ravel(), int(INK * distance.size))[int(INK * distance.size)]
        radius = float(np.clip(inked, least, largest))
    return _blocks(distance <= radius, fine)


def _as_mnist(lines: Sequence[Floats], image: Image) -> Floats:
    """In a box of 20 by 20 without stretching, then moved so that the centre of mass is in the middle of 28 by 28."""
    fine = 4
    middle = np.full(2, MNIST_SIDE / 2)
    room = np.full(2, MNIST_BOX - 2 * MNIST_PEN)
    placed = _placed(lines, room, 1.0, middle)
    first = _blocks(_distance(placed, image, fine) <= MNIST_PEN, fine)
    at = np.arange(MNIST_SIDE) + 0.5
    mass = np.array([first.sum(axis=0) @ at, first.sum(axis=1) @ at]) / first.sum()
    moved = [line + (middle - mass) for line in placed]
    return _blocks(_distance(moved, image, fine) <= MNIST_PEN, fine)


def _placed(lines: Sequence[Floats], box: Floats, stretch: float, middle: Floats) -> list[Floats]:
    """The lines scaled to fill `box` (2,) pixels as far as `stretch` allows, around `middle` (2,)."""
    points = np.concatenate(lines)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = box / np.maximum(extent, 1e-9)
    scale = np.minimum(scale, stretch * scale.min())
    scale = np.minimum(scale, box.min() / LEAST_EXTENT)
    return [(line - (low + extent / 2)) * scale + middle for line in lines]


def _distance(lines: Sequence[Floats], image: Image, fine: int) -> Floats:
    """Of each fine cell the distance to the nearest line, in pixels; `lines` are in pixels too."""
    cells = trodden([line * fine for line in lines], image.width * fine, image.height * fine)
    return np.sqrt(distance_squared(cells)) / fine


def _blocks(inked: NDArray[np.bool_], fine: int) -> Floats:
    """The share of inked cells in each pixel."""
    height, width = inked.shape[0] // fine, inked.shape[1] // fine
    share: Floats = inked.reshape(height, fine, width, fine).mean(axis=(1, 3))
    return share
