"""The help's texts, read once, with their formulas turned from LaTeX into MathML.

Keys are paths of the spec without list positions (`network.layers.units`), `field.value` for a name of the vocabulary
(`activation.tanh`), or a thing of the page (`chart.loss`). Symbols and formulas are those of the founders' numerics;
`symbols` lists them.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict
from xml.etree.ElementTree import tostring  # it writes what we made, and reads nothing
from xml.sax.saxutils import unescape

SOURCES = (
    "data.toml",
    "tables.toml",
    "network.toml",
    "training.toml",
    "boards.toml",
    "travel.toml",
    "results.toml",
    "diagnosis.toml",
    "stepping.toml",
)
FOREIGN = frozenset({"href", "style", "class", "id"})
"""Attributes that a formula of ours never has."""


# "try" is no name that a class could give a field.
Help = TypedDict("Help", {"title": str, "text": str, "formula": str, "try": str})
"""One entry as the page reads it. `formula` is a MathML element, `try` one thing to do on the page."""


@cache
def help_entries() -> dict[str, Help]:
    """All help by key; every entry has a title, a text, a formula and something to try.

    The mapping is shared: look, do not touch. ValueError for a file that is no TOML or names a key twice.
    """
    entries: dict[str, Help] = {}
    for key, entry in _sources():
        if key in entries:
            raise ValueError(f"help for {key} is given twice")
        entries[key] = {**entry, "formula": mathml(entry["formula"])}
    return entries


@cache
def help_titles() -> dict[str, str]:
    """What each key is called: of all help what needs no formula."""
    return {key: entry["title"] for key, entry in _sources()}


def _sources() -> list[tuple[str, Help]]:
    folder = files(__package__)
    texts = [folder.joinpath(name).read_text("utf-8") for name in SOURCES]
    return [item for text in texts for item in tomllib.loads(text).items()]


@cache
def mathml(latex: str, display: Literal["block", "inline"] = "block") -> str:
    """A formula in LaTeX as a MathML element that stands on a line of its own, or in one. Many are said often. Whatever
    is written in it, no HTML comes out of it; ValueError for one that sets a link or a style."""
    from latex2mathml.converter import convert_to_element  # an engine that nobody walks in never needs it

    made = convert_to_element(latex, display=display)
    for element in made.iter():
        if FOREIGN & set(element.attrib):
            raise ValueError("a formula sets no link and no style")
        # The converter writes signs as "&#x02212;" and unescapes all that it has written, its texts too.
        element.text = element.text and element.text.replace("<", "&#x0003C;").replace(">", "&#x0003E;")
    return unescape(tostring(made, encoding="unicode"))
