"""The training mask."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data import split

SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(
    ("count", "fraction", "trained"),
    [
        (500, 0.5, 250),
        (10, 0.1, 1),
        (4, 0.1, 1),
        (1, 0.1, 1),
        (7, 0.5, 4),
        (9, 0.5, 4),
        (10, 1.0, 10),
        (0, 0.5, 0),
    ],
)
def test_exactly_the_rounded_share_is_trained_on_and_at_least_one_row(
    count: int, fraction: float, trained: int
) -> None:
    mask = split(np.random.default_rng(0), count, fraction)
    assert mask.shape == (count,)
    assert mask.dtype == np.bool_
    assert mask.sum() == trained


@given(SEEDS, st.integers(1, 300), st.floats(0.1, 1), st.floats(0.1, 1))
def test_a_larger_training_set_contains_the_smaller_one(
    seed: int, count: int, one: float, other: float
) -> None:
    smaller, larger = sorted((one, other))
    inside = split(np.random.default_rng(seed), count, smaller)
    around = split(np.random.default_rng(seed), count, larger)
    assert around[inside].all()


def test_rows_are_chosen_evenly() -> None:
    rng = np.random.default_rng(5)
    chosen = np.mean([split(rng, 20, 0.3) for _ in range(4000)], axis=0)
    np.testing.assert_allclose(chosen, 0.3, atol=0.03)
