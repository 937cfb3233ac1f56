"""Colours are the page's: read from its tokens, and mixed as its own script mixes them."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.takeaway import colours
from app.takeaway.colours import Theme
from tools.node import find_node

ROOT = Path(__file__).parents[3]
SCRIPT = """
import { tablesOf, diverging, paintBoundary } from "./static/js/views/picture.js";
import { SHAPES } from "./static/js/views/board.js";
import { thickness } from "./static/js/views/edge.js";
const [palette, boundary] = JSON.parse(await new Response(process.stdin).text());
const { values, classes } = tablesOf(palette);
const paint = (shape, planes) => {
  const out = new Uint32Array(shape[1] * shape[2]);
  paintBoundary({ shape, values: Uint8Array.from(planes) }, values, classes, out);
  return [...out];
};
console.log(JSON.stringify({
  values: [...values],
  classes: classes.map((table) => [...table]),
  diverging: [0, 0.3, 0.5, 0.81, 1, 1.4].map((share) => diverging(palette, share)),
  one: paint([1, 2, 2], boundary.slice(0, 4)),
  several: paint([2, 2, 2], boundary),
  shapes: SHAPES,
  thickness: [0.3, -2.5, 9].map(thickness),
}));
"""
BOUNDARY = [3, 1, 0, 9, 0, 255, 128, 77]


@cache
def on_the_page(theme: Theme) -> dict[str, list[Any]]:
    """What the page's own script makes of the palette."""
    palette = colours.palette(theme)
    given = json.dumps([palette.__dict__, BOUNDARY])
    node = find_node()
    assert node, "make test brings one"
    command = [node, "--input-type=module", "--eval", SCRIPT]
    done = subprocess.run(command, input=given, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


def packed(pixels: colours.Pixels) -> list[int]:
    """As the page keeps pixels: little-endian RGBA."""
    wide = pixels.astype(np.int64)
    return list(((255 << 24) | (wide[..., 2] << 16) | (wide[..., 1] << 8) | wide[..., 0]).ravel().tolist())


@pytest.mark.parametrize("theme", ["light", "contrast-dark"])
def test_tables_and_pictures_are_the_page_s_to_the_bit(theme: Theme) -> None:
    found, palette = on_the_page(theme), colours.palette(theme)
    boundary = np.array(BOUNDARY, np.uint8).reshape(2, 2, 2)
    assert packed(colours.diverging_table(palette)) == found["values"]
    assert [packed(table) for table in colours.class_tables(palette)] == found["classes"]
    assert packed(colours.paint(boundary[:1], palette)) == found["one"]
    assert packed(colours.paint(boundary, palette)) == found["several"]
    shares = [colours.rgb(colours.diverging(palette, share)) for share in (0, 0.3, 0.5, 0.81, 1, 1.4)]
    assert ["rgb({} {} {})".format(*share) for share in shares] == found["diverging"]


def test_a_theme_lays_its_rules_over_those_under_it() -> None:
    light, dark = colours.palette("light"), colours.palette("dark")
    both = colours.palette("contrast-dark")
    assert (light.ink, light.classes[0], light.strength) == ("#17202e", "#d8720a", 0.66)
    assert (dark.ink, dark.classes[0], dark.strength) == ("#eef2f7", "#ff9a3d", 0.5)
    assert (both.ink, both.classes[3], both.strength) == ("#ffffff", "#fbb8e6", 0.45)


def test_a_token_that_refers_to_another_has_its_colour() -> None:
    assert colours.palette("dark").lines[:2] == ("#4a9ff5", "#ff9a3d")
    assert not [name for name, value in colours.tokens("light").items() if value.startswith("var(")]


def test_the_middle_of_the_table_is_neutral_and_its_ends_are_the_classes() -> None:
    table = colours.diverging_table(colours.palette("light"), 1.0)
    assert colours.hexadecimal(table[0]) == "#d8720a"
    assert colours.hexadecimal(table[255]) == "#1f6fb2"
    assert colours.diverging(colours.palette("light"), 0.5) == "#f6f3ee"
