"""What a lesson can have measured: each quantity by a figure known from elsewhere, and None where there is none."""

import json
from typing import Any

import numpy as np
import pytest

from app.lessons.quantities import NEEDS, OF_A_SPOT, Condition, Measure, Quantity
from app.rehearsal import do
from app.session.commands import parse_command
from app.session.events import Phase
from app.session.frame import LOSS_COLUMNS
from app.session.measuring import MEASURES, measure
from app.session.session import Session
from app.spec import Experiment
from app.vocabulary import Part


def session_of(load: dict[str, Any], *commands: dict[str, Any]) -> Session:
    session = Session.create(Experiment())
    do(session, [{"type": "load"} | load, *commands])
    return session


def found(session: Session, name: str, **which: Any) -> Any:
    return measure(session, Measure.model_validate({"measure": Quantity(name)} | which))


@pytest.fixture
def by_hand() -> Session:
    """Worked number 8: 2-1-1 sigmoids without biases, half squared error, rate 0.5."""
    frozen = [{"layer": layer, "unit": 0, "input": None} for layer in (0, 1)]
    spec = {
        "data": {"source": "points", "train_fraction": 1.0},
        "inputs": ["x1", "x2"],
        "network": {"layers": [{"units": 1, "activation": "sigmoid"}], "output": "sigmoid", "frozen": frozen},
        "training": {
            "loss": "half_squared_error",
            "optimizer": {"name": "sgd", "learning_rate": 0.5},
            "batch_size": 1,
        },
    }
    return session_of({"spec": spec, "points": [[0.1, 0.3, 1, 0]], "weights": [0.4, -0.2, 0, 0.1, 0]})


def test_every_quantity_has_a_function() -> None:
    assert set(MEASURES) == set(Quantity)


def test_the_pass_forward_and_backward_of_worked_number_8(by_hand: Session) -> None:
    assert found(by_hand, "sum", layer=0, unit=0, row=0) == pytest.approx(-0.02)
    assert found(by_hand, "activation", layer=0, unit=0, at=(0.1, 0.3)) == pytest.approx(0.495, abs=5e-5)
    assert found(by_hand, "output", row=0) == pytest.approx(0.51237, abs=5e-6)
    assert found(by_hand, "point_loss", row=0) == pytest.approx(0.5 * (1 - 0.51237) ** 2, abs=5e-6)
    assert found(by_hand, "delta", layer=1, unit=0) == pytest.approx(-0.122, abs=5e-4)
    assert found(by_hand, "delta", layer=0, unit=0, row=0) == pytest.approx(-0.0030, abs=5e-5)
    assert found(by_hand, "slope", layer=0, unit=0, input=1) == pytest.approx(-0.00091, abs=5e-6)


def test_the_step_of_worked_number_8(by_hand: Session) -> None:
    assert found(by_hand, "update", layer=1, unit=0, input=0) is None
    do(by_hand, [{"type": "step", "batches": 1}])
    assert found(by_hand, "update", layer=1, unit=0, input=0) == pytest.approx(0.0302, abs=5e-5)
    assert found(by_hand, "update", layer=0, unit=0, input=0) == pytest.approx(0.00015, abs=5e-6)
    assert found(by_hand, "update", layer=0, unit=0, input=1) == pytest.approx(0.00046, abs=5e-6)
    assert found(by_hand, "gradient", layer=0, unit=0) == 0.0
    assert found(by_hand, "weight", layer=0, unit=0, input=0) == pytest.approx(0.40015, abs=5e-6)
    assert found(by_hand, "layer_gradient", layer=1) == pytest.approx(0.0603, abs=5e-5)
    assert found(by_hand, "gradient_ratio") == pytest.approx(0.00096 / 0.0604, rel=0.02)


def test_what_is_not_there_is_none(by_hand: Session) -> None:
    assert found(by_hand, "weight", layer=0, unit=1, input=0) is None
    assert found(by_hand, "weight", layer=0, unit=0, input=2) is None
    assert found(by_hand, "activation", layer=7, unit=0, row=0) is None
    assert found(by_hand, "output", row=5) is None
    assert found(by_hand, "test_loss") is None
    assert found(by_hand, "spec", path="training.optimizer.momentum") is None
    assert found(by_hand, "spec", path="training.optimizer.name.short") is None
    assert found(by_hand, "spec", path="network.layers.first") is None
    assert found(by_hand, "confusion", actual=0, predicted=0) is None


