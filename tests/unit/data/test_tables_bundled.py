"""The bundled tables are scikit-learn's, number for number."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn import datasets

from app.data.tables import BUNDLED, Shelf, Table
from app.data.tables.catalogue import CATALOGUE
from app.data.told import tell_bundled
from app.vocabulary import BundledTable, ColumnKind, Task

LOADERS = {
    BundledTable.IRIS: datasets.load_iris,
    BundledTable.WINE: datasets.load_wine,
    BundledTable.BREAST_CANCER: datasets.load_breast_cancer,
    BundledTable.DIABETES: lambda: datasets.load_diabetes(scaled=False),
    BundledTable.DIGITS: datasets.load_digits,
}


@pytest.mark.parametrize("name", BundledTable)
def test_a_bundled_table_is_scikit_learn_s(name: BundledTable) -> None:
    table, theirs, entry = BUNDLED.get(name), LOADERS[name](), CATALOGUE[name]
    np.testing.assert_array_equal([column.values for column in table.columns[:-1]], theirs.data.T)
    target = table.columns[-1]
    assert target.name == table.target
    if target.kind is ColumnKind.NUMBER:
        np.testing.assert_array_equal(target.values, theirs.target)
    else:
        assert list(target.categories) == sorted(entry.classes)
        found = [target.categories[int(value)] for value in target.values]
        assert found == [entry.classes[int(label)] for label in theirs.target]


@pytest.mark.parametrize("name", BundledTable)
def test_the_catalogue_says_what_is_true(name: BundledTable) -> None:
    entry, told = CATALOGUE[name], tell_bundled(BUNDLED.get(name))
    assert (entry.rows, entry.columns) == (told["rows"], len(told["columns"]))
    assert entry.task == told["task"]
    assert entry.task is (Task.REGRESSION if name is BundledTable.DIABETES else Task.CLASSIFICATION)
    assert (told["image"] is not None) == (name is BundledTable.DIGITS)


def test_names_and_units() -> None:
    iris = BUNDLED.get("iris")
    assert [(column.name, column.unit) for column in iris.columns[:2]] == [
        ("sepal length", "cm"),
        ("sepal width", "cm"),
    ]
    assert iris.columns[-1].categories == ("setosa", "versicolor", "virginica")
    their = [name.removesuffix(" (cm)") for name in datasets.load_iris().feature_names]
    assert [column.name for column in iris.columns[:-1]] == their
    cancer = BUNDLED.get("breast_cancer")
    assert [column.name for column in cancer.columns[:-1]] == list(
        datasets.load_breast_cancer().feature_names
    )


def test_scikit_learn_itself_is_not_loaded() -> None:
    """It would cost every engine some 60 MB."""
    code = "import sys; from app.data.tables import BUNDLED; BUNDLED.get('digits'); print('sklearn' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603  # our own words
    assert told.stdout.strip() == b"False"


def test_a_shelf_makes_a_table_when_it_is_asked_for_and_keeps_it() -> None:
    shelf, made = Shelf(), list[Table]()
    iris = BUNDLED.get("iris")

    def make() -> Table:
        made.append(iris)
        return iris

    shelf.put("t-1", make)
    assert made == []
    assert shelf.get("t-1") is shelf.get("t-1") is iris
    assert len(made) == 1
    assert shelf.get("iris") is iris
    shelf.drop("t-1")
    with pytest.raises(KeyError):
        shelf.get("t-1")
    with pytest.raises(KeyError):
        BUNDLED.get("t-1")
