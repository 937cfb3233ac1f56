"""The bundled tables as arrays, from the files that come with scikit-learn.

The library itself is not imported: it would cost every engine some 60 MB, and all that is wanted are five small files.
"""

import gzip
from collections.abc import Callable
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec

import numpy as np

from app.data.tables.catalogue import CATALOGUE, Entry
from app.data.tables.table import Column, Floats, Table
from app.vocabulary import BundledTable, ColumnKind


@cache
def bundled_table(name: BundledTable) -> Table:
    """The table, read once for all sessions of a process; nobody may write to its arrays."""
    values, target = READERS[name]()
    entry = CATALOGUE[name]
    inputs = [
        Column(name, ColumnKind.NUMBER, _fixed(column), unit=unit)
        for (name, unit), column in zip(entry.inputs, values.T, strict=True)
    ]
    return Table(name.value, entry.title, (*inputs, _target(entry, target)), entry.target[0], entry.image)


def _fixed(values: Floats) -> Floats:
    own = np.ascontiguousarray(values, np.float64)
    own.flags.writeable = False
    return own


def _target(entry: Entry, target: Floats) -> Column:
    """The target column; classes go by the order of their names, not by the source's numbers."""
    name, unit = entry.target
    if not entry.classes:
        return Column(name, ColumnKind.NUMBER, _fixed(target), unit=unit)
    categories = tuple(sorted(entry.classes))
    places = np.array([categories.index(label) for label in entry.classes], np.float64)
    return Column(name, ColumnKind.TEXT, _fixed(places[target.astype(int)]), categories, unit)


def _file(name: str) -> bytes:
    """A data file of scikit-learn's."""
    spec = find_spec("sklearn")
    assert spec is not None, "scikit-learn is not installed"
    assert isinstance(spec.loader, SourceFileLoader)
    assert spec.submodule_search_locations
    data = spec.loader.get_data(f"{spec.submodule_search_locations[0]}/datasets/data/{name}")
    return gzip.decompress(data) if name.endswith(".gz") else data


def _numbers(name: str, separator: str | None = ",", skip: int = 0) -> Floats:
    return np.loadtxt(_file(name).decode().splitlines(), delimiter=separator, skiprows=skip, ndmin=2)


def _classes_last(name: str, skip: int) -> tuple[Floats, Floats]:
    table = _numbers(name, skip=skip)
    return table[:, :-1], table[:, -1]


def _diabetes() -> tuple[Floats, Floats]:
    """As measured, not as scikit-learn scales it by default."""
    return _numbers("diabetes_data_raw.csv.gz", None), _numbers("diabetes_target.csv.gz", None)[:, 0]


READERS: dict[BundledTable, Callable[[], tuple[Floats, Floats]]] = {
    BundledTable.IRIS: lambda: _classes_last("iris.csv", 1),
    BundledTable.WINE: lambda: _classes_last("wine_data.csv", 1),
    BundledTable.BREAST_CANCER: lambda: _classes_last("breast_cancer.csv", 1),
    BundledTable.DIABETES: _diabetes,
    BundledTable.DIGITS: lambda: _classes_last("digits.csv.gz", 0),
}
