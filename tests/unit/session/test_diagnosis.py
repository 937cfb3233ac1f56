"""Diagnostics in frames: off by default, on when the view asks, and a curvature that is measured when it is due."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

from app.engine.curvature import sharpness
from app.session import diagnosis
from app.session.diagnosis import MOST_STEPS, steps_between
from app.session.events import Phase
from app.session.frame import Frame
from app.session.session import Session
from tests.unit.session.building import OWN, do, part, picture, small

DIAGNOSING = {"grid": 8, "maps": False, "diagnostics": True}


def watched(**changes: Any) -> Session:
    """A small session whose frames carry diagnostics."""
    session = small(**changes)
    do(session, "set_view", view=DIAGNOSING)
    return session


def verdict(frame: Frame, about: str) -> str:
    (found,) = [read.verdict for read in frame.readings or () if read.about == about]
    return found


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every sharpness that is measured."""
    found: list[float] = []

    def counting(*arguments: Any) -> float:
        found.append(sharpness(*arguments))
        return found[-1]

    monkeypatch.setattr(diagnosis, "sharpness", counting)
    return found


def test_a_frame_carries_none_of_it_unless_asked(measured: list[float]) -> None:
    frame = picture(small())
    assert (frame.readings, frame.curvature) == (None, None)
    shapes = [array.shape for array in (frame.health, frame.histograms, frame.histogram_ranges)]
    assert shapes == [(0,), (3, 0, 20), (3, 0, 2)]
    assert not measured


def test_asked_it_carries_all_of_it() -> None:
    session = watched()
    do(session, "step", epochs=2)
    frame = picture(session)
    assert frame.histograms.sum(axis=-1).tolist() == [[60, 20], [9, 4], [9, 4]]  # 3 units on 20 points
    points = np.array([row[1:3] for row in session.points().points if not row[4]]).T
    block = session.theta[:9].reshape(3, 3)
    flat = 1 - np.tanh(block[:, :2] @ points + block[:, 2:]) ** 2 < 0.05
    np.testing.assert_allclose(frame.health, flat.mean(axis=1))
    assert frame.health.max() == pytest.approx(0.7)
    assert frame.curvature is not None
    assert frame.curvature.step == 6
    assert frame.curvature.limit == pytest.approx(2 / 0.03)
    assert frame.curvature.sharpness > 0
    assert verdict(frame, "gap") == "high_bias"
    assert verdict(frame, "curvature") == "other_rule"  # Adam
    assert verdict(frame, "gradients") == "healthy"


def test_validation_points_judge_what_is_learnt_by_heart_and_test_points_stand_beside_them() -> None:
    session = watched()
    judges = part(session, test=True)
    do(session, "set_part", ids=judges[:10], part="validation")
    do(session, "step", epochs=2)
    frame = picture(session)
    (gap,) = [read.text for read in frame.readings or () if read.about == "gap"]
    validation, test = frame.now.validation_score, frame.now.test_score
    assert validation is not None
    assert test is not None
    assert f"and {100 - 100 * validation:.1f} % of the validation points" in gap
    assert f"Wrong on {100 - 100 * test:.1f} % of the test points, which are kept for the end." in gap
    do(session, "set_part", ids=judges[10:], part="train")
    frame = picture(session)
    (gap,) = [read.text for read in frame.readings or () if read.about == "gap"]
    assert frame.now.test_score is None
    assert "of the validation points" in gap
    assert "test points" not in gap


def test_histograms_of_gradients_are_of_the_last_step_s() -> None:
    session = watched()
    assert picture(session).histogram_ranges[2].tolist() == [[-0.5, 0.5], [-0.5, 0.5]]
    do(session, "step", batches=1)
    frame = picture(session)
    assert frame.histogram_ranges[2, 1].tolist() == [
        pytest.approx(frame.gradient[9:].min()),
        pytest.approx(frame.gradient[9:].max()),
    ]


def test_a_dead_relu_is_found_on_the_training_points_alone() -> None:
    """A bias of -100 kills unit 1; one far test point does not bring it back."""
    session = watched(network={"layers": [{"units": 3, "activation": "relu"}]})
    do(session, "set_weight", layer=0, unit=1, input=None, value=-100.0)
    do(session, "set_weight", layer=0, unit=1, input=0, value=10.0)
    do(session, "move_points", points=[[part(session, test=True)[0], 50, 0]])
    frame = picture(session)
    assert frame.health[1] == 1.0
    assert [(read.layer, read.unit) for read in frame.readings or () if read.verdict == "dead"] == [(0, 1)]


def test_without_training_points_there_is_little_to_say() -> None:
    session = watched(data=OWN)
    frame = picture(session)
    assert frame.curvature is None
    assert [read.about for read in frame.readings or ()] == ["gradients"]
    assert all(math.isnan(share) for share in frame.health)


def test_the_curvature_is_measured_once_for_a_state(measured: list[float]) -> None:
    session = watched()
    first, second = picture(session), picture(session)
    assert first.curvature == second.curvature
    assert len(measured) == 1
    do(session, "inspect", at=[1, 1])
    picture(session)
    assert len(measured) == 1


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("set_weight", {"layer": 0, "unit": 0, "input": 0, "value": 1.5}),
        ("set_spec", {"spec": {"training": {"l2": 0.1}}}),
        ("set_spec", {"spec": {"network": {"frozen": [{"layer": 0, "unit": None, "input": None}]}}}),
        ("step", {"batches": 1}),
        ("new_weights", {}),
    ],
)
def test_at_rest_it_is_measured_after_every_change(
    command: str, fields: dict[str, Any], measured: list[float]
) -> None:
    session = watched()
    picture(session)
    do(session, command, **fields)
    picture(session)
    assert len(measured) == 2
    assert measured[0] != measured[1]


