"""What a learner can ask of a session: one pydantic model a command, told apart by `type`.

Every command carries an `id` chosen by the sender; its answer (`ok` or `error`) carries the same one.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from app.session.commands.base import LARGEST_ID, Place
from app.session.commands.looking import Inspect, SetView, View
from app.session.commands.points import (
    AddPoints,
    DeletePoints,
    MovePoints,
    Redo,
    RelabelPoints,
    SetPart,
    Undo,
)
from app.session.commands.training import NewWeights, Pause, Play, Reset, SetSpec, SetSpeed, SetWeight, Step
from app.spec.errors import SpecError

__all__ = [
    "COMMANDS",
    "LARGEST_ID",
    "AddPoints",
    "Command",
    "DeletePoints",
    "Inspect",
    "MovePoints",
    "NewWeights",
    "Pause",
    "Place",
    "Play",
    "Redo",
    "RelabelPoints",
    "Reset",
    "SetPart",
    "SetSpec",
    "SetSpeed",
    "SetView",
    "SetWeight",
    "Step",
    "Undo",
    "View",
    "parse_command",
]

Command = Annotated[
    SetSpec
    | AddPoints
    | MovePoints
    | RelabelPoints
    | DeletePoints
    | SetPart
    | Undo
    | Redo
    | Play
    | Pause
    | Step
    | Reset
    | NewWeights
    | SetWeight
    | SetSpeed
    | SetView
    | Inspect,
    Field(discriminator="type"),
]
COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)


def parse_command(raw: bytes | str) -> Command:
    """A command from JSON text; SpecError (code `bad_command`) with the path of the first thing wrong."""
    try:
        return COMMANDS.validate_json(raw, strict=True)
    except ValidationError as error:
        raise SpecError.from_validation(error, "bad_command", is_union=True) from error
