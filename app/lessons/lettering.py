"""Titles broken into lines where no browser does it: in a picture. Widths are those of a wide common typeface, in ems,
so that what fits by them fits in others too."""

from collections.abc import Sequence

NARROW, WIDE = frozenset("fijlrtI.,:;'!|()[]- "), frozenset("mwMW@%\N{EM DASH}")
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def width_of(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.93
    return 0.69 if letter.isupper() or letter == ELLIPSIS else 0.59


def broken(text: str, width: float, most: int) -> list[str]:
    """`text` in at most `most` lines of at most `width` ems, as even as can be. What has no room ends in an ellipsis; a
    word that is too long stands by itself."""
    pieces = text.split()
    lines = _lines(pieces, width)
    if len(lines) > most:
        return [*lines[: most - 1], _cut(lines[most - 1], width)]
    narrower = width
    while narrower > 1 and len(_lines(pieces, narrower - 0.5)) == len(lines):
        narrower -= 0.5
    return _lines(pieces, narrower)


def _lines(pieces: Sequence[str], width: float) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and width_of(f"{lines[-1]} {piece}") <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _cut(line: str, width: float) -> str:
    while line and width_of(line + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
