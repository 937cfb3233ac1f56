"""Tables as bytes: safetensors, with what is no number as JSON under the metadata key `table`.

`values` (C, N) float64, a row for each column of the table, NaN where missing; `pixels` (P, N) of a table of pictures,
the first P columns: uint8, or float32 where they are no whole numbers up to 255; `lines` (N,) int32, those of the file,
or (0,) where it has none. The same table gives the same bytes.
"""

import hashlib
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from app.container import pack
from app.data.tables import Column, Image, Table
from app.vocabulary import ColumnKind

BYTE = 255
PREFIX = "t-"


def encode_table(table: Table) -> bytes:
    """`table` as bytes; its name, which is made from them, is not among them."""
    pixels = table.image.width * table.image.height if table.image else 0
    facts = {
        "title": table.title,
        "target": table.target,
        "image": table.image and vars(table.image),
        "columns": [[column.name, column.kind, column.categories, column.unit] for column in table.columns],
    }
    tensors: dict[str, NDArray[Any]] = {
        "values": _stacked(table.columns[pixels:], table.rows),
        "pixels": _as_pixels(_stacked(table.columns[:pixels], table.rows)),
        "lines": np.empty(0, np.int32) if table.lines is None else table.lines,
    }
    return pack(tensors, {"table": json.dumps(facts, separators=(",", ":"))})


def _stacked(columns: tuple[Column, ...], rows: int) -> NDArray[np.float64]:
    return np.stack([column.values for column in columns]) if columns else np.empty((0, rows))


def _as_pixels(values: NDArray[np.float64]) -> NDArray[np.uint8] | NDArray[np.float32]:
    with np.errstate(invalid="ignore"):
        small = values.astype(np.uint8)
    return small if np.array_equal(small, values) else values.astype(np.float32)


def table_name(data: bytes) -> str:
    """The name of an uploaded table: `t-` and the beginning of its bytes' SHA-256."""
    return PREFIX + hashlib.sha256(data).hexdigest()[:16]


def decode_table(data: bytes, name: str) -> Table:
    """The table that `encode_table` made `data` of, called `name`."""
    size = int.from_bytes(data[:8], "little")
    facts = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["table"])
    tensors = load(data)
    values = np.concatenate([tensors["pixels"].astype(np.float64), tensors["values"]])
    values.flags.writeable = False
    columns = [
        Column(name, ColumnKind(kind), values[index], tuple(categories), unit)
        for index, (name, kind, categories, unit) in enumerate(facts["columns"])
    ]
    image = Image(**facts["image"]) if facts["image"] else None
    lines = tensors["lines"] if tensors["lines"].size else None
    return Table(name, facts["title"], tuple(columns), facts["target"], image, lines)
