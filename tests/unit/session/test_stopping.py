"""What early stopping watches, what it brings back, and when it watches anew."""

from typing import Any

import numpy as np
import pytest

from app.session import commands as ask
from app.session.events import Event, Phase, PhaseChanged, Stopped
from app.session.session import Session
from app.spec import Experiment


def session(patience: int = 3, samples: int = 40, train_fraction: float = 0.5, rate: float = 0.1) -> Session:
    return Session.create(
        Experiment().patched(
            {
                "data": {
                    "source": "xor",
                    "samples": samples,
                    "noise": 0.5,
                    "train_fraction": train_fraction,
                },
                "training": {
                    "optimizer": {"name": "adam", "learning_rate": rate},
                    "early_stopping": {"patience": patience},
                },
            }
        )
    )


def spec(session: Session, **patch: Any) -> None:
    session.handle(ask.SetSpec(id=1, spec=patch))


def play_out(session: Session) -> list[Event]:
    session.handle(ask.Play(id=1))
    while session.phase is Phase.PLAYING:
        events = session.advance(50)
    return events


def stopped(events: list[Event]) -> Stopped:
    (event,) = [event for event in events if isinstance(event, Stopped)]
    return event


def test_without_test_points_the_training_loss_is_watched() -> None:
    one = session(train_fraction=1.0, rate=0.0)
    event = stopped(play_out(one))
    assert (event.loss_part, event.best_epoch, event.epoch) == ("train", 1, 4)
    assert "the training loss has not fallen for 3 epochs" in event.message


def test_a_gain_no_larger_than_the_least_is_none() -> None:
    one = session(patience=2)
    spec(one, training={"early_stopping": {"patience": 2, "min_delta": 1000.0}})
    event = stopped(play_out(one))
    assert (event.best_epoch, event.epoch) == (1, 3)


def test_stopping_ends_a_bounded_step_and_pauses_last() -> None:
    one = session(rate=0.0, patience=1)
    events = one.handle(ask.Step(id=1, epochs=9))
    assert stopped(events).epoch == 2
    assert isinstance(events[-1], PhaseChanged)
    assert (one.phase, one.pending_steps) == (Phase.PAUSED, None)


@pytest.mark.parametrize(
    "change",
    [
        {"training": {"optimizer": {"name": "momentum"}}},
        {"training": {"early_stopping": {"patience": 4}}},
        {"network": {"frozen": [{"layer": 0}]}},
    ],
)
def test_it_watches_anew_where_the_best_weights_would_not_fit_any_more(change: dict[str, Any]) -> None:
    one = session()
    one.handle(ask.Step(id=1, epochs=2))
    assert one.stopping.kept is not None
    spec(one, **change)
    assert one.stopping.kept is None


def test_what_is_frozen_does_not_move_even_when_the_best_weights_come_back() -> None:
    one = session(patience=2)
    one.handle(ask.Step(id=1, epochs=4))
    spec(one, network={"frozen": [{"layer": 0}]})
    frozen = one.theta[:32].tolist()
    event = stopped(play_out(one))
    assert event.restored
    assert one.theta[:32].tolist() == frozen


def test_a_change_of_the_rate_leaves_the_best_weights() -> None:
    one = session()
    one.handle(ask.Step(id=1, epochs=2))
    best = one.stopping.kept
    spec(one, training={"optimizer": {"learning_rate": 0.01}, "l2": 0.1})
    assert one.stopping.kept is best


@pytest.mark.parametrize(
    "command",
    [
        ask.DeletePoints(id=1, ids=(0,)),
        ask.SetWeight(id=1, layer=0, unit=0, input=0, value=1.0),
        ask.Reset(id=1),
    ],
)
def test_edits_and_a_new_run_begin_the_watch_anew(command: ask.Command) -> None:
    one = session()
    one.handle(ask.Step(id=1, epochs=2))
    one.handle(command)
    assert (one.stopping.kept, one.stopping.waited) == (None, 0)


def test_an_epoch_that_divergence_took_back_is_not_the_best() -> None:
    one = session(rate=0.01)
    one.handle(ask.Step(id=1, epochs=2))
    assert one.stopping.best_epoch == 2
    one.machine.trainer.limit = np.array(0.0)  # the next loss condemns the last update of epoch 2
    one.handle(ask.Step(id=2, batches=1))
    assert (one.phase, one.epoch) == (Phase.DIVERGED, 1)
    assert (one.stopping.best_epoch, one.stopping.kept) == (0, None)
