"""From spec to engine: the only place that knows both.

Everything here is a pure function of an `Experiment`; randomness comes from its four seeds.
"""

from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.data import Points, design_matrix, generate, parts
from app.data.preparation import Plan as Preparation
from app.data.preparation import PreparationError, Prepared, prepare
from app.data.preparation import settled as settled_columns
from app.data.preparation.telling import most_telling
from app.data.split import TRAIN
from app.data.tables import Table
from app.data.tables.limits import Limits
from app.engine.frozen import frozen_indices
from app.engine.initializers import draw_parameters
from app.engine.losses import code_classes, middle_of
from app.engine.network import Layer, Network
from app.engine.pictures import OUTPUT_RANGES, Picture, Range, grid_positions, shade_each
from app.engine.schedules import Plan, scheduled_rate, shown_span
from app.engine.update import Recipe
from app.spec import BOUNDS, DataSpec, Experiment, SpecError
from app.spec.training import OptimizerSpec
from app.vocabulary import Activation, BundledTable, Feature, ScheduleUnit, Source, Task

Floats = NDArray[np.float64]
SHOWN = 2000
"""Rows of a table that are told as points."""
PREVIEW = 64
"""Pairs of a schedule's preview."""
SCHEDULE_CLOCK = frozenset({"name", "unit", "warmup"})
LIMITS = Limits(
    rows=BOUNDS.rows,
    columns=BOUNDS.columns,
    size=BOUNDS.table_bytes,
    name=BOUNDS.name,
    image_size=BOUNDS.image_bytes,
    image_expanded=BOUNDS.image_expanded_bytes,
    image_values=BOUNDS.image_values,
    image_side=BOUNDS.image_side,
    classes=BOUNDS.classes,
    points=BOUNDS.points,
)
"""How large the files of tables may be."""


class Tables(Protocol):
    """Where tables are found by their names; KeyError for one that is not there."""

    def get(self, name: str) -> Table:
        """The table of that name."""


def make_network(spec: Experiment) -> Network:
    """The layers with their sizes; the output layer last."""
    layers, fan_in = [], len(spec.input_names)
    for layer in spec.network.layers:
        layers.append(Layer(fan_in, layer.units, layer.activation, layer.dropout, layer.batch_norm))
        fan_in = layer.units
    layers.append(Layer(fan_in, spec.output_units, Activation.LINEAR))
    return Network(tuple(layers), spec.output)


