"""Shift and scale: scikit-learn's figures, of the training part alone."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from app.data.preparation import Input
from app.data.preparation.leaks import note_on_leak
from app.data.preparation.scaling import fit
from app.data.split import TEST, TRAIN
from app.data.tables import Image
from app.vocabulary import Scaling
from tests.unit.data.preparing import flowers, numbers, plan, prepared, said, table, texts

RULES = st.sampled_from(list(Scaling))


@pytest.mark.parametrize(
    ("rule", "scaler"), [(Scaling.STANDARDISE, StandardScaler()), (Scaling.MIN_MAX, MinMaxScaler())]
)
def test_scaled_rows_are_those_of_scikit_learn_fitted_on_the_training_rows(
    rule: Scaling, scaler: Any
) -> None:
    found, x, _, part = prepared(flowers(), plan(scaling=rule))
    theirs = scaler.fit(x[:, part == TRAIN].T).transform(x.T).T
    ours = (x - found.shift[:, np.newaxis]) / found.scale[:, np.newaxis]
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


def test_figures_of_four_rows_are_those_on_paper() -> None:
    x = np.array([[1.0, 2.0, 3.0, 6.0]])
    assert [v.tolist() for v in fit(x, Scaling.MIN_MAX, [False])] == [[1.0], [5.0]]
    shift, scale = fit(x, Scaling.STANDARDISE, [False])
    assert shift[0] == pytest.approx(3.0)
    assert scale[0] == pytest.approx(3.5**0.5)  # (4 + 1 + 0 + 9) / 4
    assert [v.tolist() for v in fit(x, Scaling.NONE, [False])] == [[0.0], [1.0]]


@pytest.mark.parametrize("rule", list(Scaling))
def test_a_constant_column_keeps_scale_one_and_is_told(rule: Scaling) -> None:
    found, x, _, _ = prepared(
        table(numbers("same", [7.5] * 6), numbers("x", range(6)), texts("y", list("ababab"))),
        plan(scaling=rule),
    )
    assert found.scale[0] == 1
    assert found.shift[0] == (0 if rule is Scaling.NONE else 7.5)
    assert x[0].tolist() == [7.5] * 6
    expected = "“same” (always 7.5) is constant in the training part: there is nothing to learn from."
    assert expected in said(found, "scale")


def test_indicators_stay_nought_and_one() -> None:
    found, x, _, _ = prepared(
        table(numbers("x", range(6)), texts("colour", ["red", "blue"] * 3), texts("y", list("aabbab")))
    )
    assert found.shift[1:].tolist() == [0, 0]
    assert found.scale[1:].tolist() == [1, 1]
    assert set(x[1:].ravel().tolist()) == {0, 1}
    assert said(found, "scale")[0].endswith("of the 3 training rows alone. Indicators stay 0 and 1.")


@pytest.mark.parametrize(
    ("rule", "expected"), [(Scaling.MIN_MAX, (0, 16)), (Scaling.STANDARDISE, (6.0, 6.0))]
)
def test_all_pixels_share_one_shift_and_one_scale(rule: Scaling, expected: tuple[float, float]) -> None:
    x = np.array([[0.0, 0.0, 12.0], [0.0, 16.0, 8.0]])
    shift, scale = fit(x, rule, [False, False], is_image=True)
    assert shift.tolist() == [expected[0]] * 2
    np.testing.assert_allclose(scale, [expected[1]] * 2 if rule is Scaling.MIN_MAX else [x.std()] * 2)


def test_pixels_of_an_image_table_are_scaled_together() -> None:
    pixels = [numbers(f"p{i}", np.random.default_rng(i).integers(0, 17, 8)) for i in range(4)]
    found, x, _, part = prepared(table(*pixels, texts("y", list("abababab")), image=Image(2, 2, 16)))
    training = x[:, part == TRAIN]
    np.testing.assert_allclose(found.shift, [training.mean()] * 4)
    np.testing.assert_allclose(found.scale, [training.std()] * 4)
    assert found.image == Image(2, 2, 16)


def test_a_choice_of_pixels_is_no_image() -> None:
    pixels = [numbers(f"p{i}", [0, 1, 2, 3, 4, 5]) for i in range(4)]
    of = table(*pixels, texts("y", list("ababab")), image=Image(2, 2, 16))
    assert prepared(of, plan(inputs=("p0", "p1", "p3")))[0].image is None
    assert prepared(of, plan(inputs=("p1", "p0", "p2", "p3")))[0].image is None


@given(st.integers(0, 1000), RULES, arrays(np.float64, (2, 60), elements=st.floats(-1e30, 1e30)))
def test_rows_that_are_not_trained_on_never_influence_shift_and_scale(
    seed: int, rule: Scaling, others: np.ndarray[Any, np.dtype[np.float64]]
) -> None:
    of = flowers()
    first, _, _, part = prepared(of, plan(scaling=rule), split_seed=seed)
    changed = [
        np.where(part == TRAIN, column.values, own) for column, own in zip(of.columns, others, strict=False)
    ]
    second = prepared(
        table(numbers("height", changed[0]), numbers("width", changed[1]), of.columns[2]),
        plan(scaling=rule),
        split_seed=seed,
    )[0]
    assert first.shift.tobytes() == second.shift.tobytes()
    assert first.scale.tobytes() == second.scale.tobytes()


@given(arrays(np.float64, (1, 12), elements=st.floats(-1e30, 1e30)), RULES, st.integers(1, 12))
def test_whatever_the_numbers_are_what_the_network_sees_is_finite(
    x: np.ndarray[Any, np.dtype[np.float64]], rule: Scaling, training: int
) -> None:
    shift, scale = fit(x[:, :training], rule, [False])
    assert (scale > 0).all()
    assert np.isfinite((x - shift) / scale).all()


def test_what_would_leak_is_told_of_the_input_where_it_is_most_with_both_pairs_of_figures() -> None:
    x = np.array([[5.0, 7.0, 5.0, 7.0], [1.0, 3.0, 9.0, 3.0]])
    inputs = [Input(name, "", name, 0, 1, 0.5) for name in ("still", "moved")]
    part = np.array([TRAIN, TRAIN, TEST, TEST], np.uint8)
    assert note_on_leak(x, part, Scaling.STANDARDISE, inputs, is_image=False).text == (
        "Scaling before the split would leak: fitted on all rows, “moved” would have mean 4 instead of 2 and standard "
        "deviation 3 instead of 1, and so tell the network something of rows it is tested on."
    )
    assert "least value 1 instead of 1 and span 8 instead of 2" in (
        note_on_leak(x, part, Scaling.MIN_MAX, inputs, is_image=False).text
    )


def test_nothing_leaks_where_nothing_is_fitted_or_held_back() -> None:
    assert said(prepared(flowers(), plan(scaling=Scaling.NONE))[0], "leak") == [
        "Nothing is fitted to the inputs, so nothing can leak."
    ]
    assert said(prepared(flowers(), plan(train_fraction=1.0))[0], "leak") == [
        "Every row is trained on, so no other row can leak into the scaling."
    ]
