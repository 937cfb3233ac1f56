"""Colours as numbers: how they look to colour-blind eyes, how far apart two are.

Formulas: sRGB and contrast from WCAG 2.2; colour blindness from Machado, Oliveira and Fernandes (2009), severity 1; the
distance of two colours is CIEDE2000, after Sharma, Wu and Dalal (2005).
"""

import math

import numpy as np
from numpy.typing import NDArray

BLINDNESS = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Matrices on linear RGB."""

TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> NDArray[np.float64]:
    """`#rrggbb` as linear RGB, (3,), 0 to 1."""
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, blindness: str) -> NDArray[np.float64]:
    """CIELAB (3,) of a colour as eyes with `blindness` see it."""
    rgb = np.clip(np.array(BLINDNESS[blindness], dtype=float) @ linear(colour), 0, 1)
    scaled = TO_XYZ @ rgb / WHITE
    x, y, z = np.where(scaled > 216 / 24389, np.cbrt(scaled), (24389 / 27 * scaled + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def delta_e(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """CIEDE2000 of two CIELAB colours; 1 is about the least that can be told apart side by side."""
    mean_chroma = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    (l1, c1, h1), (l2, c2, h2) = (_polar(colour, stretch) for colour in (one, other))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    scale_l = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    scale_c = 1 + 0.045 * chroma
    scale_h = 1 + 0.015 * chroma * _hue_weight(hue)
    bend = 2 * math.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    rotation = -bend * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    terms = (l2 - l1) / scale_l, (c2 - c1) / scale_c, d_hue / scale_h
    return math.sqrt(sum(term**2 for term in terms) + rotation * terms[1] * terms[2])


def _polar(colour: NDArray[np.float64], stretch: float) -> tuple[float, float, float]:
    lightness, a, b = colour
    return float(lightness), math.hypot(a * stretch, b), math.degrees(math.atan2(b, a * stretch)) % 360


def _hue_weight(hue: float) -> float:
    terms = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    return 1 + sum(weight * math.cos(math.radians(times * hue + shift)) for weight, times, shift in terms)
