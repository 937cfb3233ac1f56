"""What a browser's text is: an `open`, an `ack`, or a command to pass on. Pure; nothing it is given makes it raise
but SpecError.

A command is only looked at here; the session's engine reads it whole.
"""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import ValidationError

from app.spec import SpecError
from app.wire.messages import VIEWER_MESSAGES, Ack, Open, Ping

VIEWER_TYPES = frozenset({"open", "ack", "ping"})


@dataclass(frozen=True)
class Forward:
    """A command's text, to be passed on as it came. `id` is None where it cannot be read."""

    text: bytes
    id: int | None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


DECODER = json.JSONDecoder(parse_constant=_no_number)
"""Made once: `json.loads` makes one for every message that is to be read so."""


def read(text: str) -> Open | Ack | Ping | Forward:
    """What `text` is; SpecError (code `bad_command`) for what is no JSON object with a type."""
    try:
        tree: Any = DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise SpecError(f"the message is not JSON: {error}", (), "bad_command") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("type"), str):
        raise SpecError("a message is a JSON object with a type", ("type",), "bad_command")
    if tree["type"] not in VIEWER_TYPES:
        number = tree.get("id")
        return Forward(
            text.encode(), number if isinstance(number, int) and not isinstance(number, bool) else None
        )
    try:
        return VIEWER_MESSAGES.validate_python(tree, strict=True)
    except ValidationError as error:
        raise SpecError.from_validation(error, "bad_command", is_union=True) from error
