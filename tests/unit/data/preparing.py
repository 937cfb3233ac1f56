"""Small tables and plans for the tests of the preparation."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.data.preparation import Plan, Prepared, prepare
from app.data.tables import Column, Image, Table
from app.vocabulary import ColumnKind

Floats = NDArray[np.float64]
NAN = float("nan")


def numbers(name: str, values: ArrayLike, unit: str = "") -> Column:
    return Column(name, ColumnKind.NUMBER, np.array(values, np.float64), (), unit)


def texts(name: str, values: Sequence[str]) -> Column:
    """Empty texts are missing."""
    categories = tuple(sorted(set(values) - {""}))
    index = [categories.index(value) if value else NAN for value in values]
    return Column(name, ColumnKind.TEXT, np.array(index, np.float64), categories)


def table(*columns: Column, target: str = "", image: Image | None = None) -> Table:
    return Table("t-1", "Test", columns, target or columns[-1].name, image)


def plan(target: str = "", inputs: tuple[str, ...] = (), train_fraction: float = 0.5, **others: Any) -> Plan:
    return Plan(target=target, inputs=inputs, train_fraction=train_fraction, **others)


def prepared(
    of: Table, wish: Plan | None = None, data_seed: int = 0, split_seed: int = 0
) -> tuple[Prepared, Floats, Floats, NDArray[np.uint8]]:
    rngs = (np.random.default_rng(seed) for seed in (data_seed, split_seed))
    return prepare(of, wish or plan(), *rngs)


def said(of: Prepared, step: str) -> list[str]:
    return [note.text for note in of.notes if note.step == step]


def flowers(count: int = 60, seed: int = 0) -> Table:
    """Two number columns and three classes, two thirds, a sixth and a sixth."""
    rng = np.random.default_rng(seed)
    kinds = ["ash", "birch", "ash", "ash", "cedar", "ash"]
    return table(
        numbers("height", rng.normal(100, 20, count), "cm"),
        numbers("width", rng.normal(3, 0.5, count), "cm"),
        texts("kind", [kinds[i % 6] for i in range(count)]),
    )
