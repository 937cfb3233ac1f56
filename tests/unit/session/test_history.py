"""The loss rows of a run: bounded, yet without losing an extreme."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.history import CAPACITY, History


def recorded(losses: list[float]) -> History:
    """A history of steps 0, 1, ... with these training losses."""
    history = History()
    for step, loss in enumerate(losses):
        history.record((step, 0, loss, 0, 0, 0, 0, 0))
    return history


def test_since_gives_the_rows_from_a_number_on() -> None:
    history = recorded([3.0, 2.0, 1.0])
    assert history.since(1)[:, 2].tolist() == [2.0, 1.0]
    assert history.since(3).size == 0


def test_after_clearing_the_count_goes_on() -> None:
    history = recorded([3.0, 2.0])
    history.clear()
    history.record((0, 0, 9.0, 0, 0, 0, 0, 0))
    assert history.recorded == 3
    assert history.since(2)[:, 2].tolist() == [9.0]


@settings(max_examples=20)
@given(st.integers(1, 4 * CAPACITY), st.integers(0, 2**32 - 1))
def test_thinning_keeps_the_extremes_the_order_and_the_newest_row(count: int, seed: int) -> None:
    losses = np.random.default_rng(seed).random(count).tolist()
    history = recorded(losses)
    rows = history.since(0)
    assert len(rows) <= CAPACITY
    assert (rows[:, 2].min(), rows[:, 2].max()) == (min(losses), max(losses))
    assert (np.diff(rows[:, 0]) > 0).all()
    assert rows[-1, 0] == count - 1


def test_a_viewer_that_has_seen_much_gets_only_the_rest_after_thinning() -> None:
    history = recorded([1.0] * (CAPACITY + 10))
    assert history.since(CAPACITY + 5)[:, 0].tolist() == [CAPACITY + 5 + step for step in range(5)]


def test_losses_that_are_no_numbers_are_kept_in_their_share() -> None:
    rows = recorded([float("nan")] * (CAPACITY + 1)).since(0)
    assert len(rows) == CAPACITY // 2 + 1
