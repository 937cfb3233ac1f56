"""Stepping until: it ends after the first epoch at which a condition holds, says so, and is ended by other commands."""

import json
from typing import Any

import pytest

from app.session.commands import parse_command
from app.session.events import Event, Phase, Reached
from app.session.frame import LOSS_COLUMNS
from app.session.session import Session
from app.spec import SpecError
from tests.unit.session.building import do, kinds, part, refused, small, steep

LONG = 400
"""Epochs: more than a command does while answering."""


def until(session: Session, epochs: int = LONG, **conditions: object) -> list[Event]:
    """All that a session says from the command on until it stands."""
    events = do(session, "step", epochs=epochs, until=conditions)
    while session.phase is Phase.PLAYING:
        events += session.advance(7)
    return events


def told(events: list[Event]) -> Reached:
    """The one event that tells how it ended, which stands before the phase."""
    (event,) = [event for event in events if isinstance(event, Reached)]
    assert kinds(events)[-2:] == ["reached", "phase"]
    return event


def rows(session: Session, column: str) -> list[float]:
    """What the history has of a figure, epoch by epoch."""
    found: list[float] = session.history.since(0)[:, LOSS_COLUMNS.index(column)].tolist()
    return found


@pytest.mark.parametrize(
    ("condition", "column", "bound", "sign"),
    [
        ("train_loss_below", "train_loss", 0.4, -1),
        ("test_loss_below", "test_loss", 0.5, -1),
        ("train_score_above", "train_score", 0.8, 1),
        ("test_score_above", "test_score", 0.8, 1),
    ],
)
def test_it_ends_after_the_first_epoch_at_which_the_condition_holds(
    condition: str, column: str, bound: float, sign: int
) -> None:
    session = small()
    conditions: dict[str, Any] = {condition: bound}
    event = told(until(session, **conditions))
    values = rows(session, column)
    assert event.reached
    assert (session.phase, session.pending_steps) == (Phase.PAUSED, None)
    assert sign * values[-1] > sign * bound
    assert all(sign * value <= sign * bound for value in values[1:-1])
    assert (
        (event.epoch, event.step) == (len(values) - 1, 3 * (len(values) - 1)) == (session.epoch, session.step)
    )


def test_the_message_says_what_is_true_and_what_was_asked() -> None:
    session = small()
    event = told(until(session, train_loss_below=0.4))
    loss = rows(session, "train_loss")[-1]
    assert (
        event.message == f"Reached after epoch {session.epoch}: the training loss is {loss:.4g}, below 0.4."
    )


def test_where_the_epochs_run_out_it_says_how_things_stand() -> None:
    session = small()
    event = told(until(session, epochs=2, train_loss_below=1e-9, test_score_above=0.999))
    loss, score = rows(session, "train_loss")[-1], rows(session, "test_score")[-1]
    assert (event.reached, event.epoch, session.epoch) == (False, 2, 2)
    assert event.message == (
        f"Not reached by epoch 2: the training loss is {loss:.4g}, not below 1e\N{MINUS SIGN}09; "
        f"the test accuracy is {100 * score:.4g} %, not above 99.9 %."
    )


def test_of_several_conditions_one_is_enough_and_only_it_is_told() -> None:
    event = told(until(small(), train_loss_below=1e-9, train_score_above=0.6))
    assert event.reached
    assert "loss" not in event.message


def test_a_regression_is_judged_by_r_squared() -> None:
    session = small(data={"source": "plane", "samples": 40})
    event = told(until(session, test_score_above=0.5))
    assert event.reached
    assert f"the test R² is {rows(session, 'test_score')[-1]:.4g}, above 0.5." in event.message


def test_it_can_end_in_the_middle_of_what_was_asked_for_while_answering() -> None:
    """10 epochs of 3 updates are done at once; they end with the first epoch."""
    session = small()
    events = do(session, "step", epochs=10, until={"train_loss_below": 100.0})
    assert kinds(events) == ["ok", "reached", "phase"]
    assert session.epoch == 1


def test_waiting_for_a_divergence_that_does_not_come_says_so() -> None:
    event = told(until(small(), epochs=3, diverges=True))
    assert event.message == "Not reached by epoch 3: training has not diverged."


def test_a_divergence_tells_itself_and_is_no_condition_reached() -> None:
    session = steep(0.003)
    events = until(session, diverges=True)
    assert (kinds(events)[-1], "diverged" in kinds(events), "reached" in kinds(events)) == (
        "phase",
        True,
        False,
    )
    assert session.phase is Phase.DIVERGED


@pytest.mark.parametrize("command", ["pause", "play", "reset"])
def test_another_command_ends_it_without_a_word(command: str) -> None:
    session = small()
    do(session, "step", epochs=LONG, until={"train_loss_below": 0.4})
    session.advance(6)
    events = do(session, command)
    do(session, "play")
    events += session.advance(1200)
    assert "reached" not in kinds(events)
    assert session.phase is Phase.PLAYING


def test_a_new_step_has_its_own_conditions() -> None:
    session = small()
    do(session, "step", epochs=LONG, until={"train_loss_below": 0.4})
    session.advance(6)
    events = do(session, "step", epochs=2)
    assert kinds(events) == ["ok", "phase"]


def test_a_restored_session_still_knows_what_it_steps_for() -> None:
    session = small()
    do(session, "step", epochs=LONG, until={"train_loss_below": 0.4, "test_score_above": 0.99})
    session.advance(6)
    other = Session.restore(session.snapshot())
    assert other.until == session.until is not None
    assert told(other.advance(1200)) == told(session.advance(1200))


def test_a_figure_of_test_points_that_are_not_there_is_refused() -> None:
    session = small()
    do(session, "delete_points", ids=part(session, test=True))
    answer = refused(session, "step", epochs=3, until={"test_loss_below": 0.1})
    assert (answer.code, answer.path) == ("not_allowed", ("until", "test_loss_below"))
    assert told(until(session, train_loss_below=0.4)).reached


def test_test_points_that_go_meanwhile_leave_a_figure_that_is_not_defined() -> None:
    session = small()
    do(session, "step", epochs=50, until={"test_loss_below": 1e-9})
    do(session, "delete_points", ids=part(session, test=True))
    event = told(session.advance(1000))
    assert event.message == "Not reached by epoch 50: the test loss is not defined."


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"batches": 1, "until": {"train_loss_below": 0.1}}, ("until",)),
        ({"epochs": 1, "until": {}}, ("until",)),
        ({"epochs": 1, "until": {"diverges": False}}, ("until",)),
        ({"epochs": 1, "batches": 1, "until": {"diverges": True}}, ("batches",)),
        ({"until": {"diverges": True}}, ("batches",)),
        ({"epochs": 1, "until": {"train_loss_below": 0}}, ("until", "train_loss_below")),
        ({"epochs": 1, "until": {"test_score_above": 1}}, ("until", "test_score_above")),
        ({"epochs": 1, "until": {"loss_below": 1}}, ("until", "loss_below")),
        ({"epochs": 1001, "until": {"diverges": True}}, ("epochs",)),
    ],
)
def test_conditions_that_cannot_be_are_refused(fields: dict[str, Any], path: tuple[str, ...]) -> None:
    with pytest.raises(SpecError) as caught:
        parse_command(json.dumps({"id": 1, "type": "step", **fields}))
    assert (caught.value.code, caught.value.path) == ("bad_command", path)
