"""Text to indicators, targets to classes, and choices that cannot be met."""

import numpy as np
import pytest
from sklearn.preprocessing import LabelEncoder, OneHotEncoder

from app.data.preparation import Plan, PreparationError, settled, suggested_task
from app.data.tables import Column, Table
from app.vocabulary import Task
from tests.unit.data.preparing import NAN, numbers, plan, prepared, said, table, texts

COLOURS = ["red", "blue", "green", "blue", "red", "red"]
Y = texts("y", list("pqpqpq"))


def test_text_becomes_the_indicators_of_scikit_learn() -> None:
    found, x, _, _ = prepared(table(numbers("size", range(6)), texts("colour", COLOURS), Y))
    theirs = OneHotEncoder(sparse_output=False).fit_transform(np.array(COLOURS)[:, np.newaxis]).T
    np.testing.assert_array_equal(x[1:], theirs)
    assert [one.name for one in found.inputs] == ["size", "colour = blue", "colour = green", "colour = red"]
    assert [one.column for one in found.inputs] == ["size", "colour", "colour", "colour"]
    assert [one.indicator for one in found.inputs] == [False, True, True, True]
    assert said(found, "encode") == [
        "“colour” becomes 3 indicators, one a category: 1 for a row of that category, else 0.",
        "The classes of “y” are numbered in order: “p” is 0 and “q” is 1.",
    ]


def test_classes_are_numbered_as_scikit_learn_numbers_them() -> None:
    names = ["Zoë", "ash", "Birch", "ash", "Zoë", "Birch"]
    found, _, target, _ = prepared(table(numbers("x", range(6)), texts("y", names)))
    encoder = LabelEncoder()
    assert target.tolist() == encoder.fit_transform(names).tolist()
    assert list(found.labels) == encoder.classes_.tolist()


def test_whole_numbers_become_classes_in_their_order() -> None:
    found, _, target, _ = prepared(table(numbers("x", range(6)), numbers("y", [10, 2, -1, 2, 10, 2])))
    assert found.labels == ("-1", "2", "10")
    assert target.tolist() == [2, 1, 0, 1, 2, 1]


def test_a_category_that_no_row_has_is_no_class() -> None:
    of = table(numbers("x", range(4)), Column("y", Y.kind, np.array([0.0, 2, 0, 2]), ("a", "b", "c")))
    found, _, target, _ = prepared(of)
    assert found.labels == ("a", "c")
    assert target.tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("values", "task"),
    [
        ([0, 1, 1, 0], Task.CLASSIFICATION),
        (range(10), Task.CLASSIFICATION),
        (range(11), Task.REGRESSION),
        ([0, 0.5, 1, 1], Task.REGRESSION),
    ],
)
def test_the_target_suggests_its_task(values: list[float], task: Task) -> None:
    assert suggested_task(numbers("y", values)) is task
    count = len(values)
    found = settled(table(numbers("x", range(count)), numbers("y", values)))
    assert found.task is task
    assert bool(found.labels) is (task is Task.CLASSIFICATION)


def test_regression_predicts_few_whole_numbers_too_where_it_is_asked_for() -> None:
    found, _, target, _ = prepared(
        table(numbers("x", range(4)), numbers("y", [3, 1, 1, 2], "m")), plan(task=Task.REGRESSION)
    )
    assert target.tolist() == [3, 1, 1, 2]
    assert found.labels == ()
    assert (found.target, found.target_unit) == ("y", "m")


def test_what_is_settled_names_columns_inputs_and_classes() -> None:
    found = settled(table(numbers("size", range(6)), texts("colour", COLOURS), Y))
    assert found.inputs == ("size", "colour")
    assert found.names == ("size", "colour = blue", "colour = green", "colour = red")
    assert found.labels == ("p", "q")
    assert found.target.column.name == "y"
    chosen = settled(table(numbers("size", range(6)), texts("colour", COLOURS), Y), "colour", ("y", "size"))
    assert chosen.names == ("y = p", "y = q", "size")
    assert chosen.labels == ("blue", "green", "red")


