"""The command that begins a whole experiment at once: from a link, a saved one, or a stage of a lesson."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.session.commands.base import BaseCommand
from app.session.commands.points import Label
from app.spec.bounds import BOUNDS
from app.spec.data import Coordinate

Weight = Annotated[float, Field(ge=-BOUNDS.weight, le=BOUNDS.weight)]
PartNumber = Annotated[int, Field(ge=0, le=2)]


class Load(BaseCommand):
    """Another experiment from step 0: over the defaults, with points and weights of its own where they are given."""

    type: Literal["load"] = "load"
    spec: dict[str, Any] = Field(description="As `set_spec` with `replace` takes it.")
    points: tuple[tuple[Coordinate, Coordinate, Label, PartNumber], ...] | None = Field(
        None,
        max_length=BOUNDS.points,
        description="[x1, x2, label, part] each, instead of those that the spec draws; part as in `points`.",
    )
    weights: tuple[Weight, ...] | None = Field(
        None, description="All parameters, in the order of a frame's `theta`, instead of those of the seed."
    )
    statistics: tuple[Weight, ...] = Field(
        (), description="Batch norm's running means and variances, beside `weights`."
    )
