"""A process that waits for jobs with everything imported, and for each makes a copy of itself that carries it out.

It looks into no job itself, and a copy has neither its input nor its output, but the job's bytes and a pipe of its own
for the answer. What somebody has brought can therefore hurt one copy, and no job before or after it. A copy that does
not end well is the last: this process ends with its exit code, or 128 and the number of its signal.

On standard input come jobs, each after its length. On standard output go their answers, each after its length and
before READY, if another job can be given.
"""

import gc
import io
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

READY = b"\x01"
LENGTH = 8
"""Bytes of a length, little-endian."""
INPUT, OUTPUT = 0, 1
PORTION = 1 << 16
MOST = 1 << 28
"""Bytes of an answer; nothing that is meant to be made is so large."""


class Outcome(NamedTuple):
    """What came of a job. `good`: it went as it should, so that another may follow."""

    answer: bytes
    good: bool


Job = Callable[[BinaryIO], Outcome]
"""It may do to its process what it likes: limit it, wear it out."""


def serve(job: Job) -> None:
    """Carry out jobs until one does not end well, or the server is gone. Where a process cannot be copied, the
    first job is the only one."""
    gc.freeze()  # what is here already stays one piece of memory, shared by all copies
    while (task := _next_task()) is not None:
        answer, code = _in_a_copy(job, task) if hasattr(os, "fork") else _here(job, task)
        del task
        if answer:
            sys.stdout.buffer.write(len(answer).to_bytes(LENGTH, "little") + answer)
            sys.stdout.buffer.flush()
        if code:
            sys.exit(code if code > 0 else 128 - code)
        os.write(OUTPUT, READY)


def _next_task() -> bytes | None:
    """The bytes of the next job; None where no whole one comes any more."""
    length = sys.stdin.buffer.read(LENGTH)
    size = int.from_bytes(length, "little")
    task = sys.stdin.buffer.read(size) if len(length) == LENGTH else b""
    return task if task and len(task) == size else None


def _here(job: Job, task: bytes) -> tuple[bytes, int]:
    return job(io.BytesIO(task)).answer, 1


def _in_a_copy(job: Job, task: bytes) -> tuple[bytes, int]:
    """The answer and the exit code of the copy; below 0 the signal of which it died."""
    assert sys.platform != "win32"
    ours, theirs = os.pipe()
    copy = os.fork()
    if not copy:
        code = 1
        try:
            os.close(ours)
            code = _carried_out(job, task, theirs)
        finally:
            os._exit(code)
    os.close(theirs)
    answer = _answer(ours)
    if answer is None:
        os.kill(copy, signal.SIGKILL)
    os.close(ours)
    return answer or b"", os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])


def _answer(pipe: int) -> bytes | None:
    """What comes until the copy has ended; None where the server goes first, which may leave no process behind, or too
    much comes."""
    assert sys.platform != "win32"
    ends, answer = select.poll(), bytearray()
    ends.register(pipe, select.POLLIN)
    ends.register(INPUT, 0)  # that the other end is gone is told unasked
    while len(answer) <= MOST:
        if pipe not in dict(ends.poll()):
            return None
        portion = os.read(pipe, PORTION)
        if not portion:
            return bytes(answer)
        answer += portion
    return None


def _carried_out(job: Job, task: bytes, pipe: int) -> int:
    """In the copy, which lets go of what leads to other jobs."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for line in (INPUT, OUTPUT):
        os.dup2(nothing, line)
    answer, good = job(io.BytesIO(task))
    with open(pipe, "wb") as file:
        file.write(answer)
    return 0 if good else 1
