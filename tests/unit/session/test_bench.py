"""The regularisation bench: the same network on few points and on many, beside the session's own run."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.bench import first_trained, without_regularisation
from app.session.bench_events import BenchTold
from app.session.events import Event, Phase, PhaseChanged
from app.session.machine import Machine
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import assert_same_frames, do, kinds, part, picture, refused, small

OFTEN = 100_000
REGULARISED: dict[str, Any] = {
    "network": {"layers": [{"units": 3, "dropout": 0.25}]},
    "training": {"batch_size": 8, "l1": 0.001, "l2": 0.01},
}


def told(events: list[Event]) -> list[BenchTold]:
    """What a session has said of its bench."""
    return [event for event in events if isinstance(event, BenchTold)]


def worked_off(session: Session) -> list[BenchTold]:
    """All that is told until the bench is done."""
    news: list[BenchTold] = []
    while session.phase is Phase.BENCHING:
        news += told(session.advance(OFTEN))
    return news


# -- what is tried -----------------------------------------------------------------------------------------------------


def test_it_begins_by_saying_how_many_trainings_there_are_to_be() -> None:
    answer, *events = do(small(), "bench", epochs=3)
    assert kinds([answer, *events]) == ["ok", "bench", "phase"]
    (begun,) = told(events)
    assert (begun.epochs, begun.total, begun.results, begun.done, begun.text) == (3, 5, (), False, "")


def test_without_numbers_five_up_to_all_training_points_are_tried_each_the_same_factor_apart() -> None:
    session = small(data={"source": "xor", "samples": 800})
    do(session, "bench", epochs=1)
    sizes = [result.size for result in worked_off(session)[-1].results]
    assert sizes == [12, 29, 69, 166, 400]
    few = small()
    do(few, "bench", epochs=1)
    assert [result.size for result in worked_off(few)[-1].results] == [4, 6, 9, 13, 20]


def test_named_numbers_are_tried_each_once_fewest_first() -> None:
    session = small()
    do(session, "bench", sizes=[12, 5, 12], epochs=2)
    done = worked_off(session)[-1]
    assert [(result.size, result.regularised) for result in done.results] == [(5, True), (12, True)]
    assert done.done


def test_with_penalties_or_dropout_each_is_trained_without_them_too() -> None:
    session = small(**REGULARISED)
    do(session, "bench", sizes=[5, 12], epochs=2)
    done = worked_off(session)[-1]
    pairs = [(result.size, result.regularised) for result in done.results]
    assert pairs == [(5, True), (5, False), (12, True), (12, False)]
    assert done.results[0].train_loss != done.results[1].train_loss


def test_without_regularisation_nothing_else_differs() -> None:
    spec = Experiment.parse(REGULARISED | {"seeds": {"weights": 5}})
    plain = without_regularisation(spec)
    assert [layer.dropout for layer in plain.network.layers] == [0.0]
    assert (plain.training.l1, plain.training.l2) == (0.0, 0.0)
    assert plain.patched({"network": REGULARISED["network"], "training": REGULARISED["training"]}) == spec


def test_weight_decay_is_a_regulariser_too() -> None:
    spec = Experiment.parse({"training": {"optimizer": {"name": "adamw", "learning_rate": 0.01}}})
    optimizer = without_regularisation(spec).training.optimizer
    assert optimizer.model_dump(mode="json") == spec.training.optimizer.model_dump(mode="json") | {
        "weight_decay": 0
    }


def test_more_points_hold_all_of_fewer_and_the_test_points_stay() -> None:
    session = small()
    boards = [first_trained(session.board, session.spec, size) for size in (4, 9, 20)]
    trained = [set(board.ids[board.trained].tolist()) for board in boards]
    assert [len(ids) for ids in trained] == [4, 9, 20]
    assert trained[0] < trained[1] < trained[2] == set(part(session, test=False))
    for board in boards:
        assert set(board.ids[board.part == 2].tolist()) == set(part(session, test=True))


def test_all_points_give_what_the_session_itself_comes_to() -> None:
    session = small()
    do(session, "bench", sizes=[20], epochs=4)
    (result,) = worked_off(session)[-1].results
    do(session, "step", epochs=4)
    now = picture(session).now
    assert (result.train_loss, result.test_loss) == (now.train_loss, now.test_loss)
    assert (result.train_score, result.test_score) == (now.train_score, now.test_score)
    rows = session.history.since(0)[:, [1, 2, 3]].tolist()
    assert [[place.epoch, place.train_loss, place.test_loss] for place in result.curve] == rows


def test_each_is_a_training_of_its_own_from_the_same_first_weights() -> None:
    session = small(**REGULARISED)
    do(session, "bench", sizes=[6], epochs=3)
    _, plain = worked_off(session)[-1].results
    machine = Machine(without_regularisation(session.spec), first_trained(session.board, session.spec, 6))
    np.testing.assert_array_equal(machine.trainer.theta, session.theta)
    machine.run(3)  # six points are one batch of eight
    standing = machine.standing()
    assert (plain.train_loss, plain.test_loss) == (float(standing.train.loss), float(standing.test.loss))


BROUGHT: dict[str, Any] = {
    "spec": {
        "data": {"source": "xor", "samples": 40},
        "inputs": ["x1", "x2"],
        "network": {"layers": [{"units": 1, "batch_norm": True}]},
        "training": {"batch_size": 8, "l2": 0.01},
    },
    "weights": [1, 0.5, 0, 1, 0, 1, 0],
    "statistics": [0.5, 2.0],
}


def test_with_weights_that_were_brought_it_begins_where_a_reset_does() -> None:
    session = small()
    do(session, "load", **BROUGHT)
    do(session, "step", epochs=2)
    do(session, "bench", sizes=[4, 20], epochs=3)
    done = worked_off(session)[-1]
    do(session, "reset")
    first = picture(session).now.test_loss
    assert [result.curve[0].test_loss for result in done.results] == [first] * 4
    do(session, "step", epochs=3)
    now = picture(session).now
    assert (done.results[2].train_loss, done.results[2].test_loss) == (now.train_loss, now.test_loss)
    assert done.brought
    do(session, "new_weights")
    do(session, "bench", sizes=[4], epochs=1)
    drawn = worked_off(session)[-1]
    assert not drawn.brought
    assert drawn.results[0].curve[0].test_loss != first


def test_with_weights_that_were_brought_it_goes_on_out_of_a_snapshot_to_the_bit() -> None:
    session = small()
    do(session, "load", **BROUGHT)
    do(session, "bench", sizes=[4, 12], epochs=3)
    snapshots = [session.snapshot()]
    for _ in range(2):
        session.advance(2)
        snapshots.append(session.snapshot())
    restored = [Session.restore(snapshot) for snapshot in snapshots]
    ends = [worked_off(one)[-1] for one in (session, *restored)]
    assert all(end == ends[0] for end in ends)
    assert ends[0].brought


def test_what_is_kept_is_stale_where_other_weights_were_brought() -> None:
    session = small()
    do(session, "load", **BROUGHT)
    do(session, "bench", sizes=[4], epochs=2)
    worked_off(session)
    do(session, "load", **BROUGHT)
    assert [event.stale for event in told(session.greet())] == [False]
    do(session, "load", **BROUGHT | {"weights": [1, 0.5, 0, 1, 0, 1, 0.5]})
    assert [event.stale for event in told(session.greet())] == [True]


@pytest.mark.parametrize("epochs", [1, 62, 63, 64, 127, 1000])
def test_a_curve_has_at_most_sixty_four_places_from_the_start_to_the_end(epochs: int) -> None:
    session = small()
    do(session, "bench", sizes=[4], epochs=epochs)
    (result,) = worked_off(session)[-1].results
    places = [place.epoch for place in result.curve]
    assert len(places) <= 64
    assert (places[0], places[-1]) == (0, epochs)
    assert places == sorted(set(places))


# -- beside the run ----------------------------------------------------------------------------------------------------


def test_the_run_stands_still_and_is_as_it_was() -> None:
    session = small()
    do(session, "step", epochs=2)
    before = picture(session)
    do(session, "bench", epochs=2)
    worked_off(session)
    assert (session.phase, session.bench) == (Phase.PAUSED, None)
    assert_same_frames(picture(session), before)


def test_it_is_told_after_each_training_and_the_last_word_comes_with_the_pause() -> None:
    session = small()
    do(session, "bench", sizes=[4, 8], epochs=2)
    news = [session.advance(1) for _ in range(4)]  # one batch, then one batch, an epoch each
    assert [kinds(events) for events in news] == [[], ["bench"], [], ["bench", "phase"]]
    assert [(len(event.results), event.done) for events in news for event in told(events)] == [
        (1, False),
        (2, True),
    ]
    assert news[-1][-1] == PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0)


@pytest.mark.parametrize("kind", ["pause", "reset", "play"])
def test_a_command_that_trains_or_stops_ends_it(kind: str) -> None:
    session = small()
    do(session, "bench", epochs=50)
    session.advance(20)
    do(session, kind)
    assert session.bench is None
    assert told(session.advance(5)) == []


def test_looking_does_not_end_it_and_whoever_joins_is_told() -> None:
    session = small()
    do(session, "bench", sizes=[4, 8], epochs=2)
    session.advance(2)
    do(session, "inspect", at=[1, 1])
    do(session, "rows", ids=[0])
    (begun,) = told(session.greet())
    assert (len(begun.results), begun.total, session.phase) == (1, 2, Phase.BENCHING)


def test_a_training_that_runs_away_is_told_as_such_and_the_others_go_on() -> None:
    session = Session.create(
        Experiment.parse({
            "data": {"source": "xor", "samples": 40},
            "inputs": ["x1", "x2", "x1^2", "x2^2"],
            "network": {"layers": [], "output": "linear"},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 10.0}},
        })
    )  # fmt: skip
    do(session, "bench", sizes=[8, 20], epochs=50)
    done = worked_off(session)[-1]
    assert [result.diverged for result in done.results] == [True, True]
    assert (session.phase, done.done) == (Phase.PAUSED, True)


# -- what is kept of it ------------------------------------------------------------------------------------------------


def test_what_it_has_shown_is_told_to_whoever_joins_later_even_out_of_a_snapshot() -> None:
    session = small()
    assert told(session.greet()) == []
    do(session, "bench", sizes=[4, 8], epochs=2)
    last = worked_off(session)[-1]
    assert told(session.greet()) == [last]
    assert not last.stale
    again = Session.restore(session.snapshot())
    assert told(again.greet()) == [last]
    assert again.snapshot() == session.snapshot()


def test_of_a_bench_that_was_left_off_what_was_done_is_kept() -> None:
    session = small()
    do(session, "bench", sizes=[4, 8], epochs=2)
    session.advance(2)
    do(session, "pause")
    (kept,) = told(Session.restore(session.snapshot()).greet())
    assert (len(kept.results), kept.total, kept.done) == (1, 2, False)
    do(session, "bench", sizes=[4, 8], epochs=2)
    do(session, "pause")
    assert told(session.greet()) == []


def test_what_is_kept_is_stale_as_long_as_points_or_settings_are_others() -> None:
    session = small()
    do(session, "bench", sizes=[4], epochs=2)
    worked_off(session)
    do(session, "step", epochs=1)
    assert [event.stale for event in told(session.greet())] == [False]
    do(session, "set_spec", spec={"training": {"l2": 0.5}})
    assert [event.stale for event in told(session.greet())] == [True]
    do(session, "set_spec", spec={"training": {"l2": 0.0}})
    assert [event.stale for event in told(session.greet())] == [False]
    do(session, "delete_points", ids=[0])
    assert [event.stale for event in told(session.greet())] == [True]


def test_what_is_kept_costs_a_snapshot_little() -> None:
    session = small(**REGULARISED)
    before = len(session.snapshot())
    do(session, "bench", epochs=64)
    assert len(worked_off(session)[-1].results) == 10
    assert len(session.snapshot()) - before < 16_000


# -- refusals ----------------------------------------------------------------------------------------------------------


def test_without_test_points_there_is_nothing_to_judge_by() -> None:
    session = small()
    do(session, "set_part", ids=part(session, test=True), part="validation")
    error = refused(session, "bench")
    assert (error.code, error.message) == (
        "not_allowed",
        "the bench needs 4 training points and some test points; there are 20 and 0; allowed: add_points, set_part",
    )


def test_three_training_points_are_too_few() -> None:
    session = small()
    do(session, "delete_points", ids=part(session, test=False)[3:])
    assert "there are 3 and 20" in refused(session, "bench").message


def test_a_number_larger_than_all_is_refused_at_its_place() -> None:
    error = refused(small(), "bench", sizes=[8, 21])
    assert (error.code, error.path, error.message) == (
        "not_allowed",
        ("sizes", 1),
        "there are no 21 training points; allowed: 4 to 20",
    )


@settings(max_examples=20)
@given(
    st.lists(st.integers(4, 20), max_size=3),
    st.integers(1, 4),
    st.lists(st.integers(1, 12), max_size=6),
    st.integers(1, 9),
)
def test_a_restored_bench_goes_on_with_the_same_bits(
    sizes: list[int], epochs: int, before: list[int], after: int
) -> None:
    session = small(**REGULARISED)
    do(session, "bench", sizes=sizes, epochs=epochs)
    for steps in before:
        session.advance(steps)
    again = Session.restore(session.snapshot())
    assert again.greet() == session.greet()
    assert again.snapshot() == session.snapshot()
    while session.phase is Phase.BENCHING:
        assert again.advance(after) == session.advance(after), "slice by slice"
    assert again.snapshot() == session.snapshot()
