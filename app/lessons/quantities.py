"""What a lesson can have measured in a session, and what it may ask of the result. Names and rules alone: how each is
measured is `app.session.measuring`'s business, one function for each quantity.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from app.spec.base import Model
from app.vocabulary import Part


class Quantity(StrEnum):
    """One number, or name, of a session as it stands."""

    STEP = "step"
    EPOCH = "epoch"
    STEPS_PER_EPOCH = "steps_per_epoch"
    EPOCHS_SINCE_POINTS = "epochs_since_points"
    EPOCHS_SINCE_WEIGHTS = "epochs_since_weights"
    EPOCHS_SINCE_SETTINGS = "epochs_since_settings"
    PHASE = "phase"
    TRAIN_LOSS = "train_loss"
    VALIDATION_LOSS = "validation_loss"
    TEST_LOSS = "test_loss"
    TRAIN_SCORE = "train_score"
    VALIDATION_SCORE = "validation_score"
    TEST_SCORE = "test_score"
    SCORE_GAP = "score_gap"
    PENALTY = "penalty"
    RATE = "rate"
    PARAMETERS = "parameters"
    LAYERS = "layers"
    UNITS = "units"
    INPUTS = "inputs"
    POINTS = "points"
    WRONG = "wrong"
    LOWEST_TRAIN_LOSS = "lowest_train_loss"
    LOWEST_TEST_LOSS = "lowest_test_loss"
    LOWEST_TEST_EPOCH = "lowest_test_epoch"
    EPOCH_BELOW = "epoch_below"
    WEIGHT = "weight"
    GRADIENT = "gradient"
    UPDATE = "update"
    OUTPUT = "output"
    SUM = "sum"
    ACTIVATION = "activation"
    DELTA = "delta"
    BATCH_SUM = "batch_sum"
    RUNNING_MEAN = "running_mean"
    RUNNING_VARIANCE = "running_variance"
    SLOPE = "slope"
    POINT_LOSS = "point_loss"
    LAYER_GRADIENT = "layer_gradient"
    GRADIENT_RATIO = "gradient_ratio"
    WEIGHT_NORM = "weight_norm"
    LARGEST_WEIGHT = "largest_weight"
    SMALL_WEIGHTS = "small_weights"
    FLAT_UNITS = "flat_units"
    CHECK_DISTANCE = "check_distance"
    SHARPNESS = "sharpness"
    CONFUSION = "confusion"
    RECALL = "recall"
    PRECISION = "precision"
    BRANCHES = "branches"
    SPEC = "spec"


PLACE = frozenset({"layer", "unit"})
SPOT = frozenset({"at", "row"})
NEEDS: dict[Quantity, frozenset[str]] = {
    Quantity.POINTS: frozenset(),
    Quantity.EPOCH_BELOW: frozenset({"below"}),
    Quantity.WEIGHT: PLACE,
    Quantity.GRADIENT: PLACE,
    Quantity.UPDATE: PLACE,
    Quantity.SLOPE: PLACE,
    Quantity.SUM: PLACE,
    Quantity.ACTIVATION: PLACE,
    Quantity.DELTA: PLACE,
    Quantity.BATCH_SUM: PLACE,
    Quantity.RUNNING_MEAN: PLACE,
    Quantity.RUNNING_VARIANCE: PLACE,
    Quantity.POINT_LOSS: frozenset({"row"}),
    Quantity.LAYER_GRADIENT: frozenset({"layer"}),
    Quantity.WEIGHT_NORM: frozenset({"layer"}),
    Quantity.CONFUSION: frozenset({"actual", "predicted"}),
    Quantity.RECALL: frozenset({"actual"}),
    Quantity.PRECISION: frozenset({"predicted"}),
    Quantity.SPEC: frozenset({"path"}),
}
"""What must be said beside the quantity's name."""
TAKES: dict[Quantity, frozenset[str]] = {
    Quantity.POINTS: frozenset({"part"}),
    Quantity.WRONG: frozenset({"part"}),
    Quantity.WEIGHT: frozenset({"input"}),
    Quantity.GRADIENT: frozenset({"input"}),
    Quantity.UPDATE: frozenset({"input"}),
    Quantity.SLOPE: frozenset({"input"}),
    Quantity.OUTPUT: SPOT | {"unit"},
    Quantity.SUM: SPOT,
    Quantity.ACTIVATION: SPOT,
    Quantity.DELTA: frozenset({"row"}),
    Quantity.BATCH_SUM: frozenset({"row"}),
    Quantity.FLAT_UNITS: frozenset({"layer"}),
    Quantity.SMALL_WEIGHTS: frozenset({"layer", "below"}),
    Quantity.CONFUSION: frozenset({"part"}),
    Quantity.RECALL: frozenset({"part"}),
    Quantity.PRECISION: frozenset({"part"}),
}
"""What may be said."""
OF_A_SPOT = frozenset({Quantity.OUTPUT, Quantity.SUM, Quantity.ACTIVATION})
"""They need a place of the board, or a point of it."""
ALWAYS = frozenset({"measure"})


class Measure(Model):
    """A quantity, and which of its kind. `layer` counts hidden layers from 0, then the output layer; `unit`, `input`
    and `row` (a point, in the stage's order) from 0; `input` left out is the bias; `at` is [x1, x2]; `actual` and
    `predicted` are class indices; `below` a bound that the quantity itself speaks of."""

    measure: Quantity
    layer: int | None = Field(None, ge=0)
    unit: int | None = Field(None, ge=0)
    input: int | None = Field(None, ge=0)
    at: tuple[float, float] | None = None
    row: int | None = Field(None, ge=0)
    part: Part | None = None
    actual: int | None = Field(None, ge=0)
    predicted: int | None = Field(None, ge=0)
    below: float | None = None
    path: str | None = None

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        needs = NEEDS.get(self.measure, frozenset())
        takes = needs | TAKES.get(self.measure, frozenset())
        said = {name for name in PARTS if getattr(self, name) is not None}
        if missing := sorted(needs - said):
            raise ValueError(f"{self.measure} needs {' and '.join(missing)}")
        if extra := sorted(said - takes):
            allowed = ", ".join(sorted(takes)) or "nothing"
            raise ValueError(f"{self.measure} takes no {extra[0]}; allowed: {allowed}")
        if self.measure in OF_A_SPOT and len(said & SPOT) != 1:
            raise ValueError(f"{self.measure} needs one of at and row")
        return self


PARTS = frozenset(Measure.model_fields) - ALWAYS


class Condition(Measure):
    """A quantity and what it must be: `at_least`, `at_most` or both; or `is`, a number within `tolerance` or a name."""

    at_least: float | None = None
    at_most: float | None = None
    equals: float | str | bool | None = Field(None, alias="is")
    tolerance: float = Field(1e-9, ge=0)

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        bounds = [bound for bound in (self.at_least, self.at_most) if bound is not None]
        if (self.equals is None) == (not bounds):
            raise ValueError("a condition has at_least, at_most, or both, or else is")
        return self

    def holds(self, measured: float | str | bool | None) -> bool:
        """Whether what was measured is what is asked for; nothing measured is not."""
        if measured is None:
            return False
        if isinstance(self.equals, str | bool):
            return type(measured) is type(self.equals) and measured == self.equals
        if isinstance(measured, str | bool):
            return False
        if self.equals is not None:
            return abs(measured - self.equals) <= self.tolerance
        least, most = self.at_least, self.at_most
        return (least is None or measured >= least) and (most is None or measured <= most)
