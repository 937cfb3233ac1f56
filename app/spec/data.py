"""Which points: their source, number, noise, classes and split."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.spec.errors import SpecError
from app.spec.table import TableSpec
from app.vocabulary import CURVE_SOURCES, MULTI_CLASS_SOURCES, REGRESSION_SOURCES, Source, Task

ROUNDING = 1e-9
Coordinate = Annotated[float, Field(ge=-BOUNDS.coordinate, le=BOUNDS.coordinate)]
Target = Annotated[float, Field(ge=-BOUNDS.target, le=BOUNDS.target)]
Point = tuple[Coordinate, Coordinate, Target]


class DataSpec(Model):
    """The data set. `source: points` carries its own points; every other source draws them from the data seed."""

    source: Source = Field(Source.SPIRAL, title="Data set", description="The shape of the data.")
    task: Literal["auto", "classification", "regression"] = Field(
        "auto",
        title="Task",
        description="Classes or a real number; only one's own points leave the choice open.",
    )
    samples: int = Field(
        500,
        ge=0,
        le=BOUNDS.points,
        title="Samples",
        description="How many points are drawn, train and test together.",
    )
    noise: float = Field(
        0.1, ge=0, le=0.5, title="Noise", description="0 draws the clean shape, 0.5 all but hides it."
    )
    classes: int = Field(
        2,
        ge=2,
        le=BOUNDS.classes,
        title="Classes",
        description="How many classes, where the source allows a choice.",
    )
    train_fraction: float = Field(
        0.5,
        ge=0.1,
        le=1,
        title="Training share",
        description="Share of the points trained on; the rest only test.",
    )
    validation_fraction: float = Field(
        0.0,
        ge=0,
        le=0.8,
        title="Validation share",
        description="Share of the points that only choose: early stopping watches them. What is left over tests.",
    )
    coordinates: int = Field(
        2,
        ge=1,
        le=2,
        title="Coordinates",
        description="1: own points have the input x1 alone, and up the board is their target.",
    )
    table: TableSpec = Field(TableSpec(), title="Table")
    points: tuple[Point, ...] = Field(
        (),
        max_length=BOUNDS.points,
        title="Own points",
        description="[x1, x2, label] of each point; labels are class indices, or the target for regression.",
    )

    @property
    def resolved_task(self) -> Task:
        """The task after `auto` has been decided by the source."""
        if self.task != "auto":
            return Task(self.task)
        if self.source is Source.TABLE:
            numbers = self.table.encoded and not self.table.labels
            return Task.REGRESSION if numbers else Task.CLASSIFICATION
        return Task.REGRESSION if self.source in REGRESSION_SOURCES else Task.CLASSIFICATION

    @property
    def is_curve(self) -> bool:
        """One input, x1, and a real target: points are places on a curve."""
        return self.source in CURVE_SOURCES or (self.source is Source.POINTS and self.coordinates == 1)

    @property
    def training_points(self) -> int:
        """How many points are trained on before any is edited, to within one; 0 for a table, which alone knows."""
        if self.source is Source.TABLE:
            return 0
        count = len(self.points) if self.source is Source.POINTS else self.samples
        return round(self.train_fraction * count)

    @model_validator(mode="after")
    def _check_task(self) -> Self:
        if self.source not in {Source.POINTS, Source.TABLE} and self.task != "auto":
            own = Task.REGRESSION if self.source in REGRESSION_SOURCES else Task.CLASSIFICATION
            if own != self.task:
                raise SpecError(
                    f"{self.source} is a {own} data set; allowed tasks: auto, {own}", ("data", "task")
                )
        return self

    @model_validator(mode="after")
    def _check_shares(self) -> Self:
        if self.train_fraction + self.validation_fraction > 1 + ROUNDING:
            raise SpecError(
                f"{self.validation_fraction:g} for validation beside {self.train_fraction:g} for training is more than "
                f"all points; allowed: at most {1 - self.train_fraction:g}",
                ("data", "validation_fraction"),
            )
        return self

    @model_validator(mode="after")
    def _check_coordinates(self) -> Self:
        if self.source is Source.POINTS and self.is_curve and self.resolved_task is not Task.REGRESSION:
            raise SpecError(
                "points with one coordinate have a real target; allowed task: regression", ("data", "task")
            )
        return self

    @model_validator(mode="after")
    def _check_classes(self) -> Self:
        fixed = self.source not in MULTI_CLASS_SOURCES | {Source.POINTS, Source.TABLE}
        if fixed and self.classes != 2:
            allowed = ", ".join(sorted(MULTI_CLASS_SOURCES)) + " and points"
            raise SpecError(
                f"{self.source} has 2 classes, {self.classes} were asked for; more are drawn by {allowed}",
                ("data", "classes"),
            )
        return self

    @model_validator(mode="after")
    def _check_points(self) -> Self:
        if self.points and self.source is not Source.POINTS:
            raise SpecError(f"points belong to the source 'points', not to {self.source}", ("data", "points"))
        if self.resolved_task is Task.CLASSIFICATION:
            for row, (_, _, label) in enumerate(self.points):
                check_label(label, self.classes, ("data", "points", row, 2))
        return self


def check_label(label: float, classes: int, path: tuple[str | int, ...]) -> int:
    """`label` as a class index; SpecError unless it is one of 0 .. classes - 1."""
    if label != int(label) or not 0 <= label < classes:
        raise SpecError(f"label {label:g} is no class; allowed: 0 to {classes - 1}", path)
    return int(label)
