"""The process that reads one uploaded file and ends: python -m app.host.reading_process, the file as standard input.

A hostile file can hurt nobody else: this process may not write files, start others, or take more memory and time than
its limits. Its answer on standard output is 8 bytes of length, JSON, then the table's safetensors.
"""

import io
import json
import os
import sys
from typing import Any, BinaryIO

from app.data.tables.images import add_labels, read_images
from app.data.tables.limits import Limits
from app.data.tables.problems import TableError
from app.data.tables.reading import Read, read_table
from app.data.told import tell
from app.host import confinement
from app.vocabulary import FirstLine
from app.wire.tables import decode_table, encode_table, table_name

JOB = "TABLE_JOB"
"""The environment variable that says what to do: other users of the machine cannot read it, as they can arguments."""
MEMORY = 3 << 29
CPU_SECONDS = 20
FILES = 16


def confine() -> None:
    """Bound what this process may do from now on, where the system can."""
    confinement.confine(MEMORY, CPU_SECONDS, FILES)


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


def answer(file: BinaryIO, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What is told of the table, and its bytes; or `error`, or `failed` where the mistake is ours."""
    try:
        found = read(file, job)
        data = encode_table(found.table)
        return {"told": tell(found, job["limits"]["points"]) | {"name": table_name(data)}}, data
    except TableError as error:
        return {"error": [error.message, error.line, error.column, error.code]}, b""
    except MemoryError:
        return {"error": ["reading the file takes more memory than allowed", None, None, "too_large"]}, b""
    except Exception as error:  # nothing of the file may reach a log, so the message stays here
        return {"failed": confinement.place_of(error)}, b""


def main() -> None:
    """Carry out the job."""
    job = json.loads(os.environ[JOB])
    confine()
    facts, data = answer(sys.stdin.buffer, job)
    text = json.dumps(facts, separators=(",", ":")).encode()
    for part in (len(text).to_bytes(8, "little"), text, data):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
