"""All steps from a table to the points of a run, in their order."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.augmentation import copied, note_on_copies
from app.data.preparation.bounds import MOST_VALUES
from app.data.preparation.choice import Settled, input_names, settled, unusable
from app.data.preparation.encoding import encode, notes_on_encoding
from app.data.preparation.errors import PreparationError
from app.data.preparation.leaks import note_on_leak
from app.data.preparation.missing import fill, kept_rows
from app.data.preparation.noise import note_on_features, shaken, spread_of, turn_labels
from app.data.preparation.prepared import Input, Note, Plan, Prepared
from app.data.preparation.scaling import fit, notes_on_scaling
from app.data.preparation.splitting import split_rows
from app.data.preparation.wording import counted, listed, quoted
from app.data.split import TRAIN
from app.data.tables import Table
from app.vocabulary import ColumnKind

Floats = NDArray[np.float64]
Places = NDArray[np.uint8]


def prepare(
    table: Table, plan: Plan, data_rng: np.random.Generator, split_rng: np.random.Generator
) -> tuple[Prepared, Floats, Floats, Places]:
    """What is known of the columns, x (D, N) encoded but not scaled, target (N,), part (N,) as places in `PARTS`.

    Rows keep the table's order; copies of training rows come after them. `data_rng` draws noise and copies, `split_rng`
    the parts. PreparationError where the table cannot serve the plan."""
    wish = settled(table, plan.target, plan.inputs, plan.task)
    keep, notes = kept_rows(wish.target.column, wish.columns, plan.missing)
    _check_room(table, wish, int(keep.sum()), plan)
    target = wish.target.values[keep]
    part, on_split = split_rows(target, wish.labels, plan, split_rng)
    values = np.stack([column.values[keep] for column in wish.columns])
    notes += fill(wish.columns, values, part == TRAIN, plan.missing)
    if not notes:
        notes.append(Note("missing", f"No gaps: all {counted(table.rows, 'row')} are used."))
    notes += notes_on_encoding(wish.columns, wish.target.column, wish.labels) + on_split
    x, target, part, on_noise = _disturbed(encode(wish.columns, values), target, part, wish, plan, data_rng)
    notes += on_noise
    prepared = _described(table, wish, x, part, plan, _on_columns(table, wish) + notes)
    return prepared, x, target, part


def _disturbed(
    x: Floats, target: Floats, part: Places, wish: Settled, plan: Plan, rng: np.random.Generator
) -> tuple[Floats, Floats, Places, list[Note]]:
    """Label noise, feature noise, copies. Each draws from a generator of its own: none depends on another's share."""
    label_rng, feature_rng, copy_rng = rng.spawn(3)
    target, notes = turn_labels(label_rng, target, part, plan.label_noise, len(wish.labels))
    spread = spread_of(x[:, part == TRAIN], _indicator(wish), wish.image)
    if plan.feature_noise:
        x = shaken(feature_rng, x, plan.feature_noise * spread, wish.image)
        notes.append(note_on_features(plan.feature_noise, wish.image))
    if plan.copies:
        training = np.flatnonzero(part == TRAIN)
        more = copied(copy_rng, x[:, training], spread, plan, wish.image)
        x = np.concatenate([x, more], axis=1)
        target = np.concatenate([target, np.tile(target[training], plan.copies)])
        part = np.concatenate([part, np.full(more.shape[1], TRAIN, np.uint8)])
        notes.append(note_on_copies(training.size, plan, wish.image))
    return x, target, part, notes


def _described(
    table: Table, wish: Settled, x: Floats, part: Places, plan: Plan, notes: list[Note]
) -> Prepared:
    training = x[:, part == TRAIN]
    is_image = wish.image is not None
    shift, scale = fit(training, plan.scaling, _indicator(wish), is_image)
    inputs = _inputs(wish, training)
    notes = notes + notes_on_scaling(plan.scaling, inputs, training.shape[1], is_image)
    notes.append(note_on_leak(x, part, plan.scaling, inputs, is_image))
    column = wish.target.column
    return Prepared(
        inputs, shift, scale, column.name, column.unit, wish.labels, wish.image, table.rows, tuple(notes)
    )


def _inputs(wish: Settled, training: Floats) -> tuple[Input, ...]:
    sources = [column for column in wish.columns for _ in input_names(column)]
    figures = zip(training.min(axis=1), training.max(axis=1), training.mean(axis=1), strict=True)
    return tuple(
        Input(name, column.unit, column.name, float(low), float(high), float(middle), is_indicator)
        for name, column, (low, high, middle), is_indicator in zip(
            wish.names, sources, figures, _indicator(wish), strict=True
        )
    )


def _indicator(wish: Settled) -> Sequence[bool]:
    return [column.kind is ColumnKind.TEXT for column in wish.columns for _ in input_names(column)]


def _check_room(table: Table, wish: Settled, rows: int, plan: Plan) -> None:
    """Refuses what would not fit into memory before it is made."""
    training = max(round(plan.train_fraction * rows), 1)
    count = len(wish.names) * (rows + plan.copies * training)
    if count > MOST_VALUES:
        raise PreparationError(
            f"{rows:,} rows and {plan.copies * training:,} copies of {len(wish.names):,} inputs make "
            f"{count / 1e6:.1f} million numbers; allowed: {MOST_VALUES // 1_000_000} million",
            "copies" if plan.copies else "inputs",
        )


def _on_columns(table: Table, wish: Settled) -> list[Note]:
    """Columns that nobody could use."""
    reasons = [
        (column.name, unusable(column)) for column in table.columns if column is not wish.target.column
    ]
    left_out = [f"{quoted(name)} ({reason})" for name, reason in reasons if reason]
    return [Note("missing", f"Left out: {listed(left_out)}.")] if left_out else []
