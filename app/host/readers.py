"""Reader processes: a copy of its own for each uploaded file, few at a time, none for long. Knows no sessions."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO, Any

import structlog

from app import assemble
from app.data.tables.problems import TableError
from app.host.facts import read_facts, with_facts
from app.host.waiting import WaitingProcesses

log = structlog.get_logger()

PROGRAM = (sys.executable, "-m", "app.host.reading_process")
LIMITS = assemble.LIMITS
AT_ONCE = 2
"""Files; the others wait."""
SECONDS = 60.0
"""What a reader may take before it is killed, on a machine that is busy with others; of the CPU it has less."""


@dataclass(frozen=True)
class Reading:
    """A table's safetensors and the JSON that the page is told of it."""

    name: str
    data: bytes
    told: dict[str, Any]


class Readers:
    """Reads files in processes of their own. `seconds`: the time that one may take; `program`: what runs."""

    def __init__(self, seconds: float = SECONDS, program: Sequence[str] = PROGRAM) -> None:
        self._seconds, self._processes = seconds, WaitingProcesses(program)
        self._places = asyncio.Semaphore(AT_ONCE)

    def warm(self) -> None:
        """Somebody may soon bring a file: be ready for it."""
        self._processes.warm()

    async def stop(self) -> None:
        """End the process that waits."""
        await self._processes.stop()

    async def read(self, file: IO[bytes], job: dict[str, Any]) -> Reading:
        """What is in `file`, read from its beginning; TableError where it is no table, or takes too much time or
        memory."""
        head = with_facts(job | {"limits": asdict(LIMITS)}, b"")
        async with self._places:
            facts, data = read_facts(await self._run(head, file))
        match facts:
            case {"told": {"name": str(name)} as told}:
                return Reading(name, data, told)
            case {"error": [str(message), line, column, str(code)]}:
                raise TableError(message, line, column, code)
            case {"refused": [str(message), str(code)]}:
                raise TableError(message, code=code)
        log.error("a reader failed", what=facts.get("failed", "no answer"))
        raise TableError("the file could not be read, because of a mistake of the server's or its size")

    async def _run(self, head: bytes, file: IO[bytes]) -> bytes:
        """The reader's answer; empty where it died."""
        try:
            answer = await asyncio.wait_for(self._processes.carry_out(head, file), self._seconds)
        except TimeoutError as error:
            message = f"reading the file takes longer than {self._seconds:g} seconds"
            raise TableError(message, code="too_large") from error
        if answer.is_time_up:
            raise TableError("reading the file takes more time than allowed", code="too_large")
        return answer.data
