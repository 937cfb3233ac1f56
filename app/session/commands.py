"""What a learner can ask of a session: one pydantic model a command, told apart by `type`.

Every command carries an `id` chosen by the sender; its answer (`ok` or `error`) carries the same one.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.spec.data import Coordinate, Point, Target
from app.spec.errors import SpecError

LARGEST_ID = 2**53 - 1
"""The largest whole number that a browser's arithmetic knows exactly."""
PointId = Annotated[int, Field(ge=0, le=LARGEST_ID)]
PointIds = Annotated[tuple[PointId, ...], Field(min_length=1, max_length=BOUNDS.points)]
Place = tuple[Coordinate, Coordinate]
"""x1, x2."""


class _Command(Model):
    id: int = Field(ge=0, le=LARGEST_ID, description="Chosen by the sender; the answer carries it.")


class SetSpec(_Command):
    """Change a part of the spec, or all of it. What can change without a reset does so live."""

    type: Literal["set_spec"] = "set_spec"
    spec: dict[str, Any] = Field(description="The fields to change; `replace` takes it as the whole spec.")
    replace: bool = Field(
        False,
        description="Another experiment: over the defaults, not over the present spec, from step 0 on its own points.",
    )


class _Edit(_Command):
    gesture: int | None = Field(
        None,
        ge=0,
        le=LARGEST_ID,
        description="Edits in a row that name the same gesture, such as the moves of one drag, are one undo.",
    )


class AddPoints(_Edit):
    """Add points to the board; the answer names their new ids."""

    type: Literal["add_points"] = "add_points"
    points: tuple[Point, ...] = Field(
        min_length=1, max_length=BOUNDS.points, description="[x1, x2, label] each."
    )
    test: bool = Field(False, description="Add to the test part; else they are trained on.")


class MovePoints(_Edit):
    """Move points."""

    type: Literal["move_points"] = "move_points"
    points: tuple[tuple[PointId, Coordinate, Coordinate], ...] = Field(
        min_length=1, max_length=BOUNDS.points, description="[id, x1, x2] each."
    )


class RelabelPoints(_Edit):
    """Give points another label."""

    type: Literal["relabel_points"] = "relabel_points"
    ids: PointIds
    label: Target = Field(description="Class index, or the target for regression.")


class DeletePoints(_Edit):
    """Remove points."""

    type: Literal["delete_points"] = "delete_points"
    ids: PointIds


class SetPart(_Edit):
    """Make points test points, or points to train on."""

    type: Literal["set_part"] = "set_part"
    ids: PointIds
    test: bool


class Undo(_Command):
    """Take the last edit of points back."""

    type: Literal["undo"] = "undo"


class Redo(_Command):
    """Do the edit again that was taken back last."""

    type: Literal["redo"] = "redo"


class Play(_Command):
    """Train on, at the session's speed, until `pause` or divergence."""

    type: Literal["play"] = "play"


class Pause(_Command):
    """Stop training; everything stays as it is."""

    type: Literal["pause"] = "pause"


class Step(_Command):
    """Train n batches, or to the end of the n-th epoch from here, and stop."""

    type: Literal["step"] = "step"
    batches: int | None = Field(None, ge=1, le=BOUNDS.steps_at_once)
    epochs: int | None = Field(None, ge=1, le=BOUNDS.epochs_at_once)

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.batches is None) == (self.epochs is None):
            raise SpecError("step takes batches or epochs, one of the two", ("batches",))
        return self


class Reset(_Command):
    """Back to step 0 with the same seeds and the present points."""

    type: Literal["reset"] = "reset"


class NewWeights(_Command):
    """Back to step 0 with another weights seed: the given one, else the next."""

    type: Literal["new_weights"] = "new_weights"
    seed: int | None = Field(None, ge=0, le=BOUNDS.seed)


class SetWeight(_Command):
    """Set one weight, or a bias when `input` is null. Layers count from 0; the output layer is the last."""

    type: Literal["set_weight"] = "set_weight"
    layer: int = Field(ge=0)
    unit: int = Field(ge=0)
    input: int | None = Field(description="Which input of the unit; null is its bias.")
    value: float = Field(ge=-BOUNDS.weight, le=BOUNDS.weight)


class SetSpeed(_Command):
    """How fast `play` trains, in epochs or in steps; both null is as fast as possible."""

    type: Literal["set_speed"] = "set_speed"
    epochs_per_second: float | None = Field(
        None, ge=BOUNDS.epochs_per_second_least, le=BOUNDS.epochs_per_second
    )
    steps_per_second: float | None = Field(None, ge=BOUNDS.steps_per_second_least, le=BOUNDS.steps_per_second)

    @model_validator(mode="after")
    def _at_most_one(self) -> Self:
        if self.epochs_per_second is not None and self.steps_per_second is not None:
            raise SpecError(
                "set_speed takes epochs_per_second or steps_per_second, one of the two", ("steps_per_second",)
            )
        return self


class View(Model):
    """Which pictures a frame carries, over which part of the board."""

    grid: int = Field(
        100, ge=BOUNDS.grid_least, le=BOUNDS.grid, description="Boundary picture: grid x grid cells."
    )
    maps: bool = Field(True, description="A picture for every hidden unit as well.")
    map_grid: int = Field(
        32,
        ge=BOUNDS.grid_least,
        le=BOUNDS.map_grid,
        description="A unit's picture: map_grid x map_grid cells.",
    )
    extent: float = Field(
        6.0,
        ge=BOUNDS.extent_least,
        le=BOUNDS.coordinate,
        description="Pictures span centre +/- extent both ways.",
    )
    centre: Place = Field((0.0, 0.0), description="The middle of the pictures.")

    def kept_inside(self) -> "View":
        """This view with its centre brought so near to the middle of the board that pictures end where it does."""
        room = BOUNDS.coordinate - self.extent
        x1, x2 = (max(-room, min(room, value)) for value in self.centre)
        return self.model_copy(update={"centre": (x1, x2)})


class SetView(_Command):
    """Choose the pictures."""

    type: Literal["set_view"] = "set_view"
    view: View


class Inspect(_Command):
    """Look closely: at the values at a place of the board, and at one unit's picture as large as the boundary's."""

    type: Literal["inspect"] = "inspect"
    at: Place | None = Field(None, description="Frames carry the values of all units at this place.")
    unit: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = Field(
        None, description="[layer, unit]: hidden layers from 0 on, then the output layer."
    )


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
