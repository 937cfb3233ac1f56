"""Who may connect, and what the page may load: origins and response headers."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        # Plotly sets style attributes and style elements as it draws; a style can load nothing under this policy.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def headers_for(frame_ancestors: tuple[str, ...]) -> dict[str, str]:
    """The headers of every answer; `frame_ancestors` are sites, or `self`, `none`, `*`. No site at all is nobody."""
    quoted = [f"'{name}'" if name in {"self", "none"} else name for name in frame_ancestors] or ["'none'"]
    return HEADERS | {"Content-Security-Policy": f"{POLICY}; frame-ancestors {' '.join(quoted)}"}


LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def allowed_hosts(asked: tuple[str, ...], listening_on: str) -> frozenset[str] | None:
    """The names by which browsers may call the server; None for any. A server of this machine alone answers only to
    this machine's names, so that no foreign name that is made to point here (DNS rebinding) reaches it."""
    if asked:
        return frozenset(asked)
    return LOOPBACK if listening_on in LOOPBACK else None


REFUSAL = PlainTextResponse("this server does not go by that name; see ALLOWED_HOSTS\n", 421)


class Gate:
    """Answers only to the right names, and puts `headers` on every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, headers: dict[str, str]) -> None:
        self._app, self._hosts, self._headers = app, hosts, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers added to the start of an HTTP answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        app = (
            self._app
            if scope["type"] == "lifespan" or self._called_rightly(Headers(scope=scope))
            else REFUSAL
        )
        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    def _called_rightly(self, headers: Headers) -> bool:
        try:
            name = urlsplit(f"//{headers.get('host', '')}").hostname
        except ValueError:
            return False
        return self._hosts is None or name in self._hosts


def origin_allowed(headers: Headers, allowed: tuple[str, ...]) -> bool:
    """Whether a socket's Origin is this very site or an allowed one; programs that are no browsers send none."""
    origin = headers.get("origin")
    if origin is None or origin in allowed:
        return True
    try:
        return urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # such as http://[
        return False
