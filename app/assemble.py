"""From spec to engine: the only place that knows both.

Everything here is a pure function of an `Experiment`; randomness comes from its four seeds.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.data import Points, design_matrix, generate, split
from app.engine.frozen import frozen_indices
from app.engine.initializers import draw_parameters
from app.engine.losses import code_classes, middle_of
from app.engine.network import Layer, Network
from app.engine.pictures import OUTPUT_RANGES, Picture, Range, grid_positions, shade_each
from app.engine.schedules import Plan, scheduled_rate, shown_span
from app.engine.update import Recipe
from app.spec import Experiment
from app.vocabulary import Activation, Feature, ScheduleUnit, Source, Task

Floats = NDArray[np.float64]
PREVIEW = 64
"""Pairs of a schedule's preview."""
SCHEDULE_CLOCK = frozenset({"name", "unit", "warmup"})


def make_network(spec: Experiment) -> Network:
    """The layers with their sizes; the output layer last."""
    layers, fan_in = [], len(spec.inputs)
    for layer in spec.network.layers:
        layers.append(Layer(fan_in, layer.units, layer.activation, layer.dropout, layer.batch_norm))
        fan_in = layer.units
    layers.append(Layer(fan_in, spec.output_units, Activation.LINEAR))
    return Network(tuple(layers), spec.output)


def make_recipe(spec: Experiment) -> Recipe:
    """How to train, as the engine wants it."""
    training = spec.training
    optimizer = training.optimizer.model_dump(exclude={"name", "learning_rate"})
    if "betas" in optimizer:
        optimizer["beta1"], optimizer["beta2"] = optimizer.pop("betas")
    return Recipe(
        loss=spec.loss,
        optimizer=training.optimizer.name,
        learning_rate=training.optimizer.learning_rate,
        hyper=optimizer,
        schedule=_make_schedule(training.schedule.model_dump()),
        batch_size=training.batch_size,
        shuffle=training.shuffle,
        l1=training.l1,
        l2=training.l2,
        clipping=training.clipping.name,
        clip_limit=training.clipping.limit,
        seed=spec.seeds.order,
        frozen=_frozen(spec),
    )


def _frozen(spec: Experiment) -> tuple[int, ...]:
    if not spec.network.frozen:
        return ()
    places = [(place.layer, place.unit, place.input) for place in spec.network.frozen]
    return tuple(int(index) for index in frozen_indices(make_network(spec), places))


def schedule_preview(spec: Experiment, steps_per_epoch: int) -> tuple[tuple[float, float], ...]:
    """(epoch, learning rate) of the schedule over as long as it takes to see its shape, at most PREVIEW pairs."""
    plan = _make_schedule(spec.training.schedule.model_dump())
    rate = spec.training.optimizer.learning_rate
    counts = np.unique(np.linspace(0, shown_span(plan), 2 if plan.constant else PREVIEW).round().astype(int))
    per_epoch = max(steps_per_epoch, 1) if plan.unit is ScheduleUnit.STEP else 1
    return tuple(
        (float(count) / per_epoch, float(scheduled_rate(plan, rate, int(count), int(count))))
        for count in counts
    )


def _make_schedule(schedule: dict[str, Any]) -> Plan:
    hyper = {name: value for name, value in schedule.items() if name not in SCHEDULE_CLOCK}
    return Plan(schedule["name"], schedule["unit"], schedule["warmup"], hyper)


def draw_theta(spec: Experiment, network: Network) -> Floats:
    """First parameters (P,) from the weights seed."""
    own = [layer.initializer for layer in spec.network.layers]
    initializers = tuple(initializer or spec.network.initializer for initializer in [*own, None])
    rng = np.random.default_rng(spec.seeds.weights)
    return draw_parameters(
        network, rng, initializers, spec.network.initializer_std, spec.network.initial_bias
    )


def draw_points(spec: Experiment) -> tuple[Points, NDArray[np.bool_]]:
    """The points and a mask (N,) of those trained on, from the data seed and the split seed."""
    data = spec.data
    if data.source is Source.POINTS:
        table = np.array(data.points, np.float64).reshape(-1, 3)
        points = Points(table[:, :2].T.copy(), table[:, 2].copy())
    else:
        rng = np.random.default_rng(spec.seeds.data)
        points = generate(data.source, rng, data.samples, data.noise, data.classes)
    rng = np.random.default_rng(spec.seeds.split)
    return points, split(rng, points.target.size, data.train_fraction)


def make_rows(spec: Experiment, x: Floats, target: Floats) -> Floats:
    """What the trainer learns from: (I + 1 + T, N) of inputs, a row of ones, coded targets."""
    units = spec.output_units
    rows = np.empty((len(spec.inputs) + 1 + units, target.size))
    design_matrix(x, spec.inputs, out=rows[:-units])
    if spec.task is Task.REGRESSION:
        rows[-1] = target
    else:
        rows[-units:] = code_classes(target, units, spec.loss, spec.output)
    return rows


def picture_inputs(
    spec: Experiment, grids: tuple[int, ...], extent: float, centre: tuple[float, float] = (0.0, 0.0)
) -> Floats:
    """(I + 1, sum of cells^2): the inputs of every cell centre of each grid over `centre` +/- `extent`, one after
    the other."""
    positions = np.concatenate([grid_positions(cells, extent, centre) for cells in grids], axis=1)
    return np.asarray(design_matrix(positions, spec.inputs), np.float64)


def inputs_at(spec: Experiment, at: tuple[float, float]) -> Floats:
    """(I + 1, 1): what the first layer sees at the position `at`."""
    return np.asarray(design_matrix(np.array(at).reshape(2, 1), spec.inputs), np.float64)


def draw_feature_maps(cells: int, extent: float) -> tuple[tuple[Feature, ...], Picture, NDArray[np.float32]]:
    """All inputs there are, in the vocabulary's order: their names, maps (F, cells^2) and ranges (F, 2) as unit maps
    have them, over [-extent, extent]."""
    names = tuple(Feature)
    return names, *shade_each(design_matrix(grid_positions(cells, extent), names)[:-1])


def shown_range(spec: Experiment, target: Floats) -> Range:
    """What the boundary picture's shades span: the output function's range, or that of the targets, at least [-1,
    1]."""
    largest = float(np.abs(target).max(initial=1.0)) if spec.task is Task.REGRESSION else 1.0
    return OUTPUT_RANGES.get(spec.output, (-largest, largest))


def class_middle(spec: Experiment) -> float | None:
    """From which output on a point counts as class 1; None for regression, and for several units (the largest wins)."""
    return None if spec.task is Task.REGRESSION or spec.output_units > 1 else middle_of(spec.output)
