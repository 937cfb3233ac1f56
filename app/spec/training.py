"""How it learns: loss, optimiser with its own hyper-parameters, schedule, batches, penalties, clipping.

Hyper-parameters carry PyTorch's names and defaults, so that exported code reads the same.
"""

from typing import Annotated, Literal

from pydantic import Field

from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.vocabulary import Clipping, Optimizer, Schedule, ScheduleUnit

LossChoice = Literal[
    "auto",
    "binary_cross_entropy",
    "cross_entropy",
    "mean_squared_error",
    "half_squared_error",
    "hinge",
    "huber",
    "mean_absolute_error",
    "perceptron",
]
Decay = Annotated[float, Field(ge=0, lt=1)]


class _Optimizer(Model):
    learning_rate: float = Field(
        0.03, ge=0, le=BOUNDS.learning_rate, title="Learning rate", description="How far one step goes."
    )


class Sgd(_Optimizer):
    """w <- w - lr g."""

    name: Literal[Optimizer.SGD] = Optimizer.SGD


class PerceptronRule(_Optimizer):
    """w <- w + lr t x for a misclassified point: plain descent on the perceptron loss."""

    name: Literal[Optimizer.PERCEPTRON] = Optimizer.PERCEPTRON


class Momentum(_Optimizer):
    """v <- mu v + g; w <- w - lr v."""

    name: Literal[Optimizer.MOMENTUM] = Optimizer.MOMENTUM
    momentum: Decay = Field(0.9, title="Momentum", description="Share of the last velocity that is kept.")


class Nesterov(_Optimizer):
    """v <- mu v + g; w <- w - lr (g + mu v)."""

    name: Literal[Optimizer.NESTEROV] = Optimizer.NESTEROV
    momentum: Decay = Field(0.9, title="Momentum", description="Share of the last velocity that is kept.")


class Adagrad(_Optimizer):
    """s <- s + g^2; w <- w - lr g / (sqrt(s) + eps)."""

    name: Literal[Optimizer.ADAGRAD] = Optimizer.ADAGRAD
    eps: float = Field(1e-10, gt=0, le=1, title="Epsilon", description="Keeps the division away from zero.")


class RmsProp(_Optimizer):
    """s <- alpha s + (1 - alpha) g^2; w <- w - lr g / (sqrt(s) + eps)."""

    name: Literal[Optimizer.RMSPROP] = Optimizer.RMSPROP
    alpha: Decay = Field(0.99, title="Alpha", description="Memory of the squared gradients' moving average.")
    eps: float = Field(1e-8, gt=0, le=1, title="Epsilon", description="Keeps the division away from zero.")


class Adam(_Optimizer):
    """Moving averages of g and g^2, both divided by 1 - beta^t; w <- w - lr m / (sqrt(v) + eps)."""

    name: Literal[Optimizer.ADAM] = Optimizer.ADAM
    betas: tuple[Decay, Decay] = Field(
        (0.9, 0.999), title="Betas", description="Memory of the averages of the gradient and of its square."
    )
    eps: float = Field(1e-8, gt=0, le=1, title="Epsilon", description="Keeps the division away from zero.")


class AdamW(_Optimizer):
    """Adam after w <- w - lr weight_decay w, on every parameter as PyTorch does."""

    name: Literal[Optimizer.ADAMW] = Optimizer.ADAMW
    betas: tuple[Decay, Decay] = Field(
        (0.9, 0.999), title="Betas", description="Memory of the averages of the gradient and of its square."
    )
    eps: float = Field(1e-8, gt=0, le=1, title="Epsilon", description="Keeps the division away from zero.")
    weight_decay: float = Field(
        0.01,
        ge=0,
        le=BOUNDS.penalty,
        title="Weight decay",
        description="Share of each weight lost at a step, times the rate.",
    )


OptimizerSpec = Annotated[
    Sgd | Momentum | Nesterov | Adagrad | RmsProp | Adam | AdamW | PerceptronRule, Field(discriminator="name")
]


class _Schedule(Model):
    unit: ScheduleUnit = Field(ScheduleUnit.EPOCH, title="Counts", description="Epochs or single steps.")
    warmup: int = Field(
        0,
        ge=0,
        le=100_000,
        title="Warm-up",
        description="Length of a linear rise from near 0 in front of the schedule.",
    )


