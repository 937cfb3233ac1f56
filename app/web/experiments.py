"""Saved experiments over HTTP. See docs/protocol.md, "Saved experiments"."""

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from app.spec import BOUNDS
from app.web.bodies import body_of, read_body
from app.web.callers import KEYED, caller_address, check_origin, owner_of
from app.web.experiment_models import Change, Deleted, Details, Found, Opened, Saving, Summary
from app.web.rates import Rate
from app.web.refusals import refusals, unknown_session
from app.web.saved_experiments import SavedExperiments, known

BODY_LIMIT = 4 * (BOUNDS.title + BOUNDS.notes) * 3
"""Bytes: a letter may take twelve as JSON writes it."""
ASKED_A_MINUTE, CHANGED_A_MINUTE, SAVED_A_MINUTE = 900, 120, 20
"""Requests of one owner. A page of the list asks for a picture each, and search asks while one types."""
MADE_A_MINUTE = 240
"""Experiments saved or opened from one address: a class behind it does so together."""
MOST_PAGES = BOUNDS.experiments
EXPERIMENT_ID = re.compile(r"[0-9a-f]{32}")
SESSION_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable", "Vary": "Authorization"}


class Unkept(APIRoute):
    """A route whose answers nobody keeps who is not told to."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, and then the header."""
        handle = super().get_route_handler()

        async def unkept(request: Request) -> Response:
            answer = await handle(request)
            answer.headers.setdefault("Cache-Control", "no-store")
            return answer

        return unkept


class Callers:
    """Who asks, and not too often."""

    def __init__(self, origins: tuple[str, ...]) -> None:
        self._origins = origins
        self._asked = Rate("requests", ASKED_A_MINUTE)
        self._changed = Rate("changes", CHANGED_A_MINUTE)
        self._saved = Rate("experiments", SAVED_A_MINUTE)
        self._made = Rate("experiments", MADE_A_MINUTE)

    def asking(self, request: Request) -> str:
        """The owner who looks; RefusalError for one without a key, from another site, or too fast."""
        check_origin(request, self._origins)
        owner = owner_of(request)
        self._asked.take(owner)
        return owner

    def changing(self, request: Request) -> str:
        """The owner who changes something."""
        owner = self.asking(request)
        self._changed.take(owner)
        return owner

    def making(self, request: Request) -> str:
        """The owner who makes something large."""
        owner = self.changing(request)
        self._saved.take(owner)
        self._made.take(caller_address(request))
        return owner


def experiment_id(which: str) -> str:
    """`which`, if it can be the id of an experiment; RefusalError otherwise."""
    return known(which if EXPERIMENT_ID.fullmatch(which) else None)


def make_experiments_router(saved: SavedExperiments, origins: tuple[str, ...]) -> APIRouter:
    """The HTTP routes of saved experiments."""
    callers = Callers(origins)
    refused = refusals(400, 401, 403, 404, 409, 413, 422, 429, 500, 503)
    router = APIRouter(
        prefix="/api/experiments",
        tags=["experiments"],
        route_class=Unkept,
        dependencies=[KEYED],
        responses=refused,
    )
    _add_reading(router, saved, callers)
    _add_writing(router, saved, callers)
    return router


def _add_reading(router: APIRouter, saved: SavedExperiments, callers: Callers) -> None:
    @router.get("")
    async def get_experiments(
        request: Request,
        search: Annotated[str, Query(max_length=BOUNDS.title)] = "",
        page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    ) -> Found:
        """The owner's experiments that have `search` in title or notes; those changed last come first."""
        return await saved.found(callers.asking(request), search, page)

    @router.get("/{which}")
    async def get_experiment(request: Request, which: str) -> Details:
        """One of them, with its spec and its curves."""
        return await saved.get(callers.asking(request), experiment_id(which))

    @router.get("/{which}/picture", response_class=Response, responses={200: {"content": {"image/png": {}}}})
    async def get_picture(request: Request, which: str) -> Response:
        """The picture of its board, a PNG of 320 by 320 pixels; it never changes."""
        picture = await saved.picture(callers.asking(request), experiment_id(which))
        return Response(picture, media_type="image/png", headers=FOREVER)


def _add_writing(router: APIRouter, saved: SavedExperiments, callers: Callers) -> None:
    @router.post("", status_code=201, openapi_extra=body_of(Saving))
    async def post_experiment(
        request: Request, x_session_key: Annotated[str, Header(description="The session to save.")] = ""
    ) -> Summary:
        """Save a session as it stands."""
        owner = callers.making(request)
        words = await read_body(request, Saving, BODY_LIMIT)
        if not SESSION_KEY.fullmatch(x_session_key):
            raise unknown_session()
        return await saved.save(owner, x_session_key, words)

    @router.patch("/{which}", openapi_extra=body_of(Change))
    async def patch_experiment(request: Request, which: str) -> Summary:
        """Another title, other notes."""
        owner = callers.changing(request)
        return await saved.change(owner, experiment_id(which), await read_body(request, Change, BODY_LIMIT))

    @router.delete("/{which}")
    async def delete_experiment(request: Request, which: str) -> Deleted:
        """Take one away; `restore` gives it back within a day."""
        return await saved.delete(callers.changing(request), experiment_id(which))

    @router.post("/{which}/restore")
    async def restore_experiment(request: Request, which: str) -> Summary:
        """Give back what was deleted."""
        return await saved.restore(callers.changing(request), experiment_id(which))

    @router.post("/{which}/duplicate", status_code=201)
    async def duplicate_experiment(request: Request, which: str) -> Summary:
        """A copy under another title."""
        return await saved.duplicate(callers.making(request), experiment_id(which))

    @router.post("/{which}/open", status_code=201)
    async def open_experiment(request: Request, which: str) -> Opened:
        """A session that goes on from where it was saved; the experiment stays as it is."""
        return await saved.open(callers.making(request), experiment_id(which))
