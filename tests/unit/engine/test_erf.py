"""The normal distribution function against the standard library's erfc."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.erf import normal_cdf


def phi(z: NDArray[np.floating]) -> NDArray[np.floating]:
    out = np.full_like(z, np.nan)
    normal_cdf(z, out)
    return out


def exact(z: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.array([0.5 * math.erfc(-float(x) / math.sqrt(2)) for x in z])


DENSE = np.concatenate([np.linspace(-12, 12, 20_001), [-1e300, -1000.0, 1000.0, 1e300]])


def test_float64_is_exact_to_four_femto() -> None:
    assert np.abs(phi(DENSE) - exact(DENSE)).max() < 4e-15


def test_float32_is_exact_to_its_own_rounding() -> None:
    single = DENSE[:-4].astype(np.float32)
    assert phi(single).dtype == np.float32
    assert np.abs(phi(single) - exact(single)).max() < 5e-7


@pytest.mark.parametrize(
    ("z", "share"),
    [(0.0, 0.5), (1.0, 0.8413447460685429), (-1.0, 0.15865525393145707), (1.959963984540054, 0.975)],
)
def test_the_figures_of_every_table(z: float, share: float) -> None:
    assert phi(np.array([z]))[0] == pytest.approx(share, abs=4e-15)


@given(st.floats(-9, 9))
def test_the_two_tails_make_one(z: float) -> None:
    assert phi(np.array([z, -z])).sum() == pytest.approx(1.0, abs=1e-15)


def test_far_tails_keep_their_relative_size_as_far_as_the_polynomial_goes() -> None:
    z = np.linspace(-9.8, -5, 500)
    np.testing.assert_allclose(phi(z), exact(z), rtol=1e-13)


def test_beyond_the_polynomial_the_tails_are_exactly_nothing_and_all() -> None:
    np.testing.assert_array_equal(phi(np.array([-1000.0, -10.0, 10.0, 1000.0])), [0.0, 0.0, 1.0, 1.0])


@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (0,)])
def test_any_shape_will_do(shape: tuple[int, ...]) -> None:
    z = np.random.default_rng(0).normal(size=shape)
    np.testing.assert_allclose(phi(z).ravel(), exact(z.ravel()), atol=4e-15)
