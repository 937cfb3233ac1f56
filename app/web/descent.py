"""The descent page and what it asks for: races of all optimisers down a surface. See docs/protocol.md, "Descent".

The mathematics is `app.engine.race`'s; a race takes some milliseconds and is run in a thread, not in the event loop.
"""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.templating import Jinja2Templates

from app.assemble import own_numbers
from app.engine.race import NEAR, Path, Runner, race
from app.engine.surfaces import RACERS, SURFACES, Ground, Place
from app.lessons.course import ENGLISH
from app.spec import BOUNDS
from app.spec.training import OptimizerSpec
from app.vocabulary import Optimizer, Surface
from app.web.callers import caller_address
from app.web.descent_models import (
    LEAST_RATE,
    MOST_MOMENTUM,
    MOST_STEPS,
    Grounds,
    Race,
    RaceAsked,
    SettledRace,
)
from app.web.descent_page import page_facts
from app.web.fixed import Fixed
from app.web.pages import ROOT
from app.web.rates import Rate
from app.web.refusals import RefusalError, refusals

RACES_A_MINUTE = 2400
"""From one address, behind which a class may be: dragging the start asks for twelve a second. A race of a hundred steps
takes 5 ms."""
RACES_AT_ONCE = 2
"""Whatever many ask for, threads are left for others. The longest race takes 60 ms."""
SIDE = 73
"""Heights along a side of the drawn square: a sharp valley is drawn without steps."""
MODELS = {model.model_fields["name"].default: model for model in get_args(get_args(OptimizerSpec)[0])}
"""Of every optimiser the spec's model, whose defaults are its own numbers here too."""


def settled(asked: RaceAsked) -> SettledRace:
    """With all that was left out; RefusalError for what does not fit together."""
    ground = SURFACES[asked.surface]
    names = asked.optimizers or list(RACERS)
    start = (
        ground.start[0] if asked.x is None else asked.x,
        ground.start[1] if asked.y is None else asked.y,
    )
    _check(asked.surface, ground, start, names)
    return SettledRace.model_validate(
        {
            "surface": asked.surface,
            "start": start,
            "steps": asked.steps or ground.steps,
            "momentum": asked.momentum,
            "runners": [
                {"optimizer": name, "rate": rate}
                for name, rate in zip(names, _rates(asked, ground, names), strict=True)
            ],
        }
    )


def _check(name: Surface, ground: Ground, start: Place, names: list[Optimizer]) -> None:
    if not ground.contains(start):
        (left, right), (low, high) = ground.domain
        raise _refusal(
            f"x, y: cannot start at ({start[0]:g}, {start[1]:g}): {name} is drawn for x from {left:g} to {right:g} and "
            f"y from {low:g} to {high:g}"
        )
    strangers = [one for one in names if one not in RACERS]
    if strangers or len(set(names)) < len(names):
        raise _refusal(f"optimizers: each runs once at most; allowed: {', '.join(RACERS)}")


def _rates(asked: RaceAsked, ground: Ground, names: list[Optimizer]) -> list[float]:
    """One for each: the surface's own, one for all, or those that were asked for."""
    if not asked.rates:
        return [ground.rates[name] for name in names]
    if len(asked.rates) in (1, len(names)):
        return asked.rates * (len(names) // len(asked.rates))
    raise _refusal(
        f"rates: {len(asked.rates)} for {len(names)} optimisers; allowed: one for all, or one for each"
    )


def _refusal(message: str) -> RefusalError:
    return RefusalError(422, "bad_request", message)


def run_race(asked: SettledRace) -> bytes:
    """The race as JSON, a `Race`. Takes milliseconds: not for the event loop."""
    runners = [
        Runner(runner.optimizer, runner.rate, own_numbers(_model(runner.optimizer, asked.momentum)))
        for runner in asked.runners
    ]
    paths = race(SURFACES[asked.surface], asked.start, runners, asked.steps)
    return bytes(JSONResponse({"race": asked.model_dump(), "paths": [_told(path) for path in paths]}).body)


def _model(name: Optimizer, momentum: float) -> Any:
    """The optimiser's settings: the spec's defaults, with this momentum where it has one."""
    model = MODELS[name]
    return model(momentum=momentum) if "momentum" in model.model_fields else model()


def _told(path: Path) -> dict[str, Any]:
    return {
        "optimizer": path.runner.optimizer,
        "rate": path.runner.rate,
        "rows": path.rows.tolist(),
        "ended": path.ended,
        "valley": path.valley,
        "arrived": path.arrived,
    }


def grounds() -> dict[str, Any]:
    """All surfaces as `Grounds` tells them."""
    return {
        "surfaces": [
            {
                "name": name,
                "domain": ground.domain,
                "minima": ground.minima,
                "lowest": ground.lowest,
                "start": ground.start,
                "steps": ground.steps,
                "rates": ground.rates,
                "steep": ground.steep,
                "heights": [[float(f"{height:.5g}") for height in row] for row in ground.grid(SIDE).tolist()],
            }
            for name, ground in SURFACES.items()
        ],
        "steps": MOST_STEPS,
        "rate_least": LEAST_RATE,
        "rate_most": BOUNDS.learning_rate,
        "momentum_most": MOST_MOMENTUM,
        "near": NEAR,
    }


def make_descent_router(edition: Callable[[], str], races_a_minute: int = RACES_A_MINUTE) -> APIRouter:
    """The page and its two addresses; `edition` says which one the page's files are."""
    router = APIRouter(tags=["descent"])
    told = Fixed(bytes(JSONResponse(grounds()).body), "application/json")
    races, lanes = Rate("races", races_a_minute), asyncio.Semaphore(RACES_AT_ONCE)
    templates = Jinja2Templates(ROOT / "templates")

    @router.get("/descent", response_class=HTMLResponse, include_in_schema=False)
    async def page(request: Request, language: str = ENGLISH) -> Response:
        """Descent on a surface."""
        facts = await asyncio.to_thread(page_facts, language, f"/static/{edition()}")
        return templates.TemplateResponse(
            request, "descent.html", facts, headers={"Cache-Control": "no-cache"}
        )

    @router.get("/api/descent/surfaces", response_model=Grounds)
    async def get_surfaces(request: Request) -> Response:
        """The surfaces, with heights to draw them."""
        return told.answer(request)

    @router.get("/api/descent", response_model=Race, responses=refusals(422, 429))
    async def get_race(request: Request, asked: Annotated[RaceAsked, Query()]) -> Response:
        """Run a race: every optimiser from one start, each with its own rate."""
        races.take(caller_address(request))
        race_asked = settled(asked)
        async with lanes:
            body = await asyncio.to_thread(run_race, race_asked)
        return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})

    return router
