"""The walk through one step: what is shown is what is applied, and until the last stop nothing has happened."""

import numpy as np
import pytest

from app.session.walk_events import BatchTold
from tests.unit.session.building import batch_of, do, kinds, refused, small
from tests.unit.session.walking import assert_same_run, shown, walk, weights

STOPS = ["forward", "forward", "loss", "backward", "backward", "gradient", "update"]


# -- stops -------------------------------------------------------------------------------------------------------------


def test_it_goes_forward_to_the_loss_back_and_then_learns() -> None:
    session = small()
    stood = weights(session)
    seen = []
    for number in range(7):
        now = walk(session, by="phase")
        assert (now.stop, now.step, now.applied) == (number, 0, number == 6)
        seen.append((now.stops[now.stop].kind, now.stops[now.stop].layer))
        if number < 6:
            np.testing.assert_array_equal(weights(session).vectors, stood.vectors)
            assert session.step == 0
    assert seen == list(zip(STOPS, [0, 1, None, 1, 0, None, None], strict=True))
    assert session.step == 1
    assert [stop.title for stop in now.stops] == [
        *("Forward: hidden layer 1", "Forward: output layer", "Loss"),
        *("Backward: output layer", "Backward: hidden layer 1", "Gradient", "Update"),
    ]


def test_at_the_last_stop_everything_is_as_after_a_step() -> None:
    walked, stepped = small(), small()
    for _ in range(4):  # three batches an epoch
        now = walk(walked, stop=6)
        do(stepped, "step", batches=1)
        assert_same_run(walked, stepped)
        assert now.parameters is not None
        assert list(now.parameters.after) == walked.theta.tolist()
        do(walked, "walk")
    assert (walked.step, walked.epoch) == (4, 1)


def test_one_stop_back_from_the_last_takes_the_step_back() -> None:
    session, other = small(), small()
    do(session, "step", batches=2)
    do(other, "step", batches=2)
    walk(session, stop=6)
    now = walk(session, by="back")
    assert (now.stop, now.applied, session.step) == (5, False, 2)
    assert_same_run(session, other)
    assert session.past.shown.last == 2
    again = walk(session, by="phase")
    do(other, "step", batches=1)
    assert again.applied
    assert_same_run(session, other)
    assert len(session.past.branches) == 1


def test_at_the_first_stop_there_is_nothing_further_back() -> None:
    session = small()
    assert walk(session, stop=1).stop == 1
    assert walk(session, by="back").stop == 0
    assert walk(session, by="back").stop == 0


def test_after_the_last_stop_comes_the_next_step() -> None:
    session = small()
    walk(session, stop=6)
    first = batch_of(session)
    now = walk(session, by="phase")
    assert (now.step, now.stop, now.applied) == (1, 0, False)
    assert batch_of(session) != first


def test_a_walk_through_an_epoch_is_the_epoch() -> None:
    walked, stepped = small(), small()
    for _ in range(21):
        walk(walked, by="phase")
    for _ in range(3):
        do(stepped, "step", batches=1)
    assert_same_run(walked, stepped)


def test_a_step_walked_from_the_past_begins_a_branch() -> None:
    session = small()
    do(session, "step", batches=4)
    newest = weights(session).vectors
    do(session, "seek", step=2)
    walk(session, stop=5)
    assert len(session.past.branches) == 1
    walk(session, by="phase")
    walk(session, by="back")
    walk(session, by="phase")
    assert len(session.past.branches) == 2
    assert (session.step, session.past.shown.last, session.past.shown.from_step) == (3, 3, 2)
    do(session, "switch_branch", branch=1)
    assert session.walk is None
    np.testing.assert_array_equal(weights(session).vectors, newest)


def test_a_step_taken_back_can_be_sought_again_from_the_branch() -> None:
    session, other = small(), small()
    walk(session, stop=6)
    walk(session, by="back")
    assert refused(session, "seek", step=1).code == "not_reached"
    do(session, "step", batches=5)
    do(other, "step", batches=5)
    do(session, "seek", step=1)
    do(other, "seek", step=1)
    np.testing.assert_array_equal(weights(session).vectors, weights(other).vectors)


# -- samples -----------------------------------------------------------------------------------------------------------


def test_the_samples_are_the_batch_in_its_order_and_never_test_points() -> None:
    session = small()
    seen: list[int] = []
    for _ in range(3):
        walk(session, stop=6)
        seen += batch_of(session)
        do(session, "walk")
    trained = {row[0] for row in session.points().points if not row[4]}
    assert len(seen) == 20
    assert set(seen) == trained


def test_the_batch_is_told_once_a_step() -> None:
    session = small()
    told = [
        kinds(do(session, "walk", **fields)) for fields in ({"stop": 0}, {"by": "phase"}, {"by": "sample"})
    ]
    assert told == [["ok", "batch", "walk"], ["ok", "walk"], ["ok", "walk"]]
    assert kinds(do(session, "walk", stop=6))[-1] == "walk"
    *_, batch, now = do(session, "walk", by="phase")
    assert isinstance(batch, BatchTold)
    assert (batch.step, len(batch.samples), len(batch.losses)) == (1, 8, 8)
    assert np.mean(batch.losses) == pytest.approx(shown([now]).loss)


def test_the_inputs_told_are_the_points() -> None:
    session = small()
    walk(session, stop=0)
    places = {row[0]: row[1:3] for row in session.points().points}
    for sample in batch_of(session):
        assert walk(session, sample=sample).layers[0].inputs == places[sample]


def test_sample_by_sample_through_the_batch_and_into_the_next_step() -> None:
    session, other = small(), small()
    now = walk(session, by="sample")
    batch = batch_of(session)
    assert (now.sample, now.stop) == (batch[0], 0)
    for expected in batch[1:]:
        assert walk(session, by="sample").sample == expected
    assert session.step == 0
    now = walk(session, by="sample")
    assert (now.step, now.stop, now.sample) == (1, 0, batch_of(session)[0])
    do(other, "step", batches=1)
    assert_same_run(session, other)


def test_going_on_by_sample_after_the_step_does_not_take_it_twice() -> None:
    session = small()
    walk(session, stop=6)
    walk(session, sample=batch_of(session)[-1])
    assert walk(session, by="sample").step == 1
    assert session.step == 1
