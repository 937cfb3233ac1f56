"""JSON that a browser sends, counted while it comes: nothing is held of one that is too long."""

from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from app.spec import SpecError
from app.web.refusals import RefusalError

Asked = TypeVar("Asked", bound=BaseModel)


async def read_body(request: Request, model: type[Asked], most: int) -> Asked:
    """The body as a `model`, at most `most` bytes; RefusalError or SpecError for anything else."""
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > most:
                message = f"the request has more than {most / 1000:g} kB, which is what is allowed"
                raise RefusalError(413, "too_large", message)
    except ClientDisconnect as error:
        raise RefusalError(400, "left", "the request did not come whole") from error
    try:
        return model.model_validate_json(bytes(data))
    except ValidationError as error:
        raise SpecError.from_validation(error, "bad_request") from error


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """What the API's description says of such a body."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}
