"""What all that a session says has in common."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A part of a message: a frozen value object."""

    model_config = ConfigDict(frozen=True)


class Message(Value):
    """What the server says, told apart by `type`."""
