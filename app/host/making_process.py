"""The process that makes one thing of one session and ends: python -m app.host.making_process, the story as standard
input.

Its answer on standard output is 8 bytes of length, JSON, then the file. The JSON has `file_name` and `media_type`, or
`refused` with a message and a code, or `failed` where the mistake is ours.
"""

import contextlib
import os
import sys
from typing import Any, BinaryIO

from app.host.confinement import confine, place_of
from app.host.framed_story import read_framed, with_facts
from app.host.reopening import reopened
from app.host.story import Story
from app.spec import SpecError
from app.takeaway.errors import TakeawayError
from app.takeaway.kinds import INNER, kind_named
from app.takeaway.naming import stem_of
from app.takeaway.options import completed

MEMORY = 3 << 29
CPU_SECONDS = 45
FILES = 32
NICENESS = 5
"""Training goes before: whoever takes something home can wait a little."""


def make(story: Story, job: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    """What `job` (`kind`, `options`) asks for, of the session that `story` tells of."""
    kind = INNER.get(job["kind"]) or kind_named(job["kind"])
    options = completed(kind.options, job["options"])
    session = reopened(story)
    data = kind.make(session, options)
    return {"file_name": kind.file_name.format(stem=stem_of(session)), "media_type": kind.media_type}, data


def answer(file: BinaryIO) -> tuple[dict[str, object], bytes]:
    """What is told, and the file that was made; nothing of the content reaches a log, so messages of ours stay here."""
    try:
        return make(*read_framed(file))
    except TakeawayError as error:
        return {"refused": [error.message, error.code]}, b""
    except SpecError as error:
        return {"refused": [error.message, "cannot"]}, b""
    except MemoryError:
        return {"refused": ["making it takes more memory than allowed", "too_large"]}, b""
    except Exception as error:
        return {"failed": place_of(error)}, b""


def main() -> None:
    """Carry out the job."""
    confine(MEMORY, CPU_SECONDS, FILES)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    sys.stdout.buffer.write(with_facts(*answer(sys.stdin.buffer)))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
