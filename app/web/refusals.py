"""What HTTP says no with: a status, a code for programs, words for people."""

import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException


class Refusal(BaseModel):
    """Why something is not done; nothing has changed."""

    code: str = Field(description="For programs.")
    message: str = Field(description="For people: what was asked, what is true, what is allowed.")
    line: int | None = Field(None, description="Of a file, from 1.")
    column: str | None = Field(None, description="Of a file.")


@dataclass(eq=False)
class RefusalError(Exception):
    """Why something is not done: HTTP status, a code for programs, words for people, where in a file. `wait`: seconds
    after which it may be asked again."""

    status: int
    code: str
    message: str
    line: int | None = None
    column: str | None = None
    wait: float | None = None

    def answer(self) -> Response:
        """The answer that says so."""
        body = Refusal(code=self.code, message=self.message, line=self.line, column=self.column)
        headers = {} if self.wait is None else {"Retry-After": str(max(1, math.ceil(self.wait)))}
        return JSONResponse(body.model_dump(), self.status, headers)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the refusals of a route."""
    return {status: {"model": Refusal, "description": HTTPStatus(status).phrase} for status in statuses}


def unknown_session() -> RefusalError:
    """Nothing can be brought to it or asked of it."""
    return RefusalError(404, "unknown_session", "there is no such session; open one first")


def install_refusals(app: FastAPI) -> None:
    """Make `app` say no in one way, whoever finds that it must."""

    @app.exception_handler(RefusalError)
    async def refuse(_request: Request, error: RefusalError) -> Response:
        return error.answer()

    @app.exception_handler(RequestValidationError)
    async def refuse_request(_request: Request, error: RequestValidationError) -> Response:
        return RefusalError(422, "bad_request", in_words(error)).answer()

    @app.exception_handler(HTTPException)
    async def refuse_route(_request: Request, error: HTTPException) -> Response:
        answer = RefusalError(error.status_code, "no_such_address", str(error.detail)).answer()
        answer.headers.update(error.headers or {})
        return answer


def in_words(error: RequestValidationError) -> str:
    """The first thing wrong with a request: where, and what is allowed. Never what was sent."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    return f"{where}: {first['msg']}"
