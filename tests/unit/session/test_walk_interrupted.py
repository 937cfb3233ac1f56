"""A walk and everything else: what opens, closes, refuses, ends and keeps one."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.events import Phase
from app.session.session import Session
from app.session.walk_events import WalkChanged
from tests.unit.session.building import batch_of, do, kinds, refused, small, steep
from tests.unit.session.walking import assert_same_run, shown, walk, weights

STOPPING = {"patience": 1, "min_delta": 1000.0, "restore_best": True}


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
