"""A session as a machine: steps on request, the same bits however they are asked for, and stopping by itself."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session.events import Diverged, Event, MarksChanged, Ok, Phase, PhaseChanged, Points, State
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import (
    EXAMPLES,
    OWN,
    assert_same_frames,
    diverged,
    do,
    edits,
    picture,
    ready_for,
    refused,
    small,
    steep,
)
from tests.unit.spec.building import trees


def test_a_fresh_session_is_paused_at_step_0_with_one_row() -> None:
    session = Session.create(Experiment())
    state, points, marks, timeline = session.greet()
    assert timeline.type == "timeline"
    assert marks == MarksChanged(marks=())
    assert isinstance(state, State)
    assert isinstance(points, Points)
    assert (state.phase, state.step, state.epoch, state.revision) == (Phase.PAUSED, 0, 0, 0)
    assert (state.task, state.output, state.loss) == ("classification", "sigmoid", "binary_cross_entropy")
    assert (state.parameters, state.epochs_per_second, state.edited) == (45, 30.0, False)
    assert (len(points.points), points.data_revision, session.recorded) == (500, 0, 1)


def test_the_state_says_where_each_layer_lies() -> None:
    layouts = Session.create(Experiment()).state().layers
    assert [(one.fan_in, one.fan_out, one.activation, one.offset) for one in layouts] == [
        (7, 4, "tanh", 0),
        (4, 2, "tanh", 32),
        (2, 1, "sigmoid", 42),
    ]


@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_the_answer_comes_first_and_carries_the_command_s_id(kind: str) -> None:
    answer = do(ready_for(kind, edits(small())), kind, **EXAMPLES[kind])[0]
    assert isinstance(answer, Ok)
    assert answer.id == 7


@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_whatever_is_done_can_be_seen(kind: str) -> None:
    """A viewer gets a frame when the version has grown."""
    session = ready_for(kind, edits(small()))
    version = session.version
    do(session, kind, **EXAMPLES[kind])
    assert session.version > version
    do(session, "play")
    version = session.version
    session.advance(1)
    assert session.version > version


# -- advance -----------------------------------------------------------------------------------------------------------


def test_only_playing_advances() -> None:
    session = small()
    assert (session.advance(10), session.step) == ([], 0)
    do(session, "play")
    assert (session.advance(0), session.step) == ([], 0)
    assert (session.advance(10), session.step, session.epoch) == ([], 10, 3)


def test_a_row_is_recorded_at_each_epoch_s_end_and_where_a_step_ends() -> None:
    session = small()
    do(session, "step", epochs=2)
    do(session, "step", batches=2)
    do(session, "play")
    session.advance(5)
    assert session.history.since(0)[:, :2].tolist() == [[0, 0], [3, 1], [6, 2], [8, 2], [9, 3], [12, 4]]


def test_a_row_holds_the_figures_of_its_step() -> None:
    session = small(training={"batch_size": 8, "l2": 0.1})
    do(session, "step", epochs=1)
    now, (row,) = picture(session).now, session.history.since(1).tolist()
    shown = [now.train_loss, now.test_loss, now.train_score, now.test_score, now.penalty, now.learning_rate]
    assert row[:8] == [3, 1, *shown]
    assert np.isnan(row[8:]).all(), "nobody validates"
    assert now.penalty is not None
    assert now.penalty > 0


@settings(max_examples=25)
@given(st.lists(st.integers(1, 17), min_size=1, max_size=12), st.none() | st.integers(33, 80))
def test_how_advance_is_cut_changes_no_bit_no_row_and_no_event(cuts: list[int], batches: int | None) -> None:
    layers = [{"units": 3, "dropout": 0.3, "batch_norm": True}]
    whole, parts = (
        small(network={"layers": layers}, training={"batch_size": 7, "schedule": {"name": "exponential"}})
        for _ in range(2)
    )
    for session in (whole, parts):
        do(session, "play") if batches is None else do(session, "step", batches=batches)
    told = whole.advance(sum(cuts))
    assert [event for cut in cuts for event in parts.advance(cut)] == told
    assert_same_frames(picture(whole), picture(parts))
    assert whole.pending_steps == parts.pending_steps


@settings(max_examples=15)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_looking_changes_nothing(cuts: list[int]) -> None:
    seen, unseen = small(), small()
    for session in (seen, unseen):
        do(session, "play")
    for cut in cuts:
        seen.advance(cut)
        seen.snapshot()
        seen.greet()
        picture(seen)
        unseen.advance(cut)
    assert_same_frames(picture(seen), picture(unseen))


@settings(max_examples=40)
@given(trees)
def test_any_spec_makes_a_session_that_trains_and_shows(tree: dict[str, Any]) -> None:
    session = Session.create(Experiment.parse(tree))
    do(session, "set_view", view={"grid": 8, "map_grid": 8})
    can_train = session.steps_per_epoch > 0
    assert do(session, "play")[0].type == ("ok" if can_train else "error")
    session.advance(3)
    assert (session.step > 0) is (
        can_train and session.phase is Phase.PLAYING
    ) or session.phase is Phase.DIVERGED
    again = Session.restore(session.snapshot())
    assert_same_frames(picture(session), picture(again))


def test_an_empty_board_has_no_epochs() -> None:
    session = small(data=OWN)
    assert (session.steps_per_epoch, session.steps_left_in_epoch) == (0, 0)


@pytest.mark.parametrize(("batch_size", "steps"), [(8, 3), (20, 1), (1, 20), (19, 2), (500, 1), (None, 1)])
def test_an_epoch_has_as_many_steps_as_batches(batch_size: int | None, steps: int) -> None:
    session = small(training={"batch_size": batch_size})
    do(session, "play")
    assert session.steps_per_epoch == session.steps_left_in_epoch == steps
    session.advance(steps)
    assert (session.step, session.epoch) == (steps, 1)


# -- divergence --------------------------------------------------------------------------------------------------------


def test_divergence_keeps_the_last_good_step_and_says_what_can_be_done() -> None:
    session = steep(0.003)
    do(session, "play")
    told, marks, phase = session.advance(1000)
    assert isinstance(told, Diverged)
    assert (told.step, told.cause, told.layer) == (23, "loss_exploded", 0)
    assert isinstance(marks, MarksChanged)
    assert [(mark.step, mark.kind) for mark in marks.marks] == [(23, "diverged")]
    assert phase == PhaseChanged(phase=Phase.DIVERGED, step=23, epoch=7)
    assert (session.step, bool(np.isfinite(session.theta).all()), session.pending_steps) == (23, True, None)
    assert re.match(
        r"Training stopped itself: the loss grew to \d\.\d+e\+[1-9]\d*, more than a million", told.message
    )
    assert "A learning rate of 0.003 steps too far for how steeply the loss curves here" in told.message
    assert "the output layer had the largest gradient for its weights" in told.message
    assert told.message.endswith("The weights of step 23, the last good one, are kept.")


@settings(max_examples=25)
@given(
    st.sampled_from([10.0, 0.01, 0.006, 0.005, 0.004]), st.lists(st.integers(1, 5), min_size=12, max_size=12)
)
def test_how_advance_is_cut_changes_nothing_about_divergence(rate: float, cuts: list[int]) -> None:
    whole, parts = steep(rate), steep(rate)
    for session in (whole, parts):
        do(session, "play")
    told = whole.advance(sum(cuts))
    events: list[Event] = []
    for cut in cuts:
        events += parts.advance(cut)
    assert events == told
    assert_same_frames(picture(whole), picture(parts))


@pytest.mark.parametrize("rate", [0.003, 0.004, 0.005, 0.006, 0.01, 0.03, 1.0, 10.0])
def test_the_rows_of_a_run_never_go_back(rate: float) -> None:
    session = steep(rate)
    do(session, "play")
    session.advance(1000)
    rows = session.history.since(0)
    assert (np.diff(rows[:, 0]) > 0).all()
    assert (rows[-1, 0], rows[-1, 2]) == (session.step, picture(session).now.train_loss)


def test_a_step_that_diverges_says_so_in_its_answer() -> None:
    session = steep()
    answer, told, phase = do(session, "step", batches=5)
    assert answer == Ok(id=7)
    assert isinstance(told, Diverged)
    assert phase == PhaseChanged(phase=Phase.DIVERGED, step=0, epoch=0)
    assert (session.phase, session.pending_steps) == (Phase.DIVERGED, None)


def test_while_diverged_nothing_trains() -> None:
    session = diverged()
    assert session.advance(10) == []
    assert refused(session, "play").code == "not_allowed"


def test_after_divergence_a_lower_rate_plays_on_from_there() -> None:
    session = steep(0.003)
    do(session, "play")
    session.advance(1000)
    theta = session.theta.copy()
    events = do(session, "set_spec", spec={"training": {"optimizer": {"learning_rate": 1e-5}}})
    assert events[-1] == PhaseChanged(phase=Phase.PAUSED, step=23, epoch=7)
    np.testing.assert_array_equal(session.theta, theta)
    do(session, "play")
    assert session.advance(50) == []
    assert (session.step, session.phase) == (73, Phase.PLAYING)


def test_after_divergence_reset_begins_anew() -> None:
    session = diverged()
    assert do(session, "reset")[-1] == PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0)
    assert session.phase is Phase.PAUSED


def test_on_own_points_divergence_is_judged_from_the_first_loss_there_is() -> None:
    session = steep()
    do(session, "set_spec", spec={"data": {**OWN, "task": "regression"}})
    do(session, "add_points", points=[[6, 6, 1], [-6, 6, -1]])
    do(session, "play")
    told, _ = session.advance(100)
    assert isinstance(told, Diverged)
    assert told.cause == "loss_exploded"
