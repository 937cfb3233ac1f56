"""What a scheduler says to requests, with sessions that are real."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load

from app.host.hosted import SNAPSHOT_EVERY
from app.host.link import Kind, Message
from app.host.scheduler import readable_id
from app.session.session import Session
from tests.unit.host.fakes import Desk

SPEC = {
    "data": {"source": "points", "points": [[1, 1, 0], [2, 2, 1], [3, 3, 1]], "train_fraction": 1.0},
    "inputs": ["x1", "x2"],
    "training": {"batch_size": 1},
}
"""Three points, and so three updates an epoch."""


@pytest.fixture
def desk() -> Desk:
    """With session 1, which viewer 1 looks at; nothing has been said yet."""
    desk = Desk()
    desk.ask(Kind.OPEN, 1, payload=json.dumps(SPEC))
    desk.ask(Kind.JOIN, 1, 1)
    command(desk, type="set_view", view={"grid": 8, "maps": False})
    desk.run(SNAPSHOT_EVERY * 2)
    desk.sent.clear()
    return desk


def command(desk: Desk, sequence: int = 1, kind: Kind = Kind.COMMAND, viewer: int = 1, **fields: Any) -> None:
    """Give a command whose id is its sequence number."""
    desk.ask(kind, 1, viewer, json.dumps({"id": sequence, **fields}), sequence)


def events(desk: Desk) -> list[dict[str, Any]]:
    """What was said."""
    return [json.loads(message.payload) for message in desk.of(Kind.EVENT)]


def facts(frame: Message) -> dict[str, Any]:
    """What a frame says of itself."""
    size = int.from_bytes(frame.payload[:8], "little")
    found: dict[str, Any] = json.loads(json.loads(frame.payload[8 : 8 + size])["__metadata__"]["frame"])
    return found


def saved(desk: Desk) -> Session:
    """The session of the last snapshot."""
    return Session.restore(desk.of(Kind.SNAPSHOT)[-1].payload)


def test_whoever_joins_and_nobody_else_is_greeted_with_state_and_points(desk: Desk) -> None:
    desk.ask(Kind.JOIN, 1, 2)
    assert [event["type"] for event in events(desk)] == ["state", "points", "marks", "timeline"]
    assert [message.viewer for message in desk.sent] == [2, 2, 2, 2]


def test_the_answer_goes_to_whoever_asked_and_the_news_to_all(desk: Desk) -> None:
    command(desk, 5, viewer=7, type="play")
    told = [(message.viewer, message.sequence, json.loads(message.payload)["type"]) for message in desk.sent]
    assert told == [(7, 5, "ok"), (0, 5, "phase")]


def test_an_edit_is_saved_in_time_and_the_snapshot_names_it(desk: Desk) -> None:
    command(desk, 5, type="move_points", points=[[0, 1.5, 2.5]])
    command(desk, 6, type="add_points", points=[[4.5, 5.5, 0]])
    desk.run(SNAPSHOT_EVERY)
    (message,) = desk.of(Kind.SNAPSHOT)
    assert message.sequence == 6
    assert saved(desk).board.x.T.tolist() == [[1.5, 2.5], [2, 2], [3, 3], [4.5, 5.5]]


def test_a_refused_command_brings_neither_frame_nor_snapshot(desk: Desk) -> None:
    command(desk, type="delete_points", ids=[999])
    desk.run(5)
    assert [event["code"] for event in events(desk)] == ["unknown_point"]
    assert len(desk.sent) == 1


def test_a_change_brings_one_frame_that_shows_it(desk: Desk) -> None:
    command(desk, type="move_points", points=[[0, 1.5, 2.5]])
    desk.run(5)
    (frame,) = desk.of(Kind.FRAME)
    assert facts(frame)["data_revision"] == 1


def test_a_replayed_edit_is_carried_out_without_a_word(desk: Desk) -> None:
    command(desk, 9, Kind.REPLAY, type="move_points", points=[[0, 1.5, 2.5]])
    assert desk.sent == []
    desk.run(SNAPSHOT_EVERY)
    assert saved(desk).board.x[:, 0].tolist() == [1.5, 2.5]
    assert desk.of(Kind.SNAPSHOT)[-1].sequence == 9


def test_a_long_step_runs_whatever_the_speed_and_stops_by_itself(desk: Desk) -> None:
    command(desk, 1, type="set_speed", epochs_per_second=0.01)
    command(desk, 2, type="step", batches=300)
    desk.run(0.1)
    assert events(desk)[-1] == {"type": "phase", "phase": "paused", "step": 300, "epoch": 100}


def test_a_restored_session_goes_on_where_it_was_saved(desk: Desk) -> None:
    command(desk, 1, type="set_speed", epochs_per_second=5)
    command(desk, 2, type="play")
    desk.run(2)
    message = desk.of(Kind.SNAPSHOT)[-1]
    step = saved(desk).step
    assert step > 10
    other = Desk()
    other.scheduler.receive(message._replace(kind=Kind.RESTORE))
    other.ask(Kind.JOIN, 1, 1)
    state = events(other)[0]
    assert (state["step"], state["phase"]) == (step, "playing")
    other.run(2)
    assert saved(other).step == pytest.approx(step + 30, abs=12)
    assert facts(other.of(Kind.FRAME)[0])["number"] == 1


def test_a_viewers_loss_rows_come_once_and_without_a_gap(desk: Desk) -> None:
    command(desk, 1, type="set_speed", epochs_per_second=50)
    command(desk, 2, type="play")
    desk.run(1)
    frames = desk.of(Kind.FRAME)
    epochs = [float(epoch) for frame in frames for epoch in load(frame.payload)["losses"][:, 1]]
    assert epochs == list(range(1, facts(frames[-1])["epoch"] + 1))


@pytest.mark.parametrize(
    "kind",
    [Kind.COMMAND, Kind.REPLAY, Kind.JOIN, Kind.CREDIT, Kind.LEAVE, Kind.CLOSE],
    ids=lambda kind: kind.name,
)
def test_a_request_for_a_session_that_is_not_here_is_ignored(desk: Desk, kind: Kind) -> None:
    desk.ask(kind, 5, 1, '{"type":"play","id":1}')
    desk.run(1)
    assert desk.sent == []


def test_a_credit_for_a_viewer_that_has_left_is_ignored(desk: Desk) -> None:
    desk.ask(Kind.CREDIT, 1, 9)
    desk.run(1)
    assert desk.sent == []


@given(st.binary(max_size=60) | st.from_regex(rb'\{"id": ?-?[0-9]{1,20}(\.[0-9])?\}', fullmatch=True))
def test_an_id_is_read_from_any_bytes_or_is_none(payload: bytes) -> None:
    found = readable_id(payload)
    assert found is None or json.loads(payload)["id"] == found
