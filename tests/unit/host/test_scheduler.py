"""Who works when, on a clock that only work moves."""

import json
from collections.abc import Callable

import pytest

from app.host import scheduler as scheduling
from app.host.hosted import LARGEST_DEBT, SLICE, SNAPSHOT_EVERY
from app.host.link import Kind
from tests.unit.host.fakes import Desk, FakeSession

Open = Callable[..., FakeSession]


@pytest.fixture
def desk() -> Desk:
    return Desk(frames_per_second=10)


@pytest.fixture
def begin(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Open:
    """begin(number, watched=True, **facts): a session, with one viewer or none."""

    def begin(number: int, watched: bool = True, **facts: object) -> FakeSession:
        session = FakeSession(desk.clock, **facts)  # type: ignore[arg-type]  # whatever the test says
        monkeypatch.setitem(scheduling.OPENERS, Kind.OPEN, lambda payload, shelf: session)
        desk.ask(Kind.OPEN, number)
        if watched:
            desk.ask(Kind.JOIN, number, 1)
        return session

    return begin


def test_idle_sessions_ask_for_no_time(desk: Desk, begin: Open) -> None:
    for number in range(5):
        begin(number)
    desk.run(SNAPSHOT_EVERY + 1)
    assert desk.scheduler.work() is None


def test_a_joining_viewer_gets_one_frame_of_a_session_that_stands(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.run(5)
    assert len(desk.of(Kind.FRAME)) == 1


def test_sessions_that_play_flat_out_share_the_time_evenly(desk: Desk, begin: Open) -> None:
    sessions = [begin(number, cost=1e-4 * (1 + number)) for number in range(4)]
    for number in range(4):
        desk.play(number)
    desk.run(4)
    used = [sum(steps * session.cost for _, steps in session.slices) for session in sessions]
    assert sum(used) == pytest.approx(4, rel=0.01)
    assert used == pytest.approx([1.0] * 4, rel=0.02)


def test_a_session_that_stood_still_for_long_does_not_starve_the_others(desk: Desk, begin: Open) -> None:
    busy, rested = begin(1), begin(2)
    desk.play(1)
    desk.run(10)
    desk.play(2)
    before = busy.step
    desk.run(1)
    assert rested.step == pytest.approx(5000, rel=0.15)
    assert busy.step - before == pytest.approx(5000, rel=0.15)


def test_a_newcomer_gets_its_share_at_once_and_no_more(desk: Desk, begin: Open) -> None:
    old = begin(1)
    desk.play(1)
    desk.run(10)
    new, before = begin(2), old.step
    desk.play(2)
    desk.run(1)
    assert new.step == pytest.approx(old.step - before, rel=0.05)


@pytest.mark.parametrize("cost", [1e-6, 1e-5, 1e-4, 1e-3])
def test_a_slice_is_a_few_milliseconds_whatever_a_step_costs(desk: Desk, begin: Open, cost: float) -> None:
    session = begin(1, cost=cost)
    desk.play(1)
    desk.run(1)
    lengths = [steps * cost for _, steps in session.slices]
    assert max(lengths) <= SLICE * 1.001
    assert lengths[-1] > SLICE / 2


def test_the_first_update_is_alone_in_its_slice(desk: Desk, begin: Open) -> None:
    session = begin(1, cost=0.05)
    desk.play(1)
    desk.run(1)
    assert {steps for _, steps in session.slices} == {1}


def test_after_a_change_of_spec_the_next_update_is_alone_in_its_slice(desk: Desk, begin: Open) -> None:
    session = begin(1, cost=1e-5)
    desk.play(1)
    desk.run(1)
    session.cost = 0.05
    desk.command(1, '{"type": "set_spec", "id": 2, "spec": {}}')
    taken = len(session.slices)
    desk.run(1)
    assert {steps for _, steps in session.slices[taken:]} == {1}


def test_a_command_is_answered_before_the_next_slice(desk: Desk, begin: Open) -> None:
    for number in range(20):
        begin(number)
        desk.play(number)
    desk.run(1)
    desk.sent.clear()
    start = desk.clock.now
    desk.command(7, '{"type": "pause", "id": 9}', sequence=5)
    answer, *_ = desk.of(Kind.EVENT)
    assert desk.clock.now == start
    assert (answer.session, answer.viewer, answer.sequence) == (7, 1, 5)
    assert json.loads(answer.payload) == {"type": "ok", "id": 9, "ids": [], "seed": None}


@pytest.mark.parametrize(("speed", "steps"), [(2.0, 500), (30.0, 7500), (100.0, 25000)])
def test_a_set_speed_is_kept(desk: Desk, begin: Open, speed: float, steps: int) -> None:
    session = begin(1, cost=1e-6, epochs_per_second=speed)
    desk.play(1)
    desk.run(10)
    assert session.step == pytest.approx(steps, abs=2 * 25 + speed * 25 / 10)


def test_a_slow_speed_wakes_the_engine_no_more_than_its_steps_need(desk: Desk, begin: Open) -> None:
    session = begin(1, cost=1e-6, epochs_per_second=0.04)
    desk.play(1)
    desk.run(10)
    assert [steps for _, steps in session.slices] == [1] * len(session.slices)
    assert session.step in (9, 10)


def test_with_more_sessions_than_time_training_slows_down_and_pictures_keep_coming(
    desk: Desk, begin: Open
) -> None:
    facts = {"cost": 4e-5, "frame_cost": 5e-4, "epochs_per_second": 10.0}
    sessions = [begin(number, **facts) for number in range(85)]
    for number in range(85):
        desk.play(number)
    desk.run(9)
    frames = [len(desk.of(Kind.FRAME, number)) for number in range(85)]
    epochs = [session.step / 25 for session in sessions]
    assert epochs == pytest.approx([70] * 85, abs=7)
    assert frames == pytest.approx([70] * 85, abs=7)


def test_what_could_not_be_done_in_time_is_forgotten(desk: Desk, begin: Open) -> None:
    session = begin(1, cost=1e-6, epochs_per_second=30)
    desk.play(1)
    desk.run(1)
    before = session.step
    desk.clock.now += 60
    desk.run(0.001)
    assert session.step - before <= 30 * 25 * LARGEST_DEBT + 25


def test_nobody_looks_so_nothing_is_trained(desk: Desk, begin: Open) -> None:
    session = begin(1, watched=False)
    desk.play(1)
    desk.run(2)
    assert session.step == 0
    desk.ask(Kind.JOIN, 1, 1)
    desk.run(0.1)
    assert session.step > 0
    desk.ask(Kind.LEAVE, 1, 1)
    before = session.step
    desk.run(2)
    assert session.step == before


def test_frames_keep_to_the_set_rate(desk: Desk, begin: Open) -> None:
    begin(1, cost=1e-4)
    desk.play(1)
    desk.run(10)
    assert len(desk.of(Kind.FRAME)) == pytest.approx(100, abs=2)


def test_no_more_than_two_frames_are_on_the_way(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.play(1)
    desk.run(5, deaf=(1,))
    assert len(desk.of(Kind.FRAME)) == 2
    for _ in range(10):
        desk.ask(Kind.CREDIT, 1, 1)
    desk.run(5, deaf=(1,))
    assert len(desk.of(Kind.FRAME)) == 4


def test_a_frame_shows_the_newest_state(desk: Desk, begin: Open) -> None:
    session = begin(1)
    desk.play(1)
    desk.run(5, deaf=(1,))
    desk.ask(Kind.CREDIT, 1, 1)
    desk.run(0.01, deaf=(1,))
    made, shown = session.pictures[-1]
    assert shown == sum(steps for at, steps in session.slices if at < made)
    assert shown > 40_000


def test_a_viewer_who_acknowledges_nothing_takes_nothing_from_another(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.ask(Kind.JOIN, 1, 2)
    desk.play(1)
    desk.run(10, deaf=(2,))
    viewers = [message.viewer for message in desk.of(Kind.FRAME)]
    assert viewers.count(1) == pytest.approx(100, abs=2)
    assert viewers.count(2) == 2


def test_a_full_line_holds_frames_but_neither_answers_nor_training(desk: Desk, begin: Open) -> None:
    session = begin(1, epochs_per_second=2.0, cost=1e-6)
    desk.scheduler.frames_held = True
    desk.play(1)
    desk.run(5)
    assert desk.of(Kind.FRAME) == []
    assert len(desk.of(Kind.EVENT)) == 1
    assert session.step == pytest.approx(250, abs=10)
    desk.scheduler.frames_held = False
    desk.run(0.2)
    assert desk.of(Kind.FRAME)


def test_a_full_line_does_not_keep_the_engine_spinning(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.scheduler.frames_held = True
    desk.ask(Kind.CREDIT, 1, 1)
    turns = 0
    until = desk.clock.now + 1
    while desk.clock.now < until:
        desk.clock.now += desk.scheduler.work() or 1e-5
        turns += 1
    assert turns < 50


def test_a_session_is_saved_about_as_often_as_agreed_and_only_when_changed(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.run(0.01)
    assert len(desk.of(Kind.SNAPSHOT)) == 1
    desk.run(10)
    assert len(desk.of(Kind.SNAPSHOT)) == 1
    desk.play(1)
    desk.run(7)
    assert len(desk.of(Kind.SNAPSHOT)) == pytest.approx(1 + 7 / SNAPSHOT_EVERY, abs=2)


def test_a_snapshot_names_the_last_command_in_it(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.run(1)
    for sequence in (1, 2, 3):
        desk.command(1, '{"type": "pause", "id": 1}', sequence)
    desk.run(1)
    assert desk.of(Kind.SNAPSHOT)[-1].sequence == 3


def test_a_replayed_command_is_carried_out_without_a_word(desk: Desk, begin: Open) -> None:
    session = begin(1)
    desk.ask(Kind.REPLAY, 1, 1, '{"type": "play", "id": 1}', 1)
    desk.run(0.1)
    assert session.step > 0
    assert desk.of(Kind.EVENT) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", None),
        ("[]", None),
        ('{"type": "play"}', None),
        ('{"type": "dance", "id": 4}', 4),
        ('{"type": "play", "id": 4, "loud": true}', 4),
        ('{"type": "play", "id": true}', None),
        ('{"type": "play", "id": -1}', None),
        ('{"type": "set_speed", "id": 5, "epochs_per_second": 1e999}', 5),
        ("[" * 5000, None),
    ],
)
def test_a_command_that_cannot_be_read_is_an_error_with_its_id_if_it_has_one(
    desk: Desk, begin: Open, text: str, number: int | None
) -> None:
    session = begin(1)
    desk.command(1, text)
    error = json.loads(desk.of(Kind.EVENT)[0].payload)
    assert (error["type"], error["code"], error["id"]) == ("error", "bad_command", number)
    assert session.version == 0


@pytest.mark.parametrize("failing", ["a command", "a slice"])
def test_a_session_that_fails_is_given_up_and_the_others_go_on(
    desk: Desk, begin: Open, failing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, sound = begin(1), begin(2)
    desk.play(1)
    desk.play(2)
    broken.broken = True
    if failing == "a command":
        desk.command(1, '{"type": "pause", "id": 2}')
    desk.run(1)
    assert [message.session for message in desk.of(Kind.FAILED)] == [1]
    assert sound.step > 0
    assert "a session failed" in capsys.readouterr().out


def test_a_closed_session_is_gone_and_late_requests_for_it_fall_away(desk: Desk, begin: Open) -> None:
    begin(1)
    desk.play(1)
    desk.ask(Kind.CLOSE, 1)
    desk.sent.clear()
    desk.play(1)
    desk.ask(Kind.CREDIT, 1, 1)
    assert desk.scheduler.work() is None
    assert desk.sent == []
