"""Reading one uploaded file: what a reader process does with the file and a job."""

import io
from typing import Any, BinaryIO

from app.data.tables.images import add_labels, read_images
from app.data.tables.limits import Limits
from app.data.tables.problems import TableError
from app.data.tables.reading import Read, read_table
from app.data.told import tell
from app.host.confinement import place_of
from app.host.facts import facts_of, with_facts
from app.vocabulary import FirstLine
from app.wire.tables import decode_table, encode_table, table_name

SMALL = b"a,b\n1,x\n2,y\n"
"""A file that needs most of what files need."""


def prepare() -> None:
    """Use once what most files are read with."""
    limits = dict.fromkeys(Limits.__dataclass_fields__, len(SMALL))
    job = {"kind": "table", "name": "", "first_line": FirstLine.FOUND, "limits": limits}
    answer(io.BytesIO(with_facts(job, SMALL)))


def read(file: BinaryIO, job: dict[str, Any]) -> Read:
    """The table that `job` asks for: `kind` table (whose first line holds `first_line`), images, or labels (for a table
    that follows `size` bytes of them in the file and was drawn from `count` pictures); `limits` say how large it may
    be."""
    limits = Limits(**job["limits"])
    if job["kind"] == "labels":
        labels = io.BytesIO(file.read(job["size"]))
        return add_labels(labels, decode_table(file.read(), ""), job["count"], limits)
    if job["kind"] == "images":
        return read_images(file, job["name"], limits)
    return read_table(file, job["name"], limits, FirstLine(job["first_line"]))


def answer(source: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """What is told of the table that comes after its job in `source`, and its bytes; or `error`, or `failed` where the
    mistake is ours."""
    try:
        job = facts_of(source)
        found = read(io.BytesIO(source.read()), job)
        data = encode_table(found.table)
        return {"told": tell(found, job["limits"]["points"]) | {"name": table_name(data)}}, data
    except TableError as error:
        return {"error": [error.message, error.line, error.column, error.code]}, b""
    except MemoryError:
        return {"refused": ["reading the file takes more memory than allowed", "too_large"]}, b""
    except Exception as error:  # nothing of the file may reach a log, so the message stays here
        return {"failed": place_of(error)}, b""
