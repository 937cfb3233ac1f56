"""The page's colours in Python, read from its own style sheet: one definition for page, figures, cards and animations.

Owns the reading of `static/css/tokens.css` and the colour tables of pictures, which are those of
`static/js/views/picture.js`; a test runs both and compares. Knows no figure.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Theme = Literal["light", "dark", "contrast", "contrast-dark"]
Pixels = NDArray[np.uint8]
"""(..., 3) red, green, blue."""

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
CLASSES = 10
LINES = 6
SELECTORS: dict[Theme, str] = {
    "light": ":root",
    "dark": ':root[data-theme="dark"]',
    "contrast": ':root[data-contrast="more"]',
    "contrast-dark": ':root[data-theme="dark"][data-contrast="more"]',
}
LAYERS: dict[Theme, tuple[Theme, ...]] = {
    "light": ("light",),
    "dark": ("light", "dark"),
    "contrast": ("light", "contrast"),
    "contrast-dark": ("light", "dark", "contrast", "contrast-dark"),
}
"""Which rules a theme lays over which, as a browser does by their specificity."""


@dataclass(frozen=True)
class Palette:
    """The colours of one theme as `#rrggbb`: `Palette` of static/js/types.d.ts."""

    negative: str
    neutral: str
    positive: str
    classes: tuple[str, ...]
    lines: tuple[str, ...]
    strength: float
    """How much of a full colour the board's picture takes, 0 to 1."""
    ink: str
    muted: str
    hairline: str
    surface: str
    paper: str
    well: str
    accent: str
    train: str
    validation: str
    test: str
    font: str


def tokens(theme: Theme) -> dict[str, str]:
    """Every custom property of `theme` by its name without dashes; one that refers to another has its value."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    found: dict[str, str] = {}
    for layer in LAYERS[theme]:
        for block in re.findall(rf"(?:^|\}})\s*{re.escape(SELECTORS[layer])}\s*\{{([^}}]*)\}}", text):
            found |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))
    return {name: _followed(value, found) for name, value in found.items()}


def _followed(value: str, found: dict[str, str]) -> str:
    reference = re.fullmatch(r"var\(--([\w-]+)\)", value)
    return _followed(found[reference[1]], found) if reference else value


@cache
def palette(theme: Theme = "light") -> Palette:
    """The palette of `theme`."""
    found = tokens(theme)
    return Palette(
        negative=found["negative"],
        neutral=found["neutral"],
        positive=found["positive"],
        classes=tuple(found[f"class-{label}"] for label in range(CLASSES)),
        lines=tuple(found[f"line-{line}"] for line in range(LINES)),
        strength=float(found["strength"]),
        ink=found["ink"],
        muted=found["muted"],
        hairline=found["hairline"],
        surface=found["surface"],
        paper=found["paper"],
        well=found["well"],
        accent=found["accent"],
        train=found["train"],
        validation=found["validation"],
        test=found["test"],
        font=found["font"],
    )


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers of 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def hexadecimal(pixel: NDArray[np.uint8]) -> str:
    """(3,) as `#rrggbb`."""
    return f"#{pixel.astype(np.uint8).tobytes().hex()}"


def mixed(one: str, other: str, share: NDArray[np.float64]) -> Pixels:
    """(..., 3): `share` (...) of `other` in `one`, rounded half up as JavaScript does."""
    low, high = np.array(rgb(one), np.float64), np.array(rgb(other), np.float64)
    return np.floor(low + (high - low) * share[..., None] + 0.5).astype(np.uint8)


def diverging(colours: Palette, share: float) -> str:
    """The full colour of a value on the scale from 0 (negative) over 0.5 (neutral) to 1 (positive)."""
    end = colours.negative if share < 0.5 else colours.positive
    return hexadecimal(mixed(colours.neutral, end, np.array(min(1.0, abs(2 * share - 1)))))


def diverging_table(colours: Palette, strength: float | None = None) -> Pixels:
    """(256, 3): the colour of each quantised value of a picture; 127.5 is neutral."""
    share = np.arange(256) / 127.5 - 1
    amount = (colours.strength if strength is None else strength) * np.abs(share) ** 0.8
    low, high = (mixed(colours.neutral, end, amount) for end in (colours.negative, colours.positive))
    return np.where((share < 0)[:, None], low, high)


def class_tables(colours: Palette) -> Pixels:
    """(CLASSES, 256, 3): the colour of each class from "as likely as any" to "certain"."""
    amount = colours.strength * (0.2 + 0.8 * (np.arange(256) / 255)) ** 1.2
    return np.stack([mixed(colours.neutral, colour, amount) for colour in colours.classes])


def paint(boundary: Pixels, colours: Palette) -> Pixels:
    """(G, G, 3), the top row first, of `Frame.boundary`: a plane of values, or one of classes and one of their
    probabilities, (1 or 2, G, G) with the bottom row first."""
    if len(boundary) == 1:
        painted: Pixels = diverging_table(colours)[boundary[0]]
    else:
        painted = class_tables(colours)[boundary[0] % CLASSES, boundary[1]]
    return painted[::-1]


def ranged(table: Pixels, low: float, high: float) -> Pixels:
    """(256, 3): `table` for a map of its own range, on the common scale where zero is neutral and the larger end, at
    least 1, is full colour."""
    largest = max(abs(low), abs(high), 1.0)
    share = 1 + (low + (high - low) * np.arange(256) / 255) / largest
    return table[np.floor(127.5 * share + 0.5).astype(np.intp)]
