"""Everything that is fetched over HTTP: the page, its modules and styles, Plotly, the schema, the server's health."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.types import Scope

from app.session.commands import COMMANDS
from app.session.frame import LOSS_COLUMNS
from app.spec import BOUNDS, Experiment
from app.vocabulary import MULTI_CLASS_SOURCES
from app.wire.messages import PROTOCOL

ROOT = Path(__file__).parents[2]
PLOTLY_URL = f"/vendor/plotly-{version('plotly')}.min.js"
A_YEAR = "public, max-age=31536000, immutable"


class Modules(StaticFiles):
    """Static files that are asked for again each time (304 if unchanged): modules must never be of different ages."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with its caching said."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


@cache
def plotly_script() -> bytes:
    """Plotly's JavaScript from its Python package, compressed once."""
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(script, 6, mtime=0)


@cache
def schema() -> dict[str, Any]:
    """All that a page needs to build its controls: what can be asked for, and the numbers both sides share."""
    return {
        "protocol": PROTOCOL,
        "experiment": Experiment.model_json_schema(),
        "commands": COMMANDS.json_schema(),
        "bounds": asdict(BOUNDS),
        "loss_columns": LOSS_COLUMNS,
        "multi_class_sources": sorted(MULTI_CLASS_SOURCES),
    }


def make_router(health: Callable[[], dict[str, Any]]) -> APIRouter:
    """The HTTP routes; `health` says how the server is."""
    router = APIRouter()
    templates = Jinja2Templates(ROOT / "templates")

    @router.get("/", response_class=HTMLResponse)
    async def index(request: Request) -> Response:
        """The playground."""
        facts = {"plotly_url": PLOTLY_URL, "version": version("gradient-playground")}
        return templates.TemplateResponse(request, "index.html", facts, headers={"Cache-Control": "no-cache"})

    @router.get(PLOTLY_URL)
    async def plotly(request: Request) -> Response:
        """Plotly, which never changes under its address."""
        headers = {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(plotly_script(), 200, headers | {"Content-Encoding": "gzip"}, "text/javascript")
        return Response(gzip.decompress(plotly_script()), 200, headers, "text/javascript")

    @router.get("/api/schema")
    async def get_schema(request: Request) -> Response:
        """The vocabulary's JSON Schema."""
        response = JSONResponse(schema())
        tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        response.headers.update(headers)
        return response

    @router.get("/healthz")
    async def healthz() -> dict[str, Any]:
        """Whether the server lives, and how busy it is."""
        return health()

    return router