def test_counts_of_a_network_and_its_run() -> None:
    layers = [{"units": 3, "activation": "relu"}, {"units": 2, "activation": "tanh"}]
    spec = {
        "inputs": ["x1", "x2"],
        "network": {"layers": layers},
        "data": {"source": "circle", "samples": 100},
    }
    session = session_of({"spec": spec}, {"type": "step", "epochs": 2})
    counted = {
        name: found(session, name) for name in ("layers", "units", "inputs", "parameters", "epoch", "step")
    }
    assert counted == {"layers": 2, "units": 5, "inputs": 2, "parameters": 20, "epoch": 2, "step": 10}
    assert (found(session, "points"), found(session, "points", part=Part.TEST)) == (100, 50)
    assert (found(session, "steps_per_epoch"), found(session, "phase"), found(session, "branches")) == (
        5,
        "paused",
        1,
    )
    assert found(session, "spec", path="network.layers.0.units") == 3
    assert found(session, "spec", path="network.layers") == 2
    assert found(session, "check_distance") < 1e-7


def test_the_figures_of_each_part_and_of_the_course_of_the_run_are_its_own() -> None:
    data = {
        "source": "gauss",
        "noise": 0.5,
        "samples": 210,
        "train_fraction": 0.5,
        "validation_fraction": 0.2,
    }
    training = {
        "l2": 0.1,
        "optimizer": {"learning_rate": 0.5},
        "schedule": {"name": "exponential", "gamma": 0.9},
    }
    session = session_of({"spec": {"data": data, "training": training}}, {"type": "step", "epochs": 4})
    now, rows = session.machine.standing(), session.history.since(0)
    figures = {
        f"{part}_{figure}": float(getattr(getattr(now, part), figure))
        for part in ("train", "validation", "test")
        for figure in ("loss", "score")
    }
    assert len(set(figures.values())) == 6, "figures that are alike tell nothing apart"
    assert {name: found(session, name) for name in figures} == figures
    assert found(session, "penalty") == now.penalty > 0
    assert found(session, "rate") == pytest.approx(0.5 * 0.9**3)
    tested = dict(
        zip(rows[:, LOSS_COLUMNS.index("epoch")], rows[:, LOSS_COLUMNS.index("test_loss")], strict=True)
    )
    assert found(session, "lowest_test_loss") == min(tested.values())
    assert found(session, "lowest_test_epoch") == min(tested, key=lambda epoch: tested[epoch]) < 4


def test_the_curvature_of_a_linear_unit_is_that_of_its_inputs() -> None:
    """Half the squared error: H = X X' / N = diag(1/2, 2, 1) over (w1, w2, b)."""
    spec = {
        "data": {"source": "points", "task": "regression", "train_fraction": 1.0},
        "inputs": ["x1", "x2"],
        "network": {"layers": [], "output": "linear"},
        "training": {"loss": "half_squared_error"},
    }
    points = [[1, 0, 0.5, 0], [-1, 0, 0.5, 0], [0, 2, 1, 0], [0, -2, 0, 0]]
    session = session_of({"spec": spec, "points": points, "weights": [0, 0, 0]})
    assert found(session, "sharpness") == pytest.approx(2.0, rel=1e-5)


def test_figures_are_those_of_the_page() -> None:
    session = session_of({"spec": {"data": {"source": "gauss"}}}, {"type": "step", "epochs": 5})
    now = session.machine.standing()
    assert found(session, "train_loss") == float(now.train.loss)
    assert found(session, "test_score") == float(now.test.score)
    assert found(session, "score_gap") == float(now.train.score - now.test.score)
    wrong = found(session, "wrong")
    assert wrong == round((1 - float(now.train.score)) * 250)
    counts = [
        found(session, "confusion", actual=a, predicted=p, part=Part.TRAIN) for a in (0, 1) for p in (0, 1)
    ]
    assert sum(counts) == 250
    assert counts[1] + counts[2] == wrong
    assert found(session, "recall", actual=1, part=Part.TRAIN) == counts[3] / (counts[2] + counts[3])
    assert found(session, "precision", predicted=1, part=Part.TRAIN) == counts[3] / (counts[1] + counts[3])
    losses = session.history.since(0)[:, 2]
    assert found(session, "lowest_train_loss") == losses.min()
    assert found(session, "epoch_below", below=float(losses[3])) == int(np.argmax(losses <= losses[3]))
    assert found(session, "epoch_below", below=0.0) is None


def test_weights_by_size() -> None:
    spec = {"inputs": ["x1", "x2"], "network": {"layers": []}, "data": {"source": "gauss"}}
    session = session_of({"spec": spec, "weights": [3, -4, 100]})
    assert found(session, "weight_norm", layer=0) == 5.0
    assert found(session, "largest_weight") == 4.0
    assert found(session, "small_weights") == 0
    assert found(session, "small_weights", below=3.5) == 1
    assert found(session, "weight", layer=0, unit=0) == 100.0


