"""Tables over HTTP: which are bundled, what is known of one, and bringing a file. See docs/protocol.md, "Files and
tables"."""

import asyncio
import json
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.data.tables import BUNDLED
from app.data.tables.catalogue import CATALOGUE
from app.data.told import tell_bundled
from app.host.readers import Readers
from app.host.supervisor import Supervisor
from app.vocabulary import BundledTable, FirstLine
from app.web.callers import KEYED, session_key
from app.web.fixed import Fixed
from app.web.refusals import refusals
from app.web.table_models import Bundled, ToldTable
from app.web.uploads import Uploads, Wanted, unknown_table


@cache
def _told_bundled(name: BundledTable) -> bytes:
    return json.dumps(tell_bundled(BUNDLED.get(name)), separators=(",", ":")).encode()


def listed() -> list[dict[str, Any]]:
    """The bundled tables, a line for each."""
    return [
        {
            "name": entry.name,
            "title": entry.title,
            "text": entry.text,
            "rows": entry.rows,
            "columns": entry.columns,
            "target": entry.target[0],
            "task": entry.task,
            "classes": len(entry.classes),
            "image": entry.image and vars(entry.image),
        }
        for entry in CATALOGUE.values()
    ]


def make_tables_router(supervisor: Supervisor, readers: Readers, origins: tuple[str, ...]) -> APIRouter:
    """The HTTP routes of tables."""
    router = APIRouter(tags=["tables"])
    uploads = Uploads(supervisor, readers, origins)
    bundled = Fixed(bytes(JSONResponse(listed()).body), "application/json")

    @router.get("/api/tables", response_model=list[Bundled])
    async def get_tables(request: Request) -> Response:
        """The bundled tables. Whoever looks at them may soon bring one of their own."""
        readers.warm()
        return bundled.answer(request)

    @router.post(
        "/api/session/tables",
        status_code=201,
        response_model=ToldTable,
        responses=refusals(400, 401, 403, 404, 408, 409, 413, 422, 429, 503),
        dependencies=[KEYED],
        openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
    )
    async def post_table(
        request: Request, kind: str = "table", labels_for: str = "", first_line: str = FirstLine.FOUND
    ) -> Response:
        """A file for the session that asks. `first_line` of a table: header, data, or found, which is what it looks
        like."""
        return await uploads.take(request, Wanted(kind, labels_for, first_line))

    @router.get(
        "/api/session/tables/{name}",
        response_model=ToldTable,
        responses=refusals(401, 404),
        dependencies=[KEYED],
    )
    async def get_table(request: Request, name: str) -> Response:
        """What is known of a table."""
        key = session_key(request, supervisor)
        if name in set(BundledTable):
            told = await asyncio.to_thread(_told_bundled, BundledTable(name))
        elif (table := supervisor.table(key, name)) is not None:
            told = table.told
        else:
            raise unknown_table(name)
        return Response(told, media_type="application/json", headers={"Cache-Control": "no-store"})

    return router
