"""HTML by construction: whatever is not markup already is escaped, so that no title, label or column can become a tag.

Text inside a script element is another language; `in_script` writes JSON that can end neither the element nor a line.
"""

import html
import json
from typing import Any

VOID = frozenset({"meta", "br"})


class Markup(str):
    """Text that is HTML already; only this module and constants make it."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str) -> Markup:
    """`<name attributes>children</name>`; children are escaped unless they are markup. An attribute is written with
    its underscores as dashes, `class_` without."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items()
    )
    inside = "".join(
        child if isinstance(child, Markup) else html.escape(child, quote=False) for child in children
    )
    return Markup(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{inside}</{name}>")


def in_script(tree: Any) -> Markup:
    """`tree` as JSON for a script element: without <, > and &, and without U+2028 and U+2029, which end a line in older
    scripts."""
    text = json.dumps(tree, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)
