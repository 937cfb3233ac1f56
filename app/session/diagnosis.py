"""Diagnosing a machine for a frame: the numbers from the engine, the readings from `app.session.verdicts`.

Histograms and health belong to the frame's own step. The curvature costs as much as several frames; it is measured
again when the run stands and anything has changed, and while it trains after so many steps as the session says.
"""

import math
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine.curvature import MOST_ROWS, sharpness, stability_limit
from app.engine.diagnostics import measure
from app.engine.numeric import Array
from app.session.events import Phase
from app.session.machine import Machine
from app.session.readings import NO_DIAGNOSIS, Curvature, Diagnosis, Reading
from app.session.verdicts.curvature import CURVATURE_PARAMETERS, limit_formula, read_curvature
from app.session.verdicts.gap import read_gap
from app.session.verdicts.gradients import read_gradients
from app.session.verdicts.units import read_units
from app.vocabulary import Task

if TYPE_CHECKING:
    from app.session.session import Session

SECONDS, MOST_STEPS = 2.0, 2000
"""Between two measurements of the curvature: so long at the session's pace, and so many steps however fast it trains;
one costs less than a tenth of them."""


def diagnosis_of(session: "Session") -> Diagnosis:
    """What the next frame carries of it: nothing unless the view asks."""
    if not session.view.diagnostics:
        return NO_DIAGNOSIS
    return session.diagnostician.diagnose(session.machine, steps_between(session))


def steps_between(session: "Session") -> int:
    """How many steps a curvature stays good for: none at rest, about two seconds' at its pace."""
    if session.phase is not Phase.PLAYING:
        return 0
    pace = session.steps_per_second
    if pace is None and session.epochs_per_second is not None:
        pace = session.epochs_per_second * session.steps_per_epoch
    return MOST_STEPS if pace is None else min(MOST_STEPS, math.ceil(SECONDS * pace))


@dataclass(frozen=True)
class _Measurement:
    """A sharpness and what it is of."""

    machine: "weakref.ref[Machine]"
    rows: Array
    terms: tuple[Any, ...]
    theta: Array
    step: int
    sharpness: float


class Diagnostician:
    """Diagnoses the machines of one session, and remembers the last curvature."""

    def __init__(self) -> None:
        self._last: _Measurement | None = None

    def diagnose(self, machine: Machine, every: int) -> Diagnosis:
        """`machine` as it stands. `every`: how many steps a curvature stays good for, 0 for none at all."""
        trainer, network, standing = machine.trainer, machine.network, machine.standing()
        inputs = trainer.source[: network.fan_in + 1]
        found = measure(network, trainer.theta, trainer.gradient, trainer.statistics, inputs)
        step, classes = trainer.step, machine.spec.task is Task.CLASSIFICATION
        curvature = self.curvature(machine, every)
        readings = read_gradients(network, trainer.gradient, trainer.recipe.frozen, step)
        if trainer.rows:
            readings += read_units(network, found.health.tolist(), trainer.rows)
            readings.append(_read_curvature(machine, curvature))
        train, test, validation = (
            float(part.score) for part in (standing.train, standing.test, standing.validation)
        )
        readings += read_gap(train, test, classes, validation)
        return Diagnosis(tuple(readings), curvature, found.health, found.histograms, found.ranges)

    def curvature(self, machine: Machine, every: int) -> Curvature | None:
        """The last one while it is good, else a new one; None where there is none."""
        trainer, rate = machine.trainer, float(machine.trainer.rate)
        if not trainer.rows or machine.network.parameters > CURVATURE_PARAMETERS or rate <= 0.0:
            return None
        if self._last is None or not _good(self._last, machine, every):
            self._last = _measured(machine)
        if not math.isfinite(self._last.sharpness):
            return None
        recipe, rows = trainer.recipe, self._last.rows.shape[-1]
        momentum = float(np.asarray(recipe.hyper.get("momentum", 0.0)))
        return Curvature(
            self._last.sharpness,
            stability_limit(recipe.optimizer, momentum) / rate,
            limit_formula(recipe.optimizer),
            self._last.step,
            min(rows, MOST_ROWS),
            rows,
        )


def _good(last: _Measurement, machine: Machine, every: int) -> bool:
    """It is of this very loss and theta, or of the same run not long ago."""
    trainer = machine.trainer
    same = last.rows is trainer.source and last.terms == _terms(machine)
    if same and np.array_equal(last.theta, trainer.theta):
        return True
    return last.machine() is machine and 0 <= trainer.step - last.step < every


def _terms(machine: Machine) -> tuple[Any, ...]:
    """What else the loss depends on."""
    recipe = machine.trainer.recipe
    return machine.network, recipe.loss, recipe.l1, recipe.l2, recipe.frozen


def _measured(machine: Machine) -> _Measurement:
    trainer = machine.trainer
    value = sharpness(machine.network, trainer.recipe, trainer.theta, trainer.source)
    terms, theta = _terms(machine), trainer.theta.copy()
    return _Measurement(weakref.ref(machine), trainer.source, terms, theta, trainer.step, value)


def _read_curvature(machine: Machine, curvature: Curvature | None) -> Reading:
    trainer = machine.trainer
    return read_curvature(
        curvature, machine.network.parameters, trainer.recipe.optimizer, float(trainer.rate)
    )
