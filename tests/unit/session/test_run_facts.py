"""What a session tells of a run beside its pictures: marks, early stopping, norms, updates, the schedule to come."""

from typing import Any

import numpy as np
import pytest

from app.engine.pictures import PictureBuffers
from app.session import commands as ask
from app.session.events import Event, MarksChanged, Phase, Stopped
from app.session.session import Session
from app.spec import Experiment, SpecError

NOISY = {
    "data": {"source": "xor", "samples": 40, "noise": 0.5},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 8}]},
    "training": {"optimizer": {"name": "adam", "learning_rate": 0.1}, "early_stopping": {"patience": 5}},
}


def session(patch: dict[str, Any] | None = None) -> Session:
    return Session.create(Experiment().patched(patch or {"data": {"samples": 40}}))


def told(events: list[Event], kind: type) -> Any:
    """The one event of a kind."""
    (event,) = [event for event in events if isinstance(event, kind)]
    return event


def spec(session: Session, **patch: Any) -> list[Event]:
    return session.handle(ask.SetSpec(id=1, spec=patch))


def marks(session: Session) -> list[tuple[int, str, str]]:
    return [(mark.step, mark.kind.value, mark.text) for mark in session.marks.rows]


def test_what_changes_a_run_is_marked_at_its_step() -> None:
    one = session()
    spec(one, training={"optimizer": {"learning_rate": 0.1}})
    assert marks(one) == []  # nothing has run yet
    one.handle(ask.Step(id=2, batches=3))
    events = spec(one, training={"optimizer": {"learning_rate": 0.01}})
    (row,) = told(events, MarksChanged).marks
    assert (row.step, row.epoch, row.kind, row.text) == (3, 1, "rate", "Learning rate 0.1 to 0.01")
    spec(one, training={"l2": 0.1, "batch_size": 5})
    one.handle(ask.SetWeight(id=3, layer=0, unit=0, input=None, value=2.0))
    one.handle(ask.Step(id=4, batches=1))
    one.handle(ask.DeletePoints(id=5, ids=(0,)))
    assert marks(one) == [
        (3, "rate", "Learning rate 0.1 to 0.01"),
        (3, "training", "Batch size, L2 changed"),
        (3, "weights", "Weight set by hand"),
        (4, "points", "1 point deleted"),
    ]
    one.handle(ask.Reset(id=6))
    assert marks(one) == []


def test_the_moves_of_one_drag_are_one_mark_and_one_event() -> None:
    one = session()
    one.handle(ask.Step(id=1, batches=2))
    sent = []
    for move in range(4):
        command = ask.MovePoints(id=2, points=((0, 0.1 * move, 0.0),), gesture=9)
        sent.append([type(event).__name__ for event in one.handle(command)])
        one.handle(ask.Step(id=3, batches=1))
    assert marks(one) == [(2, "points", "1 point moved")]
    assert "MarksChanged" in sent[0]
    assert not any("MarksChanged" in names for names in sent[1:])


def test_marks_are_bounded_and_survive_a_snapshot() -> None:
    one = session()
    for row in range(105):
        one.handle(ask.Step(id=1, batches=1))
        spec(one, training={"optimizer": {"learning_rate": 0.01 + row / 10_000}})
    assert len(one.marks.rows) == 100
    assert marks(one)[0][0] == 6
    assert marks(Session.restore(one.snapshot())) == marks(one)


def test_early_stopping_stops_and_brings_the_best_weights_back() -> None:
    one = session(NOISY)
    losses = {}
    events: list[Event] = []
    one.handle(ask.Play(id=1))
    while one.phase is Phase.PLAYING:
        events = one.advance(one.steps_left_in_epoch)
        if one.phase is Phase.PLAYING:
            losses[one.epoch] = (float(one.machine.standing().test.loss), one.theta.copy())
    stopped = told(events, Stopped)
    best = min(losses, key=lambda epoch: losses[epoch][0])
    assert (stopped.best_epoch, stopped.loss_part, stopped.restored) == (best, "test", True)
    assert stopped.epoch == one.epoch == best + 5
    assert one.theta.tolist() == losses[best][1].tolist()
    assert f"lowest after epoch {best}" in stopped.message
    assert marks(one)[-1] == (one.step, "stopped", f"Stopped early; best after epoch {best}")


def test_stopping_does_not_depend_on_how_training_is_cut_or_saved() -> None:
    one, other = session(NOISY), session(NOISY)
    for each in (one, other):
        each.handle(ask.Play(id=1))
    while one.phase is Phase.PLAYING:
        one.advance(1)
    while other.phase is Phase.PLAYING:
        other.advance(7)
        other = Session.restore(other.snapshot())
    assert (one.step, one.theta.tolist()) == (other.step, other.theta.tolist())


