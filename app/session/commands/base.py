"""What all commands share: the id, and the shapes of what they name."""

from typing import Annotated

from pydantic import Field

from app.spec.base import Model
from app.spec.data import Coordinate

LARGEST_ID = 2**53 - 1
"""The largest whole number that a browser's arithmetic knows exactly."""
Place = tuple[Coordinate, Coordinate]
"""x1, x2."""
PointId = Annotated[int, Field(ge=0, le=LARGEST_ID)]


class BaseCommand(Model):
    """Every command carries an id."""

    id: int = Field(ge=0, le=LARGEST_ID, description="Chosen by the sender; the answer carries it.")
