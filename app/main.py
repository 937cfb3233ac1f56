"""The composition root: settings, engines, pages and sockets put together."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, WebSocket

from app.host.readers import Readers
from app.host.supervisor import Supervisor
from app.settings import Settings
from app.web.conversations import Conversations
from app.web.limits import Limits
from app.web.modules import Modules
from app.web.pages import ROOT, make_router
from app.web.security import Gate, allowed_hosts, headers_for
from app.web.tables import make_tables_router
from app.wire.feature_maps import encode_feature_maps

LAG_EVERY = 0.05
"""Seconds between two looks at how late the event loop is."""
LAGS_KEPT = 400
EXPIRE_EVERY = 30.0


class Pulse:
    """How late the event loop wakes up: a blocked loop is not noticed by anybody else."""

    def __init__(self) -> None:
        self._lags: deque[float] = deque([0.0], maxlen=LAGS_KEPT)

    async def run(self) -> None:
        """Watch for ever."""
        while True:
            start = time.monotonic()
            await asyncio.sleep(LAG_EVERY)
            self._lags.append(time.monotonic() - start - LAG_EVERY)

    def p99(self) -> float:
        """Seconds that only 1 % of the last wake-ups were later."""
        return sorted(self._lags)[int(0.99 * (len(self._lags) - 1))]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; `settings` from the environment if not given. `app.state.end_conversations()` closes its
    sockets with code 1001, which a server does that is about to stop."""
    settings = settings or Settings()
    supervisor = Supervisor(
        settings.engines,
        settings.frames_per_second,
        settings.max_sessions,
        settings.idle_seconds,
        settings.hang_seconds,
        settings.tables_mb * 1_000_000,
    )
    limits = Limits(**settings.model_dump(include=set(Limits.__dataclass_fields__)))
    pulse = Pulse()
    conversations = Conversations(supervisor, limits)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await supervisor.start()
        tasks = [asyncio.create_task(pulse.run()), asyncio.create_task(_expire(supervisor))]
        yield
        for task in tasks:
            task.cancel()
        await supervisor.stop()

    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "sessions": supervisor.sessions,
            "engines": supervisor.engine_pids,
            "loop_lag_p99_ms": round(pulse.p99() * 1e3, 3),
        }

    app = FastAPI(title="Gradient Playground", lifespan=lifespan, docs_url=None, redoc_url=None)
    hosts = allowed_hosts(settings.allowed_hosts, settings.host)
    app.add_middleware(Gate, hosts=hosts, headers=headers_for(settings.frame_ancestors))
    modules = Modules(ROOT / "static")
    app.include_router(make_router(health, modules.edition, encode_feature_maps()))
    app.include_router(make_tables_router(supervisor, Readers(), settings.allowed_origins))
    app.mount("/static", modules, name="static")

    @app.websocket("/ws")
    async def socket(websocket: WebSocket) -> None:
        await conversations.hold(websocket)

    app.state.end_conversations = conversations.end
    return app


async def _expire(supervisor: Supervisor) -> None:
    while True:
        await asyncio.sleep(EXPIRE_EVERY)
        supervisor.expire()
