"""Pictures as CSV, one a line: the label first (or last, if the header says so), then the pixels row by row."""

import math
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from app.data.tables.idx import Pictures
from app.data.tables.limits import Limits
from app.data.tables.pictures import LABEL, drawn_rows, side_of
from app.data.tables.problems import Problems, refuse
from app.data.tables.reading import TARGET_NAMES

BRIGHTEST = 255
QUOTES = ' \t\r\n"'
LONGEST_LINE = 1 << 16
"""Bytes; 784 pixels take some 3 kB."""


def read_picture_csv(file: BinaryIO, limits: Limits, problems: Problems) -> tuple[Pictures, list[str]]:
    """The pictures kept and the label of each; TableError for lines that are no pictures. Reads the file twice."""
    lines = _lines(file, limits)
    _, first = next(lines, (1, b""))
    head = _cells(first)
    side = side_of(len(head) - 1, limits) if len(head) > 1 else 0
    if not side:
        raise refuse("the line holds no picture: a label and its pixels, separated by commas", 1)
    header = not all(map(_is_number, head[1:]))
    last = header and head[-1].strip(QUOTES).lower() in TARGET_NAMES
    count = sum(1 for _ in lines) + (not header)
    if not count:
        raise refuse("below the header there is no picture", 2, code="empty")
    chosen = drawn_rows(count, side * side, limits)
    pixels, labels = np.empty((chosen.size, side * side), np.float32), list[str]()
    for line, cells in _chosen(file, chosen + header, limits):
        label, values = (cells[-1], cells[:-1]) if last else (cells[0], cells[1:])
        numbers = _pixels_in(values, line, side, problems)
        if numbers is not None and (label := label.strip(QUOTES)):
            pixels[len(labels)] = numbers
            labels.append(label)
        elif numbers is not None:
            problems.add("the picture has no label; it is left out", line, LABEL)
    if not labels:
        raise refuse(f"no line holds a label and {side * side} pixels", 1 + header, LABEL, "empty")
    lost = chosen.size - len(labels)
    return Pictures(pixels[: len(labels)], (side, side), count - lost), labels


def _lines(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes]]:
    """(number, line) of those that are not blank, from the beginning."""
    file.seek(0)
    number = taken = 0
    while line := file.readline(LONGEST_LINE):
        number, taken = number + 1, taken + len(line)
        if len(line) == LONGEST_LINE:
            raise refuse(f"the line is longer than {LONGEST_LINE:,} bytes; no picture is", number)
        if taken > limits.image_expanded:
            raise refuse("what is unpacked from the file is larger than allowed", number, code="too_large")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if b"\0" in line:
            raise refuse("this is a binary file, not text: there is a NUL byte", number, code="binary_file")
        if line.strip():
            yield number, line


def _chosen(file: BinaryIO, wanted: NDArray[np.intp], limits: Limits) -> Iterator[tuple[int, list[str]]]:
    rows = set(wanted.tolist())
    for index, (number, line) in enumerate(_lines(file, limits)):
        if index in rows:
            yield number, _cells(line)


def _cells(line: bytes) -> list[str]:
    text = line.decode("latin-1")
    return text.split("," if "," in text else ";" if ";" in text else "\t")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _pixels_in(cells: list[str], line: int, side: int, problems: Problems) -> list[float] | None:
    """The pixels of a picture; None, with words, for a broken one."""
    if len(cells) != side * side:
        problems.add(
            f"{len(cells)} pixels where there should be {side * side}; the picture is left out", line
        )
        return None
    try:
        numbers = list(map(float, cells))
        if min(numbers) >= 0 and max(numbers) <= BRIGHTEST and not any(map(math.isnan, numbers)):
            return numbers
    except ValueError:
        pass
    place = next(
        i for i, cell in enumerate(cells) if not _is_number(cell) or not 0 <= float(cell) <= BRIGHTEST
    )
    message = f'"{cells[place].strip()[:20]}" is no pixel from 0 to {BRIGHTEST}; the picture is left out'
    problems.add(message, line, f"column {place + 2}")
    return None
