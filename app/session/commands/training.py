"""Commands that say what is learnt, how, and when."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.session.commands.base import BaseCommand
from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.spec.errors import SpecError


class SetSpec(BaseCommand):
    """Change a part of the spec, or all of it. What can change without a reset does so live."""

    type: Literal["set_spec"] = "set_spec"
    spec: dict[str, Any] = Field(description="The fields to change; `replace` takes it as the whole spec.")
    replace: bool = Field(
        False,
        description="Another experiment: over the defaults, not over the present spec, from step 0 on its own points.",
    )


class Play(BaseCommand):
    """Train on, at the session's speed, until `pause` or divergence."""

    type: Literal["play"] = "play"


class Pause(BaseCommand):
    """Stop training; everything stays as it is."""

    type: Literal["pause"] = "pause"


class Until(Model):
    """What ends a step of epochs early: the first of these that is true after an epoch. At least one is given."""

    train_loss_below: float | None = Field(None, gt=0)
    test_loss_below: float | None = Field(None, gt=0)
    train_score_above: float | None = Field(None, lt=1, description="Accuracy in [0, 1], or R squared.")
    test_score_above: float | None = Field(None, lt=1)
    diverges: bool = Field(
        False, description="Divergence always ends a step; this asks to be told if there was none."
    )

    @model_validator(mode="after")
    def _at_least_one(self) -> Self:
        if self == Until.model_construct():
            raise SpecError(f"until takes at least one of {', '.join(Until.model_fields)}", ("until",))
        return self


class Step(BaseCommand):
    """Train n batches, or to the end of the n-th epoch from here, and stop; with `until` at most so far."""

    type: Literal["step"] = "step"
    batches: int | None = Field(None, ge=1, le=BOUNDS.steps_at_once)
    epochs: int | None = Field(None, ge=1, le=BOUNDS.epochs_at_once)
    until: Until | None = Field(None, description="Stop after the first epoch at which one of it is true.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.batches is None) == (self.epochs is None):
            raise SpecError("step takes batches or epochs, one of the two", ("batches",))
        if self.until and self.epochs is None:
            raise SpecError("step takes until together with epochs only", ("until",))
        return self


class Reset(BaseCommand):
    """Back to step 0 with the weights that were loaded, else the same seeds, and the present points."""

    type: Literal["reset"] = "reset"


class NewWeights(BaseCommand):
    """Back to step 0 with another weights seed: the given one, else the next."""

    type: Literal["new_weights"] = "new_weights"
    seed: int | None = Field(None, ge=0, le=BOUNDS.seed)


class SetWeight(BaseCommand):
    """Set one weight, or a bias when `input` is null. Layers count from 0; the output layer is the last."""

    type: Literal["set_weight"] = "set_weight"
    layer: int = Field(ge=0)
    unit: int = Field(ge=0)
    input: int | None = Field(None, description="Which input of the unit; null, or left out, is its bias.")
    value: float = Field(ge=-BOUNDS.weight, le=BOUNDS.weight)


class SetSpeed(BaseCommand):
    """How fast `play` trains, in epochs or in steps; both null is as fast as possible."""

    type: Literal["set_speed"] = "set_speed"
    epochs_per_second: float | None = Field(
        None, ge=BOUNDS.epochs_per_second_least, le=BOUNDS.epochs_per_second
    )
    steps_per_second: float | None = Field(None, ge=BOUNDS.steps_per_second_least, le=BOUNDS.steps_per_second)

    @model_validator(mode="after")
    def _at_most_one(self) -> Self:
        if self.epochs_per_second is not None and self.steps_per_second is not None:
            raise SpecError(
                "set_speed takes epochs_per_second or steps_per_second, one of the two", ("steps_per_second",)
            )
        return self
