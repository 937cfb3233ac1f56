"""Where a run begins again: with the weights that were brought, as long as they fit, else with those of the seed."""

from typing import Any

import numpy as np
import pytest

from app.session import snapshot
from app.session.session import Session
from tests.unit.session.building import do, small

NETWORK: dict[str, Any] = {
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 2, "activation": "tanh"}]},
}
BROUGHT = [0.5, -1.0, 0.25, 2.0, 0.125, -3.0, 1.0, -0.5, 0.75]


def brought(**more: Any) -> Session:
    """A session that was begun with weights of its own and has learnt for a while."""
    session = small()
    do(session, "load", spec=NETWORK | more, weights=BROUGHT)
    do(session, "step", batches=5)
    assert session.theta.tolist() != BROUGHT
    return session


def drawn(**more: Any) -> list[float]:
    """The weights that the seed draws."""
    session = small()
    do(session, "load", spec=NETWORK | more)
    return list(session.theta.tolist())


def at_the_beginning(session: Session) -> bool:
    """At step 0, with the weights that were brought."""
    return session.step == 0 and session.theta.tolist() == BROUGHT


def test_reset_goes_back_to_the_weights_that_were_brought_and_runs_the_same_run_again() -> None:
    session = brought()
    first = session.theta.tobytes()
    for _ in range(2):
        do(session, "reset")
        assert at_the_beginning(session)
        do(session, "step", batches=5)
        assert session.theta.tobytes() == first


def test_the_first_loss_of_a_run_begun_again_is_theirs() -> None:
    session = brought()
    do(session, "reset")
    loss = float(session.machine.standing().train.loss)
    assert session.history.since(0)[0][2] == loss
    assert session.machine.limit == pytest.approx(1e6 * loss)


def test_statistics_that_were_brought_come_back_too() -> None:
    session = small()
    spec = {"inputs": ["x1", "x2"], "network": {"layers": [{"units": 1, "batch_norm": True}]}}
    do(session, "load", spec=spec, weights=[1, 0.5, 0, 1, 0, 1, 0], statistics=[0.5, 2.0])
    do(session, "step", batches=3)
    do(session, "reset")
    assert session.machine.trainer.statistics.tolist() == [0.5, 2.0]


def test_weights_set_by_hand_are_no_beginning() -> None:
    session = brought()
    do(session, "reset")
    do(session, "set_weight", layer=0, unit=0, input=0, value=9)
    do(session, "reset")
    assert at_the_beginning(session)


def test_points_are_those_of_now() -> None:
    session = brought()
    do(session, "add_points", points=[[1, 1, 0]])
    size = session.board.size
    do(session, "reset")
    assert at_the_beginning(session)
    assert session.board.size == size


def test_another_engine_knows_the_beginning() -> None:
    session = Session.restore(brought().snapshot())
    do(session, "reset")
    assert at_the_beginning(session)
    do(session, "step", batches=2)
    again = Session.restore(session.snapshot())
    do(again, "reset")
    assert at_the_beginning(again)


def test_runs_begun_again_share_their_beginning_in_a_snapshot() -> None:
    session = brought()
    for _ in range(3):
        do(session, "reset")
        do(session, "step", batches=1)
    arrays = snapshot.unpack(session.snapshot())[1]
    brought_along = {name for name in arrays if name.startswith("beginning_")}
    assert brought_along == {"beginning_0_theta", "beginning_0_statistics"}


def test_each_branch_has_its_own() -> None:
    session = brought()
    do(session, "new_weights")
    do(session, "step", batches=2)
    do(session, "switch_branch", branch=1)
    do(session, "reset")
    assert at_the_beginning(session)


def test_a_branch_that_leaves_a_run_begins_as_that_did() -> None:
    session = brought()
    do(session, "seek", step=2)
    do(session, "set_spec", spec={"training": {"l2": 0.5}})
    do(session, "step", batches=2)
    do(session, "reset")
    assert at_the_beginning(session)


def test_new_weights_are_the_seeds_and_reset_then_goes_back_to_those() -> None:
    for seed in (None, 0):
        session = brought()
        do(session, "new_weights", seed=seed)
        first = session.theta.tolist()
        assert first == drawn(seeds={"weights": 1 if seed is None else 0})
        do(session, "step", batches=2)
        do(session, "reset")
        assert session.theta.tolist() == first


@pytest.mark.parametrize(
    "change",
    [
        {"training": {"optimizer": {"name": "adam"}}},
        {"network": {"layers": [{"units": 2, "activation": "relu"}]}},
        {"training": {"loss": "half_squared_error"}},
        {"data": {"source": "circle"}},
        {"seeds": {"data": 4, "order": 7}},
    ],
)
def test_they_stay_while_they_fit(change: dict[str, Any]) -> None:
    session = brought()
    do(session, "set_spec", spec=change)
    if session.step:
        do(session, "reset")
    assert at_the_beginning(session)
    do(session, "step", batches=2)
    do(session, "reset")
    assert at_the_beginning(session)


@pytest.mark.parametrize(
    "change",
    [
        {"network": {"layers": [{"units": 3}]}},
        {"network": {"layers": [{"units": 2, "batch_norm": True}]}},
        {"network": {"initializer": "zeros"}},
        {"inputs": ["x1", "x2^2"]},
        {"seeds": {"weights": 5}},
    ],
)
def test_what_they_do_not_fit_begins_with_the_weights_of_the_seed(change: dict[str, Any]) -> None:
    session = brought()
    do(session, "set_spec", spec=change)
    first = session.theta.tolist()
    other = small()
    do(other, "load", spec=session.spec.model_dump(mode="json"))
    assert first == other.theta.tolist()
    do(session, "step", batches=2)
    do(session, "reset")
    assert session.theta.tolist() == first


def test_a_network_changed_and_changed_back_is_the_seeds() -> None:
    session = brought()
    do(session, "set_spec", spec={"network": {"layers": [{"units": 3}]}})
    do(session, "set_spec", spec={"network": {"layers": [{"units": 2}]}})
    assert session.theta.tolist() == drawn()


def test_another_experiment_brings_none() -> None:
    session = brought()
    do(session, "set_spec", spec=session.spec.model_dump(mode="json"), replace=True)
    np.testing.assert_array_equal(session.theta, drawn())
