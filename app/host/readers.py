"""Reader processes: a new one for each uploaded file, few at a time, none for long. Knows no sessions."""

import asyncio
import contextlib
import json
import sys
from dataclasses import asdict, dataclass
from typing import IO, Any

import structlog

from app import assemble
from app.data.tables.problems import TableError
from app.host.confinement import bare_environment
from app.host.reading_process import JOB

log = structlog.get_logger()

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
    """Reads files in processes of their own. `seconds`: the time that one may take."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, file: IO[bytes], job: dict[str, Any]) -> Reading:
        """What is in `file`, read from its beginning; TableError where it is no table, or takes too long."""
        async with self._places:
            output = await self._run(file, job)
        size = int.from_bytes(output[:8], "little")
        facts: dict[str, Any] = json.loads(output[8 : 8 + size]) if size else {"failed": "no answer"}
        if error := facts.get("error"):
            raise TableError(*error)
        if failed := facts.get("failed"):
            log.error("a reader failed", what=failed)
            raise TableError("the file could not be read, because of a mistake of the server's or its size")
        return Reading(facts["told"]["name"], output[8 + size :], facts["told"])

    async def _run(self, file: IO[bytes], job: dict[str, Any]) -> bytes:
        """The reader's output; empty where it died."""
        file.seek(0)
        text = json.dumps(job | {"limits": asdict(LIMITS)})
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.host.reading_process"),
            stdin=file,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=bare_environment() | {JOB: text, "OPENBLAS_NUM_THREADS": "1"},
        )
        try:
            output, _ = await asyncio.wait_for(process.communicate(), self._seconds)
        except TimeoutError as error:
            message = f"reading the file takes longer than {self._seconds:g} seconds"
            raise TableError(message, code="too_large") from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return output
