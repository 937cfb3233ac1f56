"""Branches: named, dropped and returned to, within a budget, and what they tell of the past."""

import pytest

from app.session.events import Curves, Error, Ok, Phase, Points, Timeline
from app.session.session import Session
from tests.unit.session.bits import bits
from tests.unit.session.building import do, kinds, refused, small


def branched() -> Session:
    """Run 1 to step 6, and from its step 3 branch 2 to step 5, which is shown."""
    session = small()
    do(session, "step", batches=6)
    do(session, "seek", step=3)
    do(session, "step", batches=2)
    return session


def test_branches_are_named_dropped_and_returned_to() -> None:
    session = branched()
    timeline = do(session, "name_branch", branch=1, name="  The first ")[-1]
    assert isinstance(timeline, Timeline)
    assert [row.name for row in timeline.branches] == ["The first", "Branch 2"]
    do(session, "switch_branch", branch=1)
    assert (session.step, session.past.current) == (6, 1)
    do(session, "drop_branch", branch=2)
    assert list(session.past.branches) == [1]


def test_the_branch_that_is_shown_cannot_be_dropped() -> None:
    error = refused(branched(), "drop_branch", branch=2)
    assert error.code == "not_allowed"
    assert error.message == "cannot drop Branch 2 while it is shown; allowed: switch_branch to another first"


@pytest.mark.parametrize("kind", ["switch_branch", "drop_branch"])
def test_an_unknown_branch_is_refused_with_those_there_are(kind: str) -> None:
    error = refused(branched(), kind, branch=7)
    assert (error.code, error.message) == ("unknown_branch", "there is no branch 7; allowed: 1, 2")
    assert refused(branched(), "compare", branches=[1, 7]).path == ("branch",)


def test_curves_of_branches_are_told_as_they_were_recorded() -> None:
    session = branched()
    curves = do(session, "compare", branches=[1, 2])[1]
    assert curves.type == "curves"
    first, second = curves.curves
    assert [row[0] for row in first.rows] == [0, 3, 6]
    assert [row[0] for row in second.rows] == [0, 3, 5]
    assert first.rows[1] == second.rows[1]
    loss = float(session.machine.standing().train.loss)
    assert second.rows[2][2] == loss


def test_branches_tell_the_figures_of_validation_points_where_there_are_some() -> None:
    session = branched()
    assert [row.validation_loss for row in session.timeline().branches] == [None, None]
    do(session, "reset")
    do(session, "set_part", ids=[0, 1, 2, 3], part="validation")
    do(session, "step", batches=3)
    now = session.machine.standing().validation
    newest = session.timeline().branches[-1]
    assert newest.validation_loss == float(now.loss)
    curves = do(session, "compare", branches=[newest.id])[1]
    assert isinstance(curves, Curves)
    assert curves.curves[0].rows[-1][6:] == (float(now.loss), float(now.score))


def test_another_run_keeps_the_one_before_it_unless_that_never_took_a_step() -> None:
    session = small()
    do(session, "new_weights")
    do(session, "step", batches=4)
    newest = bits(session)
    do(session, "reset")
    do(session, "set_spec", spec={"network": {"layers": [{"units": 5}]}})
    do(session, "step", batches=2)
    assert [row.name for row in session.timeline().branches] == ["Run 1", "Run 2"]
    events = do(session, "switch_branch", branch=1)
    assert "state" in kinds(events)
    assert (bits(session), session.machine.network.layers[0].fan_out) == (newest, 3)


def test_there_are_at_most_twelve_and_named_ones_go_last() -> None:
    session = small()
    do(session, "step", batches=1)
    do(session, "name_branch", branch=1, name="Mine")
    for _ in range(14):
        do(session, "reset")
        do(session, "step", batches=2)
    rows = session.timeline().branches
    assert len(rows) == 12
    assert rows[0].name == "Mine"


# -- memory ------------------------------------------------------------------------------------------------------------


def test_the_past_stays_within_its_budget_and_within_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.session.timeline.BUDGET", 100_000)
    session = small()
    session.past.interval = 4
    do(session, "play")
    session.advance(3000)
    assert session.past.size() < 130_000
    assert session.past.interval > 4
    do(session, "pause")
    do(session, "seek", step=1777)
    while session.phase is Phase.SEEKING:
        session.advance(300)
    fresh = small()
    do(fresh, "play")
    fresh.advance(1777)
    assert bits(session)[0] == bits(fresh)[0]


def test_a_long_log_loses_its_beginning_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.session.timeline.LOG_BUDGET", 10_000)
    session = small()
    session.past.interval = 8
    for count in range(120):
        do(session, "step", batches=1)
        do(session, "move_points", points=[[0, count / 100, 0.5]])
    first = session.timeline().first
    assert 0 < first < 120
    error = refused(session, "seek", step=0)
    assert error.message == f"step 0 was never reached here; allowed: {first} to 120"
    assert isinstance(do(session, "seek", step=first)[0], Ok)


def test_moves_at_one_step_are_one_input() -> None:
    session = small()
    do(session, "step", batches=1)
    for count in range(50):
        do(session, "move_points", points=[[0, count / 100, 0.5]])
    assert len(session.past.shown.log) == 1


def test_points_told_on_arrival_are_those_of_the_step() -> None:
    session = small()
    do(session, "step", batches=1)
    do(session, "add_points", points=[[1, 1, 0]])
    events = do(session, "seek", step=0)
    points = next(event for event in events if isinstance(event, Points))
    assert len(points.points) == 40
    assert not any(isinstance(event, Error) for event in events)
