"""Learning-rate schedules (reference: numerics.md, "Learning-rate schedules").

A schedule gives the rate in use from the base rate and a count: the number of whole epochs or of steps done before
the update in question. A linear warm-up of n counts comes first, (count + 1) / n; the schedule's own clock starts after
it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.engine.numeric import Array
from app.vocabulary import Schedule, ScheduleUnit

Number = float | Array
"""A learning rate: one number, or (M, 1) with one for each model."""


@dataclass(frozen=True)
class Plan:
    """A schedule with its hyper-parameters (`k`, `gamma`, `every`, `length`, `floor`), what it counts, and warm-up."""

    name: Schedule = Schedule.CONSTANT
    unit: ScheduleUnit = ScheduleUnit.EPOCH
    warmup: int = 0
    hyper: Mapping[str, float] = field(default_factory=dict)

    @property
    def constant(self) -> bool:
        """The rate never changes."""
        return self.name is Schedule.CONSTANT and self.warmup == 0


def _cosine(count: int, rate: Number, hyper: Mapping[str, float]) -> Number:
    """floor + (rate - floor) (1 + cos(pi count / length)) / 2; the floor from `length` on."""
    floor, share = hyper["floor"], min(count / hyper["length"], 1.0)
    return floor + (rate - floor) * (1 + math.cos(math.pi * share)) / 2


SCHEDULES: dict[Schedule, Callable[[int, Number, Mapping[str, float]], Number]] = {
    Schedule.CONSTANT: lambda count, rate, hyper: rate,
    Schedule.INVERSE_TIME: lambda count, rate, hyper: rate / (1 + hyper["k"] * count),
    Schedule.EXPONENTIAL: lambda count, rate, hyper: rate * hyper["gamma"] ** count,
    Schedule.INVERSE_SQRT: lambda count, rate, hyper: rate * hyper["k"] / math.sqrt(count + 1),
    Schedule.STEP: lambda count, rate, hyper: rate * hyper["gamma"] ** (count // hyper["every"]),
    Schedule.COSINE: _cosine,
}


def scheduled_rate(plan: Plan, rate: Number, steps: int, epochs: int) -> Number:
    """The learning rate of the next update after `steps` updates and `epochs` whole epochs."""
    count = steps if plan.unit is ScheduleUnit.STEP else epochs
    if count < plan.warmup:
        return rate * (count + 1) / plan.warmup
    return SCHEDULES[plan.name](count - plan.warmup, rate, plan.hyper)


def shown_span(plan: Plan) -> int:
    """Counts over which a schedule shows its shape: to its floor, four drops, or far below its start."""
    hyper, span = plan.hyper, 100.0
    if plan.name is Schedule.INVERSE_TIME:
        span = 10 / max(hyper["k"], 1e-3)
    if plan.name is Schedule.EXPONENTIAL:
        span = math.log(0.05) / math.log(min(hyper["gamma"], 0.9999))
    if plan.name is Schedule.STEP:
        span = 4 * hyper["every"]
    if plan.name is Schedule.COSINE:
        span = 1.1 * hyper["length"]
    return plan.warmup + max(2, math.ceil(span))
