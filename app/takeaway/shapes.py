"""The outlines by which points of classes are told apart, read from the page's own script: one definition for page,
cards and animations. Knows no colours."""

import math
import re
from functools import cache
from pathlib import Path

BOARD = Path(__file__).parents[2] / "static" / "js" / "views" / "board.js"
STEP = math.pi / 16
"""Radians between two corners of what is round."""

Corner = tuple[float, float]


@cache
def outlines() -> tuple[tuple[Corner, ...], ...]:
    """The corners of each shape around the origin, y down, a radius of about 5, in the order of the classes: first the
    circle."""
    text = BOARD.read_text(encoding="utf-8")
    block = re.search(r"SHAPE_PATHS = \{(.*?)\n\};", text, re.DOTALL)
    assert block, "the page's shapes are where they were"
    return tuple(corners(path) for path in re.findall(r'\w+: "([^"]+)"', block[1]))


def corners(path: str) -> tuple[Corner, ...]:
    """The corners of an SVG path of absolute M, L, H, V, A (circles) and Z."""
    found: list[Corner] = []
    for letter, rest in re.findall(r"([MLHVAZ])([^MLHVAZ]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", rest)]
        if letter == "H":
            found.append((numbers[0], found[-1][1]))
        elif letter == "V":
            found.append((found[-1][0], numbers[0]))
        elif letter == "A":
            found += _arc(found[-1], numbers)
        elif letter != "Z":
            found.append((numbers[0], numbers[1]))
    return tuple(found)


def _arc(start: Corner, numbers: list[float]) -> list[Corner]:
    """Corners of a circle's arc after `start`, as SVG writes it: radius twice, turn, large, clockwise, x, y. The centre
    is as the SVG recommendation says (F.6.5), of equal radii."""
    radius, _, _, large, clockwise, x, y = numbers
    half_x, half_y = (start[0] - x) / 2, (start[1] - y) / 2
    half = half_x**2 + half_y**2
    away = math.sqrt(max(0.0, radius**2 / half - 1)) * (-1 if large == clockwise else 1)
    centre = (start[0] + x) / 2 + away * half_y, (start[1] + y) / 2 - away * half_x
    begin = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = (math.atan2(y - centre[1], x - centre[0]) - begin) % (2 * math.pi)
    if not clockwise:
        turn -= 2 * math.pi
    count = max(1, math.ceil(abs(turn) / STEP))
    angles = [begin + turn * (row + 1) / count for row in range(count)]
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]
