"""One function for each quantity that a lesson can ask about: (session, measure) -> a number, a name, or None where
there is none now. They look, and change nothing.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from app.engine.curvature import sharpness
from app.engine.diagnostics import measure as diagnose
from app.engine.forward import forward_with_sums
from app.engine.gradient_check import check_gradient
from app.engine.losses import LOSSES, row_weight
from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.engine.objective import Objective
from app.lessons.quantities import Measure, Quantity
from app.session.frame import LOSS_COLUMNS
from app.session.machine import Floats
from app.session.measuring_batch import batch_sum, delta, running_mean, running_variance
from app.session.measuring_since import since_points, since_settings, since_weights
from app.session.pointing import Pointing, inputs_at
from app.session.results import ClassResults, take_results
from app.spec import field_of
from app.vocabulary import PARTS, Part, Task

if TYPE_CHECKING:
    from app.session.session import Session

Found = float | str | bool | None


@quiet
def measure(session: "Session", asked: Measure) -> Found:
    """The quantity in `session` as it stands. None also for a layer, unit, input or point that is not there, and for a
    number that is not finite."""
    try:
        found = MEASURES[asked.measure](session, asked)
    except (IndexError, KeyError, ValueError):
        return None
    if isinstance(found, str | bool) or found is None:
        return found
    return float(found) if math.isfinite(found) else None


# -- how it stands -----------------------------------------------------------------------------------------------------


def _now(column: str) -> Callable[["Session", Measure], Found]:
    part, _, figure = column.rpartition("_")
    return lambda session, _: float(getattr(getattr(session.machine.standing(), part), figure))


def _phase(session: "Session", _: Measure) -> Found:
    return session.phase.value


def _branches(session: "Session", _: Measure) -> Found:
    return len(session.past.branches)


def _score_gap(session: "Session", _: Measure) -> Found:
    now = session.machine.standing()
    return float(now.train.score - now.test.score)


def _points(session: "Session", asked: Measure) -> Found:
    board = session.board
    return board.size if asked.part is None else int(np.sum(board.part == PARTS.index(asked.part)))


def _wrong(session: "Session", asked: Measure) -> Found:
    """Points that are sorted into another class than their own."""
    found = _sorted(session, asked.part or Part.TRAIN)
    return None if found is None else found.points - int(np.trace(np.array(found.confusion)))


# -- the course of the run ---------------------------------------------------------------------------------------------


def _column(session: "Session", name: str) -> Floats:
    return session.history.since(0)[:, LOSS_COLUMNS.index(name)]


def _lowest(column: str) -> Callable[["Session", Measure], Found]:
    def least(session: "Session", _: Measure) -> Found:
        values = _column(session, column)
        return float(np.nanmin(values)) if np.isfinite(values).any() else None

    return least


def _lowest_test_epoch(session: "Session", _: Measure) -> Found:
    values = _column(session, "test_loss")
    if not np.isfinite(values).any():
        return None
    return float(_column(session, "epoch")[np.nanargmin(values)])


def _epoch_below(session: "Session", asked: Measure) -> Found:
    """The first epoch at which the training loss was at most so large."""
    low = np.flatnonzero(_column(session, "train_loss") <= (asked.below or 0.0))
    return float(_column(session, "epoch")[low[0]]) if low.size else None


# -- parameters --------------------------------------------------------------------------------------------------------


def _entry(network: Network, flat: Array, asked: Measure) -> Found:
    """A weight's place in `flat`, or a bias's."""
    block = network.block(flat, asked.layer or 0)
    if asked.input is not None and asked.input >= block.shape[1] - 1:
        return None
    return float(block[asked.unit, -1 if asked.input is None else asked.input])


def _weight(session: "Session", asked: Measure) -> Found:
    return _entry(session.machine.network, session.theta, asked)


def _gradient(session: "Session", asked: Measure) -> Found:
    """Of the last step."""
    trainer = session.machine.trainer
    return _entry(session.machine.network, trainer.gradient, asked) if trainer.before_last else None


def _update(session: "Session", asked: Measure) -> Found:
    """What the last step added."""
    trainer = session.machine.trainer
    return _entry(session.machine.network, trainer.update, asked) if trainer.before_last else None


def _slope(session: "Session", asked: Measure) -> Found:
    """Of the loss over all training points, penalty included, at the weights as they stand."""
    trainer, network = session.machine.trainer, session.machine.network
    if not trainer.rows:
        return None
    objective = Objective(network, trainer.recipe, trainer.source)
    return _entry(network, objective.gradient(trainer.theta), asked)


def _layer_gradient(session: "Session", asked: Measure) -> Found:
    """Its norm, at the last step."""
    return float(session.machine.layer_norms()[asked.layer or 0, 0])


def _gradient_ratio(session: "Session", _: Measure) -> Found:
    """The norm of the first layer's gradient over that of the last layer's."""
    norms = session.machine.layer_norms()[:, 0]
    return float(norms[0] / norms[-1]) if norms[-1] > 0 else None


def _weights_of(session: "Session", layer: int | None) -> Floats:
    """Weights alone, of one layer or of all."""
    network = session.machine.network
    layers = range(len(network.layers)) if layer is None else [layer]
    return np.concatenate([network.block(session.theta, index)[:, :-1].ravel() for index in layers])


def _small_weights(session: "Session", asked: Measure) -> Found:
    bound = 1e-3 if asked.below is None else asked.below
    return float(np.sum(np.abs(_weights_of(session, asked.layer)) < bound))


# -- one place or point ------------------------------------------------------------------------------------------------


def _passed(session: "Session", asked: Measure) -> tuple[list[Array], list[Array]]:
    """Weighted sums, normalised where there is batch norm, and activations of each layer, (units, 1), for the place or
    point that is asked about."""
    row = None if asked.row is None else int(session.board.ids[asked.row])
    inputs = inputs_at(session.machine, session.chart, Pointing(at=asked.at, row=row))
    assert inputs is not None, "a quantity of a spot names one"
    trainer = session.machine.trainer
    return forward_with_sums(session.machine.network, trainer.theta, trainer.statistics, inputs)


def _output(session: "Session", asked: Measure) -> Found:
    return float(_passed(session, asked)[1][-1][asked.unit or 0, 0])


def _sum(session: "Session", asked: Measure) -> Found:
    return float(_passed(session, asked)[0][asked.layer or 0][asked.unit, 0])


def _activation(session: "Session", asked: Measure) -> Found:
    return float(_passed(session, asked)[1][asked.layer or 0][asked.unit, 0])


def _point_loss(session: "Session", asked: Measure) -> Found:
    """The loss of one point by itself."""
    machine, spec = session.machine, session.spec
    sums, activations = _passed(session, asked)
    targets = machine.targets_of(asked.row or 0)
    values = np.empty(activations[-1].shape)
    LOSSES[spec.loss].value(activations[-1], sums[-1], targets, values)
    return float(values.sum() * row_weight(spec.loss, machine.network.fan_out, 1))


# -- what is diagnosed -------------------------------------------------------------------------------------------------


def _flat_units(session: "Session", asked: Measure) -> Found:
    """Hidden units whose slope is (almost) 0 for every training point, of one layer or of all."""
    machine, trainer = session.machine, session.machine.trainer
    if not trainer.rows:
        return None
    network, inputs = machine.network, trainer.source[: machine.network.fan_in + 1]
    health = diagnose(network, trainer.theta, trainer.gradient, trainer.statistics, inputs).health
    if asked.layer is not None:
        first = sum(layer.fan_out for layer in network.hidden[: asked.layer])
        health = health[first : first + network.hidden[asked.layer].fan_out]
    return float(np.sum(health >= 1.0))


def _check_distance(session: "Session", _: Measure) -> Found:
    machine, trainer = session.machine, session.machine.trainer
    if not trainer.rows:
        return None
    rng = np.random.default_rng(session.spec.seeds.order)
    return check_gradient(machine.network, trainer.recipe, trainer.theta, trainer.source, rng).distance


def _sharpness(session: "Session", _: Measure) -> Found:
    """The largest curvature of the training loss at the weights as they stand."""
    machine, trainer = session.machine, session.machine.trainer
    return sharpness(machine.network, trainer.recipe, trainer.theta, trainer.source) if trainer.rows else None


def _sorted(session: "Session", part: Part) -> ClassResults | None:
    if session.spec.task is Task.REGRESSION:
        return None
    metrics = take_results(session.machine).metrics
    found = getattr(metrics, part.value) if metrics else None
    return found if isinstance(found, ClassResults) else None


def _confusion(session: "Session", asked: Measure) -> Found:
    found = _sorted(session, asked.part or Part.TEST)
    return None if found is None else found.confusion[asked.actual or 0][asked.predicted or 0]


def _recall(session: "Session", asked: Measure) -> Found:
    found = _sorted(session, asked.part or Part.TEST)
    return None if found is None else found.recall[asked.actual or 0]


def _precision(session: "Session", asked: Measure) -> Found:
    found = _sorted(session, asked.part or Part.TEST)
    return None if found is None else found.precision[asked.predicted or 0]


def _spec(session: "Session", asked: Measure) -> Found:
    """The value of a field; of a list, how many there are."""
    value = field_of(session.spec.model_dump(mode="json"), asked.path or "")
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, bool | int | float | str) else None


MEASURES: dict[Quantity, Callable[["Session", Measure], Found]] = {
    Quantity.STEP: lambda session, _: session.step,
    Quantity.EPOCH: lambda session, _: session.epoch,
    Quantity.STEPS_PER_EPOCH: lambda session, _: session.steps_per_epoch,
    Quantity.EPOCHS_SINCE_POINTS: since_points,
    Quantity.EPOCHS_SINCE_WEIGHTS: since_weights,
    Quantity.EPOCHS_SINCE_SETTINGS: since_settings,
    Quantity.PHASE: _phase,
    Quantity.TRAIN_LOSS: _now("train_loss"),
    Quantity.VALIDATION_LOSS: _now("validation_loss"),
    Quantity.TEST_LOSS: _now("test_loss"),
    Quantity.TRAIN_SCORE: _now("train_score"),
    Quantity.VALIDATION_SCORE: _now("validation_score"),
    Quantity.TEST_SCORE: _now("test_score"),
    Quantity.SCORE_GAP: _score_gap,
    Quantity.PENALTY: lambda session, _: session.machine.standing().penalty,
    Quantity.RATE: lambda session, _: float(session.machine.trainer.rate),
    Quantity.PARAMETERS: lambda session, _: session.machine.network.parameters,
    Quantity.LAYERS: lambda session, _: len(session.machine.network.hidden),
    Quantity.UNITS: lambda session, _: sum(layer.fan_out for layer in session.machine.network.hidden),
    Quantity.INPUTS: lambda session, _: session.machine.network.fan_in,
    Quantity.POINTS: _points,
    Quantity.WRONG: _wrong,
    Quantity.LOWEST_TRAIN_LOSS: _lowest("train_loss"),
    Quantity.LOWEST_TEST_LOSS: _lowest("test_loss"),
    Quantity.LOWEST_TEST_EPOCH: _lowest_test_epoch,
    Quantity.EPOCH_BELOW: _epoch_below,
    Quantity.WEIGHT: _weight,
    Quantity.GRADIENT: _gradient,
    Quantity.UPDATE: _update,
    Quantity.OUTPUT: _output,
    Quantity.SUM: _sum,
    Quantity.ACTIVATION: _activation,
    Quantity.DELTA: delta,
    Quantity.BATCH_SUM: batch_sum,
    Quantity.RUNNING_MEAN: running_mean,
    Quantity.RUNNING_VARIANCE: running_variance,
    Quantity.SLOPE: _slope,
    Quantity.POINT_LOSS: _point_loss,
    Quantity.LAYER_GRADIENT: _layer_gradient,
    Quantity.GRADIENT_RATIO: _gradient_ratio,
    Quantity.WEIGHT_NORM: lambda session, asked: float(np.linalg.norm(_weights_of(session, asked.layer))),
    Quantity.LARGEST_WEIGHT: lambda session, _: float(np.abs(_weights_of(session, None)).max()),
    Quantity.SMALL_WEIGHTS: _small_weights,
    Quantity.FLAT_UNITS: _flat_units,
    Quantity.CHECK_DISTANCE: _check_distance,
    Quantity.SHARPNESS: _sharpness,
    Quantity.CONFUSION: _confusion,
    Quantity.RECALL: _recall,
    Quantity.PRECISION: _precision,
    Quantity.BRANCHES: _branches,
    Quantity.SPEC: _spec,
}
"""A test compares it with the vocabulary."""
