"""The process that reads uploaded files, one by one: python -m app.host.reading_process.

app/host/waiting_process.py tells how jobs come and go. A hostile file can hurt nobody else: the copy that reads it may
not write files, or take more memory and time than its limits.

A job is 8 bytes of length, JSON, then the file. So is an answer: JSON with `told`, then the table's safetensors; or
`error` (message, line, column, code) for what is no table, `refused` (message, code) for what is too much, `failed`
where the mistake is ours.
"""

from typing import BinaryIO

from app.host.confinement import confine
from app.host.waiting_process import Outcome, serve

MEMORY = 3 << 29
CPU_SECONDS = 20
FILES = 16


def main() -> None:
    """Read files."""
    from app.host import reading  # half a second of work, which is not in anybody's way now
    from app.host.facts import with_facts

    reading.prepare()

    def job(source: BinaryIO) -> Outcome:
        confine(MEMORY, CPU_SECONDS, FILES)
        facts, data = reading.answer(source)
        return Outcome(with_facts(facts, data), good="told" in facts or "error" in facts)

    serve(job)


if __name__ == "__main__":
    main()