def test_a_unit_that_is_0_for_every_point_passes_no_gradient_back() -> None:
    layers = [{"units": 2, "activation": "relu"}]
    spec = {"inputs": ["x1", "x2"], "network": {"layers": layers}, "data": {"source": "gauss"}}
    session = session_of({"spec": spec, "weights": [1, 1, 0, 0, 0, -5, 1, 1, 0]})
    assert found(session, "flat_units") == 1
    assert found(session, "flat_units", layer=0) == 1


@pytest.mark.parametrize(
    ("bounds", "value", "holds"),
    [
        ({"at_least": 0.9}, 0.9, True),
        ({"at_least": 0.9}, 0.89, False),
        ({"at_most": 7}, 7, True),
        ({"at_least": 1, "at_most": 2}, 2.5, False),
        ({"is": 0.3, "tolerance": 0.01}, 0.309, True),
        ({"is": 0.3, "tolerance": 0.01}, 0.32, False),
        ({"is": "sgd"}, "sgd", True),
        ({"is": "sgd"}, "adam", False),
        ({"is": True}, 1.0, False),
        ({"at_least": 0.0}, None, False),
        ({"at_least": 0.0}, "sgd", False),
    ],
)
def test_a_condition_holds_for_what_it_asks(bounds: dict[str, Any], value: Any, holds: bool) -> None:
    condition = Condition.model_validate({"measure": Quantity.STEP} | bounds)
    assert condition.holds(value) is holds


def test_batch_norm_by_its_batch_and_by_its_running_figures() -> None:
    """Sums 0, 2, 4, 6: mean 3 and biased variance 5; the running variance is of a sample, 20 / 3."""
    spec = {
        "data": {"source": "points", "train_fraction": 1.0},
        "inputs": ["x1"],
        "network": {"layers": [{"units": 1, "activation": "linear", "batch_norm": True}]},
        "training": {
            "optimizer": {"name": "sgd", "learning_rate": 0.0},
            "batch_size": 4,
            "shuffle": False,
        },
    }
    points = [[0, 0, 0, 0], [2, 0, 0, 0], [4, 0, 1, 0], [6, 0, 1, 0]]
    session = session_of({"spec": spec, "points": points, "weights": [1, 0, 1, 0, 1, 0]})
    assert found(session, "batch_sum", layer=0, unit=0, row=0) == pytest.approx(-1.34164, abs=5e-6)
    assert found(session, "batch_sum", layer=0, unit=0, row=2) == pytest.approx(0.44721, abs=5e-6)
    assert found(session, "running_mean", layer=0, unit=0) == 0.0
    do(session, [{"type": "step", "batches": 1}])
    assert found(session, "running_mean", layer=0, unit=0) == pytest.approx(0.3)
    assert found(session, "running_variance", layer=0, unit=0) == pytest.approx(0.9 + 2 / 3)
    assert found(session, "running_mean", layer=1, unit=0) is None


def everything() -> list[Measure]:
    """Each quantity once, of the first of everything."""
    first = {
        "layer": 0,
        "unit": 0,
        "row": 0,
        "below": 0.1,
        "actual": 0,
        "predicted": 0,
        "path": "network.layers",
    }
    return [
        Measure.model_validate(
            {"measure": name}
            | {part: first[part] for part in NEEDS.get(name, ())}
            | ({"row": 0} if name in OF_A_SPOT else {})
        )
        for name in Quantity
    ]


@pytest.mark.parametrize(
    ("last", "phase"),
    [
        ({"type": "play"}, "playing"),
        ({"type": "seek", "step": 999}, "seeking"),
        ({"type": "bench", "epochs": 2}, "benching"),
        ({"type": "walk", "by": "phase"}, "paused"),
    ],
)
def test_measuring_leaves_a_session_on_its_way_to_the_bit(last: dict[str, Any], phase: str) -> None:
    """A twin that nobody measures arrives at the same place."""
    layers = [{"units": 3, "activation": "tanh", "dropout": 0.2, "batch_norm": True}]
    spec = {"network": {"layers": layers}, "data": {"source": "circle", "samples": 60}}
    measured, twin = (session_of({"spec": spec}) for _ in range(2))
    for session in (measured, twin):
        session.past.interval = 100_000  # the way to a sought step is long: its only anchor is the start
        do(session, [{"type": "step", "batches": 1000}])
        session.handle(parse_command(json.dumps(last | {"id": 1}).encode()))
    assert measured.phase.value == phase
    for _ in range(8):
        assert len([one for one in everything() if measure(measured, one) is not None]) > 40
        assert measured.advance(2) == twin.advance(2)
    while measured.phase in (Phase.SEEKING, Phase.BENCHING):
        assert measured.advance(500) == twin.advance(500)
    assert measured.greet() == twin.greet()
    assert np.array_equal(measured.theta, twin.theta)
    assert np.array_equal(measured.history.since(0), twin.history.since(0), equal_nan=True)
