"""What each command does; editing points and refusals have modules of their own."""

from typing import Any

import numpy as np
import pytest

from app.session.commands import View
from app.session.events import MarksChanged, Ok, Phase, PhaseChanged, State, Timeline
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import EXAMPLES, OWN, do, in_phase, kinds, picture, refused, small

# -- play, pause, step -------------------------------------------------------------------------------------------------


def test_play_trains_and_pause_stands() -> None:
    session = small()
    assert do(session, "play") == [Ok(id=7), PhaseChanged(phase=Phase.PLAYING, step=0, epoch=0)]
    session.advance(4)
    assert do(session, "pause") == [Ok(id=7), PhaseChanged(phase=Phase.PAUSED, step=4, epoch=1)]
    assert (session.advance(4), session.step) == ([], 4)


@pytest.mark.parametrize("kind", ["play", "pause"])
def test_asking_for_what_is_already_so_is_answered_and_tells_no_news(kind: str) -> None:
    session = in_phase(Phase.PLAYING if kind == "play" else Phase.PAUSED)
    assert do(session, kind) == [Ok(id=7)]


def test_a_step_of_batches_takes_just_so_many() -> None:
    session = small()
    assert do(session, "step", batches=2) == [Ok(id=7), PhaseChanged(phase=Phase.PAUSED, step=2, epoch=0)]
    assert (session.step, session.epoch, session.phase) == (2, 0, Phase.PAUSED)


def test_a_step_of_epochs_ends_with_the_nth_epoch_from_here() -> None:
    session = small()
    do(session, "step", batches=1)
    do(session, "step", epochs=1)
    assert (session.step, session.epoch) == (3, 1)
    do(session, "step", epochs=2)
    assert (session.step, session.epoch) == (9, 3)


def test_a_long_step_is_left_to_advance_and_ends_by_itself() -> None:
    session = small()
    answer, event = do(session, "step", epochs=20)
    assert answer == Ok(id=7)
    assert (event, session.pending_steps) == (PhaseChanged(phase=Phase.PLAYING, step=0, epoch=0), 60)
    assert session.advance(50) == []
    assert session.pending_steps == 10
    assert session.advance(50) == [PhaseChanged(phase=Phase.PAUSED, step=60, epoch=20)]
    assert session.pending_steps is None


@pytest.mark.parametrize(("batches", "done"), [(32, 32), (33, 0)])
def test_a_step_is_long_from_33_updates_on(batches: int, done: int) -> None:
    session = small()
    do(session, "step", batches=batches)
    assert session.step == done


def test_few_updates_of_a_large_network_are_long_too() -> None:
    layers = [{"units": 64}] * 4
    session = small(
        data={"source": "xor", "samples": 400}, network={"layers": layers}, training={"batch_size": 200}
    )
    do(session, "step", batches=5)
    assert (session.step, session.pending_steps) == (0, 5)


def test_pause_forgets_what_is_left_of_a_step() -> None:
    session = small()
    do(session, "step", epochs=20)
    do(session, "pause")
    assert (session.pending_steps, session.advance(10), session.step) == (None, [], 0)


def test_play_takes_the_end_from_a_step() -> None:
    session = small()
    do(session, "step", epochs=20)
    assert do(session, "play") == [Ok(id=7)]
    assert (session.advance(100), session.step, session.phase) == ([], 100, Phase.PLAYING)


def test_a_step_while_playing_ends_it() -> None:
    session = in_phase(Phase.PLAYING)
    assert do(session, "step", batches=2) == [Ok(id=7), PhaseChanged(phase=Phase.PAUSED, step=2, epoch=0)]
    do(session, "play")
    assert do(session, "step", epochs=20) == [Ok(id=7)]
    assert session.advance(1000) == [PhaseChanged(phase=Phase.PAUSED, step=60, epoch=20)]


def test_without_training_points_there_is_nothing_to_play_or_step() -> None:
    session = small(data=OWN)
    do(session, "add_points", points=[[1, 1, 1]], part="test")
    for kind in ("play", "step"):
        error = refused(session, kind, **EXAMPLES[kind])
        assert (error.code, error.path) == ("not_allowed", ())
        assert error.message == f"cannot {kind} without training points; allowed: add_points"


# -- reset and new weights ---------------------------------------------------------------------------------------------


def test_reset_runs_the_same_run_again_to_the_bit() -> None:
    session = small(network={"layers": [{"units": 3, "dropout": 0.5, "batch_norm": True}]})
    do(session, "step", epochs=5)
    first, rows = session.theta.copy(), session.history.since(0).copy()
    answer, state, timeline = do(session, "reset")
    assert isinstance(state, State)
    assert isinstance(timeline, Timeline)
    assert (answer, state.step, state.revision) == (Ok(id=7), 0, 1)
    do(session, "step", epochs=5)
    np.testing.assert_array_equal(session.theta, first)
    np.testing.assert_array_equal(session.history.since(0), rows)


