"""Which rows train, validate and test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import StratifiedShuffleSplit

from app.data import parts
from app.data.split import TEST, TRAIN, VALIDATION

SEEDS = st.integers(0, 2**32 - 1)
SHARES = st.floats(0.1, 1)


def drawn(
    seed: int, count: int, train: float, validation: float = 0.0, sizes: tuple[int, ...] = ()
) -> list[int]:
    classes = np.repeat(np.arange(len(sizes), dtype=np.float64), sizes) if sizes else None
    return [int(place) for place in parts(np.random.default_rng(seed), count, train, validation, classes)]


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
    part = parts(np.random.default_rng(0), count, fraction)
    assert part.shape == (count,)
    assert part.dtype == np.uint8
    assert (part == TRAIN).sum() == trained
    assert (part == TEST).sum() == count - trained


@pytest.mark.parametrize(
    ("count", "train", "validation", "expected"),
    [
        (100, 0.6, 0.2, (60, 20, 20)),
        (10, 0.7, 0.3, (7, 3, 0)),
        (10, 0.9, 0.5, (9, 1, 0)),
        (1, 0.1, 0.5, (1, 0, 0)),
    ],
)
def test_validation_takes_its_share_of_what_training_leaves(
    count: int, train: float, validation: float, expected: tuple[int, int, int]
) -> None:
    part = drawn(0, count, train, validation)
    assert (part.count(TRAIN), part.count(VALIDATION), part.count(TEST)) == expected


@given(SEEDS, st.integers(1, 300), SHARES, SHARES)
def test_a_larger_training_set_contains_the_smaller_one(
    seed: int, count: int, one: float, other: float
) -> None:
    smaller, larger = sorted((one, other))
    inside = np.array(drawn(seed, count, smaller)) == TRAIN
    around = np.array(drawn(seed, count, larger)) == TRAIN
    assert around[inside].all()


@given(SEEDS, SHARES, SHARES, st.lists(st.integers(1, 60), min_size=2, max_size=5))
def test_a_larger_stratified_training_set_contains_the_smaller_one(
    seed: int, one: float, other: float, sizes: list[int]
) -> None:
    smaller, larger = sorted((one, other))
    inside = np.array(drawn(seed, sum(sizes), smaller, 0.0, tuple(sizes))) == TRAIN
    around = np.array(drawn(seed, sum(sizes), larger, 0.0, tuple(sizes))) == TRAIN
    assert around[inside].all()


@given(SEEDS, st.integers(10, 300), st.floats(0.1, 0.5), st.floats(0.1, 0.5))
def test_the_validation_rows_stay_while_the_training_share_grows(
    seed: int, count: int, one: float, other: float
) -> None:
    first, second = (np.array(drawn(seed, count, share, 0.3)) == VALIDATION for share in (one, other))
    np.testing.assert_array_equal(first, second)


def test_rows_are_chosen_evenly() -> None:
    rng = np.random.default_rng(5)
    chosen = np.mean([parts(rng, 20, 0.3) == TRAIN for _ in range(4000)], axis=0)
    np.testing.assert_allclose(chosen, 0.3, atol=0.03)


def test_stratified_rows_of_a_class_are_chosen_evenly() -> None:
    rng = np.random.default_rng(5)
    classes = np.array([0.0] * 14 + [1.0] * 6)
    chosen = np.mean([parts(rng, 20, 0.5, 0.0, classes) == TRAIN for _ in range(4000)], axis=0)
    np.testing.assert_allclose(chosen, 0.5, atol=0.03)


@given(
    SEEDS,
    st.lists(st.integers(20, 400), min_size=2, max_size=10),
    st.sampled_from([(0.5, 0.0), (0.6, 0.2), (0.8, 0.1), (0.7, 0.15)]),
)
def test_stratified_parts_hold_each_class_to_within_two_rows(
    seed: int, sizes: list[int], shares: tuple[float, float]
) -> None:
    part = np.array(drawn(seed, sum(sizes), *shares, tuple(sizes)))
    classes = np.repeat(np.arange(len(sizes)), sizes)
    for place in (TRAIN, VALIDATION, TEST):
        count = int((part == place).sum())
        held = np.bincount(classes[part == place], minlength=len(sizes))
        assert np.abs(held - count * np.array(sizes) / sum(sizes)).max() < 2


def test_stratified_parts_are_those_of_scikit_learn_to_within_one_point() -> None:
    sizes = (59, 71, 48)
    classes = np.repeat(np.arange(3), sizes)
    splitter = StratifiedShuffleSplit(1, train_size=0.7, random_state=0)
    theirs = classes[next(iter(splitter.split(classes, classes)))[0]]
    ours = classes[np.array(drawn(0, 178, 0.7, 0.0, sizes)) == TRAIN]
    shares = [np.bincount(own) / own.size for own in (ours, theirs)]
    np.testing.assert_allclose(shares[0], shares[1], atol=0.01)
