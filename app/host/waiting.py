"""Processes that wait for jobs (app/host/waiting_process.py), as the web process holds them: none at first, one where
jobs are likely, one for each of those that are carried out at once. Knows nothing of what the jobs are."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Coroutine, Sequence
from os import SEEK_END
from typing import IO, NamedTuple

import structlog

from app.host.confinement import bare_environment
from app.host.waiting_process import LENGTH

log = structlog.get_logger()

UNUSED_SECONDS = 600.0
"""After which a process that nobody needs is ended: 75 MB on the machine of somebody who does something else."""
PORTION = 1 << 20
"""Bytes of an answer that are taken in at once, and of a file that are handed on."""
TIME_UP = 128 + getattr(signal, "SIGXCPU", 0)
"""The exit code of a process whose copy used up its time on the CPU."""


class Answer(NamedTuple):
    """`data` is empty where the process has died; then `code` is how, below 0 or above 128 by a signal."""

    data: bytes
    code: int | None

    @property
    def is_time_up(self) -> bool:
        """The copy has used up its time on the CPU."""
        return self.code == TIME_UP


class WaitingProcesses:
    """Those of one `program`, of which at most one has nothing to do, for `unused` seconds at most."""

    def __init__(self, program: Sequence[str], unused: float = UNUSED_SECONDS) -> None:
        self._program, self._unused = tuple(program), unused
        self._idle: Process | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    def warm(self) -> None:
        """A job is likely soon: begin to start a process, unless one waits already."""
        if self._stopped or self._tasks:
            return
        if self._idle and self._idle.returncode is None:
            self._keep(self._idle)
        else:
            self._later(self._start_one())

    async def carry_out(self, job: bytes, file: IO[bytes] | None = None) -> Answer:
        """What comes of `job`, to which all of `file` belongs as well. A process that failed, or whose answer nobody
        waited for, is not used again."""
        process = await self._taken()
        good = False
        try:
            data, good = await _asked(process, job, file)
        finally:
            if good and not self._idle and not self._stopped:
                self._keep(process)
            else:
                await _ended(process)
                if not good:
                    self.warm()
        return Answer(data, None if good else process.returncode)

    async def stop(self) -> None:
        """End those that have nothing to do; the others end with their jobs."""
        self._stopped = True
        await self._quiet()
        if process := self._without_idle():
            await _ended(process)

    async def _quiet(self) -> None:
        """Wait for what has been begun. Whoever is cancelled here cancels nothing of it."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _taken(self) -> Process:
        await self._quiet()
        process = self._without_idle()
        if process and process.returncode is None:
            return process
        return await self._start()

    def _without_idle(self) -> Process | None:
        if self._ending:
            self._ending.cancel()
        process, self._idle = self._idle, None
        return process

    def _keep(self, process: Process) -> None:
        """Let it wait for the next job, though not for ever."""
        self._without_idle()
        self._idle = process
        self._ending = asyncio.get_running_loop().call_later(
            self._unused, lambda: self._later(self._end_idle())
        )

    async def _end_idle(self) -> None:
        if process := self._without_idle():
            await _ended(process)

    async def _start_one(self) -> None:
        try:
            self._keep(await self._start())
        except OSError as error:
            log.warning("no process could be made ready", error=str(error))

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *self._program,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=bare_environment(),
            limit=PORTION,
            start_new_session=True,
        )

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _asked(process: Process, job: bytes, file: IO[bytes] | None) -> tuple[bytes, bool]:
    """The answer, and whether another job can be given."""
    assert process.stdin
    assert process.stdout
    with contextlib.suppress(ConnectionError):  # one that has died says so by its answer
        size = file.seek(0, SEEK_END) if file else 0
        process.stdin.write((len(job) + size).to_bytes(LENGTH, "little") + job)
        await process.stdin.drain()
        if file:
            await _handed_on(file, process.stdin)
    try:
        size = int.from_bytes(await process.stdout.readexactly(LENGTH), "little")
        answer = await process.stdout.readexactly(size)
    except asyncio.IncompleteReadError:
        return b"", False
    return answer, bool(await process.stdout.read(1))


async def _handed_on(file: IO[bytes], stdin: asyncio.StreamWriter) -> None:
    """Portion by portion, so that no file is ever in the server's memory as a whole."""
    file.seek(0)
    while portion := file.read(PORTION):
        stdin.write(portion)
        await stdin.drain()


async def _ended(process: Process) -> None:
    """End a process with its copy, whatever they do."""
    assert process.stdin
    process.stdin.close()
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()
