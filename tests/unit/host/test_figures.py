"""How often frames tell results and diagnosis, on a clock that only work moves."""

from itertools import pairwise

import pytest

from app.host import scheduler as scheduling
from app.host.hosted import FIGURES_EVERY
from app.host.link import Kind
from app.session.commands import View
from tests.unit.host.fakes import Desk, FakeSession

ASKED = View(diagnostics=True)


def shown(desk: Desk, monkeypatch: pytest.MonkeyPatch, view: View, speed: float = 30.0) -> FakeSession:
    """A session that plays, its first second over."""
    session = FakeSession(desk.clock, 1e-5, speed, view=view)
    monkeypatch.setattr(scheduling, "OPENERS", {Kind.OPEN: lambda payload, shelf: session})
    desk.ask(Kind.OPEN, 1)
    desk.ask(Kind.JOIN, 1, 1)
    desk.play(1)
    desk.run(1)
    session.pictures.clear()
    session.told.clear()
    return session


@pytest.mark.parametrize("view", [View(diagnostics=True), View(metrics=True)])
def test_at_thirty_frames_a_second_every_third_tells_figures(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(frames_per_second=30)
    session = shown(desk, monkeypatch, view)
    desk.run(3)
    assert len(session.pictures) == pytest.approx(90, abs=2)
    assert len(session.told) == pytest.approx(30, abs=1)
    gaps = [later - earlier for earlier, later in pairwise(session.told)]
    assert max(gaps) < FIGURES_EVERY + 1 / 30


def test_at_ten_frames_a_second_all_do(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(frames_per_second=10)
    session = shown(desk, monkeypatch, ASKED)
    desk.run(2)
    assert len(session.told) == len(session.pictures) > 15


def test_a_view_that_asks_for_none_is_told_so_in_every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(frames_per_second=30)
    session = shown(desk, monkeypatch, View())
    desk.run(1)
    assert len(session.told) == len(session.pictures) > 25


def test_at_rest_every_frame_tells_them(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(frames_per_second=30)
    session = shown(desk, monkeypatch, ASKED)
    desk.command(1, '{"type": "pause", "id": 2}')
    desk.run(0.034)
    for number in range(3, 9):
        desk.command(1, f'{{"type": "inspect", "id": {number}}}')
        desk.run(0.034)
    assert len(session.told) == len(session.pictures) == 7


def test_other_points_another_run_and_another_view_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(frames_per_second=30)
    session = shown(desk, monkeypatch, ASKED)
    for change in ({"data_revision": 1}, {"revision": 1}, {"view": View(metrics=True)}):
        desk.run(0.105)
        for name, value in change.items():
            setattr(session, name, value)
        session.told.clear()
        desk.run(0.034)
        assert len(session.told) == 1


def test_figures_that_were_left_out_follow_when_nothing_else_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 2 steps a second somebody points at the board between two steps: the frame of the step lacks figures."""
    desk = Desk(frames_per_second=30)
    session = FakeSession(desk.clock, 1e-5, None, steps_per_second=2.0, view=ASKED)
    monkeypatch.setattr(scheduling, "OPENERS", {Kind.OPEN: lambda payload, shelf: session})
    desk.ask(Kind.OPEN, 1)
    desk.ask(Kind.JOIN, 1, 1)
    desk.play(1)
    desk.run(0.47)
    session.told.clear()
    session.pictures.clear()
    desk.command(1, '{"type": "inspect", "id": 2}')
    desk.run(0.4)
    assert [step for _, step in session.pictures] == [0, 1, 1]
    assert len(session.told) == 2
    assert session.told[1] - session.told[0] == pytest.approx(FIGURES_EVERY)
