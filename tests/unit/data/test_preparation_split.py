"""Parts of a table, and what is said of them."""

import numpy as np
import pytest

from app.data.preparation import balance
from app.data.preparation import bounds as own
from app.data.preparation.wording import counted, cut, figure, listed
from app.spec.bounds import BOUNDS
from tests.unit.data.preparing import flowers, numbers, plan, prepared, said, table, texts


def test_parts_hold_every_class_in_its_share() -> None:
    found, _, target, part = prepared(flowers(120), plan(train_fraction=0.6, validation_fraction=0.2))
    assert balance(target, part, 3) == {"train": [48, 12, 12], "validation": [16, 4, 4], "test": [16, 4, 4]}
    assert said(found, "split") == [
        "72 rows to train, 24 to validate, 24 to test; each class shared out alike."
    ]


def test_a_plain_split_says_so_and_differs() -> None:
    found, _, target, part = prepared(flowers(120), plan(train_fraction=0.6, stratify=False), split_seed=1)
    assert balance(target, part, 3)["train"] != [48, 12, 12]
    assert said(found, "split") == ["72 rows to train, 0 to validate, 48 to test; by chance alone."]


def test_regression_is_split_by_chance() -> None:
    found = prepared(table(numbers("x", range(10)), numbers("y", np.arange(10) / 4)))[0]
    assert said(found, "split") == ["5 rows to train, 0 to validate, 5 to test; by chance alone."]


def test_a_class_without_training_rows_is_named() -> None:
    of = table(numbers("x", range(20)), texts("y", [*["a"] * 19, "b"]))
    found, _, target, part = prepared(of, plan(train_fraction=0.2))
    assert balance(target, part, 2)["train"] == [4, 0]
    assert "No training row is of class “b”: it cannot be learnt." in said(found, "split")


def test_notes_come_in_the_order_of_the_steps() -> None:
    wish = plan(label_noise=0.1, feature_noise=0.1, copies=1, jitter=0.1)
    of = table(
        numbers("x", [float("nan"), *range(19)]), texts("c", list("ab") * 10), texts("y", list("pq") * 10)
    )
    steps = list(dict.fromkeys(note.step for note in prepared(of, wish)[0].notes))
    assert steps == ["missing", "encode", "split", "noise", "copies", "scale", "leak"]


def test_bounds_are_those_of_the_spec() -> None:
    assert BOUNDS.classes == own.MOST_CLASSES
    assert BOUNDS.encoded == own.MOST_INPUTS
    assert BOUNDS.name == own.MOST_LETTERS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (3.0, "3"),
        (-12345.0, "-12345"),
        (0.123456, "0.1235"),
        (1e30, "1e+30"),
        (1234567.0, "1.235e+06"),
    ],
)
def test_figures_have_four_digits_at_most(value: float, text: str) -> None:
    assert figure(value) == text


def test_counts_and_lists_read_as_sentences() -> None:
    assert [counted(1, "row"), counted(2, "row"), counted(1500, "copy", "copies")] == [
        "1 row",
        "2 rows",
        "1,500 copies",
    ]
    assert [listed(list(names)) for names in ("a", "ab", "abcd", "abcdef")] == [
        "a",
        "a and b",
        "a, b, c and d",
        "a, b, c, d and 2 more",
    ]
    assert cut("abcdef", 4) == "abc…"
