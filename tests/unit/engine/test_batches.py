"""Batches, epochs and steps: which rows are learnt from, when.

Row i is one-hot in input i, the target is 1 and the rate 0: the gradient by weight i is -2 / width if the row was in
the batch and else 0. So the gradient tells which rows a step saw.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.schedules import Plan
from app.engine.trainer import KEPT_BATCHES, KEPT_PASSES, Cursor, Trainer
from app.engine.update import Recipe
from app.vocabulary import Loss, Schedule, ScheduleUnit
from tests.unit.engine.building import make_network, stack_rows


def one_hot(count: int, inputs: int) -> NDArray[np.float64]:
    """(I + 1 + T, N)."""
    return stack_rows(np.eye(inputs, count), np.ones((1, count)))


def row_trainer(count: int, **options: Any) -> Trainer:
    """A linear unit with an input for each row."""
    recipe = Recipe(Loss.MEAN_SQUARED_ERROR, learning_rate=0.0, **options)
    network = make_network(max(count, 1), 1)
    return Trainer(network, recipe, np.zeros(network.parameters), one_hot(count, max(count, 1)))


def seen_rows(trainer: Trainer, steps: int) -> list[list[int]]:
    """The rows that each of the next steps learns from, in ascending order."""
    batches = []
    for _ in range(steps):
        trainer.run(1)
        batches.append(np.flatnonzero(trainer.gradient[:-1]).tolist())
    return batches


def flat(batches: list[list[int]]) -> list[int]:
    return [row for batch in batches for row in batch]


def test_the_last_batch_is_smaller_and_averaged_over_its_own_size() -> None:
    """w = 0, targets 1 to 5: the gradient by the bias is -2 times the mean target."""
    rows = stack_rows([np.zeros(5)], [[1.0, 2.0, 3.0, 4.0, 5.0]])
    recipe = Recipe(Loss.MEAN_SQUARED_ERROR, learning_rate=0.0, batch_size=2, shuffle=False)
    trainer = Trainer(make_network(1, 1), recipe, np.zeros(2), rows)
    gradients = []
    for _ in range(3):
        trainer.run(1)
        gradients.append(trainer.gradient.tolist())
    assert gradients == [[0.0, -3.0], [0.0, -7.0], [0.0, -10.0]]


@pytest.mark.parametrize("batch_size", [None, 7, 8, 1000])
def test_no_batch_size_or_one_above_the_row_count_is_the_full_batch(batch_size: int | None) -> None:
    trainer = row_trainer(7, batch_size=batch_size)
    assert trainer.batch_size == 7
    assert trainer.steps_left_in_epoch == 1
    assert seen_rows(trainer, 2) == [[0, 1, 2, 3, 4, 5, 6]] * 2
    assert trainer.cursor == Cursor(step=2, epoch=2)


def test_without_shuffling_rows_keep_their_order_in_every_epoch() -> None:
    assert seen_rows(row_trainer(3, batch_size=1, shuffle=False), 6) == [[0], [1], [2]] * 2
    assert seen_rows(row_trainer(5, batch_size=2, shuffle=False), 6) == [[0, 1], [2, 3], [4]] * 2


@given(st.integers(1, 12), st.integers(1, 14), st.integers(0, 2**31))
def test_each_epoch_shows_every_row_exactly_once(count: int, size: int, seed: int) -> None:
    trainer = row_trainer(count, batch_size=size, seed=seed)
    for epoch in range(3):
        assert trainer.cursor.epoch == epoch
        batches = seen_rows(trainer, trainer.steps_left_in_epoch)
        assert sorted(flat(batches)) == list(range(count))
        assert {len(batch) for batch in batches[:-1]} <= {min(size, count)}


def test_epochs_differ_in_their_order_and_so_do_seeds() -> None:
    trainers = [row_trainer(20, seed=seed, batch_size=1) for seed in (1, 2)]
    orders = [tuple(flat(seen_rows(trainer, 20))) for trainer in trainers for _ in range(40)]
    assert len(set(orders)) == 80


def test_steps_left_in_the_epoch_count_down_and_begin_anew() -> None:
    trainer = row_trainer(10, batch_size=4)
    counted = []
    for _ in range(7):
        counted.append(trainer.steps_left_in_epoch)
        trainer.run(1)
    assert counted == [3, 2, 1, 3, 2, 1, 3]


def test_a_long_epoch_of_more_batches_than_are_kept_is_still_complete() -> None:
    trainer = row_trainer(150, batch_size=1)
    seen = flat(seen_rows(trainer, 300))
    assert sorted(seen[:150]) == sorted(seen[150:]) == list(range(150))
    assert len(trainer._batches) <= KEPT_BATCHES


def test_only_the_passes_of_two_widths_are_kept() -> None:
    """A batch size changed in mid-epoch makes three: 3, the rest of this epoch's 1 and the next one's 2."""
    trainer = row_trainer(1001, batch_size=4)
    trainer.run(1)
    trainer.configure(replace(trainer.recipe, batch_size=3))
    trainer.run(700)
    assert trainer.cursor.epoch == 2
    assert len(trainer._passes) <= KEPT_PASSES


def test_a_batch_size_changed_in_mid_epoch_leaves_no_row_out() -> None:
    trainer = row_trainer(11, batch_size=4, seed=6)
    first = seen_rows(trainer, 1)
    trainer.configure(replace(trainer.recipe, batch_size=3))
    assert trainer.steps_left_in_epoch == 3
    rest = seen_rows(trainer, 3)
    assert [len(batch) for batch in first + rest] == [4, 3, 3, 1]
    assert sorted(flat(first + rest)) == list(range(11))
    assert sorted(flat(seen_rows(trainer, 4))) == list(range(11))


def test_as_many_other_rows_go_on_in_the_epochs_order() -> None:
    trainer, undisturbed = row_trainer(8, batch_size=3, seed=2), row_trainer(8, batch_size=3, seed=2)
    shown = seen_rows(trainer, 1)
    trainer.set_rows(one_hot(8, 8) * np.array([[5.0]] * 8 + [[1.0]] * 2))
    assert trainer.cursor == Cursor(step=1, row=3)
    assert shown + seen_rows(trainer, 2) == seen_rows(undisturbed, 3)
    np.testing.assert_allclose(trainer.gradient[:-1], 5 * undisturbed.gradient[:-1], rtol=1e-15)


def test_another_number_of_rows_starts_the_epoch_over() -> None:
    trainer = row_trainer(8, batch_size=3)
    trainer.run(4)
    assert trainer.cursor == Cursor(step=4, epoch=1, row=3)
    trainer.set_rows(one_hot(5, 8))
    assert trainer.cursor == Cursor(step=4, epoch=1, row=0)
    assert trainer.steps_left_in_epoch == 2
    assert sorted(flat(seen_rows(trainer, 2))) == [0, 1, 2, 3, 4]
    assert trainer.cursor == Cursor(step=6, epoch=2, row=0)


@pytest.mark.parametrize(
    ("unit", "rates"),
    [(ScheduleUnit.STEP, [1, 1 / 2, 1 / 4, 1 / 8]), (ScheduleUnit.EPOCH, [1, 1, 1 / 2, 1 / 2])],
)
def test_a_schedule_counts_steps_or_whole_epochs(unit: ScheduleUnit, rates: list[float]) -> None:
    trainer = row_trainer(4, batch_size=2, schedule=Plan(Schedule.EXPONENTIAL, unit, 0, {"gamma": 0.5}))
    trainer.configure(replace(trainer.recipe, learning_rate=1.0))
    seen = []
    for _ in range(4):
        trainer.run(1)
        seen.append(float(trainer.rate))
    assert seen == rates


def test_a_trainer_without_rows_says_that_it_cannot_step() -> None:
    trainer = row_trainer(0)
    assert trainer.steps_left_in_epoch == 0
    with pytest.raises(AssertionError, match="without rows"):
        trainer.run(1)
