"""What HTTP says where store, host, makers or spec cannot do what was asked: one table for every route."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.data.tables.problems import TableError
from app.host.kept_tables import NoRoomError
from app.host.makers import BusyError, MakerError
from app.host.supervisor import ServerFullError
from app.spec import SpecError
from app.store.database import StoreError
from app.store.failing import FullError
from app.takeaway.errors import TakeawayError
from app.web.refusals import RefusalError

STORE_WAIT, FULL_WAIT = 5.0, 10.0
"""Seconds after which a database that does not answer, or a server without a place, may be asked again."""
STATUSES = {"unknown_kind": 404, "bad_option": 422}
"""Of a TakeawayError's code; all others are 409: as it stands, the experiment has nothing of the kind."""
OUR_MISTAKE = "it could not be made, because of a mistake of the server's"
FULL = "the server is full; try again later"


def of_spec(error: SpecError) -> RefusalError:
    """With the place in front where the words do not name it."""
    where = ".".join(map(str, error.path))
    message = error.message if not where or where in error.message else f"{where}: {error.message}"
    return RefusalError(422, error.code, message)


FAILURES: dict[type[Exception], Callable[[Any], RefusalError]] = {
    SpecError: of_spec,
    TableError: lambda error: RefusalError(422, error.code, error.message, error.line, error.column),
    TakeawayError: lambda error: RefusalError(STATUSES.get(error.code, 409), error.code, error.message),
    FullError: lambda error: RefusalError(409, error.code, str(error)),
    NoRoomError: lambda error: RefusalError(409, "no_room", str(error)),
    MakerError: lambda _: RefusalError(500, "failed", OUR_MISTAKE),
    BusyError: lambda error: RefusalError(503, "busy", str(error), wait=error.wait),
    ServerFullError: lambda _: RefusalError(503, "server_full", FULL, wait=FULL_WAIT),
    StoreError: lambda error: RefusalError(503, "no_store", str(error), wait=STORE_WAIT),
}


def refusal_of(error: Exception) -> RefusalError:
    """What HTTP says of a failure of one of these kinds."""
    return next(say(error) for kind, say in FAILURES.items() if isinstance(error, kind))


def install_failures(app: FastAPI) -> None:
    """Let no route of `app` need to know them."""

    async def refuse(_request: Request, error: Exception) -> Response:
        return refusal_of(error).answer()

    for kind in FAILURES:
        app.add_exception_handler(kind, refuse)
