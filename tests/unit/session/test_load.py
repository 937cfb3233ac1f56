"""`load`: another experiment with points and weights of its own."""

import json
from typing import Any

import numpy as np
import pytest

from app.session.commands import parse_command
from app.session.events import Error
from app.session.session import Session
from app.spec import SpecError
from tests.unit.session.building import do, refused, small

NORMED: dict[str, Any] = {"network": {"layers": [{"units": 3, "batch_norm": True}, {"units": 2}]}}


def trained() -> Session:
    """A session with edited points that has learnt for a while."""
    session = small(**NORMED)
    do(session, "add_points", points=[[1.25, -2.5, 1], [0.1, 0.2, 0]], part="test")
    do(session, "move_points", points=[[3, -1, 1.125]])
    do(session, "step", batches=20)
    return session


def carried(session: Session) -> dict[str, Any]:
    """What of `session` a link would carry, through JSON."""
    tree = {
        "spec": session.spec.model_dump(mode="json"),
        "points": [point[1:] for point in session.points().points],
        "weights": session.theta.tolist(),
        "statistics": session.machine.trainer.statistics.tolist(),
    }
    copy: dict[str, Any] = json.loads(json.dumps(tree))
    return copy


def answered(kind: str, **fields: Any) -> None:
    """SpecError where a small session, or what parses its commands, refuses one."""
    answer = small().handle(parse_command(json.dumps({"id": 1, "type": kind, **fields})))[0]
    if isinstance(answer, Error):
        raise SpecError(answer.message, answer.path)


def test_points_and_weights_come_over_to_the_last_bit() -> None:
    one, other = trained(), small()
    do(other, "load", **carried(one))
    assert other.theta.tobytes() == one.theta.tobytes()
    assert (other.step, other.phase) == (0, "paused")
    np.testing.assert_array_equal(other.machine.standing().outputs, one.machine.standing().outputs)
    assert [p[1:] for p in other.points().points] == [p[1:] for p in one.points().points]
    assert [p[4] for p in other.points().points].count(2) >= 2
    assert other.state().edited


def test_the_past_of_what_was_loaded_begins_with_its_weights() -> None:
    other = small()
    do(other, "load", **carried(trained()))
    first = other.theta.tobytes()
    do(other, "step", batches=5)
    for session in (other, Session.restore(other.snapshot())):
        do(session, "seek", step=0)
        assert session.theta.tobytes() == first


def test_without_points_and_weights_they_are_the_seeds() -> None:
    one, other = small(**NORMED), small()
    do(other, "load", spec=carried(one)["spec"])
    assert other.theta.tobytes() == one.theta.tobytes()
    assert other.points().points == one.points().points
    assert not other.state().edited


def test_reset_after_it_goes_back_to_what_was_loaded() -> None:
    one, other = trained(), small()
    do(other, "load", **carried(one))
    do(other, "step", batches=5)
    do(other, "reset")
    assert other.theta.tobytes() == one.theta.tobytes()
    assert other.machine.trainer.statistics.tobytes() == one.machine.trainer.statistics.tobytes()
    assert other.board.size == one.board.size


def test_a_board_may_come_empty() -> None:
    session = small()
    do(session, "load", spec={}, points=[])
    assert session.board.size == 0


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"weights": [1.0, 2.0]}, ("weights",), "there are 2 weights; this network has 25"),
        (
            {"weights": [0.5] * 25, "statistics": [1.0]},
            ("statistics",),
            "there are 1 statistics; this network has 0",
        ),
        ({"points": [[0, 0, 2, 0]]}, ("points", 0, 2), "2"),
        ({"points": [[0, 0, 1, 3]]}, ("points", 0, 3), "2"),
        ({"weights": [1e9] * 25}, ("weights", 0), "1000000"),
    ],
)
def test_what_does_not_fit_is_refused(fields: dict[str, Any], path: tuple[Any, ...], words: str) -> None:
    spec = {"inputs": ["x1", "x2"], "network": {"layers": [{"units": 4}, {"units": 2}]}}
    with pytest.raises(SpecError, match=words) as error:
        answered("load", spec=spec, **fields)
    assert error.value.path == path


def test_the_points_of_a_table_are_its_rows() -> None:
    error = refused(
        small(), "load", spec={"data": {"source": "table", "table": {"name": "iris"}}}, points=[[0, 0, 1, 0]]
    )
    assert error.path == ("points",)
