"""Which inputs tell most about the target: eta squared against scikit-learn's F values, correlation against NumPy's."""

import numpy as np
from sklearn.datasets import load_diabetes, load_iris
from sklearn.feature_selection import f_classif

from app.data.preparation.telling import explained_share, most_telling


def test_the_share_that_classes_explain_is_the_analysis_of_variance_s() -> None:
    x, target = load_iris(return_X_y=True)
    f_values, _ = f_classif(x, target)
    expected = f_values * 2 / (f_values * 2 + 147)  # F = (explained / 2) / (rest / 147)
    np.testing.assert_allclose(explained_share(x.T, target, has_classes=True), expected, rtol=1e-10)


def test_the_share_of_a_number_is_its_squared_correlation() -> None:
    x, target = load_diabetes(return_X_y=True)
    expected = [np.corrcoef(column, target)[0, 1] ** 2 for column in x.T]
    np.testing.assert_allclose(explained_share(x.T, target, has_classes=False), expected, rtol=1e-10)


def test_petals_tell_more_than_sepals() -> None:
    x, target = load_iris(return_X_y=True)
    assert most_telling(x.T, target, True, [False] * 4) == (2, 3)


def test_numbers_come_before_indicators_and_what_never_varies_last() -> None:
    target = np.array([0.0, 0.0, 1.0, 1.0])
    x = np.array([target, [1.0, 2.0, 2.0, 3.0], [5.0] * 4, target])
    assert most_telling(x, target, True, [True, False, False, True]) == (1, 2)
    assert most_telling(x, target, True, [False, False, False, False]) == (0, 3)
    assert most_telling(x[:1], target, True, [False]) == (0, 0)
