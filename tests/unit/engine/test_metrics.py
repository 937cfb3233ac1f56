"""Metrics against scikit-learn's, and what stays undefined."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn import metrics as sk

from app.engine import metrics

LABELS = st.integers(2, 6).flatmap(
    lambda classes: st.tuples(
        st.just(classes),
        st.integers(1, 40).flatmap(
            lambda count: st.lists(
                st.tuples(st.integers(0, classes - 1), st.integers(0, classes - 1)),
                min_size=count,
                max_size=count,
            )
        ),
    )
)
"""How many classes, and (actual, predicted) of each point."""
SCORES = arrays.arrays(np.float64, st.integers(2, 300), elements=st.integers(0, 400).map(lambda i: i / 400))
NUMBERS = st.lists(
    st.tuples(st.floats(-1000, 1000, width=32), st.floats(-1000, 1000, width=32)), min_size=2, max_size=40
)


def sklearn(actual: Any, predicted: Any, average: str | None, classes: int) -> list[Any]:
    """Precision, recall and F1 by scikit-learn, NaN where not defined."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sk.precision_recall_fscore_support(
            actual, predicted, labels=range(classes), average=average, zero_division=np.nan
        )
    return list(found[:3])


@settings(max_examples=50)
@given(LABELS)
def test_confusion_and_rates_are_scikit_learn_s(case: tuple[int, list[tuple[int, int]]]) -> None:
    classes, rows = case
    actual, predicted = np.array(rows, np.intp).T
    confusion = metrics.confusion_matrix(actual, predicted, classes)
    np.testing.assert_array_equal(confusion, sk.confusion_matrix(actual, predicted, labels=range(classes)))
    rates = metrics.rates(confusion)
    ours = [rates.precision, rates.recall, rates.f1]
    np.testing.assert_allclose(ours, sklearn(actual, predicted, None, classes), rtol=1e-12)
    means = [metrics.mean_of_defined(column) for column in ours]
    np.testing.assert_allclose(means, sklearn(actual, predicted, "macro", classes), rtol=1e-12)


def test_class_1_is_the_positive_of_two() -> None:
    """3 positives, of which 2 are found; 1 of 3 negatives is taken for one."""
    actual, predicted = np.array([1, 1, 1, 0, 0, 0]), np.array([1, 1, 0, 1, 0, 0])
    rates = metrics.rates(metrics.confusion_matrix(actual, predicted, 2))
    assert rates.precision[1] == sk.precision_score(actual, predicted) == pytest.approx(2 / 3)
    assert rates.recall[1] == sk.recall_score(actual, predicted) == pytest.approx(2 / 3)
    assert rates.f1[1] == sk.f1_score(actual, predicted) == pytest.approx(2 / 3)


def test_what_is_never_predicted_has_no_precision_and_is_left_out_of_the_mean() -> None:
    """All four taken for class 0, which three of them are."""
    rates = metrics.rates(np.array([[3, 0, 0], [1, 0, 0], [0, 0, 0]]))
    np.testing.assert_array_equal(rates.precision, [0.75, np.nan, np.nan])
    np.testing.assert_array_equal(rates.recall, [1.0, 0.0, np.nan])
    np.testing.assert_allclose(rates.f1, [6 / 7, 0.0, np.nan])
    assert metrics.mean_of_defined(rates.recall) == 0.5
    assert np.isnan(metrics.mean_of_defined(np.array([np.nan, np.nan])))


@settings(max_examples=50)
@given(SCORES, st.data())
def test_the_curve_and_its_area_are_scikit_learn_s_whatever_the_ties(scores: Any, data: Any) -> None:
    positive = data.draw(arrays.arrays(np.bool_, scores.shape))
    found = metrics.roc(positive, scores)
    if positive.all() or not positive.any():
        assert found is None
        return
    assert found
    assert found.area == pytest.approx(sk.roc_auc_score(positive, scores), abs=1e-12)
    across, up, _ = sk.roc_curve(positive, scores, drop_intermediate=False)
    theirs = np.stack([across, up], axis=1)
    for place in found.curve:
        assert np.abs(theirs - place).max(axis=1).min() < 1e-12
    assert len(found.curve) <= 64
    assert (found.curve[0].tolist(), found.curve[-1].tolist()) == ([0, 0], [1, 1])
    assert (np.diff(found.curve, axis=0) >= 0).all()
    if len(found.curve) < 64:
        assert sk.auc(*found.curve.T) == pytest.approx(found.area, abs=1e-12)


def test_equal_scores_pass_the_threshold_together() -> None:
    """One of two positives above a tie of one positive and one negative: 1/2 + 1/2 of a half."""
    found = metrics.roc(np.array([True, True, False]), np.array([0.9, 0.5, 0.5]))
    assert found
    assert found.area == 0.75
    assert found.curve.tolist() == [[0, 0], [0, 0.5], [1, 1]]


def test_a_long_curve_is_thinned_but_the_area_is_that_of_the_whole() -> None:
    positive, scores = np.tile([False, True], 1000), np.random.default_rng(0).permutation(2000) / 2000
    found = metrics.roc(positive, scores)
    assert found
    assert len(found.curve) == 64
    assert found.area == pytest.approx(sk.roc_auc_score(positive, scores), abs=1e-14)


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_a_score_that_is_no_number_has_no_curve(odd: float) -> None:
    assert metrics.roc(np.array([True, False, True]), np.array([0.5, odd, 0.2])) is None


@given(NUMBERS)
def test_errors_are_scikit_learn_s(rows: list[tuple[float, float]]) -> None:
    outputs, targets = np.array(rows).T
    found = metrics.errors(outputs, targets)
    assert found.mean_absolute == pytest.approx(sk.mean_absolute_error(targets, outputs))
    assert found.root_mean_squared == pytest.approx(sk.root_mean_squared_error(targets, outputs))
    assert found.largest == sk.max_error(targets, outputs)
    if np.ptp(targets) > 1e-3:
        assert found.r_squared == pytest.approx(sk.r2_score(targets, outputs))


def test_targets_that_do_not_vary_have_no_share_explained() -> None:
    found = metrics.errors(np.array([1.0, 2.0]), np.array([2.0, 2.0]))
    assert (found.mean_absolute, found.largest) == (0.5, 1.0)
    assert np.isnan(found.r_squared)


@pytest.mark.parametrize(
    ("residuals", "reach"),
    [
        ([], 1.0),
        ([0.0], 1.0),
        ([0.3, -0.31], 0.5),
        ([2.0], 2.0),
        ([-2.001], 5.0),
        ([730.0], 1000.0),
        ([np.inf], 1.0),
        ([np.nan], 1.0),
    ],
)
def test_the_axis_ends_at_1_2_or_5_times_a_power_of_ten(residuals: list[float], reach: float) -> None:
    assert metrics.residual_reach(np.array(residuals)) == pytest.approx(reach)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_every_residual_lies_in_its_bin(values: list[float]) -> None:
    residuals = np.array(values)
    reach = metrics.residual_reach(residuals)
    assert np.abs(residuals).max() <= reach
    edges = np.linspace(-reach, reach, 22)
    bins = metrics.residual_bins(residuals, reach)
    slack = 1e-9 * reach
    assert (residuals >= edges[bins] - slack).all()
    assert (residuals <= edges[bins + 1] + slack).all()


def test_what_is_right_lies_in_the_middle_and_the_ends_belong_to_the_last_bins() -> None:
    assert metrics.residual_bins(np.array([0.0, -1.0, 1.0, np.nan, np.inf]), 1.0).tolist() == [
        10,
        0,
        20,
        0,
        20,
    ]