def test_without_best_weights_the_last_ones_stand_and_playing_on_has_fresh_patience() -> None:
    early = {"early_stopping": {"restore_best": False}}
    one = session(NOISY | {"training": NOISY["training"] | {"early_stopping": {"patience": 2}}})  # type: ignore[operator]
    spec(one, training=early)
    one.handle(ask.Play(id=1))
    events: list[Event] = []
    while one.phase is Phase.PLAYING:
        events = one.advance(50)
    stop = told(events, Stopped)
    assert not stop.restored
    one.handle(ask.Play(id=2))
    one.advance(2 * one.steps_per_epoch)
    assert one.epoch == stop.epoch + 2


def test_norms_and_update_of_a_row_are_those_of_its_step() -> None:
    one = session()
    one.handle(ask.Step(id=1, epochs=1))
    frame = one.frame(PictureBuffers(), 0)
    assert frame.layer_norms.shape == (2, 3, 2)
    assert np.isnan(frame.layer_norms[0]).all()
    trainer = one.machine.trainer
    last = slice(one.machine.network.offsets[2], None)
    gradient, ratio = frame.layer_norms[1, 2]
    assert gradient == pytest.approx(np.linalg.norm(trainer.gradient[last]), rel=1e-12)
    update, theta = np.linalg.norm(trainer.update[last]), np.linalg.norm(trainer.theta[last])
    assert ratio == pytest.approx(update / theta, rel=1e-12)
    assert frame.update.tolist() == trainer.update.astype(np.float32).tolist()
    again = Session.restore(one.snapshot()).frame(PictureBuffers(), 0)
    assert again.update.tolist() == frame.update.tolist()
    np.testing.assert_array_equal(again.layer_norms, frame.layer_norms)


def test_freezing_is_live_and_ends_with_the_place() -> None:
    one = session()
    one.handle(ask.Step(id=1, batches=1))
    revision = one.revision
    spec(one, network={"frozen": [{"layer": 0}]})
    assert one.revision == revision
    before = one.theta[:32].copy()
    one.handle(ask.Step(id=2, batches=5))
    assert one.theta[:32].tolist() == before.tolist()
    spec(one, network={"frozen": [{"layer": 1, "unit": 1, "input": 3}, {"layer": 2}]})
    spec(one, network={"layers": [{"units": 4}, {"units": 1}]})
    assert [place.model_dump() for place in one.spec.network.frozen] == [
        {"layer": 2, "unit": None, "input": None}
    ]


@pytest.mark.parametrize(
    ("place", "path", "words"),
    [
        ({"layer": 3}, ("layer",), "there is no layer 3 to freeze; allowed: 0 to 2"),
        ({"layer": 0, "unit": 4}, ("unit",), "there is no unit 4 to freeze; allowed: 0 to 3"),
        ({"layer": 2, "unit": 0, "input": 2}, ("input",), "there is no input 2 to freeze; allowed: 0 to 1"),
        ({"layer": 0, "input": 1}, ("unit",), "input 1 of no unit was asked for"),
    ],
)
def test_a_place_that_is_not_there_cannot_be_frozen(
    place: dict[str, int], path: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SpecError, match=words) as refusal:
        Experiment().patched({"network": {"frozen": [place]}})
    assert refusal.value.path == ("network", "frozen", 0, *path)


@pytest.mark.parametrize(
    ("schedule", "first", "last", "rows"),
    [
        ({"name": "constant"}, [0.0, 0.1], [100.0, 0.1], 2),
        ({"name": "cosine", "length": 20}, [0.0, 0.1], [22.0, 0.0], 23),
        ({"name": "step", "every": 10, "gamma": 0.5}, [0.0, 0.1], [40.0, 0.00625], 41),
        ({"name": "exponential", "gamma": 0.5, "unit": "step"}, [0.0, 0.1], [2.5, 0.003125], 6),
    ],
)
def test_a_schedule_is_previewed(
    schedule: dict[str, Any], first: list[float], last: list[float], rows: int
) -> None:
    training = {"optimizer": {"learning_rate": 0.1}, "schedule": schedule}
    one = session({"data": {"samples": 40}, "training": training})
    preview = one.state().schedule_preview
    assert len(preview) == rows
    assert list(preview[0]) == first
    assert list(preview[-1]) == pytest.approx(last)


def test_a_pace_is_in_steps_or_in_epochs() -> None:
    one = session()
    one.handle(ask.SetSpeed(id=1, steps_per_second=1))
    assert (one.state().epochs_per_second, one.state().steps_per_second) == (None, 1)
    assert Session.restore(one.snapshot()).steps_per_second == 1
    with pytest.raises(ValueError, match="one of the two"):
        ask.SetSpeed(id=2, steps_per_second=1, epochs_per_second=1)