def test_inputs_tell_range_and_mean_of_the_training_part_and_the_unit() -> None:
    found, x, _, part = prepared(table(numbers("size", [4, 8, 6, 1, 3, 2], "cm"), Y))
    training = x[0, part == 0]
    one = found.inputs[0]
    assert (one.unit, one.low, one.high) == ("cm", training.min(), training.max())
    assert one.middle == pytest.approx(training.mean())


def test_names_are_never_longer_than_a_spec_allows() -> None:
    long = texts("c" * 80, ["k" * 200 + str(i % 3) for i in range(6)])
    found = settled(table(numbers("x", range(6)), long), "x", ())
    assert all(len(name) <= 80 for name in found.names)
    assert all(len(label) <= 80 for label in settled(table(numbers("x", range(6)), long)).labels)


ELEVEN = numbers("y", range(11))
MANY = texts("y", [f"k{i:02}" for i in range(11)])


@pytest.mark.parametrize(
    ("of", "wish", "path", "message"),
    [
        (table(numbers("x", [1, 2]), Y), plan("z"), "target", "the table has no column “z” to predict"),
        (table(ELEVEN, numbers("x", range(11))), plan("y", task=Task.CLASSIFICATION), "target",
         "column “y” has 11 distinct values; at most 10 classes can be told apart, or choose regression"),
        (table(numbers("x", range(11)), MANY), plan(), "target",
         "column “y” has 11 distinct values; at most 10 classes can be told apart"),
        (table(numbers("x", [1, 2, 3]), numbers("y", [1, 2.5, 1])), plan(task=Task.CLASSIFICATION), "target",
         "row 2, column “y”, holds 2.5; classes are text or whole numbers, or choose regression"),
        (table(numbers("x", [1, 2, 3]), texts("y", ["a", "a", ""])), plan(), "target",
         "column “y” has one class only, “a”; telling classes apart takes at least 2"),
        (table(numbers("x", [1, 2, 3]), numbers("y", [7, 7, 7])), plan(), "target", "one class only, “7”"),
        (table(numbers("x", [1, 2, 3]), texts("y", ["1.5", "2", "n/a!"])), plan(task=Task.REGRESSION), "target",
         "row 3, column “y”, holds “n/a!”, which is no number; regression predicts numbers"),
        (table(numbers("x", [1, 2]), numbers("y", [NAN, NAN])), plan(), "target", "column “y” has no values"),
        (table(numbers("x", [1, 2]), numbers("y", [0.5, 1e308])), plan(), "target",
         "row 2, column “y”, holds 1e.308; allowed: -1e.30 to 1e.30"),
        (table(numbers("x", [1, -1e308, NAN, 1e308]), Y), plan(), "inputs",
         "row 2, column “x”, holds -1e.308; allowed: -1e.30 to 1e.30 .2 values beyond."),
        (table(numbers("x", [1, 2]), Y), plan(inputs=("z",)), "inputs", "no column “z” to use as an input"),
        (table(numbers("x", [1, 2]), Y), plan(inputs=("x", "y")), "inputs",
         "column “y” is predicted and cannot be an input too"),
        (table(numbers("x", [NAN] * 6), numbers("z", range(6)), Y), plan(inputs=("x",)), "inputs",
         "column “x” cannot be an input: no values"),
        (table(numbers("x", [NAN] * 6), Y), plan(), "inputs", "no column but the target “y” can be an input"),
        (table(*[texts(f"c{i}", [f"k{j:02}" for j in range(32)]) for i in range(25)], numbers("y", range(32))),
         plan(), "inputs", "the chosen columns make 800 inputs; allowed: at most 784"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_met_is_refused_in_words(
    of: Table, wish: Plan, path: str, message: str
) -> None:
    with pytest.raises(PreparationError, match=message) as error:
        prepared(of, wish)
    assert error.value.path == path


def test_no_target_chosen_is_refused() -> None:
    of = Table("t-1", "Test", (numbers("x", [1, 2]), numbers("y", [1, 2])))
    with pytest.raises(PreparationError, match="choose a target") as error:
        settled(of)
    assert error.value.path == "target"
