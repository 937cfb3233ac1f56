"""Commands that edit the points of the board."""

from typing import Annotated, Literal

from pydantic import Field

from app.data.preparation.bounds import LARGEST
from app.session.commands.base import LARGEST_ID, BaseCommand, PointId
from app.spec.bounds import BOUNDS
from app.spec.data import Coordinate
from app.vocabulary import Part

Label = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
"""A class index, or a target: a table's may be as large as its numbers, a point's only as `Target` says."""
PointIds = Annotated[tuple[PointId, ...], Field(min_length=1, max_length=BOUNDS.points)]


class _Edit(BaseCommand):
    gesture: int | None = Field(
        None,
        ge=0,
        le=LARGEST_ID,
        description="Edits in a row that name the same gesture, such as the moves of one drag, are one undo.",
    )


class AddPoints(_Edit):
    """Add points to the board; the answer names their new ids."""

    type: Literal["add_points"] = "add_points"
    points: tuple[tuple[Coordinate, Coordinate, Label], ...] = Field(
        min_length=1, max_length=BOUNDS.points, description="[x1, x2, label] each, in the units of the board."
    )
    part: Part = Field(Part.TRAIN, description="Which part they belong to.")


class MovePoints(_Edit):
    """Move points."""

    type: Literal["move_points"] = "move_points"
    points: tuple[tuple[PointId, Coordinate, Coordinate], ...] = Field(
        min_length=1, max_length=BOUNDS.points, description="[id, x1, x2] each, in the units of the board."
    )


class RelabelPoints(_Edit):
    """Give points another label."""

    type: Literal["relabel_points"] = "relabel_points"
    ids: PointIds
    label: Label = Field(description="Class index, or the target for regression.")


class DeletePoints(_Edit):
    """Remove points."""

    type: Literal["delete_points"] = "delete_points"
    ids: PointIds


class SetPart(_Edit):
    """Make points training, validation or test points."""

    type: Literal["set_part"] = "set_part"
    ids: PointIds
    part: Part


class Undo(BaseCommand):
    """Take the last edit of points back."""

    type: Literal["undo"] = "undo"


class Redo(BaseCommand):
    """Do the edit again that was taken back last."""

    type: Literal["redo"] = "redo"
