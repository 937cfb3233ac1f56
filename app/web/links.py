"""Keeping links that are too long for an address, and their QR codes. See docs/link.md."""

import asyncio
from collections.abc import Mapping

import segno
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.host.supervisor import Supervisor
from app.links import Payload, read_link
from app.links.address import SAVED_ID
from app.links.beginning import uploaded_table
from app.links.codec import TEXT_LIMIT
from app.spec import BOUNDS
from app.store.kept import KeptTable
from app.store.links import Links, SavedLink
from app.web.bodies import body_of, read_body
from app.web.callers import KEYED, caller_address, check_origin, session_key
from app.web.rates import Rate
from app.web.refusals import RefusalError, refusals

BODY_LIMIT = TEXT_LIMIT + 1000
"""Bytes."""
KEPT_A_MINUTE, ASKED_A_MINUTE, CODES_A_MINUTE = 30, 600, 240
"""Links kept by one session, links and QR codes asked for from one address: a class behind it asks for many. A code
takes up to 80 ms."""
CODE_BODY_LIMIT = 12 * BOUNDS.code_address + 100
"""Bytes: a letter may take twelve as JSON writes it."""


class LinkAsked(BaseModel):
    """A link to keep."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(max_length=TEXT_LIMIT, description="What stands behind #e= of an address.")
    keep: bool = Field(
        False, description="For good, because somebody has copied it; else until it is unused for long."
    )


class CodeAsked(BaseModel):
    """An address to draw."""

    model_config = ConfigDict(extra="forbid", strict=True)

    address: str = Field(min_length=1, max_length=BOUNDS.code_address, description="A whole one.")


class Kept(BaseModel):
    """A link that is kept; its address is the page's with #s= and this."""

    id: str


class Text(BaseModel):
    """A saved link's text."""

    text: str


class Code(BaseModel):
    """A QR code, a row of 0 and 1 for each of its rows, with the margin around it."""

    rows: list[str]


class SavedLinks:
    """Links as HTTP keeps and gives them."""

    def __init__(self, supervisor: Supervisor, links: Links) -> None:
        self._supervisor, self._links = supervisor, links
        self._kept, self._asked = Rate("links", KEPT_A_MINUTE), Rate("links", ASKED_A_MINUTE)

    async def put(self, request: Request, asked: LinkAsked) -> str:
        """Keep a link, with the uploaded table that it is about; its id."""
        key = session_key(request, self._supervisor) if "authorization" in request.headers else None
        self._kept.take(key or caller_address(request))
        payload = await asyncio.to_thread(read_link, asked.text)
        return await self._links.put(asked.text, asked.keep, self._tables(payload, key))

    def _tables(self, payload: Payload, key: str | None) -> Mapping[str, KeptTable]:
        name = uploaded_table(payload)
        if name is None:
            return {}
        table = self._supervisor.table(key, name) if key else None
        if table is None:
            message = f"table {name} is in no session of yours; send the session's key, as Authorization: Bearer KEY"
            raise RefusalError(422, "unknown_table", message)
        return {name: table}

    async def get(self, request: Request, link: str) -> SavedLink:
        """What is kept under an id; RefusalError for nothing."""
        self._asked.take(caller_address(request))
        saved = await self._links.get(link) if SAVED_ID.fullmatch(link) else None
        if saved is None:
            raise RefusalError(
                404, "unknown_link", "no such link is kept here; it may have gone unused for too long"
            )
        return saved


def draw_code(address: str) -> list[str]:
    """A QR code as rows of 0 and 1, with as much correction as fits without making it larger."""
    code = segno.make_qr(address, error="l", boost_error=True)
    return ["".join(str(int(dark)) for dark in row) for row in code.matrix_iter()]


def make_links_router(saved: SavedLinks, origins: tuple[str, ...]) -> APIRouter:
    """The HTTP routes of saved links."""
    router = APIRouter(tags=["links"])

    @router.post(
        "/api/links",
        status_code=201,
        responses=refusals(400, 401, 403, 404, 409, 413, 422, 429, 503),
        openapi_extra=body_of(LinkAsked),
        dependencies=[KEYED],
    )
    async def post_link(request: Request) -> Kept:
        """Keep a link too long for an address. The same text has the same id. One about an uploaded table needs the key
        of a session that has it."""
        check_origin(request, origins)
        asked = await read_body(request, LinkAsked, BODY_LIMIT)
        return Kept(id=await saved.put(request, asked))

    @router.get("/api/links/{link}", responses=refusals(404, 429, 503))
    async def get_link(request: Request, response: Response, link: str) -> Text:
        """The text of a saved link."""
        response.headers["Cache-Control"] = "no-store"
        return Text(text=(await saved.get(request, link)).text)

    @router.post("/api/qr", responses=refusals(400, 403, 413, 422, 429), openapi_extra=body_of(CodeAsked))
    async def post_code(request: Request) -> Code:
        """The QR code of an address; nothing of it is kept."""
        check_origin(request, origins)
        codes.take(caller_address(request))
        asked = await read_body(request, CodeAsked, CODE_BODY_LIMIT)
        return Code(rows=await asyncio.to_thread(draw_code, asked.address))

    codes = Rate("QR codes", CODES_A_MINUTE)
    return router
