"""What a learner can ask of a session: one pydantic model a command, told apart by `type`.

Every command carries an `id` chosen by the sender; its answer (`ok` or `error`) carries the same one.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from app.session.commands.base import LARGEST_ID, Place
from app.session.commands.benching import StartBench
from app.session.commands.checking import Check
from app.session.commands.diagnosing import CheckGradient
from app.session.commands.loading import Load
from app.session.commands.looking import Inspect, PlaneShown, Rows, SetView, View
from app.session.commands.points import (
    AddPoints,
    DeletePoints,
    MovePoints,
    Redo,
    RelabelPoints,
    SetPart,
    Undo,
)
from app.session.commands.stepping import Chain, Walk
from app.session.commands.training import (
    NewWeights,
    Pause,
    Play,
    Reset,
    SetSpec,
    SetSpeed,
    SetWeight,
    Step,
    Until,
)
from app.session.commands.travelling import Compare, DropBranch, NameBranch, Seek, SwitchBranch
from app.spec.errors import SpecError

__all__ = [
    "COMMANDS",
    "LARGEST_ID",
    "AddPoints",
    "Chain",
    "Check",
    "CheckGradient",
    "Command",
    "Compare",
    "DeletePoints",
    "DropBranch",
    "Inspect",
    "Load",
    "MovePoints",
    "NameBranch",
    "NewWeights",
    "Pause",
    "Place",
    "PlaneShown",
    "Play",
    "Redo",
    "RelabelPoints",
    "Reset",
    "Rows",
    "Seek",
    "SetPart",
    "SetSpec",
    "SetSpeed",
    "SetView",
    "SetWeight",
    "StartBench",
    "Step",
    "SwitchBranch",
    "Undo",
    "Until",
    "View",
    "Walk",
    "parse_command",
]

Command = Annotated[
    SetSpec
    | Load
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
    | Inspect
    | Rows
    | CheckGradient
    | Check
    | StartBench
    | Seek
    | SwitchBranch
    | NameBranch
    | DropBranch
    | Compare
    | Walk
    | Chain,
    Field(discriminator="type"),
]
COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)


def parse_command(raw: bytes | str) -> Command:
    """A command from JSON text; SpecError (code `bad_command`) with the path of the first thing wrong."""
    try:
        return COMMANDS.validate_json(raw, strict=True)
    except ValidationError as error:
        raise SpecError.from_validation(error, "bad_command", is_union=True) from error
