"""NumPy archives (.npz) with pictures and labels. Nothing in them is carried out: arrays of objects are refused.

An archive says of each member how large it is unpacked; what says more than is allowed is not begun, and what yields
more than it says ends there.
"""

import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from app.data.tables.idx import AT_ONCE, Pictures
from app.data.tables.limits import Limits
from app.data.tables.pictures import Capped, check_side, drawn_rows, side_of
from app.data.tables.problems import Problems, TableError, refuse

PAIRS = (("x_train", "y_train", "x_test", "y_test"), ("x", "y"), ("images", "labels"), ("data", "target"))
"""Names that people give pictures and labels; a second pair in a row is more of the same."""
MOST_MEMBERS = 64
MOST_LABELS = 1 << 24
"""Bytes of labels."""
NUMBERS, TEXTS = "uifb", "US"
"""Kinds of NumPy's types."""


@dataclass(frozen=True)
class Header:
    """What a member says of itself."""

    name: str
    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[np.generic]

    @property
    def size(self) -> int:
        """Bytes."""
        size = self.dtype.itemsize
        for length in self.shape:
            size *= length
        return size


def read_npz(file: BinaryIO, limits: Limits, problems: Problems) -> tuple[Pictures, NDArray[np.generic]]:
    """The pictures kept and their labels (N,); TableError for an archive that has no such arrays, or too large ones."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(archive, limits, problems)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise refuse(f"the archive is broken: {error}") from error


def _read(
    archive: zipfile.ZipFile, limits: Limits, problems: Problems
) -> tuple[Pictures, NDArray[np.generic]]:
    _check_sizes(archive, limits)
    headers = {header.name: header for header in (_header(archive, name) for name in _arrays(archive))}
    pairs = _pairs(headers)
    sizes = {_size(headers[pictures], limits) for pictures, _ in pairs}
    if len(sizes) > 1:
        raise refuse(f"the arrays {' and '.join(pair[0] for pair in pairs)} have pictures of different sizes")
    size = sizes.pop()
    counts = [headers[pictures].shape[0] for pictures, _ in pairs]
    chosen = drawn_rows(sum(counts), size[0] * size[1], limits)
    pixels, labels, start = [], [], 0
    for (pictures, classes), count in zip(pairs, counts, strict=True):
        own = chosen[(chosen >= start) & (chosen < start + count)] - start
        pixels.append(_pixels(archive, headers[pictures], own, limits))
        labels.append(_labels(archive, headers[classes], count)[own])
        start += count
    unused = sorted(headers.keys() - {name for pair in pairs for name in pair})
    if unused:
        problems.add(f"not used of the archive: {', '.join(unused[:6])}")
    return Pictures(np.concatenate(pixels), size, sum(counts)), np.concatenate(labels)


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise refuse(
            f"the archive has {len(members):,} files; allowed: at most {MOST_MEMBERS}", code="too_large"
        )
    declared = sum(member.file_size for member in members)
    if declared > limits.image_expanded:
        most = f"{limits.image_expanded / 1e6:,.0f} MB"
        raise refuse(
            f"unpacked the archive has {declared / 1e6:,.0f} MB; allowed: at most {most}", code="too_large"
        )
    if any(member.flag_bits & 1 for member in members):
        raise refuse("the archive is encrypted")


def _arrays(archive: zipfile.ZipFile) -> list[str]:
    names = [name for name in archive.namelist() if name.endswith(".npy") and "/" not in name]
    if not names:
        raise refuse("the archive holds no NumPy array (.npy)")
    return names


def _header(archive: zipfile.ZipFile, name: str) -> Header:
    with archive.open(name) as member:
        return _read_header(member, name)


def _read_header(member: IO[bytes], name: str) -> Header:
    try:
        major = npy.read_magic(member)[0]
        read = npy.read_array_header_1_0 if major == 1 else npy.read_array_header_2_0
        shape, fortran, dtype = read(member)
    except ValueError as error:
        raise refuse(f"{name} is no NumPy array: {str(error).splitlines()[0]}") from error
    if dtype.hasobject or dtype.kind not in NUMBERS + TEXTS:
        raise refuse(f"{name} holds {dtype}; allowed: numbers, and texts for labels")
    return Header(name.removesuffix(".npy"), shape, fortran, dtype)


def _pairs(headers: dict[str, Header]) -> list[tuple[str, str]]:
    """The names of (pictures, labels), one pair or two."""
    for names in PAIRS:
        if names[0] in headers and names[1] in headers:
            pairs = [(names[0], names[1])]
            if len(names) > 2 and names[2] in headers and names[3] in headers:
                pairs.append((names[2], names[3]))
            return pairs
    pictures = [name for name, header in headers.items() if len(header.shape) > 1]
    labels = [name for name, header in headers.items() if len(header.shape) == 1]
    if len(pictures) == len(labels) == 1:
        return [(pictures[0], labels[0])]
    known = "; ".join(f"{names[0]} and {names[1]}" for names in PAIRS)
    raise refuse(
        f"the archive holds {', '.join(sorted(headers))[:200]}; wanted are pictures and labels: {known}"
    )


def _size(header: Header, limits: Limits) -> tuple[int, int]:
    """(height, width) of the pictures of an array (N, height, width), (N, height, width, 1) or (N, pixels)."""
    shape = header.shape[:-1] if len(header.shape) == 4 and header.shape[-1] == 1 else header.shape
    if header.dtype.kind not in NUMBERS or len(shape) not in (2, 3) or min(shape) < 0:
        raise refuse(
            f"{header.name} has shape {header.shape}, {header.dtype}; wanted are pictures (N, height, width)"
        )
    if not shape[0]:
        raise refuse(f"{header.name} holds no picture", code="empty")
    height, width = shape[1:] if len(shape) == 3 else (side_of(shape[1], limits),) * 2
    check_side(height, width, limits)
    return height, width


def _pixels(
    archive: zipfile.ZipFile, header: Header, chosen: NDArray[np.intp], limits: Limits
) -> NDArray[np.float32]:
    """The chosen pictures, (K, pixels)."""
    if header.fortran:
        raise refuse(f"{header.name} is stored column by column; save it with np.ascontiguousarray")
    count, values = header.shape[0], header.size // header.dtype.itemsize // header.shape[0]
    kept = np.empty((chosen.size, values), np.float32)
    with archive.open(f"{header.name}.npy") as member:
        _read_header(member, header.name)
        stream = Capped(member, limits.image_expanded)
        for start in range(0, count, AT_ONCE):
            size = min(AT_ONCE, count - start)
            data = stream.exactly(size * values * header.dtype.itemsize, header.name)
            first, last = np.searchsorted(chosen, (start, start + size))
            if last > first:
                block = np.frombuffer(data, header.dtype).reshape(size, values)
                with np.errstate(over="ignore"):
                    kept[first:last] = block[chosen[first:last] - start]
    return kept


def _labels(archive: zipfile.ZipFile, header: Header, count: int) -> NDArray[np.generic]:
    """The labels (N,)."""
    if header.shape not in ((count,), (count, 1)) or header.size > MOST_LABELS:
        raise refuse(
            f"{header.name} has shape {header.shape}; wanted is one label for each of {count:,} pictures"
        )
    with archive.open(f"{header.name}.npy") as member:
        _read_header(member, header.name)
        data = Capped(member, MOST_LABELS).exactly(header.size, header.name)
    labels = np.frombuffer(data, header.dtype)
    if header.dtype.kind == "f" and not np.isfinite(labels.astype(np.float64)).all():
        raise refuse(f"{header.name} holds a label that is no number")
    return np.char.decode(labels, "latin-1") if header.dtype.kind == "S" else labels
