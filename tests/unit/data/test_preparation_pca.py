"""The plane of the first two principal components, against scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.datasets import load_digits, load_iris, load_wine
from sklearn.decomposition import PCA

from app.data.preparation.pca import principal_plane


@pytest.mark.parametrize("load", [load_iris, load_wine, load_digits])
def test_components_and_shares_are_those_of_scikit_learn(load: object) -> None:
    assert callable(load)
    x = load().data
    theirs = PCA(2, svd_solver="full").fit(x)
    ours = principal_plane(x.T)
    signs = np.sign(theirs.components_[np.arange(2), np.abs(theirs.components_).argmax(axis=1)])
    np.testing.assert_allclose(ours.components, (theirs.components_ * signs[:, np.newaxis]).T, atol=1e-8)
    np.testing.assert_allclose(ours.share, theirs.explained_variance_ratio_, rtol=1e-10)
    np.testing.assert_allclose(ours.mean, theirs.mean_)


def test_a_line_of_points_varies_along_one_component_alone() -> None:
    found = principal_plane(np.array([[0.0, 3, 6], [0, -4, -8]]))
    np.testing.assert_allclose(found.components[:, 0], [-0.6, 0.8])
    np.testing.assert_allclose(found.share, [1, 0], atol=1e-12)
    assert found.mean.tolist() == [3, -4]


@pytest.mark.parametrize("seen", [np.ones((3, 1)), np.full((4, 7), 2.5), np.zeros((2, 5))])
def test_rows_that_do_not_vary_have_a_plane_and_no_share(seen: NDArray[np.float64]) -> None:
    found = principal_plane(seen)
    assert found.share.tolist() == [0, 0]
    np.testing.assert_allclose(found.components.T @ found.components, np.eye(2), atol=1e-12)


@given(arrays(np.float64, (3, 6), elements=st.floats(-1e60, 1e60)))
def test_the_plane_is_orthonormal_with_its_largest_loadings_positive(seen: NDArray[np.float64]) -> None:
    found = principal_plane(seen)
    np.testing.assert_allclose(found.components.T @ found.components, np.eye(2), atol=1e-9)
    assert (found.components[np.abs(found.components).argmax(axis=0), [0, 1]] > 0).all()
    assert ((found.share >= 0) & (found.share <= 1 + 1e-12)).all()
