"""The command `check_gradient`: what it tells, that it changes nothing, and when it is refused."""

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS, Kernel
from app.engine.gradient_check import Checked, check_gradient
from app.engine.numeric import Array
from app.session.diagnosis_events import GradientCheck
from app.session.events import Phase
from app.session.gradient import judge, place_of
from app.session.session import Session
from app.vocabulary import Activation
from tests.unit.engine.building import make_network
from tests.unit.session.building import OWN, do, in_phase, kinds, refused, small


def checked(session: Session) -> GradientCheck:
    """What the session says of its gradient."""
    _, told = do(session, "check_gradient")
    assert isinstance(told, GradientCheck)
    return told


def test_every_derivative_is_told_worst_first() -> None:
    session = small()
    do(session, "step", epochs=1)
    found = checked(session)
    assert (found.step, found.parameters, found.checked, found.points, found.h) == (3, 13, 13, 20, 1e-5)
    assert sorted(row.index for row in found.rows) == list(range(13))
    errors = [row.error for row in found.rows]
    assert errors == sorted(errors, reverse=True)
    assert found.distance is not None
    assert 0 < found.distance < 1e-7
    assert found.verdict == "right"
    distance = f"{found.distance:.1e}".replace("e-0", "e-").replace("-", "\N{MINUS SIGN}")
    assert found.text.startswith(
        f"Right: the backward pass and the differences are {distance} apart, less than "
    )


def test_rows_carry_the_gradient_of_the_whole_training_set() -> None:
    """One step of plain descent on all points at rate 1 takes away exactly what the check calls analytic."""
    optimizer = {"name": "sgd", "learning_rate": 1.0}
    session = small(training={"batch_size": None, "optimizer": optimizer, "l2": 0.1})
    before, found = session.theta.copy(), checked(session)
    do(session, "step", batches=1)
    for row in found.rows:
        assert row.analytic == pytest.approx(before[row.index] - session.theta[row.index], abs=1e-14)


def test_places_are_told_by_layer_unit_and_input() -> None:
    network = make_network(
        2, 3, 1, batch_norm=True
    )  # 9 weights and biases, 3 gammas, 3 betas; 4 at the output
    assert place_of(network, 0) == (0, 0, 0, "weight")
    assert place_of(network, 5) == (0, 1, None, "bias")
    assert place_of(network, 10) == (0, 1, None, "gamma")
    assert place_of(network, 14) == (0, 2, None, "beta")
    assert place_of(network, 17) == (1, 0, 2, "weight")
    assert place_of(network, 18) == (1, 0, None, "bias")


@pytest.mark.parametrize("phase", sorted(Phase))
def test_it_is_allowed_in_every_phase_and_changes_nothing(phase: Phase) -> None:
    session = in_phase(phase)
    before = session.theta.copy(), session.phase, session.step, session.revision, session.recorded
    assert kinds(do(session, "check_gradient")) == ["ok", "gradient_check"]
    np.testing.assert_array_equal(session.theta, before[0])
    assert (session.phase, session.step, session.revision, session.recorded) == before[1:]


def test_it_needs_training_points() -> None:
    error = refused(small(data=OWN), "check_gradient")
    assert error.code == "not_allowed"
    assert error.message == "cannot check the gradient without training points; allowed: add_points"


def test_a_gradient_broken_on_purpose_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With half of ReLU's slope in layer 1 all its derivatives are half of what they should be: error 1/3."""
    kernel = ACTIVATIONS[Activation.RELU]

    def halved(z: Array, a: Array, out: Array) -> None:
        kernel.slope(z, a, out)
        np.multiply(out, 0.5, out)

    layers = [{"units": 3, "activation": "relu"}, {"units": 3, "activation": "tanh"}]
    session = small(network={"layers": layers})
    assert checked(session).verdict == "right"
    monkeypatch.setitem(ACTIVATIONS, Activation.RELU, Kernel(kernel.value, halved))
    found = checked(session)
    assert found.verdict == "wrong"
    assert "The worst parameter is in hidden layer 1." in found.text
    wrong = {row.index for row in found.rows if row.error > 1e-3}
    assert wrong
    assert wrong <= set(range(9))
    assert [row.layer for row in found.rows[: len(wrong)]] == [0] * len(wrong)


def test_kinks_are_counted_named_and_put_last() -> None:
    session = small(network={"layers": [{"units": 3, "activation": "relu"}]})
    assert "No difference reaches across a kink of ReLU." in checked(session).text
    _, x1, x2, *_ = next(row for row in session.points().points if not row[4])
    weights = [float(weight) for weight in session.theta[:2]]
    edge = -(weights[0] * x1 + weights[1] * x2)  # unit 0's sum is 0 at this point
    do(session, "set_weight", layer=0, unit=0, input=None, value=edge)
    found = checked(session)
    crossed = [row.index for row in found.rows if row.kink]
    assert 2 in crossed
    assert [row.kink for row in found.rows] == sorted(row.kink for row in found.rows)
    assert "across a kink of ReLU, where there is no derivative, and do" in found.text
    assert found.verdict == "right"


def test_what_was_left_out_is_said() -> None:
    layers = [{"units": 40, "batch_norm": True, "dropout": 0.2}, {"units": 40, "batch_norm": True}]
    session = small(data={"source": "xor", "samples": 1200}, network={"layers": layers})
    found = checked(session)
    assert found.checked < found.parameters == 1961
    assert len(found.rows) == 200
    assert f"A sample of {found.checked} of 1961 parameters was checked." in found.text
    assert "The loss is that of a sample of 50 of 600 training points." in found.text
    assert "Dropout was off." in found.text
    assert "Batch norm used the statistics of these points." in found.text
    assert checked(session) == found


@pytest.mark.parametrize(
    ("distance", "verdict"),
    [(9e-8, "right"), (1e-7, "doubtful"), (1e-4, "doubtful"), (1.1e-4, "wrong"), (float("nan"), "doubtful")],
)
def test_the_verdict_is_by_the_distance(distance: float, verdict: str) -> None:
    assert judge(distance) == verdict


def test_where_nothing_counts_nothing_is_said() -> None:
    """A perceptron all whose weights are 0 stands on its kink with every point."""
    own = {"source": "points", "points": [[1, 1, 1], [-1, 1, 0]], "train_fraction": 1.0}
    training = {"loss": "perceptron", "optimizer": {"name": "perceptron"}}
    network = {"layers": [], "output": "step", "initializer": "zeros"}
    session = small(data=own, network=network, training=training)
    found = checked(session)
    assert found.distance is None
    assert found.verdict == "doubtful"
    assert found.text.startswith("Nothing can be said")


def test_the_engine_and_the_session_agree_on_what_is_checked() -> None:
    session = small()
    trainer = session.machine.trainer
    found: Checked = check_gradient(
        session.machine.network, trainer.recipe, trainer.theta, trainer.source, np.random.default_rng(0)
    )
    assert {row.index: row.error for row in checked(session).rows} == dict(
        zip(found.indices.tolist(), found.errors.tolist(), strict=True)
    )
