"""Taking a file for a session. See docs/protocol.md, "Files and tables".

A file is streamed to a temporary one without a name, counted against its limit before and while it comes, and read by a
process of its own. Neither its content nor its name is logged.
"""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from urllib.parse import unquote

from fastapi import Request
from fastapi.responses import Response
from starlette.requests import ClientDisconnect

from app.host.kept_tables import KeptTable
from app.host.readers import Readers
from app.host.supervisor import Supervisor
from app.spec import BOUNDS
from app.vocabulary import FirstLine
from app.web.callers import check_origin, session_key
from app.web.rates import Rate
from app.web.refusals import RefusalError, unknown_session

SIZES = {"table": BOUNDS.table_bytes, "images": BOUNDS.image_bytes}
"""Kinds of files, and how many bytes each may have."""
FIRST_LINES = {"table": [*FirstLine], "images": [FirstLine.FOUND]}
"""What may be said of the first line of each kind; pictures have no names."""
PLACES = {"table": 64, "images": 8}
"""Files of each kind that may be on their way at once: a class that brings the same file together, or 1 GB on disk."""
UPLOADS_A_MINUTE = 10
BUSY_WAIT = 5.0
"""Seconds after which a file may be brought again where too many were coming."""
SECONDS = 120.0
"""What a file may take to come."""


class Wanted(NamedTuple):
    """What a file is to be read as; see docs/protocol.md."""

    kind: str
    labels_for: str
    first_line: str


class Uploads:
    """Takes files for sessions. `origins`: other sites whose pages may bring some."""

    def __init__(self, supervisor: Supervisor, readers: Readers, origins: tuple[str, ...]) -> None:
        self._supervisor, self._readers, self._origins = supervisor, readers, origins
        self._rate = Rate("files", UPLOADS_A_MINUTE)
        self._coming = dict.fromkeys(PLACES, 0)

    async def take(self, request: Request, wanted: Wanted) -> Response:
        """The file that is the body of `request`; 201 and what is told of its table. RefusalError, and what
        app.web.failures knows, for any other."""
        try:
            key, images = self._check(request, wanted)
            self._readers.warm()
            with self._place(wanted.kind), tempfile.TemporaryFile() as file:
                size = await _received(request, file, SIZES[wanted.kind])
                job = await _job(request, file, wanted, size, images)
                reading = await self._readers.read(file, job)
            told = json.dumps(reading.told, separators=(",", ":")).encode()
            table = KeptTable(reading.data, told, reading.told["file_rows"])
            self._supervisor.keep_table(key, reading.name, table)
            await self._supervisor.settle(key)
            return Response(told, 201, media_type="application/json")
        except KeyError as error:
            raise unknown_session() from error

    def _check(self, request: Request, wanted: Wanted) -> tuple[str, KeptTable | None]:
        """Refuse what can be refused before a byte of it is read; whose file it is, and the pictures that labels are
        for."""
        check_origin(request, self._origins)
        key = session_key(request, self._supervisor)
        kind, labels_for, first_line = wanted
        if kind not in SIZES:
            raise RefusalError(422, "bad_kind", f"a file is of kind {' or '.join(SIZES)}")
        if first_line not in FIRST_LINES[kind]:
            message = f"the first line of this kind of file is one of: {', '.join(FIRST_LINES[kind])}"
            raise RefusalError(422, "bad_first_line", message)
        images = self._supervisor.table(key, labels_for) if labels_for else None
        if labels_for and images is None:
            raise unknown_table(labels_for)
        self._rate.take(key)
        declared = request.headers.get("content-length", "")
        if declared.isascii() and declared.isdecimal():
            _check_size(int(declared), SIZES[kind])
        return key, images

    @contextlib.contextmanager
    def _place(self, kind: str) -> Iterator[None]:
        """Room for a file, from before it comes until it is read."""
        if self._coming[kind] >= PLACES[kind]:
            raise RefusalError(
                503, "busy", "too many files are coming; try again in a moment", wait=BUSY_WAIT
            )
        self._coming[kind] += 1
        try:
            yield
        finally:
            self._coming[kind] -= 1


def unknown_table(name: str) -> RefusalError:
    """The session has not been given it."""
    shown = name if len(name) <= BOUNDS.name else "of that name"
    return RefusalError(404, "unknown_table", f"this session has no table {shown}")


def _check_size(size: int, most: int) -> None:
    if size > most:
        message = f"the file has {size / 1e6:,.1f} MB; allowed: at most {most / 1e6:g} MB"
        raise RefusalError(413, "too_large", message)


async def _received(request: Request, file: IO[bytes], most: int) -> int:
    """The body's bytes, written to `file`."""
    size = 0
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    message = f"the file has more than {most / 1e6:g} MB, which is what is allowed"
                    raise RefusalError(413, "too_large", message)
                file.write(chunk)
    except TimeoutError as error:
        raise RefusalError(408, "too_slow", f"the file took longer than {SECONDS:g} seconds") from error
    except ClientDisconnect as error:
        raise RefusalError(400, "left", "the file did not come whole") from error
    return size


async def _job(
    request: Request, file: IO[bytes], wanted: Wanted, size: int, images: KeptTable | None
) -> dict[str, Any]:
    """What the reader is to do. Pictures that wait for their labels come after these in the same file."""
    if images is not None:
        await asyncio.to_thread(file.write, images.data)
        return {"kind": "labels", "size": size, "count": images.count}
    name = unquote(request.headers.get("x-file-name", ""))[: BOUNDS.name * 4]
    return {"kind": wanted.kind, "name": name, "first_line": wanted.first_line}
