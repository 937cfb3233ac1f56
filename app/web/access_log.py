"""A line in the log for each request of the API: which route, not which address, because addresses name people's
experiments; what came of it, and how long it took."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

LOGGED = "/api/"


class AccessLog:
    """Logs what it passes on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a request of the API is logged once it is answered."""
        if scope["type"] != "http" or not scope["path"].startswith(LOGGED):
            await self._app(scope, receive, send)
            return
        status, start = 500, time.perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            ms = round((time.perf_counter() - start) * 1e3, 1)
            log.info("request", method=scope["method"], route=route, status=status, ms=ms)
