"""The pages about the HTTP API: its OpenAPI description as Swagger's own page shows it, from this very server."""

import gzip
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from app.web.pages import ROOT, packed_answer

VENDOR = f"/vendor/swagger-{version('fastapi-offline')}"
OPENAPI_URL = "/api/openapi.json"
MEDIA = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}


@cache
def _compressed(name: str) -> bytes:
    """A file of Swagger's from its Python package, compressed once."""
    return gzip.compress(files("fastapi_offline").joinpath("static", name).read_bytes(), 6, mtime=0)


def make_docs_router() -> APIRouter:
    """The routes."""
    router = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(ROOT / "templates")

    @router.get("/api/docs", response_class=HTMLResponse)
    async def docs(request: Request) -> Response:
        """The description for people."""
        return templates.TemplateResponse(request, "api.html", {"vendor": VENDOR, "openapi": OPENAPI_URL})

    def serve(name: str) -> None:
        @router.get(f"{VENDOR}/{name}")
        async def file(request: Request) -> Response:
            return await packed_answer(request, partial(_compressed, name), MEDIA[name])

    for name in MEDIA:
        serve(name)
    return router
