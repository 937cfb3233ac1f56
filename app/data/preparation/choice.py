"""What a table and somebody's wish decide before any row is looked at: the columns used, and the inputs they become."""

from dataclasses import dataclass

import numpy as np

from app.data.preparation.bounds import MOST_CATEGORIES, MOST_INPUTS, MOST_LETTERS
from app.data.preparation.errors import PreparationError
from app.data.preparation.target import Target, check_size, suggested_task, target_of
from app.data.preparation.wording import cut, quoted
from app.data.tables import Column, Image, Table
from app.vocabulary import ColumnKind, Task


@dataclass(frozen=True)
class Settled:
    """`columns` are the input columns in order; `names` the network's inputs, one for each category of a text column.

    `image`: where the inputs are the pixels of a picture, all of them and in their order."""

    target: Target
    columns: tuple[Column, ...]
    task: Task
    names: tuple[str, ...]
    image: Image | None

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the classes, empty for regression."""
        return self.target.labels

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the input columns."""
        return tuple(column.name for column in self.columns)


def settled(
    table: Table, target: str = "", inputs: tuple[str, ...] = (), task: Task | None = None
) -> Settled:
    """What is used of `table`. Empty `target`: the one the table suggests; empty `inputs`: every other column that can
    be used; no `task`: the one the target suggests. PreparationError where the wish cannot be met."""
    name = target or table.target
    if not name:
        raise PreparationError("no column to predict is chosen; choose a target", "target")
    column = table.column(name)
    if column is None:
        raise PreparationError(f"the table has no column {quoted(name)} to predict", "target")
    task = task or suggested_task(column)
    found = target_of(column, task, table.place)
    columns = _chosen(table, name, inputs) if inputs else _usable(table, name)
    names = tuple(name for column in columns for name in input_names(column))
    if len(names) > MOST_INPUTS:
        raise PreparationError(
            f"the chosen columns make {len(names):,} inputs; allowed: at most {MOST_INPUTS}", "inputs"
        )
    return Settled(found, columns, task, names, _image(table, name, columns))


def input_names(column: Column) -> tuple[str, ...]:
    """A number column is one input under its own name, a text column one for each category: `colour = red`."""
    if column.kind is ColumnKind.NUMBER:
        return (column.name,)
    half = (MOST_LETTERS - len(" = ")) // 2
    long = (f"{column.name} = {category}" for category in column.categories)
    short = (f"{cut(column.name, half)} = {cut(category, half)}" for category in column.categories)
    return tuple(one if len(one) <= MOST_LETTERS else other for one, other in zip(long, short, strict=True))


def unusable(column: Column) -> str:
    """Why a column can be no input, empty where it can."""
    if np.isnan(column.values).all():
        return "no values"
    if column.kind is ColumnKind.TEXT and len(column.categories) > MOST_CATEGORIES:
        return f"{len(column.categories):,} distinct texts, at most {MOST_CATEGORIES} can be encoded"
    return ""


def _usable(table: Table, target: str) -> tuple[Column, ...]:
    columns = tuple(column for column in table.columns if column.name != target and not unusable(column))
    if not columns:
        raise PreparationError(
            f"no column but the target {quoted(target)} can be an input; at least 1 is needed", "inputs"
        )
    for column in columns:
        _check_numbers(column, table)
    return columns


def _chosen(table: Table, target: str, inputs: tuple[str, ...]) -> tuple[Column, ...]:
    columns = []
    for name in dict.fromkeys(inputs):
        column = table.column(name)
        if column is None:
            raise PreparationError(f"the table has no column {quoted(name)} to use as an input", "inputs")
        if name == target:
            raise PreparationError(f"column {quoted(name)} is predicted and cannot be an input too", "inputs")
        if reason := unusable(column):
            raise PreparationError(f"column {quoted(name)} cannot be an input: {reason}", "inputs")
        _check_numbers(column, table)
        columns.append(column)
    return tuple(columns)


def _check_numbers(column: Column, table: Table) -> None:
    if column.kind is ColumnKind.NUMBER:
        check_size(column, "inputs", table.place)


def _image(table: Table, target: str, columns: tuple[Column, ...]) -> Image | None:
    pixels = tuple(column.name for column in table.columns if column.name != target)
    return table.image if target == table.target and pixels == tuple(c.name for c in columns) else None
