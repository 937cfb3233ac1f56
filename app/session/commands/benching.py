"""The command that sets the regularisation bench going."""

from typing import Annotated, Literal

from pydantic import Field

from app.session.commands.base import BaseCommand
from app.spec.bounds import BOUNDS

FEWEST = 4
"""Training points that a network is trained on."""


class StartBench(BaseCommand):
    """Train the network on few points and on many, from the first weights that a reset gives. Training, points and
    weights of the session stay as they are."""

    type: Literal["bench"] = "bench"
    sizes: tuple[Annotated[int, Field(ge=FEWEST, le=BOUNDS.rows)], ...] = Field(
        (), max_length=8, description="Numbers of training points; none named: five, up to all there are."
    )
    epochs: int = Field(100, ge=1, le=BOUNDS.epochs_at_once)
