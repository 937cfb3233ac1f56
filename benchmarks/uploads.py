"""What reading an uploaded file costs: python -m benchmarks.uploads

Tables of three sizes, one file after another, and a class of thirty that brings one at the same time. Processor time is
that of the reader processes with all they import, taken when they have ended; the first file pays for the start of the
process that waits, unless somebody has looked at the bundled tables before.
"""

import asyncio
import random
import resource
import tempfile
import time
from typing import Any

from app.host.readers import Readers
from benchmarks.report import report

JOB = {"kind": "table", "name": "people.csv", "first_line": "found"}
FILES, CLASS = 10, 30


def table(rows: int) -> bytes:
    """Text with five columns of numbers and one of words."""
    chance = random.Random(1)
    lines = [
        ",".join([*(f"{chance.gauss(0, 1):.4f}" for _ in range(5)), chance.choice("xyz")])
        for _ in range(rows)
    ]
    return "\n".join(["a,b,c,d,e,kind", *lines, ""]).encode()


async def read(readers: Readers, data: bytes) -> float:
    """Seconds from a file that has come to its table."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        start = time.monotonic()
        await readers.read(file, JOB)
        return time.monotonic() - start


async def measured(rows: int, files: int, at_once: bool) -> dict[str, Any]:
    """A line of the table."""
    readers, data, before = Readers(), table(rows), spent()
    start = time.monotonic()
    if at_once:
        took = await asyncio.gather(*(read(readers, data) for _ in range(files)))
    else:
        took = [await read(readers, data) for _ in range(files)]
    seconds = time.monotonic() - start
    await readers.stop()
    return {
        "rows": rows,
        "files": f"{files} at once" if at_once else f"{files} in turn",
        "processor, s": spent() - before,
        "all of them, s": seconds,
        "first, s": took[0],
        "median of the others, s": sorted(took[1:])[(files - 1) // 2],
    }


def spent() -> float:
    """Seconds of processor time of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def main() -> None:
    """Measure and tell."""
    rows = [await measured(size, FILES, at_once=False) for size in (150, 2000, 20_000)]
    rows.append(await measured(150, CLASS, at_once=True))
    report("uploads", "Uploaded tables", rows)


if __name__ == "__main__":
    asyncio.run(main())