def make_recipe(spec: Experiment) -> Recipe:
    """How to train, as the engine wants it."""
    training = spec.training
    return Recipe(
        loss=spec.loss,
        optimizer=training.optimizer.name,
        learning_rate=training.optimizer.learning_rate,
        hyper=own_numbers(training.optimizer),
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


def own_numbers(optimizer: OptimizerSpec) -> dict[str, float]:
    """An optimiser's settings beside its learning rate, by the engine's names."""
    numbers = optimizer.model_dump(exclude={"name", "learning_rate"})
    if "betas" in numbers:
        numbers["beta1"], numbers["beta2"] = numbers.pop("betas")
    return numbers


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


def draw_points(
    spec: Experiment, tables: Tables
) -> tuple[Floats, Floats, NDArray[np.uint8], Prepared | None]:
    """Inputs (D, N), targets (N,), parts (N,) as numbers of PARTS, and for a table what is known of its columns, from
    the data seed and the split seed. SpecError for a table that is not there or cannot be used so."""
    data = spec.data
    if data.source is Source.TABLE:
        return _draw_table(spec, tables)
    if data.source is Source.POINTS:
        table = np.array(data.points, np.float64).reshape(-1, 3)
        points = Points(table[:, :2].T.copy(), table[:, 2].copy())
    else:
        rng = np.random.default_rng(spec.seeds.data)
        points = generate(data.source, rng, data.samples, data.noise, data.classes)
    if data.is_curve:
        points.x[1] = 0.0
    rng = np.random.default_rng(spec.seeds.split)
    part = parts(rng, points.target.size, data.train_fraction, data.validation_fraction)
    return points.x, points.target, part, None


def _draw_table(
    spec: Experiment, tables: Tables
) -> tuple[Floats, Floats, NDArray[np.uint8], Prepared | None]:
    rngs = (np.random.default_rng(seed) for seed in (spec.seeds.data, spec.seeds.split))
    table = find_table(tables, spec.data.table.name)
    try:
        prepared, x, target, part = prepare(table, make_preparation(spec.data, spec.task), *rngs)
    except PreparationError as error:
        raise SpecError(error.message, ("data", "table", error.path)) from error
    if target.size > BOUNDS.rows:
        message = f"{target.size} rows with their copies are too many; allowed: {BOUNDS.rows}"
        raise SpecError(message, ("data", "table", "copies"))
    return x, target, part, _described(prepared, x, target, part)


def _described(prepared: Prepared, x: Floats, target: Floats, part: NDArray[np.uint8]) -> Prepared:
    """With what is computed from the rows as drawn: principal components, the target's scale, which rows are shown."""
    trained = part == TRAIN
    shift, scale = 0.0, 1.0
    if not prepared.labels:
        shift, scale = float(target[trained].mean()), float(target[trained].std())
    shown = None
    if target.size > SHOWN:
        kinds = part * len(prepared.labels) + target if prepared.labels else part.astype(np.float64)
        shown = parts(np.random.default_rng(SHOWN), target.size, SHOWN / target.size, 0.0, kinds) == TRAIN
    return replace(
        prepared,
        telling=most_telling(
            x[:, trained],
            target[trained],
            bool(prepared.labels),
            [column.indicator for column in prepared.inputs],
        ),
        target_shift=shift,
        target_scale=scale if scale > 0 else 1.0,
        shown=shown,
    )


def make_preparation(data: DataSpec, task: Task | None) -> Preparation:
    """What is asked of a table, as the data layer wants it; no `task`: as the target suggests."""
    own = data.table.model_dump(exclude={"name", "encoded", "labels"})
    return Preparation(
        **own,
        task=task,
        train_fraction=data.train_fraction,
        validation_fraction=data.validation_fraction,
    )


def find_table(tables: Tables, name: str) -> Table:
    """SpecError where there is none of that name."""
    try:
        return tables.get(name)
    except KeyError:
        allowed = ", ".join(BundledTable)
        message = f"there is no table {name} in this session; allowed: {allowed}, and those uploaded to it"
        raise SpecError(message, ("data", "table", "name")) from None


def settle(tree: Any, tables: Tables) -> Any:
    """A spec's JSON tree with all that its table decides: inputs, classes and their names. Whatever is wrong with it
    otherwise is left to `Experiment.parse`; SpecError where the table cannot be used so."""
    data = tree.get("data") if isinstance(tree, dict) else None
    if not isinstance(data, dict) or data.get("source") != Source.TABLE:
        return tree
    if not isinstance(data.get("table", {}), dict):
        return tree
    blank = {"encoded": (), "labels": ()}
    choice = data | {"classes": 2, "points": (), "table": data.get("table", {}) | blank}
    asked = Experiment.parse({"data": choice}).data
    table = find_table(tables, asked.table.name)
    try:
        wish = make_preparation(asked, None if asked.task == "auto" else Task(asked.task))
        columns = settled_columns(table, wish.target, wish.inputs, wish.task)
    except PreparationError as error:
        raise SpecError(error.message, ("data", "table", error.path)) from error
    found = {"encoded": columns.names, "labels": columns.labels}
    return tree | {"data": data | {
        "classes": max(2, len(columns.labels)), "table": choice["table"] | found,
    }}  # fmt: skip


def settled(spec: Experiment, tables: Tables) -> Experiment:
    """`spec` with all that its table decides."""
    if spec.data.source is not Source.TABLE:
        return spec
    return Experiment.parse(settle(spec.model_dump(mode="json"), tables))


def make_rows(spec: Experiment, x: Floats, target: Floats, prepared: Prepared | None) -> Floats:
    """What the trainer learns from: (I + 1 + T, N) of inputs, a row of ones, coded targets. A table's inputs are
    scaled."""
    units = spec.output_units
    rows = np.empty((len(spec.input_names) + 1 + units, target.size))
    _see(spec, x, prepared, rows[:-units])
    if spec.task is Task.REGRESSION:
        rows[-1] = target if prepared is None else (target - prepared.target_shift) / prepared.target_scale
    else:
        rows[-units:] = code_classes(target, units, spec.loss, spec.output)
    return rows


def _see(spec: Experiment, x: Floats, prepared: Prepared | None, out: Floats) -> Floats:
    """(I + 1, N): what the network sees of points `x` (D, N), and a row of ones."""
    if prepared is None:
        design_matrix(x, spec.features, out=out)
        return out
    np.subtract(x, prepared.shift[:, None], out=out[:-1])
    out[:-1] /= prepared.scale[:, None]
    out[-1] = 1.0
    return out


def inputs_of(spec: Experiment, x: Floats, prepared: Prepared | None) -> Floats:
    """(I + 1, N): what the first layer sees of points `x` (D, N)."""
    return _see(spec, x, prepared, np.empty((len(spec.input_names) + 1, x.shape[1])))


def board_inputs(
    grids: tuple[int, ...], extent: float, centre: tuple[float, float], features: tuple[Feature, ...]
) -> Floats:
    """(I + 1, sum of cells^2): `features` of every cell centre of each grid over `centre` +/- `extent`, one after the
    other, and a row of ones."""
    positions = np.concatenate([grid_positions(cells, extent, centre) for cells in grids], axis=1)
    return np.asarray(design_matrix(positions, features), np.float64)


def draw_feature_maps(
    cells: int, extent: float, centre: tuple[float, float]
) -> tuple[tuple[Feature, ...], Picture, NDArray[np.float32]]:
    """All inputs there are, in the vocabulary's order: their names, maps (F, cells^2) and ranges (F, 2) as unit maps
    have them, over `centre` +/- `extent`."""
    names = tuple(Feature)
    return names, *shade_each(design_matrix(grid_positions(cells, extent, centre), names)[:-1])


def raw_outputs(outputs: Floats, prepared: Prepared | None) -> Floats:
    """What outputs of the network stand for, in the units of the target."""
    if prepared is None or prepared.labels:
        return outputs
    return outputs * prepared.target_scale + prepared.target_shift


def shown_range(spec: Experiment, target: Floats, prepared: Prepared | None) -> Range:
    """What the boundary picture's shades span, as the network gives it: the output function's range, or that of the
    targets; of points at least [-1, 1]."""
    if prepared is not None and not prepared.labels and target.size and spec.output not in OUTPUT_RANGES:
        low, high = (
            (end - prepared.target_shift) / prepared.target_scale for end in (target.min(), target.max())
        )
        return float(low), float(high) if high > low else float(low) + 1.0
    largest = float(np.abs(target).max(initial=1.0)) if spec.task is Task.REGRESSION else 1.0
    return OUTPUT_RANGES.get(spec.output, (-largest, largest))


def class_middle(spec: Experiment) -> float | None:
    """From which output on a point counts as class 1; None for regression, and for several units (the largest wins)."""
    return None if spec.task is Task.REGRESSION or spec.output_units > 1 else middle_of(spec.output)
