"""Digits as a person draws them with a mouse: strokes of points (x, y) from 0 to 1, y down."""

import math

Stroke = list[list[float]]


def arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> Stroke:
    """An elliptic arc around (x, y), from `start` to `end` degrees, clockwise from the top."""
    angles = [math.radians(start + (end - start) * i / 24) for i in range(25)]
    return [[x + wide * math.sin(angle), y - high * math.cos(angle)] for angle in angles]


DIGITS: dict[int, list[Stroke]] = {
    0: [arc(0.5, 0.5, 0.2, 0.32, 0, 360)],
    1: [[[0.4, 0.3], [0.54, 0.18], [0.54, 0.82]]],
    2: [[*arc(0.5, 0.34, 0.17, 0.16, -80, 120), [0.33, 0.8], [0.7, 0.8]]],
    3: [[*arc(0.46, 0.34, 0.17, 0.16, -60, 170), *arc(0.46, 0.66, 0.2, 0.17, 10, 240)]],
    4: [[[0.52, 0.18], [0.3, 0.58], [0.72, 0.58]], [[0.6, 0.36], [0.56, 0.84]]],
    5: [[[0.66, 0.2], [0.38, 0.2], [0.36, 0.46], *arc(0.47, 0.62, 0.19, 0.19, -30, 230)]],
    6: [[[0.58, 0.17], [0.45, 0.32], [0.36, 0.52], *arc(0.5, 0.66, 0.15, 0.16, -90, 280)]],
    7: [[[0.32, 0.22], [0.68, 0.22], [0.44, 0.82]], [[0.38, 0.52], [0.66, 0.5]]],
    8: [[*arc(0.5, 0.34, 0.14, 0.16, 180, -180), *arc(0.5, 0.67, 0.17, 0.17, 0, 360)]],
    9: [[*arc(0.48, 0.36, 0.15, 0.17, 90, 450), [0.61, 0.56], [0.54, 0.84]]],
}
