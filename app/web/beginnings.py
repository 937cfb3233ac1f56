"""Sessions that begin from an address: a link, a saved one, one to playground.tensorflow.org. See docs/link.md."""

import asyncio
from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from app.data.tables import Shelf
from app.host.story import Story
from app.host.supervisor import Supervisor
from app.links import Beginning, Checked, SavedId, checked, read_address, read_link
from app.links.address import ADDRESS_LIMIT
from app.store.kept import KeptTable
from app.web.bodies import body_of, read_body
from app.web.callers import caller_address, check_origin
from app.web.links import SavedLinks
from app.web.rates import Rate
from app.web.refusals import refusals
from app.wire.tables import decode_table

BODY_LIMIT = 4 * ADDRESS_LIMIT
"""Bytes: a character of an address may take several."""
BEGUN_A_MINUTE = 240
"""Sessions of one caller: a class behind one address begins many at once."""


class BeginningAsked(BaseModel):
    """Where to begin."""

    model_config = ConfigDict(extra="forbid", strict=True)

    address: str = Field(max_length=ADDRESS_LIMIT, description="An address, or what stands behind its #.")


class Begun(BaseModel):
    """A session, and what else its address asks of the page."""

    session: str = Field(description="Its key.")
    notes: tuple[str, ...] = Field(description="What could not be carried over, in sentences.")
    hide: tuple[str, ...] = Field(description="What is not to be shown, as `hide=` in an address names it.")
    tests: bool | None = Field(description="Whether test points are to be shown; null: as the page has it.")
    discretise: bool | None = Field(description="Whether the decision alone is to be shown.")


class Beginnings:
    """Makes sessions of addresses."""

    def __init__(self, supervisor: Supervisor, saved: SavedLinks) -> None:
        self._supervisor, self._saved = supervisor, saved
        self._rate = Rate("sessions", BEGUN_A_MINUTE)

    async def begin(self, request: Request, address: str) -> Begun:
        """A session. What app.web.failures knows, or RefusalError, where there can be none."""
        self._rate.take(caller_address(request))
        beginning, tables = await self._read(request, address)
        ready = await asyncio.to_thread(_checked, beginning, tables)
        story = Story(ready.spec, is_snapshot=False, commands=ready.commands, tables=tables)
        extras = {name: getattr(beginning, name) for name in ("notes", "hide", "tests", "discretise")}
        session = self._supervisor.begin(story)
        await self._supervisor.settle(session)
        return Begun(session=session, **extras)

    async def _read(self, request: Request, address: str) -> tuple[Beginning, Mapping[str, KeptTable]]:
        found = await asyncio.to_thread(read_address, address)
        if not isinstance(found, SavedId):
            return found, {}
        saved = await self._saved.get(request, found.id)
        return Beginning(await asyncio.to_thread(read_link, saved.text)), saved.tables


def _checked(beginning: Beginning, tables: Mapping[str, KeptTable]) -> Checked:
    shelf = Shelf()
    for name, table in tables.items():
        shelf.put(name, partial(decode_table, table.data, name))
    return checked(beginning.payload, shelf)


def make_beginnings_router(beginnings: Beginnings, origins: tuple[str, ...]) -> APIRouter:
    """The HTTP route of addresses."""
    router = APIRouter(tags=["links"])

    @router.post(
        "/api/sessions",
        status_code=201,
        responses=refusals(400, 403, 404, 409, 413, 422, 429, 503),
        openapi_extra=body_of(BeginningAsked),
    )
    async def post_session(request: Request) -> Begun:
        """A session that begins as an address says."""
        check_origin(request, origins)
        asked = await read_body(request, BeginningAsked, BODY_LIMIT)
        return await beginnings.begin(request, asked.address)

    return router
