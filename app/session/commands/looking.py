"""Commands that choose what frames show."""

from typing import Annotated, Literal

from pydantic import Field

from app.session.commands.base import BaseCommand, Place
from app.spec.base import Model
from app.spec.bounds import BOUNDS


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
    """Look closely: at the values at a place of the board, and at one unit's picture as large as the boundary's."""

    type: Literal["inspect"] = "inspect"
    at: Place | None = Field(None, description="Frames carry the values of all units at this place.")
    unit: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = Field(
        None, description="[layer, unit]: hidden layers from 0 on, then the output layer."
    )
