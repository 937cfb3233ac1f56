"""The loss rows of a run: bounded, yet without losing an extreme."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.history import CAPACITY, History

NAN = float("nan")


def recorded(losses: list[float]) -> History:
    """A history of steps 0, 1, ... with these training losses."""
    history = History()
    for step, loss in enumerate(losses):
        history.record((step, 0, loss, 0, 0, 0, 0, 0, 0, 0))
    return history


def steps(history: History, since: int = 0) -> list[float]:
    """The steps of the rows that are kept."""
    kept: list[float] = history.since(since)[:, 0].tolist()
    return kept


def test_since_gives_the_rows_from_a_number_on() -> None:
    history = recorded([3.0, 2.0, 1.0])
    assert history.since(1)[:, 2].tolist() == [2.0, 1.0]
    assert history.since(3).shape == (0, 10)
    assert history.since(99).shape == (0, 10)


def test_a_row_keeps_all_its_columns() -> None:
    history = History()
    history.record((1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    assert history.since(0).tolist() == [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]


def test_after_clearing_the_count_goes_on() -> None:
    history = recorded([3.0, 2.0])
    history = history.begun_anew(0)
    assert history.since(0).size == 0
    history.record((0, 0, 9.0, 0, 0, 0, 0, 0, 0, 0))
    assert history.recorded == 3
    assert history.since(2)[:, 2].tolist() == history.since(0)[:, 2].tolist() == [9.0]


def test_after_clearing_a_viewer_gets_the_new_run_from_its_first_row() -> None:
    history = recorded([1.0] * (CAPACITY + 50))
    seen = history.recorded
    history = history.begun_anew(0)
    for step in range(5):
        history.record((step, 0, 1.0, 0, 0, 0, 0, 0, 0, 0))
    assert steps(history, seen) == [0, 1, 2, 3, 4]


def test_going_back_forgets_the_rows_from_there_on() -> None:
    history = recorded([3.0, 2.0, 1.0, 5.0])
    history.rewind(2)
    history.record((2, 0, 1.5, 0, 0, 0, 0, 0, 0, 0))
    assert history.since(0)[:, [0, 2]].tolist() == [[0, 3.0], [1, 2.0], [2, 1.5]]
    assert history.since(4)[:, 2].tolist() == [1.5]


def test_going_back_between_rows_keeps_those_before() -> None:
    history = recorded([3.0, 2.0, 1.0])
    history.rewind(5)
    assert steps(history) == [0, 1, 2]


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


@pytest.mark.parametrize("place", [0, 1, 2, 3, 510, CAPACITY - 4, CAPACITY - 3, CAPACITY - 2, CAPACITY - 1])
@pytest.mark.parametrize("extreme", [-5.0, 5.0])
@pytest.mark.parametrize("others", [1.0, NAN])
def test_an_extreme_survives_thinning_wherever_it_stands(place: int, extreme: float, others: float) -> None:
    losses = [0.0, *[others] * (CAPACITY - 2), 0.5, 0.25]
    losses[place] = extreme
    if place + 1 < CAPACITY:
        losses[place + 1] = -extreme
    kept = recorded(losses).since(0)[:, 2].tolist()
    assert extreme in kept
    assert place + 1 >= CAPACITY or -extreme in kept


def test_the_newest_row_survives_thinning_beside_both_extremes() -> None:
    history = History()
    for step in range(CAPACITY + 1):
        loss = {CAPACITY - 4: 9.0, CAPACITY - 3: -9.0}.get(step, 1.0)
        history.record((step, 0, loss, 0, 0, 0, 0, 0, 0, 0))
    assert steps(history)[-4:] == [CAPACITY - 4, CAPACITY - 3, CAPACITY - 1, CAPACITY]


def test_a_viewer_that_has_seen_much_gets_only_the_rest_after_thinning() -> None:
    history = recorded([1.0] * (CAPACITY + 10))
    assert steps(history, CAPACITY + 5) == [CAPACITY + 5 + step for step in range(5)]


def test_losses_that_are_no_numbers_are_kept_in_their_share() -> None:
    rows = recorded([NAN] * (CAPACITY + 1)).since(0)
    assert len(rows) == CAPACITY // 2 + 1


def test_thinning_halves_and_goes_on_for_ever() -> None:
    history = recorded([float(step % 7) for step in range(20 * CAPACITY)])
    assert CAPACITY // 2 < len(history.since(0)) <= CAPACITY
    assert history.recorded == 20 * CAPACITY


@settings(max_examples=20)
@given(st.integers(0, 2 * CAPACITY), st.integers(0, CAPACITY))
def test_a_history_goes_on_from_its_dump(before: int, after: int) -> None:
    history, again = recorded([float(step % 5) for step in range(before)]), History()
    again.load(history.dump(), history.recorded)
    for step in range(before, before + after):
        for one in (history, again):
            one.record((step, 0, float(step % 5), 0, 0, 0, 0, 0, 0, 0))
    np.testing.assert_array_equal(history.since(0), again.since(0))
    np.testing.assert_array_equal(history.since(before), again.since(before))
    assert history.recorded == again.recorded


def test_a_dump_does_not_change_with_the_history() -> None:
    history = recorded([1.0, 2.0])
    dumped = history.dump()
    history.rewind(0)
    history.record((0, 0, 9.0, 0, 0, 0, 0, 0, 0, 0))
    assert (dumped["history"][:, 2].tolist(), dumped["history_numbers"].tolist()) == ([1.0, 2.0], [0, 1])


def test_norms_are_kept_and_thinned_beside_their_rows() -> None:
    history = History(2)
    for step in range(CAPACITY + 1):
        history.record((step, 0, float(step % 5), 0, 0, 0, 0, 0, 0, 0), np.array([[step, 1.0], [-step, 2.0]]))
    rows, norms = history.since(0), history.norms_since(0)
    assert norms.shape == (len(rows), 2, 2)
    np.testing.assert_array_equal(norms[:, 0, 0], rows[:, 0])
    np.testing.assert_array_equal(norms[:, 1], np.stack([-rows[:, 0], np.full(len(rows), 2.0)], axis=1))
    again = History()
    again.load(history.dump(), history.recorded)
    np.testing.assert_array_equal(again.norms_since(CAPACITY - 3), history.norms_since(CAPACITY - 3))
    assert history.begun_anew(3).norms_since(0).shape == (0, 3, 2)
