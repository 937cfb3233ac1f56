"""Maker processes: a copy of its own for each thing that is taken home, few at a time, none for long.

The web process makes nothing itself: a figure takes seconds, and what somebody has brought can only hurt the process
that works on it.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from app.host.facts import read_facts
from app.host.framed_story import framed
from app.host.story import Story
from app.host.waiting import WaitingProcesses
from app.takeaway.errors import TakeawayError

log = structlog.get_logger()

PROGRAM = (sys.executable, "-m", "app.host.making_process")
AT_ONCE = 2
"""Things made together; the others wait."""
MOST_WAITING = 64
"""Two for each of a class of thirty. Whoever comes after them is asked to come again."""
SECONDS = 150.0
"""What a maker may take before it is killed, on a machine that is busy with others; of the CPU it has less."""
OFTEN_SECONDS = 2.0
"""What one thing usually takes: how long somebody who finds the line full should wait."""


class BusyError(Exception):
    """Too many wait already. `wait`: seconds after which it may be asked again."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"too many things are being made; try again in {wait:.0f} seconds")
        self.wait = wait


class MakerError(Exception):
    """It failed, and the mistake is ours."""


@dataclass(frozen=True)
class Made:
    """A file to take home."""

    file_name: str
    media_type: str
    data: bytes


class Makers:
    """Makes things in processes of their own. `seconds`: the time that one thing may take; `program`: what runs."""

    def __init__(self, seconds: float = SECONDS, program: Sequence[str] = PROGRAM) -> None:
        self._seconds, self._processes = seconds, WaitingProcesses(program)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._asked = 0

    def warm(self) -> None:
        """Somebody may soon want something: be ready for it."""
        self._processes.warm()

    async def stop(self) -> None:
        """End the process that waits."""
        await self._processes.stop()

    def check_room(self) -> None:
        """BusyError where one more would have to wait too long."""
        if self._asked >= AT_ONCE + MOST_WAITING:
            raise BusyError(OFTEN_SECONDS * MOST_WAITING / AT_ONCE)

    async def make(self, kind: str, story: Story, options: Mapping[str, str] | None = None) -> Made:
        """The file of `kind` for the session that `story` tells of. TakeawayError where there is nothing to make it of,
        or it takes too much time or memory; BusyError, MakerError."""
        self.check_room()
        self._asked += 1
        try:
            async with self._places:
                message = await asyncio.to_thread(
                    framed, story, {"kind": kind, "options": dict(options or {})}
                )
                return _made(*read_facts(await self._run(message)))
        finally:
            self._asked -= 1

    async def _run(self, message: bytes) -> bytes:
        """The maker's answer; empty where it died."""
        try:
            answer = await asyncio.wait_for(self._processes.carry_out(message), self._seconds)
        except TimeoutError as error:
            raise _too_long() from error
        if answer.is_time_up:
            raise _too_long()
        return answer.data


def _too_long() -> TakeawayError:
    return TakeawayError("making it takes longer than allowed; a smaller experiment goes faster", "too_long")


def _made(facts: dict[str, object], data: bytes) -> Made:
    match facts:
        case {"file_name": str(file_name), "media_type": str(media_type)}:
            return Made(file_name, media_type, data)
        case {"refused": [str(message), str(code)]}:
            raise TakeawayError(message, code)
    what = facts.get("failed", "no answer")
    log.error("a maker failed", what=what)
    raise MakerError(str(what))