class Constant(_Schedule):
    """lr."""

    name: Literal[Schedule.CONSTANT] = Schedule.CONSTANT


class InverseTime(_Schedule):
    """lr / (1 + k e)."""

    name: Literal[Schedule.INVERSE_TIME] = Schedule.INVERSE_TIME
    k: float = Field(0.1, ge=0, le=1000, title="k", description="How fast the rate falls.")


class Exponential(_Schedule):
    """lr gamma^e."""

    name: Literal[Schedule.EXPONENTIAL] = Schedule.EXPONENTIAL
    gamma: float = Field(0.95, gt=0, le=1, title="Factor", description="The factor of each count.")


class InverseSqrt(_Schedule):
    """lr k / sqrt(t), t counted from 1."""

    name: Literal[Schedule.INVERSE_SQRT] = Schedule.INVERSE_SQRT
    k: float = Field(1.0, gt=0, le=1000, title="k", description="The rate's factor at t = 1.")


class StepDecay(_Schedule):
    """lr gamma^floor(e / every)."""

    name: Literal[Schedule.STEP] = Schedule.STEP
    every: int = Field(50, ge=1, le=1_000_000, title="Every", description="Counts between two drops.")
    gamma: float = Field(0.5, gt=0, le=1, title="Factor", description="The factor of each drop.")


class Cosine(_Schedule):
    """floor + (lr - floor) (1 + cos(pi e / length)) / 2, then the floor."""

    name: Literal[Schedule.COSINE] = Schedule.COSINE
    length: int = Field(
        100, ge=1, le=1_000_000, title="Length", description="Counts until the floor is reached."
    )
    floor: float = Field(
        0.0, ge=0, le=BOUNDS.learning_rate, title="Floor", description="The last learning rate."
    )


ScheduleSpec = Annotated[
    Constant | InverseTime | Exponential | InverseSqrt | StepDecay | Cosine, Field(discriminator="name")
]


class ClippingSpec(Model):
    """A bound on the gradient, applied after the penalty's gradient and before the optimiser."""

    name: Clipping = Field(
        Clipping.NONE, title="Clipping", description="Bound the whole gradient's norm or each value."
    )
    limit: float = Field(
        1.0, gt=0, le=1e6, title="Limit", description="The largest norm, or the largest absolute value."
    )


class EarlyStoppingSpec(Model):
    """Stop when the validation loss (without validation points the test loss, without these the training loss) has not
    improved for some epochs."""

    patience: int = Field(
        20,
        ge=1,
        le=10_000,
        title="Patience",
        description="Epochs without a better loss before training stops.",
    )
    min_delta: float = Field(
        0.0, ge=0, le=1000, title="Least gain", description="A loss lower by no more than this is no better."
    )
    restore_best: bool = Field(
        True, title="Best weights back", description="Take back the weights of the best epoch."
    )


class TrainingSpec(Model):
    """Everything that turns gradients into learning."""

    loss: LossChoice = Field(
        "auto", title="Loss", description="What training makes small; auto takes the one that fits."
    )
    optimizer: OptimizerSpec = Field(
        Adam(), title="Optimiser", description="How a gradient becomes an update."
    )
    schedule: ScheduleSpec = Field(Constant(), title="Schedule", description="How the learning rate changes.")
    batch_size: int | None = Field(
        10,
        ge=1,
        le=BOUNDS.batch_size,
        title="Batch size",
        description="Points a step averages over; empty: all of them.",
    )
    shuffle: bool = Field(True, title="Shuffle", description="A fresh order of the points in every epoch.")
    l1: float = Field(
        0.0, ge=0, le=BOUNDS.penalty, title="L1", description="Weight of the sum of absolute weights."
    )
    l2: float = Field(
        0.0, ge=0, le=BOUNDS.penalty, title="L2", description="Weight of half the sum of squared weights."
    )
    clipping: ClippingSpec = Field(ClippingSpec(), title="Clipping", description="A bound on the gradient.")
    early_stopping: EarlyStoppingSpec | None = Field(
        None,
        title="Early stopping",
        description="Stop by itself when the validation loss, or else the test loss, no longer falls.",
    )
