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


class Ping(Model):
    """Asks for a sign of life, where a browser doubts its line: after sleep, or on another network."""

    type: Literal["ping"] = "ping"


class Pong(Message):
    """The answer to `ping`."""

    type: Literal["pong"] = "pong"


class Welcome(Message):
    """The answer to `open`; a `state`, the `points` and a frame follow."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    session: str = Field(description="Keep it, and send it in the next `open` to come back.")
    resumed: bool = Field(description="The session was there already; else it begins now.")
    spec_refused: str | None = Field(None, description="Why `open`'s spec was not used; the defaults were.")
    not_resumed: str | None = Field(
        None,
        description="Why the session that `open` names is not there any more; what begins instead has none of it.",
    )
    kept_until: int | None = Field(
        None,
        description="The second, since 1970, from which a session that nobody has looked at since may go; null: it is "
        "not kept beyond the server's own life.",
    )


class Saving(Message):
    """Whether what happens is kept: on joining where it is not, and when that changes."""

    type: Literal["saving"] = "saving"
    ok: bool
    message: str = Field(description="Where it is not: what that means and why, for people.")


VIEWER_MESSAGES: TypeAdapter[Open | Ack | Ping] = TypeAdapter(
    Annotated[Open | Ack | Ping, Field(discriminator="type")]
)