def test_reset_while_playing_pauses() -> None:
    session = in_phase(Phase.PLAYING)
    session.advance(5)
    assert do(session, "reset")[-1] == PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0)
    assert session.advance(5) == []


def test_reset_keeps_the_points_and_forgets_weights_by_hand() -> None:
    session = small()
    theta = session.theta.copy()
    do(session, "add_points", points=[[1, 1, 0]])
    do(session, "set_weight", layer=0, unit=0, input=0, value=9)
    do(session, "reset")
    assert session.board.size == 41
    np.testing.assert_array_equal(session.theta, theta)


def test_new_weights_while_playing_play_on_but_end_a_bounded_step() -> None:
    session = in_phase(Phase.PLAYING)
    do(session, "new_weights")
    assert session.phase is Phase.PLAYING
    do(session, "step", epochs=100)
    session.advance(5)
    assert PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0) in do(session, "new_weights")
    assert session.advance(5) == []
    do(session, "step", batches=1)
    assert (session.step, session.phase) == (1, Phase.PAUSED)


def test_new_weights_takes_the_next_seed_or_the_given_one_and_says_so() -> None:
    session = small()
    before = session.theta.copy()
    assert do(session, "new_weights")[0] == Ok(id=7, seed=1)
    second = session.theta.copy()
    assert do(session, "new_weights", seed=40)[0] == Ok(id=7, seed=40)
    assert session.spec.seeds.weights == 40
    assert do(session, "new_weights", seed=0)[0] == Ok(id=7, seed=0)
    np.testing.assert_array_equal(session.theta, before)
    assert not np.array_equal(second, before)


def test_after_the_largest_seed_comes_the_first() -> None:
    session = small(seeds={"weights": 4294967295})
    assert do(session, "new_weights")[0] == Ok(id=7, seed=0)


def test_new_weights_play_on_from_step_0_on_the_same_points() -> None:
    session = in_phase(Phase.PLAYING)
    session.advance(5)
    rows = session.points().points
    answer, state, timeline = do(session, "new_weights")
    assert isinstance(state, State)
    assert isinstance(timeline, Timeline)
    assert (answer, state.step, state.revision, state.phase) == (Ok(id=7, seed=1), 0, 1, Phase.PLAYING)
    assert (session.points().points, len(session.history.since(0))) == (rows, 1)
    session.advance(2)
    assert session.step == 2


# -- spec --------------------------------------------------------------------------------------------------------------

LIVE: list[dict[str, Any]] = [
    {"training": {"optimizer": {"learning_rate": 0.5}}},
    {"training": {"optimizer": {"name": "sgd"}}},
    {"training": {"optimizer": {"betas": [0.5, 0.5]}}},
    {"training": {"l2": 0.1, "l1": 0.1}},
    {"training": {"batch_size": None}},
    {"training": {"shuffle": False}},
    {"training": {"schedule": {"name": "cosine"}}},
    {"training": {"clipping": {"name": "value", "limit": 0.01}}},
    {"training": {"loss": "binary_cross_entropy"}},
    {"network": {"layers": [{"units": 3, "dropout": 0.5}]}},
]


@pytest.mark.parametrize("change", LIVE)
def test_how_it_learns_changes_live(change: dict[str, Any]) -> None:
    seeds = {"data": 1, "split": 2, "weights": 3, "order": 4}
    session, unchanged = small(seeds=seeds), small(seeds=seeds)
    for one in (session, unchanged):
        do(one, "step", batches=4)
    theta, rows, limit = session.theta.copy(), session.recorded, float(session.machine.trainer.limit)
    answer, state, marks = do(session, "set_spec", spec=change)
    assert isinstance(marks, MarksChanged)
    assert answer == Ok(id=7)
    assert isinstance(state, State)
    assert state.spec == Experiment.parse(unchanged.spec.model_dump(mode="json")).patched(change)
    assert (state.step, state.epoch, state.revision, session.recorded) == (4, 1, 0, rows)
    assert float(session.machine.trainer.limit) == limit
    np.testing.assert_array_equal(session.theta, theta)
    for one in (session, unchanged):
        do(one, "step", batches=1)
    assert np.array_equal(session.theta, unchanged.theta) is ("loss" in change.get("training", {}))


