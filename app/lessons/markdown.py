"""Markdown to HTML, with formulas as MathML. Raw HTML in a text stays text, so what comes out is ours alone."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from app.explain import mathml

LESSON_LINK = "lesson:"
"""`[text](lesson:gates)` leads to that lesson's page."""


def _maker() -> MarkdownIt:
    made = (
        MarkdownIt("commonmark", {"html": False, "typographer": True})
        .enable(["table", "smartquotes"])
        .disable("image")
    )
    made.use(dollarmath_plugin, allow_digits=False, double_inline=False)
    made.core.ruler.push("lesson_links", lambda state: _lead_to_pages(state.tokens))
    # The plugin's own wrappers would need a style of their own; the formula says itself how it stands.
    made.add_render_rule("math_inline", _math("inline"))
    made.add_render_rule("math_block", _math("block"))
    return made


def _math(display: Literal["block", "inline"]) -> Any:
    def render(_: Any, tokens: Sequence[Token], at: int, *__: Any) -> str:
        return mathml(tokens[at].content.strip(), display)

    return render


def _lead_to_pages(tokens: Sequence[Token]) -> None:
    for token in tokens:
        _lead_to_pages(token.children or [])
        address = token.attrs.get("href") if token.type == "link_open" else None
        if isinstance(address, str) and address.startswith(LESSON_LINK):
            token.attrs["href"] = "/lessons/" + address.removeprefix(LESSON_LINK)


MARKDOWN = _maker()


def html_of(text: str) -> str:
    """Blocks of Markdown as HTML. ValueError for a formula that is none."""
    return _rendered(lambda: MARKDOWN.render(text))


def inline_html_of(text: str) -> str:
    """One line of it, without a paragraph around."""
    return _rendered(lambda: MARKDOWN.renderInline(text))


def plain(html: str) -> str:
    """The words of some HTML, as a title or a list needs them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html)).strip()


def _rendered(render: Any) -> str:
    try:
        return str(render()).strip()
    except Exception as error:  # the converter has no error of its own for every formula that it cannot read
        raise ValueError(f"a formula cannot be read: {str(error) or type(error).__name__}") from error
