"""Laws that hold for every data set, whatever its shape."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data import GENERATORS, Points, generate
from app.data.registry import TRUTH_TABLES
from app.vocabulary import CURVE_SOURCES, MULTI_CLASS_SOURCES, REGRESSION_SOURCES, Source

DRAWN = sorted(GENERATORS)
LABELLED = sorted(set(GENERATORS) - REGRESSION_SOURCES)
SEEDS = st.integers(0, 2**32 - 1)
SAMPLES = st.integers(0, 120)
NOISE = st.floats(0, 0.5)
CLASSES = st.integers(2, 6)

GAUSSIAN = {Source.GAUSS, Source.BLOBS}
"""Their tails know no bound."""


def drawn(source: Source, seed: int, samples: int, noise: float, classes: int) -> Points:
    """The data set, with two classes where the source leaves no choice."""
    allowed = classes if source in MULTI_CLASS_SOURCES else 2
    return generate(source, np.random.default_rng(seed), samples, noise, allowed)


def test_every_source_but_ones_own_points_and_tables_is_drawn() -> None:
    assert set(GENERATORS) == set(Source) - {Source.POINTS, Source.TABLE}


@given(st.sampled_from(DRAWN), SEEDS, SAMPLES, NOISE, CLASSES)
def test_as_many_points_come_out_as_were_asked_for(
    source: Source, seed: int, samples: int, noise: float, classes: int
) -> None:
    points = drawn(source, seed, samples, noise, classes)
    assert points.x.shape == (2, samples)
    assert points.target.shape == (samples,)
    assert points.x.dtype == points.target.dtype == np.float64
    assert np.isfinite(points.x).all()
    assert np.isfinite(points.target).all()


@given(st.sampled_from(sorted(set(DRAWN) - GAUSSIAN)), SEEDS, SAMPLES, NOISE, CLASSES)
def test_points_lie_on_the_board(source: Source, seed: int, samples: int, noise: float, classes: int) -> None:
    assert (np.abs(drawn(source, seed, samples, noise, classes).x) <= 6).all()


@given(st.sampled_from(sorted(set(LABELLED) - TRUTH_TABLES)), SEEDS, SAMPLES, NOISE, CLASSES)
def test_classes_are_equally_large_to_within_one(
    source: Source, seed: int, samples: int, noise: float, classes: int
) -> None:
    allowed = classes if source in MULTI_CLASS_SOURCES else 2
    target = drawn(source, seed, samples, noise, classes).target
    sizes = [int((target == label).sum()) for label in range(allowed)]
    assert sum(sizes) == samples, "a label is no class index"
    assert max(sizes) - min(sizes) <= 1


@given(st.sampled_from(sorted(REGRESSION_SOURCES - CURVE_SOURCES)), SEEDS, SAMPLES, NOISE)
def test_heights_of_a_surface_stay_small(source: Source, seed: int, samples: int, noise: float) -> None:
    target = drawn(source, seed, samples, noise, 2).target
    # The plane reaches 1.2 at the corners and half as much more at full noise.
    assert (np.abs(target) <= 1.8).all()


@given(st.sampled_from(DRAWN), SEEDS, SAMPLES, NOISE, CLASSES)
def test_the_same_seed_draws_the_same_bits(
    source: Source, seed: int, samples: int, noise: float, classes: int
) -> None:
    first = drawn(source, seed, samples, noise, classes)
    np.random.seed(seed % 1000)  # noqa: NPY002 - the global generator must not matter
    second = drawn(source, seed, samples, noise, classes)
    assert first.x.tobytes() == second.x.tobytes()
    assert first.target.tobytes() == second.target.tobytes()


@pytest.mark.parametrize("source", DRAWN)
def test_another_seed_draws_other_points(source: Source) -> None:
    assert (drawn(source, 0, 50, 0.1, 3).x != drawn(source, 1, 50, 0.1, 3).x).any()


@pytest.mark.parametrize("source", sorted(set(LABELLED) - TRUTH_TABLES))
def test_unshuffled_batches_hold_more_than_one_class(source: Source) -> None:
    target = drawn(source, 0, 200, 0.0, 2).target
    assert all(len(set(batch)) > 1 for batch in np.split(target, 10))


@pytest.mark.parametrize("source", sorted(set(DRAWN) - MULTI_CLASS_SOURCES))
def test_a_source_without_a_choice_refuses_a_third_class(source: Source) -> None:
    with pytest.raises(AssertionError, match="3 were asked for"):
        generate(source, np.random.default_rng(0), 10, 0.0, 3)
