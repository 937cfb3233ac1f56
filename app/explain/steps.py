"""The formulas of one step of descent, with names or with numbers in them, as MathML."""

import math
import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from app.explain.help import mathml

DIGITS = 4
"""Significant digits of a number in a formula."""
LEAST, LARGEST = 1e-4, 1e6
"""Sizes between which a number is written out; others with a power of ten."""
SHOWN = 8
"""Terms of a sum that are written out; of more, the first ones and the last."""

Value = float | str


@cache
def formulas() -> dict[str, Any]:
    """All templates by name. The mapping is shared: look, do not touch."""
    return tomllib.loads(files(__package__).joinpath("steps.toml").read_text("utf-8"))


def number(value: float) -> str:
    """`value` in LaTeX, to DIGITS significant digits, without zeros at its end."""
    if not math.isfinite(value):
        return r"\text{NaN}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    if value == 0:
        return "0"
    if not LEAST <= abs(value) < LARGEST:
        mantissa, exponent = f"{value:.{DIGITS - 1}e}".split("e")
        return rf"{_trimmed(mantissa)} \times 10^{{{int(exponent)}}}"
    decimals = max(0, DIGITS - 1 - math.floor(math.log10(abs(value))))
    return _trimmed(f"{value:.{decimals}f}")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def bracketed(value: Value) -> str:
    """`value` as a factor: in brackets where it begins with a sign or holds a product."""
    text = value if isinstance(value, str) else number(value)
    return rf"\left({text}\right)" if text.startswith("-") or r"\times" in text else text


def fill(template: str, **values: Value) -> str:
    """LaTeX (or words) with `values` in the places named `<name>`, or `<(name)>` for brackets where needed."""

    def put(match: re.Match[str]) -> str:
        value = values[match.group(2)]
        if match.group(1):
            return bracketed(value)
        return value if isinstance(value, str) else number(value)

    return re.sub(r"<(\()?([a-z_0-9]+)\)?>", put, template)


def applied(template: str, **letters: Value) -> str:
    """A template of the letters Z, A and Y with something in their places; in brackets where needed and not there."""

    def put(match: re.Match[str]) -> str:
        value = letters[match.group(2)]
        plain = value if isinstance(value, str) else number(value)
        return f"({plain})" if match.group(1) else bracketed(value)

    return re.sub(r"(\()?(?<![A-Za-z\\])([ZAY])(?![A-Za-z])(?(1)\))", put, template)


def products(pairs: Sequence[tuple[float, float]], rest: Sequence[float] = ()) -> str:
    """w1 a1 + w2 a2 + ... + rest in LaTeX; of more than SHOWN terms, the first ones and the last."""
    terms = [*pairs, *((value,) for value in rest)]
    if len(terms) <= SHOWN:
        return " + ".join(_term(term, not place) for place, term in enumerate(terms))
    shown = [_term(term, not place) for place, term in enumerate(terms[: SHOWN - 2])]
    return " + ".join([*shown, r"\cdots", _term(terms[-1], False)])


def _term(factors: tuple[float, ...], leads: bool) -> str:
    """A product; the first number of a sum needs no brackets."""
    first = number(factors[0]) if leads else bracketed(factors[0])
    return r" \cdot ".join([first, *(bracketed(factor) for factor in factors[1:])])


@lru_cache(maxsize=512)
def element(latex: str) -> str:
    """A formula as a MathML element; the same few symbols are asked for again and again."""
    return mathml(latex)
