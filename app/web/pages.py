"""Everything that is fetched over HTTP: the page, its modules and styles, Plotly, the schema, the server's health."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from app.explain import help_entries
from app.presets import PRESETS
from app.session.commands import COMMANDS, View
from app.session.frame import LOSS_COLUMNS
from app.spec import BOUNDS, Experiment
from app.vocabulary import CURVE_FEATURES, MULTI_CLASS_SOURCES
from app.web.fixed import Fixed
from app.web.modules import A_YEAR
from app.wire.messages import PROTOCOL

ROOT = Path(__file__).parents[2]
PLOTLY_URL = f"/vendor/plotly-{version('plotly')}.min.js"


VIEW = View()
Extent = Annotated[float, Query(ge=BOUNDS.extent_least, le=BOUNDS.coordinate, allow_inf_nan=False)]
Coordinate = Annotated[float, Query(ge=-BOUNDS.coordinate, le=BOUNDS.coordinate, allow_inf_nan=False)]
FeatureMaps = Callable[[float, tuple[float, float]], bytes]
"""(extent, centre) -> a file."""


class SafetensorsFile(Response):
    """Bytes."""

    media_type = "application/octet-stream"


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
        "curve_features": sorted(CURVE_FEATURES),
    }


async def packed_answer(request: Request, packed: Callable[[], bytes], media_type: str) -> Response:
    """A file that never changes, which `packed` gives compressed; that takes long for the first who asks, and unpacking
    for a browser that cannot, so neither is done in the event loop."""
    headers = {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding"}
    data = await asyncio.to_thread(packed)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(data, 200, headers | {"Content-Encoding": "gzip"}, media_type)
    return Response(await asyncio.to_thread(gzip.decompress, data), 200, headers, media_type)


# What follows takes a quarter of a second: it is made for the first who asks, in a thread, and not at the start.


@cache
def vocabulary() -> Fixed:
    """The schema as it is sent."""
    return Fixed(bytes(JSONResponse(schema()).body), "application/json")


@cache
def explained() -> Fixed:
    """The help as it is sent."""
    return Fixed(bytes(JSONResponse(help_entries()).body), "application/json")


@cache
def ready() -> Fixed:
    """The presets as they are sent."""
    return Fixed(bytes(JSONResponse([preset.as_json() for preset in PRESETS]).body), "application/json")


def make_router(
    health: Callable[[], dict[str, Any]], edition: Callable[[], str], feature_maps: FeatureMaps
) -> APIRouter:
    """The HTTP routes; `health` says how the server is, `edition` which one the page's files are, `feature_maps` draws
    a safetensors file over a place of the board."""
    router = APIRouter()
    templates = Jinja2Templates(ROOT / "templates")

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def index(request: Request) -> Response:
        """The playground."""
        facts = {"plotly_url": PLOTLY_URL, "files": f"/static/{edition()}"}
        return templates.TemplateResponse(request, "index.html", facts, headers={"Cache-Control": "no-cache"})

    @router.get("/favicon.ico", include_in_schema=False)
    async def favicon() -> Response:
        """Browsers ask for this beside whatever is no page, such as an answer of the API."""
        return RedirectResponse("/static/icons/favicon.svg", 308, {"Cache-Control": A_YEAR})

    @router.get(PLOTLY_URL, include_in_schema=False)
    async def plotly(request: Request) -> Response:
        """Plotly, which never changes under its address."""
        return await packed_answer(request, plotly_script, "text/javascript")

    @router.get("/api/schema", tags=["vocabulary"])
    def get_schema(request: Request) -> Response:
        """The vocabulary's JSON Schema."""
        return vocabulary().answer(request)

    @router.get("/api/feature-maps", tags=["vocabulary"], response_class=SafetensorsFile)
    def get_feature_maps(
        request: Request,
        extent: Extent = VIEW.extent,
        x1: Coordinate = VIEW.centre[0],
        x2: Coordinate = VIEW.centre[1],
    ) -> Response:
        """The inputs' pictures over x1, x2 +/- extent; those of the first view where nothing is said."""
        return Fixed(feature_maps(extent, (x1, x2)), "application/octet-stream").answer(request)

    @router.get("/api/help", tags=["vocabulary"])
    def get_help(request: Request) -> Response:
        """What every control means, with formulas as MathML."""
        return explained().answer(request)

    @router.get("/api/presets", tags=["vocabulary"])
    def get_presets(request: Request) -> Response:
        """Ready experiments."""
        return ready().answer(request)

    @router.get("/healthz", tags=["server"])
    async def healthz() -> dict[str, Any]:
        """Whether the server lives, and how busy it is."""
        return health()

    return router
