"""A race of optimisers down a surface, from one start, each with a rate of its own.

The places of all who run are one array (M, 2), the model axis of a training; what moves them are the very plans of
`app.engine.optimizers`. Pure: the same start gives the same bits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from app.engine.numeric import Array, Op, quiet, run
from app.engine.optimizers import OPTIMIZERS, Slots
from app.engine.surfaces import Ground, Place
from app.engine.update import per_model
from app.vocabulary import Ending, Optimizer

NEAR = 0.05
"""Who is no farther from a minimum is in its valley."""
LEVEL = 1e-3
"""A gradient no longer than this, away from every minimum, is a place on which nobody moves."""
LOST = 100.0
"""Who is this many times the drawn square's width away from its middle has diverged and is followed no further."""


@dataclass(frozen=True)
class Runner:
    """Who runs, how far one step goes, and the optimiser's own numbers by PyTorch's names (`beta1`, `beta2`)."""

    optimizer: Optimizer
    rate: float
    hyper: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Path:
    """`rows` (steps + 1, 5): x, y, height and the two numbers of the gradient, the start first; where it
    diverged up to the last place that is followed. `valley`: in which minimum's it ended. `arrived`: the step from
    which on it stays there."""

    runner: Runner
    rows: Array
    ended: Ending
    valley: int | None
    arrived: int | None


def race(ground: Ground, start: Place, runners: Sequence[Runner], steps: int) -> list[Path]:
    """The path of each of `runners` over so many steps, all from `start`."""
    rows = follow(ground, start, runners, steps)
    return [_path(ground, runner, rows[:, place]) for place, runner in enumerate(runners)]


@quiet
def follow(ground: Ground, start: Place, runners: Sequence[Runner], steps: int) -> Array:
    """(steps + 1, M, 5): place, height and gradient of each before every step and after the last."""
    places = np.tile(np.array(start, np.float64), (len(runners), 1))
    gradient = np.zeros_like(places)
    plan = list(_plan(places, gradient, runners))
    rows = np.empty((steps + 1, len(runners), 5))
    for row in rows:
        gradient[...] = ground.gradient(places)
        row[:, :2], row[:, 3:] = places, gradient
        run(plan)
    rows[..., 2] = ground.height(rows[..., :2])
    return rows


def _plan(places: Array, gradient: Array, runners: Sequence[Runner]) -> Iterator[Op]:
    """The update of all: neighbours of one kind share a plan, as the models of one training do; one alone is
    a training of its own, whose single numbers cost less."""
    first = 0
    for optimizer, group in groupby(runners, key=lambda runner: runner.optimizer):
        together = list(group)
        last = first + len(together)
        part = slice(first, last) if len(together) > 1 else first
        yield from OPTIMIZERS[optimizer](_slots(places[part], gradient[part], together))
        first = last


def _slots(places: Array, gradient: Array, runners: Sequence[Runner]) -> Slots:
    lead = places.shape[:-1]
    names = runners[0].hyper
    return Slots(
        places,
        gradient,
        np.zeros((2, *places.shape)),
        scratch=(np.empty_like(places), np.empty_like(places)),
        rate=_numbers([runner.rate for runner in runners], lead),
        clock=np.zeros(()),
        hyper={name: _numbers([runner.hyper[name] for runner in runners], lead) for name in names},
    )


def _numbers(values: list[float], lead: tuple[int, ...]) -> Array:
    """One number of each who runs: (), or (M, 1) beside others of its kind."""
    return per_model(np.array(values), lead) if lead else np.array(values[0], np.float64)


def _path(ground: Ground, runner: Runner, rows: Array) -> Path:
    """What became of one whose rows (steps + 1, 5) these are."""
    lost = _lost(ground, rows)
    if lost.any():
        return Path(runner, rows[: int(lost.argmax())], Ending.DIVERGED, None, None)
    minima = np.array(ground.minima)
    near = np.linalg.norm(rows[:, None, :2] - minima, axis=-1) <= NEAR
    if near[-1].any():
        valley = int(near[-1].argmax())
        return Path(runner, rows, Ending.REACHED, valley, _stays_from(near[:, valley]))
    still = float(np.linalg.norm(rows[-1, 3:])) <= LEVEL
    return Path(runner, rows, Ending.STUCK if still else Ending.WANDERING, None, None)


@quiet
def _lost(ground: Ground, rows: Array) -> Array:
    """Which rows are out of all bounds, or no numbers."""
    domain = np.array(ground.domain)
    far = np.abs(rows[:, :2] - domain.mean(axis=-1)) > LOST * np.ptp(domain, axis=-1)
    return np.asarray(far.any(axis=-1) | ~np.isfinite(rows).all(axis=-1))


def _stays_from(near: Array) -> int:
    """The first place from which on all are true; the last one is."""
    return int(near.size - np.argmin(near[::-1])) if not near.all() else 0
