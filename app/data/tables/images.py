"""A file of pictures to a table: .npz, IDX and CSV, the latter two also gzipped. Bytes in, arrays out."""

import gzip
import zlib
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from app.data.tables.encodings import MAGIC
from app.data.tables.idx import Pictures, looks_like_idx, read_labels, read_pictures
from app.data.tables.limits import Limits
from app.data.tables.npz import read_npz
from app.data.tables.picturecsv import read_picture_csv
from app.data.tables.pictures import Capped, label_column, picture_table
from app.data.tables.problems import Problems, refuse
from app.data.tables.reading import Read
from app.data.tables.table import Column, Table
from app.data.tables.titles import title_of

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
BROKEN = (gzip.BadGzipFile, zlib.error, EOFError)


def read_images(file: BinaryIO, file_name: str, limits: Limits) -> Read:
    """The pictures in a seekable file; TableError for one that holds none, or too large ones. An IDX file gives a table
    without labels; `add_labels` brings them."""
    problems = Problems()
    try:
        pictures, labels = _read(_unpacked(file), limits, problems)
    except BROKEN as error:
        raise refuse(f"the file cannot be unpacked: {error}") from error
    title = title_of(file_name.removesuffix(".gz"))
    table = picture_table(title, pictures.pixels, pictures.size, labels, pictures.count, problems)
    if labels is None:
        problems.add("the pictures have no labels yet; add the file of their labels")
    return Read(table, pictures.count, problems.told, problems.count)


def add_labels(file: BinaryIO, table: Table, count: int, limits: Limits) -> Read:
    """The `table` of unlabelled pictures, drawn from `count`, with the labels of an IDX file."""
    if table.image is None or table.target:
        raise refuse("labels belong to pictures that have none yet")
    values = table.image.width * table.image.height
    try:
        stream = Capped(_unpacked(file), limits.image_expanded)
        labels: NDArray[np.generic] = read_labels(stream, count, table.rows, limits, values)
    except BROKEN as error:
        raise refuse(f"the file cannot be unpacked: {error}") from error
    column = label_column(labels)
    problems = Problems()
    if table.rows < count:
        problems.add(f"{count:,} pictures in the file; {table.rows:,} used, drawn at random")
    whole = Table("", table.title, (*table.columns, column), column.name, table.image)
    return Read(whole, count, problems.told, problems.count)


def looks_like_pictures(head: bytes) -> bool:
    """Whether a file begins as one of pictures does that is no text: .npz, IDX, or either gzipped."""
    return head.startswith((GZIP, ZIP)) or looks_like_idx(head)


def _unpacked(file: BinaryIO) -> BinaryIO:
    """The file, or what is gzipped in it."""
    head = file.read(2)
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if head == GZIP else file


def _read(file: BinaryIO, limits: Limits, problems: Problems) -> tuple[Pictures, Column | None]:
    head = file.read(16)
    file.seek(0)
    if not head:
        raise refuse("the file is empty", 1, code="empty")
    if head.startswith(ZIP):
        pictures, labels = read_npz(file, limits, problems)
        return pictures, label_column(labels)
    if looks_like_idx(head):
        return read_pictures(Capped(file, limits.image_expanded), limits), None
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            raise refuse(
                f"this file is {kind}; wanted is .npz, IDX or CSV with many pictures", 1, code="binary_file"
            )
    pictures, texts = read_picture_csv(file, limits, problems)
    return pictures, label_column(texts)
