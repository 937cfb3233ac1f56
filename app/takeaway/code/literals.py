"""Values as Python source: texts that cannot leave their quotes, numbers to the last bit, arrays short or packed."""

import base64
import math
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

LONGEST = 40_000
"""Characters of source up to which an array is written out as figures."""
WIDTH = 108
"""Characters of a line of packed figures."""


def text_literal(text: str) -> str:
    """`text` in double quotes; what is not printable, as line separators, direction marks and halves of a pair are, by
    its code."""
    return f'"{"".join(map(_sign, text))}"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")


def texts_literal(texts: Iterable[str]) -> str:
    """A list of texts, on lines of its own where it is long."""
    items = [text_literal(text) for text in texts]
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH - 16 else _on_lines(_wrapped(items))


def _wrapped(items: Iterable[str]) -> list[str]:
    """The items joined by commas, as many to a line as there is room for."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) < WIDTH - 8:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return lines


def _on_lines(items: Iterable[str]) -> str:
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def number_literal(value: float) -> str:
    """The shortest figures that give `value` back to the last bit; whole numbers without a fraction."""
    if value.is_integer() and abs(value) < 1e15 and not (value == 0 and math.copysign(1, value) < 0):
        return str(int(value))
    return repr(value)


def array_literal(array: NDArray[np.float64]) -> str:
    """An expression for an array of one or two axes: `np.array(...)`, or `unpack(...)` of one too long for that."""
    if array.size * len("0, ") > LONGEST:
        return _packed(array)
    written = _written(array)
    return written if len(written) <= LONGEST else _packed(array)


def is_packed(source: str) -> bool:
    """Whether `source` needs the program to have `unpack`."""
    return "unpack(" in source


def _written(array: NDArray[np.float64]) -> str:
    if not array.size:
        return f"np.zeros({array.shape})"
    rows = [_row(row) for row in array.tolist()] if array.ndim == 2 else [_row(array.tolist())]
    if array.ndim == 1:
        return f"np.array({rows[0]}, dtype=float)"
    return f"np.array({_on_lines(rows)}, dtype=float)"


def _row(values: list[float]) -> str:
    return f"[{', '.join(map(number_literal, values))}]"


def _packed(array: NDArray[np.float64]) -> str:
    """Base64 has no sign that ends a text of Python."""
    content = zlib.compress(np.ascontiguousarray(array, "<f8").tobytes())
    text = base64.b64encode(content).decode("ascii")
    lines = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    shape = ", ".join(map(str, array.shape))
    return "\n".join([f'unpack({shape}, """', *lines, '""")'])
