"""Bytes to text: which encoding a file is in, or what it is if it is no text at all."""

import codecs
import re
from dataclasses import dataclass

from app.data.tables.problems import Problems, TableError, refuse

MAGIC = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive (as .xlsx is, which can be saved as CSV, and .npz, which is read as pictures)",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Office document (save it as CSV)",
    b"\x93NUMPY": "a NumPy array",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
"""How files that are no text begin."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
"""Control characters that text has no use for."""
MOST_CONTROLS = 0.02
"""Share of control characters above which it is no text."""


@dataclass(frozen=True)
class Text:
    """A file as text with line ends as \\n, and the name of the encoding for people."""

    text: str
    encoding: str


def decode(data: bytes, problems: Problems) -> Text:
    """The text of a file; TableError (code `binary_file`) for one that is none."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            raise refuse(f"this file is {kind}, not text", 1, code="binary_file")
    text, encoding = _decoded(data, problems)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_text(text)
    return Text(text, encoding)


def _decoded(data: bytes, problems: Problems) -> tuple[str, str]:
    for bom, codec, name in BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(codec), name
            except UnicodeDecodeError as error:
                line = 1 + data[: error.start].decode(codec, "replace").count("\n")
                raise refuse(f"the file begins as {name}, but is broken here", line) from error
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        return _decoded_bytewise(data, error.start, problems)


def _decoded_bytewise(data: bytes, first: int, problems: Problems) -> tuple[str, str]:
    """As Windows writes it in Western Europe, or else Latin-1, which any byte is. `first`: where it is not UTF-8."""
    try:
        text, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = data.decode("latin-1"), "Latin-1"
    line = 1 + data.count(b"\n", 0, first)
    if b"\0" not in data:
        problems.add(f"byte {data[first]:#04x} is not UTF-8; the file is read as {name}", line)
    return text, name


def _check_text(text: str) -> None:
    if (at := text.find("\0")) >= 0:
        raise _binary(text, at, "there is a NUL byte")
    first = CONTROLS.search(text)
    if first and len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise _binary(text, first.start(), "there is a control character")


def _binary(text: str, at: int, why: str) -> TableError:
    line, character = 1 + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
    return refuse(
        f"this is a binary file, not text: {why} at character {character}", line, code="binary_file"
    )