def test_another_rate_in_mid_run_is_that_rate_s_own_step() -> None:
    """One step of gradient descent from here: theta - rate * gradient."""
    session = small(training={"optimizer": {"name": "sgd", "learning_rate": 0.1}, "batch_size": None})
    do(session, "step", batches=3)
    before = session.theta.copy()
    do(session, "set_spec", spec={"training": {"optimizer": {"learning_rate": 0.5}}})
    do(session, "step", batches=1)
    np.testing.assert_allclose(session.theta, before - 0.5 * picture(session).gradient, rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("change", "new_points"),
    [
        ({"network": {"layers": [{"units": 4}]}}, False),
        ({"network": {"layers": [{"units": 3, "activation": "relu"}]}}, False),
        ({"network": {"layers": [{"units": 3, "batch_norm": True}]}}, False),
        ({"network": {"initializer": "normal"}}, False),
        ({"network": {"output": "tanh"}}, False),
        ({"inputs": ["x1"]}, False),
        ({"training": {"loss": "hinge"}}, False),
        ({"seeds": {"weights": 9}}, False),
        ({"seeds": {"order": 9}}, False),
        ({"data": {"noise": 0.5}}, True),
        ({"data": {"train_fraction": 0.7}}, True),
        ({"data": {"source": "blobs", "classes": 3}}, True),
        ({"seeds": {"data": 9}}, True),
        ({"seeds": {"split": 9}}, True),
    ],
)
@pytest.mark.parametrize("phase", [Phase.PAUSED, Phase.PLAYING])
def test_what_makes_it_another_run_begins_anew(
    change: dict[str, Any], new_points: bool, phase: Phase
) -> None:
    session = in_phase(phase)
    do(session, "set_speed", epochs_per_second=3)
    do(
        session,
        "step" if phase is Phase.PAUSED else "play",
        **({"batches": 4} if phase is Phase.PAUSED else {}),
    )
    session.advance(4)
    answer, *events = do(session, "set_spec", spec=change)
    assert answer == Ok(id=7)
    assert kinds(events) == ["state", *(["points"] if new_points else []), "timeline"]
    assert (session.step, session.revision, session.data_revision) == (0, 1, int(new_points))
    assert (session.phase, session.epochs_per_second, len(session.history.since(0))) == (phase, 3.0, 1)
    fresh = Session.create(session.spec)
    np.testing.assert_array_equal(session.theta, fresh.theta)
    assert session.points().points == fresh.points().points


def test_hand_made_points_survive_another_network() -> None:
    session = small()
    do(session, "add_points", points=[[1, 1, 0]])
    do(session, "set_spec", spec={"network": {"layers": []}})
    assert (session.board.size, session.board.edited) == (41, True)


def test_replace_starts_from_the_defaults() -> None:
    session = small()
    do(session, "set_spec", spec={"seeds": {"data": 3}}, replace=True)
    assert session.spec == Experiment.parse({"seeds": {"data": 3}})


def test_a_spec_that_cannot_be_is_refused_with_its_path() -> None:
    error = refused(small(), "set_spec", spec={"training": {"optimizer": {"learning_rate": 99}}})
    assert (error.code, error.path) == ("invalid_spec", ("training", "optimizer", "learning_rate"))
    assert error.message == (
        "training.optimizer.learning_rate: Input should be less than or equal to 10 (got 99)"
    )


@pytest.mark.parametrize("change", [{"data": {"samples": 0}}, {"data": OWN}])
def test_a_spec_without_points_stops_training(change: dict[str, Any]) -> None:
    session = in_phase(Phase.PLAYING)
    session.advance(3)
    answer, *events = do(session, "set_spec", spec=change)
    assert kinds([answer, *events]) == ["ok", "state", "points", "phase", "timeline"]
    assert events[-2] == PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0)
    assert (session.advance(3), session.phase) == ([], Phase.PAUSED)


# -- weights, speed, view ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "unit", "column", "index"), [(0, 1, 0, 3), (0, 1, 1, 4), (0, 1, None, 5), (1, 0, 2, 11), (1, 0, None, 12)]
)  # fmt: skip
def test_a_weight_or_bias_is_set_where_the_layout_says(
    layer: int, unit: int, column: int | None, index: int
) -> None:
    session = small()
    before = session.theta.copy()
    layout = session.state().layers[layer]
    assert do(session, "set_weight", layer=layer, unit=unit, input=column, value=0.75) == [Ok(id=7)]
    assert np.flatnonzero(session.theta != before).tolist() == [index]
    assert session.theta[index] == 0.75
    place = layout.fan_in if column is None else column
    assert layout.offset + unit * (layout.fan_in + 1) + place == index


def test_after_batch_norm_the_next_layer_s_weights_begin_later() -> None:
    session = small(network={"layers": [{"units": 3, "batch_norm": True}, {"units": 2}]})
    layouts = session.state().layers
    assert [(layout.offset, layout.batch_norm) for layout in layouts] == [(0, 9), (15, None), (23, None)]
    do(session, "set_weight", layer=1, unit=0, input=1, value=5)
    assert session.theta[16] == 5


def test_a_weight_by_hand_changes_the_loss_at_once_and_adds_no_row() -> None:
    session = small()
    loss = picture(session).now.train_loss
    do(session, "set_weight", layer=1, unit=0, input=None, value=5)
    assert picture(session).now.train_loss != loss
    assert session.recorded == 1


def test_speed_and_view_are_told_in_the_state() -> None:
    session = small()
    _, state = do(session, "set_speed", epochs_per_second=None)
    assert isinstance(state, State)
    assert state.epochs_per_second is None
    _, state = do(session, "set_view", view={"grid": 50, "maps": False, "extent": 3})
    assert isinstance(state, State)
    assert state.view == View(grid=50, maps=False, map_grid=32, extent=3.0)
