"""A session: what each command does, what it refuses, and that the same commands give the same bits."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.pictures import PictureBuffers
from app.session.commands import COMMANDS, SetSpec, parse_command
from app.session.events import Diverged, Error, Event, Ok, Phase, PhaseChanged, Points, State
from app.session.phases import TRANSITIONS
from app.session.session import Session
from app.spec import Experiment, SpecError

BUFFERS = PictureBuffers()
SMALL = {
    "data": {"source": "xor", "samples": 40},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 3}]},
    "training": {"batch_size": 8},
}
STEEP = {
    "data": {"source": "plane", "samples": 40},
    "inputs": ["x1", "x2", "x1^2", "x2^2"],
    "network": {"layers": []},
    "training": {"optimizer": {"name": "sgd", "learning_rate": 10.0}},
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "set_spec": {"spec": {"training": {"l2": 0.001}}},
    "add_points": {"points": [[1, 2, 1]]},
    "move_points": {"points": [[0, 1, 1]]},
    "relabel_points": {"ids": [0], "label": 0},
    "delete_points": {"ids": [39]},
    "play": {},
    "pause": {},
    "step": {"batches": 1},
    "reset": {},
    "new_weights": {},
    "set_weight": {"layer": 0, "unit": 0, "input": 0, "value": 0.5},
    "set_speed": {"epochs_per_second": 5.0},
    "set_view": {"view": {"grid": 20}},
}


def small(**changes: Any) -> Session:
    """A little session on 20 training and 20 test points."""
    return Session.create(Experiment.parse(SMALL | changes))


def do(session: Session, kind: str, **fields: Any) -> list[Event]:
    """What a session says to a command."""
    return session.handle(parse_command(json.dumps({"id": 7, "type": kind, **fields})))


def refused(session: Session, kind: str, **fields: Any) -> Error:
    """The refusal of a command, which must have changed nothing."""
    before = session.snapshot()
    (answer,) = do(session, kind, **fields)
    assert isinstance(answer, Error)
    assert answer.id == 7
    assert session.snapshot() == before
    return answer


def diverged() -> Session:
    """A session that has stopped itself."""
    session = Session.create(Experiment.parse(STEEP))
    do(session, "play")
    session.advance(1000)
    assert session.phase is Phase.DIVERGED
    return session


def in_phase(phase: Phase) -> Session:
    """A session in a phase."""
    session = diverged() if phase is Phase.DIVERGED else small()
    if phase is Phase.PLAYING:
        do(session, "play")
    return session


# -- phases ------------------------------------------------------------------------------------------------------------


def test_the_table_speaks_of_every_phase_and_knows_every_command() -> None:
    known = {schema["properties"]["type"]["const"] for schema in COMMANDS.json_schema()["$defs"].values()
             if "type" in schema["properties"]}  # fmt: skip
    assert set(TRANSITIONS) == set(Phase)
    assert known == set(EXAMPLES) == set().union(*TRANSITIONS.values())


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_every_command_in_every_phase_does_what_the_table_says(phase: Phase, kind: str) -> None:
    session = in_phase(phase)
    if kind not in TRANSITIONS[phase]:
        error = refused(session, kind, **EXAMPLES[kind])
        assert error.code == "not_allowed"
        assert error.message == f"cannot {kind} while {phase}; allowed: {', '.join(TRANSITIONS[phase])}"
        return
    answer, *events = do(session, kind, **EXAMPLES[kind])
    assert isinstance(answer, Ok)
    expected = (
        Phase.PAUSED if kind == "step" else TRANSITIONS[phase][kind]
    )  # one batch is done while answering
    assert session.phase is expected
    told = [event.phase for event in events if isinstance(event, PhaseChanged)]
    assert told == ([expected] if expected is not phase or kind == "step" else [])


# -- training ----------------------------------------------------------------------------------------------------------


def test_a_step_of_batches_takes_just_so_many() -> None:
    session = small()
    do(session, "step", batches=2)
    assert (session.step, session.epoch, session.phase) == (2, 0, Phase.PAUSED)


def test_a_step_of_epochs_ends_with_the_nth_epoch_from_here() -> None:
    session = small()
    do(session, "step", batches=1)
    do(session, "step", epochs=2)
    assert (session.step, session.epoch) == (6, 2)


def test_a_long_step_is_left_to_advance_and_ends_by_itself() -> None:
    session = small()
    answer, event = do(session, "step", epochs=20)
    assert isinstance(answer, Ok)
    assert (event, session.pending_steps) == (PhaseChanged(phase=Phase.PLAYING, step=0, epoch=0), 60)
    assert session.advance(50) == []
    assert session.advance(50) == [PhaseChanged(phase=Phase.PAUSED, step=60, epoch=20)]


def test_pause_forgets_what_is_left_of_a_step() -> None:
    session = small()
    do(session, "step", epochs=20)
    do(session, "pause")
    assert (session.pending_steps, session.advance(10), session.step) == (None, [], 0)


def test_without_training_points_there_is_nothing_to_play_or_step() -> None:
    session = small(data={"source": "points"})
    for kind in ("play", "step"):
        error = refused(session, kind, **EXAMPLES[kind])
        assert error.message == f"cannot {kind} without training points; allowed: add_points"


def test_reset_runs_the_same_run_again_to_the_bit() -> None:
    session = small()
    do(session, "step", epochs=5)
    first = session.theta.copy()
    do(session, "reset")
    assert session.step == 0
    do(session, "step", epochs=5)
    assert np.array_equal(session.theta, first)


def test_new_weights_takes_the_next_seed_or_the_given_one_and_says_so() -> None:
    session = small()
    before = session.theta.copy()
    assert do(session, "new_weights")[0] == Ok(id=7, seed=1)
    assert do(session, "new_weights", seed=40)[0] == Ok(id=7, seed=40)
    assert session.spec.seeds.weights == 40
    assert not np.array_equal(session.theta, before)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 17), min_size=1, max_size=12))
def test_how_advance_is_cut_changes_no_bit_and_no_row(cuts: list[int]) -> None:
    whole, parts = small(), small()
    for session in (whole, parts):
        do(session, "play")
    whole.advance(sum(cuts))
    for cut in cuts:
        parts.advance(cut)
    assert np.array_equal(whole.theta, parts.theta)
    assert np.array_equal(whole.history.since(0), parts.history.since(0))


# -- spec --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"training": {"optimizer": {"learning_rate": 0.5}}},
        {"training": {"optimizer": {"name": "sgd"}}},
        {"training": {"l2": 0.1, "l1": 0.1}},
        {"training": {"batch_size": None}},
        {"training": {"schedule": {"name": "cosine"}}},
        {"training": {"clipping": {"name": "value"}}},
        {"network": {"layers": [{"units": 3, "dropout": 0.5}]}},
    ],
)
def test_how_it_learns_changes_live(change: dict[str, Any]) -> None:
    session = small()
    do(session, "step", batches=4)
    theta, revision = session.theta.copy(), session.revision
    answer, state = do(session, "set_spec", spec=change)
    assert isinstance(answer, Ok)
    assert isinstance(state, State)
    assert (session.step, session.revision) == (4, revision)
    assert np.array_equal(session.theta, theta)


@pytest.mark.parametrize(
    ("change", "new_points"),
    [
        ({"network": {"layers": [{"units": 4}]}}, False),
        ({"inputs": ["x1"]}, False),
        ({"training": {"loss": "hinge"}}, False),
        ({"seeds": {"weights": 9}}, False),
        ({"data": {"noise": 0.5}}, True),
        ({"data": {"train_fraction": 0.7}}, True),
        ({"seeds": {"data": 9}}, True),
    ],
)
def test_what_makes_it_another_run_begins_anew(change: dict[str, Any], new_points: bool) -> None:
    session = small()
    do(session, "step", batches=4)
    _, *events = do(session, "set_spec", spec=change)
    assert (session.step, session.revision, len(session.history.since(0))) == (0, 1, 1)
    assert [type(event) for event in events] == ([State, Points] if new_points else [State])


def test_hand_made_points_survive_another_network() -> None:
    session = small()
    do(session, "add_points", points=[[1, 1, 0]])
    do(session, "set_spec", spec={"network": {"layers": []}})
    assert session.board.size == 41


def test_replace_starts_from_the_defaults() -> None:
    session = small()
    do(session, "set_spec", spec={"seeds": {"data": 3}}, replace=True)
    assert session.spec == Experiment.parse({"seeds": {"data": 3}})


def test_a_spec_that_cannot_be_is_refused_with_its_path() -> None:
    error = refused(small(), "set_spec", spec={"training": {"optimizer": {"learning_rate": 99}}})
    assert (error.code, error.path) == ("invalid_spec", ("training", "optimizer", "learning_rate"))


# -- points ------------------------------------------------------------------------------------------------------------


def test_added_points_get_ids_that_are_never_used_again() -> None:
    session = small()
    assert do(session, "add_points", points=[[1, 1, 0], [2, 2, 1]])[0] == Ok(id=7, ids=(40, 41))
    do(session, "delete_points", ids=[41])
    assert do(session, "add_points", points=[[3, 3, 1]], test=True)[0] == Ok(id=7, ids=(42,))
    assert session.board.rows()[-1] == (42, 3.0, 3.0, 1.0, True)


def test_a_moved_point_changes_the_loss_at_once_and_adds_no_row() -> None:
    session = small()
    do(session, "step", epochs=3)
    loss, rows, theta = session.frame(BUFFERS, 0).now.train_loss, session.recorded, session.theta.copy()
    trained = next(row for row in session.board.rows() if not row[4])
    do(session, "move_points", points=[[trained[0], -trained[1], trained[2]]])
    assert session.frame(BUFFERS, 0).now.train_loss != loss
    assert session.recorded == rows
    assert np.array_equal(session.theta, theta)


def test_relabelling_and_deleting_do_what_they_say() -> None:
    session = small()
    do(session, "relabel_points", ids=[3, 5], label=1)
    do(session, "delete_points", ids=[0])
    rows = {row[0]: row for row in session.board.rows()}
    assert (rows[3][3], rows[5][3], 0 in rows) == (1.0, 1.0, False)


@pytest.mark.parametrize(
    ("kind", "fields", "code", "path"),
    [
        ("move_points", {"points": [[0, 1, 1], [99, 1, 1]]}, "unknown_point", ("points", 1)),
        ("relabel_points", {"ids": [99], "label": 0}, "unknown_point", ("ids", 0)),
        ("delete_points", {"ids": [0, 1, 99]}, "unknown_point", ("ids", 2)),
        ("relabel_points", {"ids": [0], "label": 2}, "invalid_spec", ("label",)),
        ("add_points", {"points": [[0, 0, 0], [0, 0, 5]]}, "invalid_spec", ("points", 1, 2)),
        ("add_points", {"points": [[0, 0, 0]] * 4970}, "too_many_points", ("points",)),
        ("set_weight", {"layer": 2, "unit": 0, "input": 0, "value": 1}, "unknown_weight", ("layer",)),
        ("set_weight", {"layer": 0, "unit": 3, "input": 0, "value": 1}, "unknown_weight", ("unit",)),
        ("set_weight", {"layer": 0, "unit": 0, "input": 2, "value": 1}, "unknown_weight", ("input",)),
        ("set_weight", {"layer": 0, "unit": 0, "input": -1, "value": 1}, "unknown_weight", ("input",)),
    ],
)
def test_a_refused_command_changes_nothing(kind: str, fields: dict[str, Any], code: str, path: Any) -> None:
    error = refused(small(), kind, **fields)
    assert (error.code, error.path) == (code, path)


def test_deleting_the_last_training_point_stops_training() -> None:
    session = small()
    do(session, "play")
    trained = [row[0] for row in session.board.rows() if not row[4]]
    events = do(session, "delete_points", ids=trained)
    assert events[-1] == PhaseChanged(phase=Phase.PAUSED, step=0, epoch=0)
    assert session.frame(BUFFERS, 0).now.train_loss is None


def test_an_emptied_board_trains_again_once_it_has_points() -> None:
    session = small(data={"source": "points"})
    do(session, "add_points", points=[[-1, 0, 0], [1, 0, 1]])
    do(session, "step", epochs=30)
    assert session.frame(BUFFERS, 0).now.train_score == 1.0


@pytest.mark.parametrize(("column", "index"), [(0, 3), (1, 4), (None, 5)])
def test_a_weight_or_bias_is_set_where_the_layout_says(column: int | None, index: int) -> None:
    session = small()
    do(session, "set_weight", layer=0, unit=1, input=column, value=0.75)
    assert session.theta[index] == 0.75


# -- divergence --------------------------------------------------------------------------------------------------------


def test_divergence_keeps_the_last_good_step_and_says_what_can_be_done() -> None:
    session = Session.create(Experiment.parse(STEEP))
    do(session, "play")
    told, phase = session.advance(1000)
    assert isinstance(told, Diverged)
    assert phase == PhaseChanged(phase=Phase.DIVERGED, step=told.step, epoch=session.epoch)
    assert (session.step, bool(np.isfinite(session.theta).all())) == (told.step, True)
    assert "A learning rate of 10 steps too far" in told.message
    assert "reset" in told.message


def test_after_divergence_a_lower_rate_plays_on() -> None:
    session = diverged()
    step = session.step
    do(session, "set_spec", spec={"training": {"optimizer": {"learning_rate": 1e-5}}})
    do(session, "play")
    assert session.advance(5) == []
    assert session.step == step + 5


# -- frames and snapshots ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "planes", "outputs"),
    [({}, 1, 1), ({"data": {"source": "blobs", "classes": 5}}, 2, 5), ({"data": {"source": "plane"}}, 1, 1)],
)
def test_a_frame_has_the_shapes_that_the_protocol_promises(tree: Any, planes: int, outputs: int) -> None:
    session = Session.create(Experiment.parse(tree))
    do(session, "set_view", view={"grid": 20, "map_grid": 9})
    frame = session.frame(BUFFERS, 0)
    assert frame.boundary.shape == (planes, 20, 20)
    assert (frame.maps.shape, frame.map_ranges.shape) == ((6, 9, 9), (6, 2))
    assert frame.theta.shape == frame.gradient.shape == (session.theta.size,)
    assert frame.predictions.shape == (outputs, 500)
    assert frame.losses.shape == (1, 8)


def test_a_view_without_maps_gets_none() -> None:
    session = small()
    do(session, "set_view", view={"grid": 10, "maps": False})
    assert session.frame(BUFFERS, 0).maps.shape == (0, 0, 0)


def test_predictions_stand_in_the_order_of_the_points() -> None:
    session = small()
    do(session, "step", epochs=200)
    session.advance(10_000)
    frame, rows = session.frame(BUFFERS, 0), session.board.rows()
    for part, score in ((False, frame.now.train_score), (True, frame.now.test_score)):
        right = [
            (frame.predictions[0, place] >= 0.5) == (row[3] == 1)
            for place, row in enumerate(rows)
            if row[4] is part
        ]
        assert score == pytest.approx(np.mean(right))


command_lists = st.lists(
    st.sampled_from(list(EXAMPLES)).map(lambda kind: (kind, EXAMPLES[kind]))
    | st.tuples(st.just("step"), st.fixed_dictionaries({"batches": st.integers(1, 40)}))
    | st.tuples(st.just("advance"), st.fixed_dictionaries({"steps": st.integers(1, 20)})),
    max_size=12,
)


def follow(session: Session, commands: list[tuple[str, dict[str, Any]]]) -> list[Event]:
    """All that a session says to a list of commands and advances."""
    events: list[Event] = []
    for kind, fields in commands:
        events += session.advance(**fields) if kind == "advance" else do(session, kind, **fields)
    return events


@settings(max_examples=40)
@given(command_lists, command_lists)
def test_a_restored_session_goes_on_with_the_same_bits(before: Any, after: Any) -> None:
    session = small(network={"layers": [{"units": 3, "dropout": 0.3, "batch_norm": True}]})
    follow(session, before)
    again = Session.restore(session.snapshot())
    assert again.greet() == session.greet()
    assert follow(again, after) == follow(session, after)
    assert np.array_equal(again.theta, session.theta)
    assert again.snapshot() == session.snapshot()


def test_a_snapshot_of_another_format_is_refused() -> None:
    data = small().snapshot()
    with pytest.raises(ValueError, match="this is a snapshot of format 9; format 2 can be read"):
        Session.restore(data.replace(b'\\"format\\": 2', b'\\"format\\": 9'))


# -- reading commands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("hello", ()),
        ("[" * 5000, ()),
        ("[]", ()),
        ('{"id": 1, "type": "fly"}', ()),
        ('{"type": "play"}', ("id",)),
        ('{"id": 1.5, "type": "play"}', ("id",)),
        ('{"id": 1, "type": "play", "x": 1}', ("x",)),
        ('{"id": 1, "type": "step"}', ("batches",)),
        ('{"id": 1, "type": "step", "batches": 1, "epochs": 1}', ("batches",)),
        ('{"id": 1, "type": "set_speed", "epochs_per_second": NaN}', ("epochs_per_second",)),
        ('{"id": 1, "type": "move_points", "points": [[0, 101, 0]]}', ("points", 0, 1)),
    ],
)
def test_what_is_no_command_is_refused_with_its_path(text: str, path: tuple[object, ...]) -> None:
    with pytest.raises(SpecError) as caught:
        parse_command(text)
    assert (caught.value.code, caught.value.path) == ("bad_command", path)


@given(
    st.text()
    | st.binary()
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps)
)
def test_nothing_makes_reading_a_command_raise_anything_else(data: str | bytes) -> None:
    with pytest.raises(SpecError):
        parse_command(data)


def test_a_command_read_from_json_is_the_model() -> None:
    assert parse_command('{"id": 1, "type": "set_spec", "spec": {}}') == SetSpec(id=1, spec={})
