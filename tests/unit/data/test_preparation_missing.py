"""Gaps: left out or filled, and said."""

import numpy as np
import pytest
from sklearn.impute import SimpleImputer

from app.data.preparation import PreparationError
from app.data.split import TRAIN
from app.vocabulary import Missing
from tests.unit.data.preparing import NAN, flowers, numbers, plan, prepared, said, table, texts

STRATEGIES = {Missing.MEAN: "mean", Missing.MEDIAN: "median", Missing.MOST_FREQUENT: "most_frequent"}


def test_rows_with_a_gap_are_left_out_and_counted_by_column() -> None:
    of = table(
        numbers("age", [1, NAN, 3, NAN, 5, 6]),
        texts("city", ["Rome", "", "", "Oslo", "Rome", "Oslo"]),
        numbers("y", [0.5, 1, 2, 3, 4, 5]),
    )
    found, x, target, part = prepared(of)
    assert x[0].tolist() == [1, 5, 6]
    assert target.tolist() == [0.5, 4, 5]
    assert part.shape == (3,)
    assert found.rows == 6
    assert said(found, "missing") == ["3 rows left out for want of “age” (2) and “city” (2)."]


def test_only_gaps_of_the_chosen_columns_count() -> None:
    of = table(numbers("a", [1, 2, 3, 4]), numbers("b", [NAN] * 3 + [1]), texts("y", list("pqpq")))
    found, x, _, _ = prepared(of, plan(inputs=("a",)))
    assert x.tolist() == [[1, 2, 3, 4]]
    assert said(found, "missing") == ["No gaps: all 4 rows are used."]


@pytest.mark.parametrize("rule", list(Missing))
def test_a_row_without_a_target_is_always_left_out(rule: Missing) -> None:
    of = table(numbers("a", [1, 2, 3, 4, 5]), texts("y", ["p", "", "q", "p", "q"]))
    found, x, target, _ = prepared(of, plan(missing=rule))
    assert x.tolist() == [[1, 3, 4, 5]]
    assert target.tolist() == [0, 1, 0, 1]
    assert said(found, "missing") == ["1 row left out for want of the target “y”."]


@pytest.mark.parametrize("rule", [Missing.MEAN, Missing.MEDIAN, Missing.MOST_FREQUENT])
def test_gaps_are_filled_as_scikit_learn_fills_them_from_the_training_rows(rule: Missing) -> None:
    rng = np.random.default_rng(4)
    values = rng.integers(0, 5, (2, 60)).astype(np.float64)
    values[rng.random((2, 60)) < 0.3] = NAN
    of = table(numbers("a", values[0]), numbers("b", values[1]), texts("y", list("pqpqpq") * 10))
    _, x, _, part = prepared(of, plan(missing=rule))
    imputer = SimpleImputer(strategy=STRATEGIES[rule]).fit(values[:, part == TRAIN].T)
    np.testing.assert_allclose(x, imputer.transform(values.T).T)


def test_a_filled_gap_is_told_with_its_figure() -> None:
    of = table(
        numbers("a", [1, NAN, 3, 8]),
        texts("city", ["Rome", "Oslo", "", "Rome"]),
        numbers("y", [0.5, 1, 2, 3]),
    )
    found, x, _, _ = prepared(of, plan(train_fraction=1.0, missing=Missing.MEAN))
    assert x.tolist() == [[1, 4, 3, 8], [0, 1, 0, 0], [1, 0, 1, 1]]
    assert said(found, "missing") == [
        "1 cell of “a” filled with 4, the mean of the training part.",
        "1 cell of “city” filled with “Rome”, the most frequent value of the training part.",
    ]


def test_what_test_rows_hold_never_fills_a_gap() -> None:
    gaps = numbers("a", [*range(30), *[NAN] * 30])
    _, _, _, part = prepared(table(gaps, flowers().columns[2]), plan(missing=Missing.MEAN))
    others = numbers("a", np.where(part == TRAIN, gaps.values, np.where(np.isnan(gaps.values), NAN, 1e9)))
    first, second = (
        prepared(table(column, flowers().columns[2]), plan(missing=Missing.MEAN))[1]
        for column in (gaps, others)
    )
    was_gap = np.isnan(gaps.values)
    assert first[0, was_gap].tolist() == second[0, was_gap].tolist()


def test_a_column_without_any_value_is_left_out_and_named() -> None:
    of = table(numbers("empty", [NAN] * 4), numbers("a", [1, 2, 3, 4]), texts("y", list("pqpq")))
    found, x, _, _ = prepared(of)
    assert x.shape == (1, 4)
    assert said(found, "missing") == ["Left out: “empty” (no values).", "No gaps: all 4 rows are used."]


def test_a_text_column_of_too_many_categories_is_left_out_and_named() -> None:
    of = table(
        texts("note", [f"n{i:02}" for i in range(40)]), numbers("a", range(40)), texts("y", list("pq") * 20)
    )
    found, x, _, _ = prepared(of)
    assert x.shape == (1, 40)
    assert said(found, "missing") == [
        "Left out: “note” (40 distinct texts, at most 32 can be encoded).",
        "No gaps: all 40 rows are used.",
    ]


def test_no_row_left_is_refused_with_the_columns_to_blame() -> None:
    of = table(numbers("a", [1, NAN, 3, NAN]), numbers("b", [NAN, 2, NAN, 4]), texts("y", list("pqpq")))
    with pytest.raises(
        PreparationError, match="no row is left: each lacks the target or one of “a” and “b”"
    ) as error:
        prepared(of)
    assert error.value.path == "missing"


def test_one_class_left_is_refused() -> None:
    of = table(numbers("a", [1, NAN, 3, NAN]), texts("y", list("pqpq")))
    with pytest.raises(
        PreparationError, match="every row that is left is of class “p”; fill missing"
    ) as error:
        prepared(of)
    assert error.value.path == "missing"


def test_a_gap_that_the_training_part_cannot_fill_is_refused() -> None:
    values = np.full(60, NAN)
    part = prepared(flowers())[3]
    values[np.flatnonzero(part != TRAIN)[0]] = 1.0
    of = table(numbers("a", range(60)), numbers("b", values), flowers().columns[2])
    with pytest.raises(
        PreparationError, match="“b” has no value in the training part to fill its gaps"
    ) as error:
        prepared(of, plan(missing=Missing.MEAN))
    assert error.value.path == "missing"
