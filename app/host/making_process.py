"""The process that makes things of sessions, one by one: python -m app.host.making_process.

app/host/waiting_process.py tells how jobs come and go.

An answer is 8 bytes of length, JSON, then the file. The JSON has `file_name` and `media_type`, or `refused` with a
message and a code, or `failed` where the mistake is ours.
"""

import contextlib
import os
import sys
from typing import BinaryIO

from app.host.confinement import confine
from app.host.waiting_process import Outcome, serve

MEMORY = 3 << 29
CPU_SECONDS = 45
FILES = 32
NICENESS = 5
"""Training goes before: whoever takes something home can wait a little."""


def main() -> None:
    """Carry out jobs."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    from app.host import making  # a second of work, which is not in anybody's way now
    from app.host.facts import with_facts

    making.prepare()

    def job(source: BinaryIO) -> Outcome:
        confine(MEMORY, CPU_SECONDS, FILES)
        facts, data = making.answer(source)
        return Outcome(with_facts(facts, data), good="file_name" in facts)

    serve(job)


if __name__ == "__main__":
    main()
