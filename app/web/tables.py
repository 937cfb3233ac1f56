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
from app.vocabulary import BundledTable
from app.web.callers import session_key
from app.web.fixed import Fixed
from app.web.refusals import RefusalError
from app.web.uploads import Uploads, unknown_table


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
    router = APIRouter()
    uploads = Uploads(supervisor, readers, origins)
    bundled = Fixed(bytes(JSONResponse(listed()).body), "application/json")

    @router.get("/api/tables")
    async def get_tables(request: Request) -> Response:
        """The bundled tables."""
        return bundled.answer(request)

    @router.post("/api/session/tables")
    async def post_table(request: Request, kind: str = "table", labels_for: str = "") -> Response:
        """A file for the session that asks."""
        return await uploads.take(request, kind, labels_for)

    @router.get("/api/session/tables/{name}")
    async def get_table(request: Request, name: str) -> Response:
        """What is known of a table."""
        try:
            key = session_key(request, supervisor)
        except RefusalError as refusal:
            return refusal.answer()
        if name in set(BundledTable):
            told = await asyncio.to_thread(_told_bundled, BundledTable(name))
        elif (table := supervisor.table(key, name)) is not None:
            told = table.told
        else:
            return unknown_table(name).answer()
        return Response(told, media_type="application/json", headers={"Cache-Control": "no-store"})

    return router
