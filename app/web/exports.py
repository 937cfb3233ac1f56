"""Taking home over HTTP: what there is, and the making of one thing. See docs/takeaway.md.

The session's key comes in a header, and what is made is kept by nobody: not by the server, not by what lies between.
"""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.host.makers import Made, Makers
from app.host.supervisor import Supervisor
from app.takeaway.kinds import KINDS, Group, Kind, kind_named
from app.takeaway.options import completed
from app.web.callers import KEYED, session_key
from app.web.rates import Rate
from app.web.refusals import refusals, unknown_session

EXPORTS_A_MINUTE = 20
"""Of one session: more than there are kinds, so that somebody can take all of them in a row."""


class OfferedOption(BaseModel):
    """What can be chosen: one of `choices`, or where there are none a number from `low` to `high`."""

    name: str
    title: str
    default: str
    low: float
    high: float
    whole: bool
    choices: tuple[str, ...]


class Offer(BaseModel):
    """Something that can be taken home."""

    kind: str
    group: Group
    title: str
    text: str = Field(description="What it is, in a sentence.")
    heavy: bool = Field(description="Takes seconds rather than a moment.")
    options: tuple[OfferedOption, ...]


def offer(name: str, kind: Kind) -> Offer:
    """What is told of a kind."""
    options = tuple(OfferedOption(name=key, **vars(option)) for key, option in kind.options.items())
    told = {field: getattr(kind, field) for field in ("group", "title", "text", "heavy")}
    return Offer(kind=name, options=options, **told)


def offers() -> list[Offer]:
    """What there is, in the order of the page."""
    return [offer(name, kind) for group in Group for name, kind in KINDS.items() if kind.group is group]


class Exports:
    """Makes things for sessions, not too many for one."""

    def __init__(self, supervisor: Supervisor, makers: Makers) -> None:
        self._supervisor, self._makers = supervisor, makers
        self._rate = Rate("files to take home", EXPORTS_A_MINUTE)

    async def make(self, request: Request, kind: str) -> Made:
        """What `request` asks for; RefusalError, or what app.web.failures knows, where it cannot be."""
        key = session_key(request, self._supervisor)
        options = completed(kind_named(kind).options, dict(request.query_params))
        self._rate.take(key)
        self._makers.check_room()
        try:
            story = await self._supervisor.story(key)
        except KeyError as error:
            raise unknown_session() from error
        return await self._makers.make(kind, story, options)


def as_download(made: Made) -> Response:
    """`made` as a file that a browser saves and never shows: its name in ASCII, and whole as RFC 5987 writes it."""
    plain = made.file_name.encode("ascii", "replace").decode().replace("?", "_")
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(made.file_name, safe='')}"
    headers = {
        "Content-Disposition": named,
        "Content-Type": made.media_type,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(made.data, headers=headers)


FILES = {kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS.values()}


def make_exports_router(supervisor: Supervisor, makers: Makers) -> APIRouter:
    """The HTTP routes of what is taken home."""
    router = APIRouter(tags=["taking home"], dependencies=[KEYED])
    exports = Exports(supervisor, makers)

    @router.get("/api/session/exports", responses=refusals(401, 404))
    async def get_exports(request: Request, response: Response) -> list[Offer]:
        """What can be taken home of the session whose key it is."""
        session_key(request, supervisor)
        makers.warm()
        response.headers["Cache-Control"] = "no-store"
        return offers()

    @router.get(
        "/api/session/exports/{kind}",
        response_class=Response,
        responses={**refusals(401, 404, 409, 422, 429, 500, 503), 200: {"content": FILES}},
    )
    async def get_export(request: Request, kind: str) -> Response:
        """One file, made of the session as it stands. The options of its kind, as the list tells them, may follow in
        the query."""
        return as_download(await exports.make(request, kind))

    return router
