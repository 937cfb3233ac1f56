"""What can be asked of a race down a surface and what is told of it, as OpenAPI describes it."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.spec import BOUNDS
from app.vocabulary import Ending, Optimizer, Surface

MOST_STEPS = 500
LEAST_RATE = 1e-6
MOST_MOMENTUM = 0.999


def _apart(values: Any) -> Any:
    """`a,b` of an address as two values."""
    if isinstance(values, str):
        return values.split(",")
    return [part for value in values for part in str(value).split(",")] if values else values


class RaceAsked(BaseModel):
    """A race; what is left out is the surface's own."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    surface: Surface = Field(Surface.BOWL, description="What they run down.")
    x: float | None = Field(None, description="Where all start; it has to be in the square that is drawn.")
    y: float | None = None
    steps: int | None = Field(None, ge=1, le=MOST_STEPS, description="Updates of each.")
    momentum: float = Field(0.9, ge=0, le=MOST_MOMENTUM, description="Of the rules with a velocity.")
    optimizers: Annotated[list[Optimizer], BeforeValidator(_apart)] = Field(
        default=[], max_length=len(Optimizer), description="Who runs, separated by commas; all if left out."
    )
    rates: Annotated[
        list[Annotated[float, Field(ge=LEAST_RATE, le=BOUNDS.learning_rate)]], BeforeValidator(_apart)
    ] = Field(
        default=[],
        max_length=len(Optimizer),
        description="Learning rates, separated by commas: one for each that runs, or one for all.",
    )


class Racer(BaseModel):
    """Who runs, and how far one step goes."""

    optimizer: Optimizer
    rate: float


class SettledRace(BaseModel):
    """The race with everything that was left out filled in."""

    surface: Surface
    start: tuple[float, float]
    steps: int
    momentum: float
    runners: list[Racer]


class RacePath(Racer):
    """Where one ran."""

    rows: list[tuple[float, float, float, float, float]] = Field(
        description="x, y, height and the two numbers of the gradient before each step and after the last; of one that "
        "diverged up to the last place that is followed."
    )
    ended: Ending
    valley: int | None = Field(description="In which of the surface's minima it ended.")
    arrived: int | None = Field(description="The step from which on it stays at that minimum.")


class Race(BaseModel):
    """A race that was run."""

    race: SettledRace
    paths: list[RacePath]


class GroundTold(BaseModel):
    """A surface."""

    name: Surface
    domain: tuple[tuple[float, float], tuple[float, float]] = Field(
        description="The square that is drawn: least and largest x, least and largest y."
    )
    minima: list[tuple[float, float]]
    lowest: float = Field(description="The height of the deepest minimum.")
    start: tuple[float, float]
    steps: int
    rates: dict[Optimizer, float] = Field(description="From which a race is worth looking at.")
    steep: bool = Field(description="Heights differ so much that they are drawn by their logarithm.")
    heights: list[list[float]] = Field(
        description="Over the square, ends included, a row for each y from the least; numbers to five digits."
    )


class Grounds(BaseModel):
    """All surfaces, and what can be asked of a race."""

    surfaces: list[GroundTold]
    steps: int = Field(description="The most that can be asked for.")
    rate_least: float
    rate_most: float
    momentum_most: float
    near: float = Field(description="Who is no farther from a minimum has arrived.")
