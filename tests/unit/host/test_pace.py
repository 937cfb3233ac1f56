"""How a set speed is kept, whatever the speed, the costs and the frames; on a clock that only work moves."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.tables import Shelf
from app.host import scheduler as scheduling
from app.host.hosted import PACE
from app.host.link import Kind
from app.session.events import Phase
from tests.unit.host.fakes import Desk, FakeSession

EPOCH = 25
FPS = 10.0


def playing(desk: Desk, number: int, speed: float | None, cost: float = 1e-6) -> FakeSession:
    """A session that somebody looks at and that plays."""
    session = FakeSession(desk.clock, cost, speed)
    with pytest.MonkeyPatch.context() as patch:
        opener: Callable[[bytes, Shelf], FakeSession] = lambda payload, shelf: session  # noqa: E731  # shorter than a function
        patch.setitem(scheduling.OPENERS, Kind.OPEN, opener)
        desk.ask(Kind.OPEN, number)
    desk.ask(Kind.JOIN, number, 1)
    desk.play(number)
    return session


@given(st.floats(0.01, 1000.0), st.floats(0.1, 3.0))
def test_a_set_speed_is_never_run_ahead_of_and_lags_by_no_more_than_a_frame_and_a_bunch(
    speed: float, seconds: float
) -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, speed)
    desk.run(seconds)
    due = speed * EPOCH * seconds
    assert session.step <= due + 1e-3
    assert session.step >= due - speed * EPOCH * (1 / FPS + PACE) - EPOCH - 1


@given(st.floats(0.01, 200.0), st.floats(0.1, 3.0))
def test_it_is_kept_as_well_when_the_viewer_draws_nothing(speed: float, seconds: float) -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, speed)
    desk.run(seconds, deaf=(1,))
    due = speed * EPOCH * seconds
    assert len(desk.of(Kind.FRAME)) <= 2
    assert due - speed * EPOCH * (1 / FPS + PACE) - EPOCH - 1 <= session.step <= due + 1e-3


def test_a_fast_speed_is_shown_in_whole_epochs_one_a_frame() -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, FPS)
    desk.run(1)
    session.pictures.clear()
    desk.run(1)
    shown = [step for _, step in session.pictures]
    assert len(shown) == 10
    assert {after - before for before, after in pairwise(shown)} == {EPOCH}


def test_a_slow_session_keeps_its_pace_beside_busy_ones() -> None:
    desk = Desk(FPS)
    for number in (1, 2, 3):
        playing(desk, number, None, cost=1e-3)
    session = playing(desk, 4, 2.0, cost=1e-4)
    desk.run(2)
    assert session.step == pytest.approx(100, abs=8)


def test_time_spent_paused_is_not_made_up_for() -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, 4.0)
    desk.run(1)
    desk.command(1, '{"type": "pause", "id": 2}')
    desk.run(5)
    stood = session.step
    desk.play(1)
    desk.run(1)
    assert session.step - stood == pytest.approx(100, abs=12)


def test_time_with_nobody_looking_is_not_made_up_for() -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, 4.0)
    desk.run(1)
    desk.ask(Kind.LEAVE, 1, 1)
    desk.run(60)
    stood = session.step
    desk.ask(Kind.JOIN, 1, 2)
    desk.run(1)
    assert session.step - stood == pytest.approx(100, abs=12)


def test_after_a_hold_up_the_pace_goes_on_from_there() -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, 4.0)
    desk.run(1)
    before = session.step
    desk.clock.now += 60
    desk.run(1)
    assert session.step - before == pytest.approx(100, abs=12)


@pytest.mark.parametrize(("speed", "steps"), [(8.0, 200), (1.0, 25)], ids=["faster", "slower"])
def test_a_new_speed_counts_from_when_it_is_set(speed: float, steps: int) -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, 4.0)
    desk.run(2)
    before = session.step
    desk.command(1, f'{{"type": "set_speed", "id": 2, "epochs_per_second": {speed}}}')
    desk.run(1)
    assert session.step - before == pytest.approx(steps, abs=speed * EPOCH / FPS + 1)


@pytest.mark.parametrize("speed", [2.0, 30.0])
def test_held_frames_do_not_keep_a_paced_session_spinning(speed: float) -> None:
    desk = Desk(FPS)
    playing(desk, 1, speed)
    desk.run(1)
    desk.scheduler.frames_held = True
    turns, until = 0, desk.clock.now + 1
    while desk.clock.now < until and turns < 1000:
        desk.clock.now += desk.scheduler.work() or 0.0
        turns += 1
    assert turns < 150


def test_each_viewer_has_frames_of_its_own() -> None:
    desk = Desk(FPS)
    playing(desk, 1, 10.0)
    desk.run(0.5)
    desk.ask(Kind.JOIN, 1, 2)
    desk.sent.clear()
    desk.run(1)
    first, second = ([m for m in desk.of(Kind.FRAME) if m.viewer == viewer] for viewer in (1, 2))
    assert b'\\"number\\":1,' in second[0].payload
    assert b'\\"number\\":1,' not in first[0].payload
    assert len(first) == pytest.approx(len(second), abs=1)


@pytest.mark.parametrize("speed", [1.0, 2.0, 10.0])
def test_a_pace_in_steps_takes_them_one_at_a_time_and_evenly(speed: float) -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, None, cost=1e-4)
    desk.command(1, f'{{"type": "set_speed", "id": 2, "steps_per_second": {speed}}}')
    session.slices.clear()
    began = desk.clock.now
    desk.run(8)
    at = [moment - began for moment, _ in session.slices]
    assert [steps for _, steps in session.slices] == [1] * len(at)
    assert len(at) == pytest.approx(8 * speed, abs=1)
    assert all(later - earlier == pytest.approx(1 / speed, abs=0.02) for earlier, later in pairwise(at))


def test_the_way_to_another_step_is_gone_flat_out_whatever_the_set_speed() -> None:
    desk = Desk(FPS)
    session = playing(desk, 1, None, cost=1e-4)
    desk.command(1, '{"type": "set_speed", "id": 2, "steps_per_second": 1}')
    session.phase = Phase.SEEKING
    session.slices.clear()
    desk.run(0.5)
    assert sum(steps for _, steps in session.slices) > 3000
