"""From spec to engine: the only place that knows both.

Everything here is a pure function of an `Experiment`; randomness comes from its four seeds.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.data import Points, design_matrix, generate, split
from app.engine.initializers import draw_parameters
from app.engine.losses import code_classes
from app.engine.network import Layer, Network
from app.engine.pictures import OUTPUT_RANGES, Range, grid_positions
from app.engine.schedules import Plan
from app.engine.update import Recipe
from app.spec import Experiment
from app.vocabulary import Activation, Source, Task

Floats = NDArray[np.float64]
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


def picture_inputs(spec: Experiment, grids: tuple[int, ...], extent: float) -> Floats:
    """(I + 1, sum of cells^2): the inputs of every cell centre of each grid over [-extent, extent], one after the
    other."""
    positions = np.concatenate([grid_positions(cells, extent) for cells in grids], axis=1)
    return np.asarray(design_matrix(positions, spec.inputs), np.float64)


def shown_range(spec: Experiment, target: Floats) -> Range:
    """What the boundary picture's shades span: the output function's range, or that of the targets, at least [-1,
    1]."""
    largest = float(np.abs(target).max(initial=1.0)) if spec.task is Task.REGRESSION else 1.0
    return OUTPUT_RANGES.get(spec.output, (-largest, largest))
