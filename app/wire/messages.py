"""The text messages of a viewer's socket that are not the session's business: opening, acknowledging, saying hello.

Everything a browser sends is parsed here, so that nothing it sends can become a traceback.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from app.session.message import Message
from app.spec.base import Model

PROTOCOL = 1
"""Grows when an old page could no longer understand the server."""


class Open(Model):
    """The first message of a socket: join the session with this id if it is still there, else begin one with `spec`."""

    type: Literal["open"] = "open"
    protocol: int = PROTOCOL
    session: str | None = Field(None, max_length=64, description="The id from an earlier `welcome`.")
    spec: dict[str, Any] | None = Field(
        None, description="Where no session is joined: the spec to begin with."
    )


class Ack(Model):
    """Frame `number` has been drawn (or thrown away); at most two are on the way without one."""

    type: Literal["ack"] = "ack"
    number: int = Field(ge=1)


class Welcome(Message):
    """The answer to `open`; a `state`, the `points` and a frame follow."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    session: str = Field(description="Keep it, and send it in the next `open` to come back.")
    resumed: bool = Field(description="The session was there already; else it begins now.")
    spec_refused: str | None = Field(None, description="Why `open`'s spec was not used; the defaults were.")


VIEWER_MESSAGES: TypeAdapter[Open | Ack] = TypeAdapter(Annotated[Open | Ack, Field(discriminator="type")])
