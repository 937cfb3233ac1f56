"""Worked numbers of the classroom, as a walk shows them."""

import pytest

from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do, small, steep
from tests.unit.session.walking import walk


def by_hand() -> Session:
    """Worked number 8, without biases: they are 0 and frozen."""
    spec = {
        "data": {"source": "points", "points": [[0.1, 0.3, 1]], "train_fraction": 1.0},
        "inputs": ["x1", "x2"],
        "network": {
            "layers": [{"units": 1, "activation": "sigmoid"}],
            "output": "sigmoid",
            "frozen": [{"layer": 0, "unit": 0, "input": None}, {"layer": 1, "unit": 0, "input": None}],
        },
        "training": {
            "loss": "half_squared_error",
            "batch_size": None,
            "optimizer": {"name": "sgd", "learning_rate": 0.5},
        },
    }
    session = Session.create(Experiment.parse(spec))
    for layer, place, value in ((0, 0, 0.4), (0, 1, -0.2), (1, 0, 0.1)):
        do(session, "set_weight", layer=layer, unit=0, input=place, value=value)
    return session


def test_8_backprop_by_hand_comes_out_digit_for_digit() -> None:
    now = walk(by_hand(), stop=6)
    hidden, output = now.layers
    assert round(hidden.z[0], 2) == -0.02
    assert round(hidden.a[0], 3) == 0.495
    assert round(output.a[0], 3) == 0.512
    # In loss-gradient convention the deltas carry the opposite sign of the page's source.
    assert round(-output.delta[0], 3) == 0.122
    assert round(-hidden.delta[0], 4) == 0.0030
    assert now.parameters is not None
    moved = [round(-step, 5) for step in now.parameters.update]
    assert [round(-now.parameters.update[3], 4), *moved[:2]] == [0.0302, 0.00015, 0.00046]
    assert [now.parameters.after[2], now.parameters.after[4]] == [0.0, 0.0]


def trick() -> Session:
    """Worked number 1: the line 3 x1 + 4 x2 - 10 = 0 and the point (1, 1), which should be positive."""
    spec = {
        "data": {"source": "points", "points": [[1, 1, 1]], "train_fraction": 1.0},
        "inputs": ["x1", "x2"],
        "network": {"layers": [], "output": "step"},
        "training": {"batch_size": 1, "optimizer": {"name": "perceptron", "learning_rate": 0.1}},
    }
    session = Session.create(Experiment.parse(spec))
    for place, value in ((0, 3.0), (1, 4.0), (None, -10.0)):
        do(session, "set_weight", layer=0, unit=0, input=place, value=value)
    return session


def test_1_the_misclassified_point_pulls_the_line() -> None:
    session = trick()
    lines = []
    for _ in range(12):
        line = walk(session, by="sample").line
        assert line is not None
        lines.append(line)
    assert lines[0].before == (3.0, 4.0, -10.0)
    assert lines[0].after == pytest.approx((3.1, 4.1, -9.9))
    assert [line.after for line in lines[:-1]] == [line.before for line in lines[1:]]
    assert sum(lines[9].after) == pytest.approx(0.0, abs=1e-12)  # on the line after ten
    assert sum(lines[10].after) == pytest.approx(0.3)  # inside after eleven
    assert lines[11].after == lines[11].before


def test_only_one_unit_on_x1_and_x2_is_a_line() -> None:
    assert walk(small(), stop=0).line is None
    assert walk(steep(0.001), stop=0).line is None
    assert walk(small(inputs=["x2", "x1"], network={"layers": []}), stop=0).line is None
    assert walk(small(network={"layers": []}), stop=0).line is not None
