"""The shell of the report: its styles with the page's tokens, Plotly, and the script that draws the figures.

One file without a network: its own content security policy lets no other script run than these, by their digests, and
nothing be fetched at all.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from app.takeaway.colours import Theme, tokens
from app.takeaway.report.markup import Markup, in_script, tag

USED = (
    "font",
    "paper",
    "surface",
    "well",
    "ink",
    "muted",
    "hairline",
    "accent",
    "accent-soft",
    "train",
    "validation",
    "test",
)
STYLE = files(__package__).joinpath("report.css")
SCRIPT = files(__package__).joinpath("report.js")


@cache
def plotly() -> str:
    """Plotly's JavaScript from its Python package."""
    return files("plotly").joinpath("package_data", "plotly.min.js").read_text("utf-8")


def _rule(theme: Theme) -> str:
    found = tokens(theme)
    scheme = "dark" if "dark" in theme else "light"
    values = "".join(f"--{name}:{found[name]};" for name in USED)
    return f":root{{color-scheme:{scheme};{values}}}"


def style() -> Markup:
    """Light, dark where the system is, and light again on paper."""
    light, dark = _rule("light"), _rule("dark")
    themes = f"{light}@media (prefers-color-scheme:dark){{{dark}}}@media print{{{light}}}"
    return Markup(f"<style>{themes}\n{STYLE.read_text('utf-8')}</style>")


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def document(title: str, content: Sequence[Markup], figures: Any) -> bytes:
    """The file. `figures`: by the id of the element where each stands, theme by theme."""
    scripts = plotly(), SCRIPT.read_text("utf-8")
    allowed = " ".join(map(_digest, scripts))
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        style(),
    )
    data = Markup(f'<script type="application/json" id="figures">{in_script(figures)}</script>')
    code = Markup("".join(f"<script>{script}</script>" for script in scripts))
    body = tag("body", tag("main", *content), data, code)
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n".encode()
