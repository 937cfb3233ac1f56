"""Who asks over HTTP: the session or the owner whose key stands in `Authorization: Bearer KEY`. A key never stands in
an address, because addresses are logged."""

import hashlib
import re

from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.requests import Request

from app.host.supervisor import Supervisor
from app.web.refusals import RefusalError, unknown_session
from app.web.security import origin_allowed

KEYED = Depends(
    HTTPBearer(
        auto_error=False, description="The `session` of a `welcome`, or the key of an owner of experiments."
    )
)
"""Tells OpenAPI that a route wants a key; whether it has one is for `bearer` to find out."""
BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{16,64})")


def bearer(request: Request) -> str:
    """The key in the request; RefusalError without one."""
    if found := BEARER.fullmatch(request.headers.get("authorization", "")):
        return found[1]
    message = "this needs a key, as Authorization: Bearer KEY with 16 to 64 letters, digits, - or _"
    raise RefusalError(401, "no_key", message)


def session_key(request: Request, supervisor: Supervisor) -> str:
    """The key of the session that asks; RefusalError for one that is not there."""
    key = bearer(request)
    if not supervisor.has(key):
        raise unknown_session()
    return key


def owner_of(request: Request) -> str:
    """Whose saved experiments are asked for: the SHA-256 of the key, in hexadecimal, so that no store holds a key."""
    return hashlib.sha256(bearer(request).encode()).hexdigest()


def caller_address(request: Request) -> str:
    """Where the request comes from."""
    return request.client.host if request.client else ""


def check_origin(request: Request, allowed: tuple[str, ...]) -> None:
    """RefusalError for a page of another site."""
    if not origin_allowed(request.headers, allowed):
        raise RefusalError(403, "foreign_origin", "pages of another site may not ask this")
