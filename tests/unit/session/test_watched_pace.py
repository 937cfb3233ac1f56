"""At a pace at which each step is watched, each is a row of the history; at others whole epochs are."""

import pytest

from tests.unit.session.building import do, small


def steps_recorded(**speed: float | None) -> list[float]:
    """The steps of the rows after two epochs and a step at this speed; small sessions take several steps an epoch."""
    session = small()
    do(session, "set_speed", **speed)
    do(session, "play")
    session.advance(2 * session.steps_per_epoch + 1)
    kept: list[float] = session.history.since(0)[:, 0].tolist()
    return kept


@pytest.mark.parametrize("pace", [0.1, 1.0, 5.0, 10.0])
def test_each_step_of_a_slow_pace_is_a_row(pace: float) -> None:
    per_epoch = small().steps_per_epoch
    assert per_epoch > 1
    assert steps_recorded(steps_per_second=pace) == list(range(2 * per_epoch + 2))


@pytest.mark.parametrize(
    "speed", [{"steps_per_second": 11.0}, {"epochs_per_second": 1.0}, {"steps_per_second": None}]
)
def test_other_paces_record_whole_epochs(speed: dict[str, float | None]) -> None:
    per_epoch = small().steps_per_epoch
    assert steps_recorded(**speed) == [0, per_epoch, 2 * per_epoch]


def test_a_bounded_step_is_no_pace_and_records_as_ever() -> None:
    session = small()
    do(session, "set_speed", steps_per_second=1.0)
    do(session, "step", epochs=2)
    session.advance(10_000)
    per_epoch = session.steps_per_epoch
    assert session.history.since(0)[:, 0].tolist() == [0, per_epoch, 2 * per_epoch]


def test_the_weights_are_the_same_bits_at_any_pace() -> None:
    slow, fast = small(), small()
    do(slow, "set_speed", steps_per_second=5.0)
    for session in (slow, fast):
        do(session, "play")
        session.advance(50)
    assert slow.theta.tobytes() == fast.theta.tobytes()
