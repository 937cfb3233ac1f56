"""Shuffles and dropout numbers are functions of seed and epoch, whatever was asked before."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.order import BLOCK, DropoutStream, ShuffleStream

PLACES = st.tuples(st.integers(0, 2**32), st.integers(0, 3 * BLOCK), st.integers(1, 9))


@settings(max_examples=60)
@given(st.lists(PLACES, max_size=6), PLACES)
def test_a_permutation_is_the_same_whatever_was_asked_before(
    earlier: list[tuple[int, int, int]], place: tuple[int, int, int]
) -> None:
    stream = ShuffleStream()
    for one in earlier:
        stream.permutation(*one)
    np.testing.assert_array_equal(stream.permutation(*place), ShuffleStream().permutation(*place))


def test_permutations_in_turn_are_those_asked_for_one_by_one() -> None:
    stream = ShuffleStream()
    for epoch in range(2 * BLOCK + 3):
        np.testing.assert_array_equal(
            stream.permutation(7, epoch, 10), ShuffleStream().permutation(7, epoch, 10)
        )


def test_the_order_of_an_epoch_is_drawn_once_however_often_it_is_asked_for() -> None:
    stream = ShuffleStream()
    with patch.object(stream, "_draw", wraps=stream._draw) as draw:
        first, second = (stream.permutation(7, BLOCK - 1, 300) for _ in range(2))
    assert draw.call_count == 1
    np.testing.assert_array_equal(first, second, strict=True)


def numbers(stream: DropoutStream, count: int) -> NDArray[np.float64]:
    out = np.empty(count)
    stream.draw(out)
    return out


@pytest.mark.parametrize("drawn", [0, 1, 5, 12])
def test_a_dropout_stream_comes_back_to_any_point(drawn: int) -> None:
    whole, there = DropoutStream(), DropoutStream()
    whole.seek(3, 8, 0)
    expected = numbers(whole, 20)[drawn:]
    assert whole.drawn == 20
    there.seek(3, 8, drawn)
    np.testing.assert_array_equal(numbers(there, 20 - drawn), expected)
    whole.seek(3, 8, drawn)
    np.testing.assert_array_equal(numbers(whole, 20 - drawn), expected)


def test_shuffles_and_dropout_do_not_share_their_numbers() -> None:
    dropout = DropoutStream()
    dropout.seek(4, 0, 0)
    assert (dropout._at_place().permutation(30) != ShuffleStream().permutation(4, 0, 30)).any()


def test_every_seed_and_epoch_has_its_own_numbers() -> None:
    streams = []
    for seed, epoch in [(0, 0), (0, 1), (1, 0), (1, 1)]:
        stream = DropoutStream()
        stream.seek(seed, epoch, 0)
        streams.append(numbers(stream, 50))
    assert len(np.unique(streams)) == 200
    assert (np.array(streams) >= 0).all()
    assert (np.array(streams) < 1).all()
