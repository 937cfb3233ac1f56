"""Commands that choose what frames show."""

from typing import Annotated, Literal

from pydantic import Field

from app.data.drawn import MOST_POINTS, MOST_STROKES
from app.data.preparation.bounds import LARGEST
from app.session.commands.base import BaseCommand, Place, PointId
from app.spec.base import Model
from app.spec.bounds import BOUNDS

Index = Annotated[int, Field(ge=0, lt=BOUNDS.encoded)]
Raw = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Share = Annotated[float, Field(ge=0, le=1)]
Stroke = Annotated[tuple[tuple[Share, Share], ...], Field(min_length=1, max_length=MOST_POINTS)]
"""A line drawn without lifting the pen: [x, y] each, y down."""


class PlaneShown(Model):
    """Through which two inputs of a table the board is laid, and where the others are held."""

    kind: Literal["auto", "slice", "pca"] = Field(
        "auto",
        description="auto: the components where the inputs are pixels, else a slice through the two that tell most "
        "about the target.",
    )
    axes: tuple[Index, Index] = Field((0, 1), description="The inputs to the right and up, of a slice.")
    row: PointId | None = Field(
        None, description="The others are those of this point; null: the training mean."
    )
    values: tuple[tuple[Index, Raw], ...] = Field(
        (), max_length=BOUNDS.encoded, description="[input, raw value] of inputs that are held elsewhere."
    )


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
    plane: PlaneShown = Field(PlaneShown(), description="Of a table: which plane is shown.")
    metrics: bool = Field(False, description="Confusion matrix, ROC or residuals as well.")
    diagnostics: bool = Field(False, description="Histograms, dead units, readings and curvature as well.")

    def kept_inside(self) -> "View":
        """This view with its centre brought so near to the middle of the board that pictures end where it does."""
        room = BOUNDS.coordinate - self.extent
        x1, x2 = (max(-room, min(room, value)) for value in self.centre)
        return self.model_copy(update={"centre": (x1, x2)})


class SetView(BaseCommand):
    """Choose the pictures."""

    type: Literal["set_view"] = "set_view"
    view: View


class Inspect(BaseCommand):
    """Look closely: at the values of all units for one input, and at one unit's picture as large as the boundary's. The
    input is at a place of the board, a point's, raw values, or a drawing; at most one of them."""

    type: Literal["inspect"] = "inspect"
    at: Place | None = Field(None, description="Frames carry the values of all units at this place.")
    row: PointId | None = Field(None, description="The same for this point.")
    values: tuple[Raw, ...] | None = Field(
        None, max_length=BOUNDS.encoded, description="The same for these raw values of a table's inputs."
    )
    strokes: tuple[Stroke, ...] | None = Field(
        None,
        max_length=MOST_STROKES,
        description="The same for a drawing, where the inputs are the pixels of an image.",
    )
    unit: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = Field(
        None, description="[layer, unit]: hidden layers from 0 on, then the output layer."
    )


class Rows(BaseCommand):
    """Ask for points with all their values."""

    type: Literal["rows"] = "rows"
    ids: tuple[PointId, ...] = Field(min_length=1, max_length=200)
