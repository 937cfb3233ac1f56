"""The walk through one step: what is shown is what is applied, and until the last stop nothing has happened."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.events import Event, Phase
from app.session.session import Session
from app.session.walk_events import BatchTold, WalkChanged
from app.spec import Experiment
from tests.unit.session.building import batch_of, do, kinds, refused, small, steep

STOPS = ["forward", "forward", "loss", "backward", "backward", "gradient", "update"]
STOPPING = {"patience": 1, "min_delta": 1000.0, "restore_best": True}


def walk(session: Session, **fields: Any) -> WalkChanged:
    """Where the walk stands after a command."""
    return shown(do(session, "walk", **fields))


def shown(events: list[Event]) -> WalkChanged:
    """The last word about the walk."""
    return [event for event in events if isinstance(event, WalkChanged)][-1]


def weights(session: Session) -> Any:
    """Everything training goes on from."""
    return session.machine.trainer.checkpoint()


def assert_same_run(one: Session, other: Session) -> None:
    """Parameters, moments, statistics, cursor and loss rows, to the bit."""
    mine, yours = weights(one), weights(other)
    np.testing.assert_array_equal(mine.vectors, yours.vectors)
    np.testing.assert_array_equal(mine.statistics, yours.statistics)
    assert (mine.clock, mine.cursor) == (yours.clock, yours.cursor)
    np.testing.assert_array_equal(one.history.since(0), other.history.since(0))


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


# -- opening and closing -----------------------------------------------------------------------------------------------


def test_opening_while_playing_pauses_first() -> None:
    session = small()
    do(session, "play")
    session.advance(2)
    events = do(session, "walk", by="phase")
    assert kinds(events) == ["ok", "batch", "walk", "phase"]
    assert session.phase is Phase.PAUSED
    assert shown(events).step == 2
    assert session.advance(5) == []


def test_closing_leaves_the_weights_as_before_the_step() -> None:
    session, other = small(), small()
    walk(session, stop=5)
    events = do(session, "walk")
    assert kinds(events) == ["ok", "walk"]
    assert shown(events) == WalkChanged(open=False, step=0)
    assert session.walk is None
    assert_same_run(session, other)
    assert kinds(do(session, "walk")) == ["ok"]


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("set_weight", {"layer": 0, "unit": 0, "input": 0, "value": 0.5}),
    ("add_points", {"points": [[1, 2, 1]]}),
    ("set_spec", {"spec": {"training": {"l2": 0.001}}}),
    ("set_spec", {"spec": {"network": {"layers": [{"units": 2}]}}}),
    ("play", {}),
    ("pause", {}),
    ("step", {"batches": 2}),
    ("reset", {}),
    ("new_weights", {"seed": 4}),
    ("seek", {"step": 0}),
]


@pytest.mark.parametrize(("kind", "fields"), CHANGES)
def test_whatever_changes_something_closes_it_first(kind: str, fields: dict[str, Any]) -> None:
    session, other = small(), small()
    walk(session, stop=5)
    events = do(session, kind, **fields)
    do(other, kind, **fields)
    assert not shown(events).open
    assert session.walk is None
    assert_same_run(session, other)


@pytest.mark.parametrize("kind", ["set_view", "inspect", "set_speed"])
def test_looking_does_not_close_it(kind: str) -> None:
    session = small()
    walk(session, stop=3)
    events = do(session, kind, **({"view": {"grid": 20}} if kind == "set_view" else {}))
    assert "walk" not in kinds(events)
    assert session.walk is not None


def test_a_refused_command_leaves_it_open() -> None:
    session = small()
    walk(session, stop=3)
    refused(session, "delete_points", ids=[999])
    refused(session, "set_weight", layer=9, unit=0, input=0, value=1.0)
    assert session.walk is not None
    assert walk(session, by="phase").stop == 4


def test_what_is_not_there_is_refused() -> None:
    session = small()
    error = refused(session, "walk", stop=7)
    assert (error.code, error.message, error.path) == (
        "not_allowed",
        "there is no stop 7; allowed: 0 to 6",
        ("stop",),
    )
    test_point = next(row[0] for row in session.points().points if row[4])
    assert refused(session, "walk", sample=test_point).code == "unknown_point"
    assert session.walk is None
    assert refused(session, "chain", layer=0, unit=0, of="forward").message == (
        "cannot chain without an open walk; allowed: walk"
    )
    walk(session, stop=0)
    assert refused(session, "chain", layer=2, unit=0, of="forward").path == ("layer",)
    assert refused(session, "chain", layer=0, unit=3, of="forward").path == ("unit",)
    assert refused(session, "chain", layer=0, unit=0, input=2, of="weight").path == ("input",)


def test_without_training_points_there_is_no_step() -> None:
    session = small()
    do(session, "delete_points", ids=[row[0] for row in session.points().points if not row[4]])
    assert refused(session, "walk", by="phase").message.startswith("cannot walk without training points")


# -- what ends training ------------------------------------------------------------------------------------------------


def test_a_step_that_diverges_is_reported_as_ever() -> None:
    """At a rate of 10 the first update already makes the next loss a million times the first."""
    walked, stepped = steep(), steep()
    stopped = do(stepped, "step", batches=5)
    for _ in range(30):
        events = do(walked, "walk", by="phase")
        if "diverged" in kinds(events):
            break
    assert next(event for event in events if event.type == "diverged") == next(
        event for event in stopped if event.type == "diverged"
    )
    assert walked.phase is Phase.DIVERGED
    assert walked.walk is None
    assert not shown(events).open
    np.testing.assert_array_equal(weights(walked).vectors, weights(stepped).vectors)


def test_early_stopping_watches_the_epoch_that_a_walk_ends() -> None:
    session, other = (small(training={"batch_size": 8, "early_stopping": STOPPING}) for _ in range(2))
    for one in (session, other):
        do(one, "step", batches=5)
    told = do(other, "step", batches=1)
    events = do(session, "walk", stop=6)
    assert kinds(events) == ["ok", "stopped", "marks", "phase", "walk"]
    assert events[1] == told[1]
    assert not shown(events).open
    assert_same_run(session, other)


def test_taking_a_step_back_takes_back_what_early_stopping_saw() -> None:
    session = small(training={"batch_size": 8, "early_stopping": {**STOPPING, "patience": 5}})
    do(session, "step", batches=5)
    before = session.stopping.waited
    walk(session, stop=6)
    assert session.stopping.waited == before + 1
    walk(session, by="back")
    assert session.stopping.waited == before


# -- others who look, engines that die ---------------------------------------------------------------------------------


def test_whoever_joins_is_told_of_an_open_walk() -> None:
    session = small()
    assert "walk" not in kinds(session.greet())
    now = walk(session, stop=2)
    assert shown(session.greet()) == now


@pytest.mark.parametrize("stop", [0, 3, 6])
def test_a_snapshot_carries_the_walk(stop: int) -> None:
    session = small()
    do(session, "step", batches=2)  # the walk's step ends the epoch
    walk(session, stop=stop)
    now = walk(session, sample=batch_of(session)[1])
    other = Session.restore(session.snapshot())
    assert shown(other.greet()) == now
    assert other.snapshot() == session.snapshot()
    for by in ("back", "phase", "phase", "sample", "phase"):
        assert walk(other, by=by) == walk(session, by=by)
    assert_same_run(other, session)


COMMANDS = st.sampled_from(
    [
        ("walk", {"by": "phase"}),
        ("walk", {"by": "back"}),
        ("walk", {"by": "sample"}),
        ("walk", {"stop": 6}),
        ("walk", {}),
        ("step", {"batches": 2}),
        ("set_weight", {"layer": 0, "unit": 1, "input": 0, "value": 0.25}),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(COMMANDS, max_size=12))
def test_however_it_is_walked_the_steps_are_those_that_were_taken(
    commands: list[tuple[str, dict[str, Any]]],
) -> None:
    """The step count says how many updates there were; a plain session that takes as many has the same bits."""
    session = small()
    plain = small()
    for kind, fields in commands:
        was = session.step
        do(session, kind, **fields)
        if kind == "set_weight":
            do(plain, kind, **fields)
        elif session.step > was:
            do(plain, "step", batches=session.step - was)
        elif session.step < was:
            return  # taken back: tested above
        np.testing.assert_array_equal(weights(session).vectors, weights(plain).vectors)


# -- classroom figures -------------------------------------------------------------------------------------------------


def by_hand() -> Session:
    """Worked number 8, without biases: they are 0 and frozen."""
    spec = {
        "data": {"source": "points", "points": [[0.1, 0.3, 1]], "train_fraction": 1.0},
        "inputs": ["x1", "x2"],
        "network": {
            "layers": [{"units": 1, "activation": "sigmoid"}],
            "output": "sigmoid",
            "frozen": [{"layer": 0, "unit": 0, "input": None}, {"layer": 1, "unit": 0, "input": None}],
        },
        "training": {
            "loss": "half_squared_error",
            "batch_size": None,
            "optimizer": {"name": "sgd", "learning_rate": 0.5},
        },
    }
    session = Session.create(Experiment.parse(spec))
    for layer, place, value in ((0, 0, 0.4), (0, 1, -0.2), (1, 0, 0.1)):
        do(session, "set_weight", layer=layer, unit=0, input=place, value=value)
    return session


def test_8_backprop_by_hand_comes_out_digit_for_digit() -> None:
    now = walk(by_hand(), stop=6)
    hidden, output = now.layers
    assert round(hidden.z[0], 2) == -0.02
    assert round(hidden.a[0], 3) == 0.495
    assert round(output.a[0], 3) == 0.512
    # In loss-gradient convention the deltas carry the opposite sign of the page's source.
    assert round(-output.delta[0], 3) == 0.122
    assert round(-hidden.delta[0], 4) == 0.0030
    assert now.parameters is not None
    moved = [round(-step, 5) for step in now.parameters.update]
    assert [round(-now.parameters.update[3], 4), *moved[:2]] == [0.0302, 0.00015, 0.00046]
    assert [now.parameters.after[2], now.parameters.after[4]] == [0.0, 0.0]


def trick() -> Session:
    """Worked number 1: the line 3 x1 + 4 x2 - 10 = 0 and the point (1, 1), which should be positive."""
    spec = {
        "data": {"source": "points", "points": [[1, 1, 1]], "train_fraction": 1.0},
        "inputs": ["x1", "x2"],
        "network": {"layers": [], "output": "step"},
        "training": {"batch_size": 1, "optimizer": {"name": "perceptron", "learning_rate": 0.1}},
    }
    session = Session.create(Experiment.parse(spec))
    for place, value in ((0, 3.0), (1, 4.0), (None, -10.0)):
        do(session, "set_weight", layer=0, unit=0, input=place, value=value)
    return session


def test_1_the_misclassified_point_pulls_the_line() -> None:
    session = trick()
    lines = []
    for _ in range(12):
        line = walk(session, by="sample").line
        assert line is not None
        lines.append(line)
    assert lines[0].before == (3.0, 4.0, -10.0)
    assert lines[0].after == pytest.approx((3.1, 4.1, -9.9))
    assert [line.after for line in lines[:-1]] == [line.before for line in lines[1:]]
    assert sum(lines[9].after) == pytest.approx(0.0, abs=1e-12)  # on the line after ten
    assert sum(lines[10].after) == pytest.approx(0.3)  # inside after eleven
    assert lines[11].after == lines[11].before


def test_only_one_unit_on_x1_and_x2_is_a_line() -> None:
    assert walk(small(), stop=0).line is None
    assert walk(steep(0.001), stop=0).line is None
    assert walk(small(inputs=["x2", "x1"], network={"layers": []}), stop=0).line is None
    assert walk(small(network={"layers": []}), stop=0).line is not None
