"""A session as bytes and back: it goes on with the same bits, whatever was done before and whatever comes after."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session import snapshot
from app.session.events import Event
from app.session.session import Session
from tests.unit.session.building import EXAMPLES, assert_same_frames, diverged, do, picture, small

Command = tuple[str, dict[str, Any]]


def live(change: dict[str, Any]) -> Command:
    """A change of spec."""
    return "set_spec", {"spec": change}


COORDINATES = st.floats(-6, 6)
commands = st.one_of(
    st.sampled_from(list(EXAMPLES.items())),
    st.builds(lambda steps: ("advance", {"steps": steps}), st.integers(1, 20)),
    st.builds(lambda batches: ("step", {"batches": batches}), st.integers(1, 40)),
    st.builds(lambda epochs: ("step", {"epochs": epochs}), st.integers(1, 20)),
    st.builds(
        lambda x1, x2, label, part: ("add_points", {"points": [[x1, x2, label]] * 3, "part": part}),
        COORDINATES, COORDINATES, st.integers(0, 1), st.sampled_from(["train", "validation", "test"]),
    ),
    st.builds(lambda number, x1: ("move_points", {"points": [[number, x1, 1]]}), st.integers(0, 45), COORDINATES),
    st.builds(lambda ids: ("delete_points", {"ids": ids}), st.lists(st.integers(0, 45), min_size=1, max_size=4)),
    st.builds(
        lambda layer, value: ("set_weight", {"layer": layer, "unit": 0, "input": None, "value": value}),
        st.integers(0, 2), st.floats(-3, 3),
    ),
    st.sampled_from([
        live({"training": {"optimizer": {"name": "momentum"}}}),
        live({"training": {"optimizer": {"name": "rmsprop"}}}),
        live({"training": {"batch_size": 5}}),
        live({"training": {"batch_size": None}}),
        live({"training": {"shuffle": False}}),
        live({"training": {"schedule": {"name": "inverse_sqrt", "unit": "step"}}}),
        live({"training": {"schedule": {"name": "constant"}}}),
        live({"network": {"layers": [{"units": 3, "batch_norm": True}]}}),
        live({"network": {"layers": [{"units": 3, "batch_norm": True, "dropout": 0.5}]}}),
        live({"seeds": {"order": 5}}),
        live({"data": {"source": "points", "points": []}}),
        live({"data": {"noise": 9}}),
    ]),
)  # fmt: skip
many = st.lists(commands, max_size=12)


def follow(session: Session, story: list[Command]) -> list[Event]:
    """All that a session says to a list of commands and advances."""
    events: list[Event] = []
    for kind, fields in story:
        events += session.advance(**fields) if kind == "advance" else do(session, kind, **fields)
    return events


def fragile() -> Session:
    """A session with all that must not be lost: moments, running statistics, dropout in mid-epoch, a moving rate."""
    return small(
        network={"layers": [{"units": 3, "dropout": 0.3, "batch_norm": True}]},
        training={"batch_size": 8, "schedule": {"name": "inverse_sqrt", "unit": "step", "warmup": 5}},
    )


@settings(max_examples=80)
@given(many, many)
def test_a_restored_session_goes_on_with_the_same_bits(before: list[Command], after: list[Command]) -> None:
    session = fragile()
    follow(session, before)
    again = Session.restore(session.snapshot())
    assert again.greet() == session.greet()
    assert_same_frames(picture(again), picture(session))
    assert follow(again, after) == follow(session, after)
    assert_same_frames(picture(again), picture(session))
    assert again.snapshot() == session.snapshot()


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("optimizer", ["sgd", "nesterov", "adagrad", "rmsprop", "adam", "adamw"])
def test_in_mid_epoch_nothing_is_lost(steps: int, optimizer: str) -> None:
    session = fragile()
    do(session, "set_spec", spec={"training": {"optimizer": {"name": optimizer}}})
    do(session, "step", batches=steps)
    again = Session.restore(session.snapshot())
    for one in (session, again):
        do(one, "step", batches=9)
    assert_same_frames(picture(again), picture(session))


def test_the_same_commands_give_the_same_bits_from_the_start() -> None:
    story: list[Command] = [*EXAMPLES.items(), ("play", {}), ("advance", {"steps": 50})]
    one, other = fragile(), fragile()
    assert follow(one, story) == follow(other, story)
    assert one.snapshot() == other.snapshot()


def test_a_diverged_session_is_restored_diverged() -> None:
    session = diverged()
    again = Session.restore(session.snapshot())
    assert again.greet() == session.greet()
    change = {"training": {"optimizer": {"learning_rate": 1e-5}}}
    story: list[Command] = [("set_spec", {"spec": change}), ("play", {}), ("advance", {"steps": 50})]
    assert follow(again, story) == follow(session, story)
    assert_same_frames(picture(again), picture(session))


def test_a_snapshot_does_not_change_with_its_session() -> None:
    session = small()
    before = session.snapshot()
    again = Session.restore(before)
    do(again, "step", batches=20)
    assert session.snapshot() == before
    assert again.step == 20


def test_a_restored_history_is_thinned_and_numbered_as_the_first() -> None:
    session = small(training={"batch_size": None})
    do(session, "play")
    session.advance(1500)
    again = Session.restore(session.snapshot())
    for one in (session, again):
        one.advance(1200)
    np.testing.assert_array_equal(again.history.since(0), session.history.since(0))
    np.testing.assert_array_equal(again.history.since(2000), session.history.since(2000))
    assert again.recorded == session.recorded == 2701


def test_a_snapshot_of_another_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    current = snapshot.FORMAT
    monkeypatch.setattr(snapshot, "FORMAT", current + 1)
    other = small().snapshot()
    monkeypatch.undo()
    assert not snapshot.readable(other)
    assert not snapshot.readable(b'\x10\x00\x00\x00\x00\x00\x00\x00{"one": "of 8"}')
    with pytest.raises(ValueError, match=f"of format {current + 1}; format {current} can be read"):
        Session.restore(other)


def test_a_small_snapshot_is_deflated_and_a_large_one_costs_no_time_for_that() -> None:
    numbers = np.random.default_rng(0).random(8200)
    for count, letter in ((10, b"z"), (8200, b"s")):
        data = snapshot.pack({"one": 1}, {"numbers": numbers[:count]})
        assert data[:1] == letter
        assert snapshot.readable(data)
        np.testing.assert_array_equal(snapshot.unpack(data)[1]["numbers"], numbers[:count])
    session = small()
    do(session, "play")
    session.advance(1000)
    assert len(session.snapshot()) < 0.6 * len(snapshot._inside(session.snapshot()))


def test_what_was_packed_is_unpacked() -> None:
    arrays = {"a": np.arange(6.0).reshape(2, 3).T, "b": np.array([True, False]), "c": np.zeros((2, 0))}
    facts, again = snapshot.unpack(snapshot.pack({"one": 1, "none": None}, arrays))
    assert facts == {"one": 1, "none": None, "format": snapshot.FORMAT}
    assert again.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(again[name], array, strict=True)
