"""What styles must not ask for."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_no_style_asks_an_ancestor_whether_a_text_is_empty() -> None:
    # The browser would ask again, and look the board's panel over, at each figure that changes: 2 ms of every frame.
    dear = re.compile(r":has\([^{]*:empty|:empty[^{,]*:has\(")
    found = [
        f"{path.name}: {rule}"
        for path in sorted((ROOT / "static/css").glob("*.css"))
        for rule in re.findall(r"[^{}]+(?=\{)", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
        if dear.search(rule)
    ]
    assert not found
