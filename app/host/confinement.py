"""Bounds for a process that works on what somebody has brought: it can hurt nobody else."""

import os
import sys

GRACE = 2
"""Seconds of CPU from the signal that says why a process ends to the one that does not: at the same second only the
second is sent."""


def confine(memory: int, cpu_seconds: int, files: int) -> None:
    """Bound what this process may do from now on, where the system can: bytes of memory, seconds of CPU, open files.
    It may not write to files at all."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, files),
    ):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + GRACE))


def bare_environment() -> dict[str, str]:
    """The environment of such a process: this one's without the database's address, in which a password may stand."""
    return {name: value for name, value in os.environ.items() if name.upper() != "DATABASE_URL"}


def place_of(error: BaseException) -> str:
    """What went wrong and where, as `ValueError at tables.py:12`: nothing of the content, which may reach no log."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" at {_last_part(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""
    return f"{type(error).__name__}{where}"


def _last_part(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
