"""The board as a small picture: the boundary in the page's colours with its border, the points in their shapes; of one
input the curve over its points."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from app.session.frame import Frame
from app.takeaway.colours import Palette, diverging, paint, palette
from app.takeaway.portrait import Portrait
from app.takeaway.shapes import outlines
from app.vocabulary import Task

Floats = NDArray[np.float64]
OVER = 2
"""Drawn so much larger and then shrunk, which makes edges smooth."""
MOST_POINTS = 1000
"""More would only cover the picture; of more every so manieth is drawn."""
MARKS = 2000
"""Points' pictures that are kept; of a regression each may have a colour of its own."""
REACH = 8
"""Units from the middle of a point's outline to beyond its edge."""
POINT = 1 / 400
"""Of the picture's side: what a unit of a shape's outline is."""
EXTENT = 6.0
"""The board goes so far both ways from its middle."""
TRAINED = 0
"""The part of the points that are trained on."""


def board_picture(portrait: Portrait, side: int, colours: Palette | None = None) -> Image.Image:
    """RGB, `side` pixels both ways; light colours where none are given."""
    colours = colours or palette()
    size = side * OVER
    is_curve = portrait.state.chart == "curve"
    image = _ground(size, colours) if is_curve else _boundary(portrait, size, colours)
    _draw_points(image, portrait, size, colours)
    if is_curve:
        _draw_curves(ImageDraw.Draw(image), portrait, size, colours)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def _ground(size: int, colours: Palette) -> Image.Image:
    return Image.new("RGB", (size, size), colours.neutral)


def _boundary(portrait: Portrait, size: int, colours: Palette) -> Image.Image:
    """Values are smooth; borders between classes are drawn where they are."""
    boundary = portrait.frame.boundary
    image = Image.fromarray(paint(boundary, colours)).resize((size, size), Image.Resampling.BICUBIC)
    if portrait.state.task is Task.CLASSIFICATION:
        border = _border(boundary, size).point(lambda value: value * 0.55)
        image.paste(Image.new("RGB", image.size, colours.ink), mask=border)
    return image


def _border(boundary: NDArray[np.uint8], size: int) -> Image.Image:
    """White where the class changes, (size, size)."""
    classes = _classes(boundary, size)
    changes = np.zeros((size, size), np.uint8)
    for one, other in ((np.s_[1:], np.s_[:-1]), (np.s_[:, 1:], np.s_[:, :-1])):
        differ = 255 * (classes[one] != classes[other]).astype(np.uint8)
        changes[one] |= differ
        changes[other] |= differ
    return Image.fromarray(changes)


def _classes(boundary: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """The class of each pixel, (size, size), borders as smooth as the cells allow: of several classes each is enlarged
    by itself, and the largest holds."""
    plane = boundary[0][::-1]
    if len(boundary) == 1:
        return (_enlarged(plane.astype(np.float32), size) > 127.5).astype(np.uint8)
    held = np.unique(plane)
    each = np.stack([_softened(plane == label, size) for label in held])
    largest: NDArray[np.intp] = each.argmax(axis=0)
    return largest.astype(np.uint8)


def _softened(held: NDArray[np.bool_], size: int) -> NDArray[np.uint8]:
    """Cells that a class holds as 255, enlarged, their corners rounded."""
    cells = Image.fromarray(held.astype(np.uint8) * 255).filter(ImageFilter.GaussianBlur(1))
    return np.asarray(cells.resize((size, size), Image.Resampling.BILINEAR))


def _enlarged(plane: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    return np.asarray(Image.fromarray(plane).resize((size, size), Image.Resampling.BICUBIC))


def _draw_points(image: Image.Image, portrait: Portrait, size: int, colours: Palette) -> None:
    """Filled where they are trained on, hollow where they are not; those over the others."""
    points = portrait.points
    points = points[:: max(1, -(-len(points) // MOST_POINTS))]
    classes = portrait.state.task is Task.CLASSIFICATION or portrait.state.chart == "curve"
    for x, y, label, part in points[np.argsort(-points[:, 3], kind="stable")]:
        colour, shape = _look(portrait, float(label), colours)
        trained = part == TRAINED
        rim = colours.muted if not classes else colours.surface if trained else colour
        mark = _mark(
            shape, colour if trained else colours.surface, rim, 0.8 if trained else 1.8, size * POINT
        )
        across, down = (round(place - mark.width / 2) for place in _pixel(float(x), float(y), size))
        image.paste(mark, (across, down), mark)


@lru_cache(MARKS)
def _mark(shape: int, fill: str, rim: str, width: float, unit: float) -> Image.Image:
    """A point by itself, RGBA, drawn once and copied to its places. `width` of the rim and `unit` of the outline
    in pixels."""
    side = 2 * math.ceil(REACH * unit)
    image = Image.new("RGBA", (side, side))
    corners = [(side / 2 + unit * right, side / 2 + unit * down) for right, down in outlines()[shape]]
    ImageDraw.Draw(image).polygon(corners, fill, rim, round(unit * width))
    return image


def _look(portrait: Portrait, label: float, colours: Palette) -> tuple[str, int]:
    """A point's colour and the number of its shape."""
    if portrait.state.task is Task.CLASSIFICATION:
        number = int(label) % len(colours.classes)
        return colours.classes[number], number
    if portrait.state.chart == "curve":
        return colours.train, 0
    low, high = portrait.frame.boundary_range
    return diverging(colours, (label - low) / (high - low)), 0


def _draw_curves(draw: ImageDraw.ImageDraw, portrait: Portrait, size: int, colours: Palette) -> None:
    lines = curve_places(portrait.frame, portrait.state.axes[1].middle, portrait.state.axes[1].scale)
    for output, line in enumerate(lines):
        places = [_pixel(float(x), float(y), size) for x, y in line.T]
        colour = colours.ink if len(lines) == 1 else colours.classes[output % len(colours.classes)]
        for shade, width in ((colours.surface, 5.0), (colour, 2.5)):
            draw.line(places, shade, round(width * OVER), "curve")


def curve_places(frame: Frame, middle: float, scale: float) -> list[Floats]:
    """(2, G) places of each output's curve in board units; `middle` and `scale` of the axis up."""
    count = frame.curve.shape[1]
    across = ((np.arange(count) + 0.5) / count * 2 - 1) * EXTENT
    return [np.stack([across, (values - middle) / scale]) for values in frame.curve]


def _pixel(x: float, y: float, size: int) -> tuple[float, float]:
    return (x / EXTENT + 1) / 2 * size, (1 - y / EXTENT) / 2 * size
