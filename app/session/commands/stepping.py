"""Commands that walk through one step of descent, stop by stop, and take its numbers apart."""

from typing import Literal

from pydantic import Field

from app.session.commands.base import BaseCommand, PointId


class Walk(BaseCommand):
    """Go to a stop of the next step, or to a sample of its batch; all three null closes the walk."""

    type: Literal["walk"] = "walk"
    by: Literal["phase", "back", "sample"] | None = Field(
        None,
        description="One stop on (from the last one into the next step), one stop back, or one sample on (from the "
        "last one into the next step). Opens the walk where none is open.",
    )
    stop: int | None = Field(None, ge=0, description="Go to this stop.")
    sample: PointId | None = Field(None, description="Look at this point of the batch.")


class Chain(BaseCommand):
    """Ask how a weight's gradient (`weight`), or a unit's value (`forward`) or delta (`backward`), comes about."""

    type: Literal["chain"] = "chain"
    layer: int = Field(ge=0, description="Hidden layers from 0 on, then the output layer.")
    unit: int = Field(ge=0)
    input: int | None = Field(
        None, ge=0, description="Of a weight: which input; null is the bias. Else left out."
    )
    of: Literal["forward", "backward", "weight"]
