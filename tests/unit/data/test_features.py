"""The network's inputs: each against its name, and their order in the design matrix."""

import numpy as np
import pytest

from app.data import FEATURES, design_matrix
from app.vocabulary import Feature

AT_3_MINUS_4 = {
    Feature.X1: 3.0,
    Feature.X2: -4.0,
    Feature.X1_SQUARED: 9.0,
    Feature.X2_SQUARED: 16.0,
    Feature.X1_TIMES_X2: -12.0,
    Feature.SIN_X1: 0.1411200080598672,
    Feature.SIN_X2: 0.7568024953079282,
    Feature.COS_X1: -0.9899924966004454,
    Feature.COS_X2: -0.6536436208636119,
    Feature.RADIUS: 5.0,
}

X = np.array([[3.0, 0.0], [-4.0, 0.5]])


def test_every_feature_is_defined() -> None:
    assert set(FEATURES) == set(Feature) == set(AT_3_MINUS_4)


@pytest.mark.parametrize("feature", Feature)
def test_a_feature_is_what_its_name_says(feature: Feature) -> None:
    value = FEATURES[feature](X)
    assert value.shape == (2,)
    assert value[0] == pytest.approx(AT_3_MINUS_4[feature], rel=1e-15)


def test_rows_follow_the_order_asked_for_and_end_in_ones() -> None:
    matrix = design_matrix(X, [Feature.RADIUS, Feature.X2, Feature.X1_TIMES_X2])
    assert matrix.tolist() == [[5.0, 0.5], [-4.0, 0.5], [-12.0, 0.0], [1.0, 1.0]]
    assert matrix.dtype == np.float64


def test_no_feature_at_all_leaves_the_bias_alone() -> None:
    assert design_matrix(X, []).tolist() == [[1.0, 1.0]]


def test_the_matrix_can_be_made_in_single_precision() -> None:
    assert design_matrix(X, [Feature.X1], dtype=np.float32).dtype == np.float32


def test_a_given_array_is_filled_and_handed_back() -> None:
    out = np.full((3, 2), np.nan)
    assert design_matrix(X, [Feature.X1, Feature.X2], out=out) is out
    assert out.tolist() == [[3.0, 0.0], [-4.0, 0.5], [1.0, 1.0]]


def test_a_given_array_of_another_shape_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"out has shape \(4, 2\)"):
        design_matrix(X, [Feature.X1, Feature.X2], out=np.empty((4, 2)))