def test_moved_training_points_count_as_a_change(measured: list[float]) -> None:
    session = watched()
    picture(session)
    do(session, "move_points", points=[[part(session, test=False)[0], 5, 5]])
    picture(session)
    assert len(measured) == 2


def test_another_rate_moves_the_limit_and_measures_nothing(measured: list[float]) -> None:
    session = watched(training={"batch_size": 8, "optimizer": {"name": "sgd", "learning_rate": 0.1}})
    before = picture(session).curvature
    do(session, "set_spec", spec={"training": {"optimizer": {"learning_rate": 8.0}}})
    after = picture(session)
    assert before is not None
    assert after.curvature is not None
    assert (before.limit, after.curvature.limit) == (20.0, 0.25)
    assert (before.points, before.of) == (20, 20)
    assert after.curvature.sharpness == before.sharpness > 0.25
    assert verdict(after, "curvature") == "too_large"
    assert len(measured) == 1


@pytest.mark.parametrize(
    ("name", "limit", "formula"),
    [
        ("sgd", 20.0, "2 / learning rate"),
        ("momentum", 38.0, "2 (1 + momentum) / learning rate"),
        ("nesterov", 38 / 2.8, "2 (1 + momentum) / ((1 + 2 momentum) learning rate)"),
        ("adam", 20.0, "2 / learning rate"),
    ],
)
def test_the_limit_that_is_drawn_is_the_one_in_the_words(name: str, limit: float, formula: str) -> None:
    """At a rate of 0.1; a velocity keeps 0.9 of itself unless told otherwise."""
    frame = picture(watched(training={"optimizer": {"name": name, "learning_rate": 0.1}}))
    assert frame.curvature is not None
    assert frame.curvature.limit == pytest.approx(limit)
    assert frame.curvature.formula == formula
    assert any(f"{formula} = {limit:.3g}" in read.text for read in frame.readings or ())


def test_of_more_than_a_thousand_points_it_is_told_that_a_sample_was_measured() -> None:
    frame = picture(watched(data={"samples": 2500, "train_fraction": 0.8}))
    assert frame.curvature is not None
    assert (frame.curvature.points, frame.curvature.of) == (1000, 2000)
    assert any("a sample of 1000 of 2000 training points" in read.text for read in frame.readings or ())


def test_while_playing_it_is_measured_about_every_other_second(measured: list[float]) -> None:
    """At 2.5 epochs of 3 steps a second: after 15 steps, and not before."""
    session = watched()
    do(session, "set_speed", epochs_per_second=2.5)
    do(session, "play")
    steps = []
    for _ in range(8):
        frame = picture(session)
        assert frame.curvature is not None
        steps.append(frame.curvature.step)
        session.advance(5)
    assert steps == [0, 0, 0, 15, 15, 15, 30, 30]
    assert len(measured) == 3
    do(session, "pause")
    frame = picture(session)
    assert frame.curvature is not None
    assert frame.curvature.step == frame.step == 40


@pytest.mark.parametrize(
    ("speed", "expected"),
    [
        ({"steps_per_second": 0.5}, 1),
        ({"steps_per_second": 100.0}, 200),
        ({"epochs_per_second": 30.0}, 180),
        ({"epochs_per_second": 1000.0}, MOST_STEPS),
        ({}, MOST_STEPS),
    ],
)
def test_a_curvature_stays_good_for_the_steps_of_two_seconds(speed: dict[str, float], expected: int) -> None:
    session = small()
    do(session, "set_speed", **speed)
    assert steps_between(session) == 0
    do(session, "play")
    assert session.phase is Phase.PLAYING
    assert steps_between(session) == expected


def test_another_run_does_not_keep_the_curvature_of_the_last(measured: list[float]) -> None:
    session = watched()
    do(session, "play")
    picture(session)
    do(session, "new_weights")
    picture(session)
    assert len(measured) == 2


def test_the_same_commands_give_the_same_numbers() -> None:
    frames = []
    for _ in range(2):
        session = watched()
        do(session, "step", epochs=3)
        frames.append(picture(session))
    one, other = frames
    assert (one.readings, one.curvature) == (other.readings, other.curvature)
    np.testing.assert_array_equal(one.histograms, other.histograms)


def test_looking_changes_no_bit_of_the_run() -> None:
    looked, plain = watched(), small()
    for session in (looked, plain):
        do(session, "play")
        session.advance(4)
        picture(session)
        session.advance(50)
    np.testing.assert_array_equal(looked.theta, plain.theta)


def test_a_restored_session_goes_on_diagnosing() -> None:
    session = watched()
    do(session, "step", epochs=2)
    one, other = picture(session), picture(Session.restore(session.snapshot()))
    assert (one.readings, one.curvature) == (other.readings, other.curvature)


def test_large_networks_have_no_curvature() -> None:
    frame = picture(watched(network={"layers": [{"units": 60}]}))
    assert frame.curvature is None
    assert verdict(frame, "curvature") == "undefined"
    assert dataclasses.asdict((frame.readings or ())[-1])["about"] in {"curvature", "gap"}
