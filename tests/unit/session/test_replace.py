"""`set_spec` with `replace`: another experiment, which begins anew whatever went before."""

import numpy as np

from app.session.events import Phase
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do, in_phase, kinds, small


def test_it_brings_its_own_points_where_the_present_ones_were_made_by_hand() -> None:
    session = small()
    spec = session.spec.model_dump(mode="json")
    drawn = session.points().points
    do(session, "add_points", points=[[1, 1, 0]])
    do(session, "move_points", points=[[0, 5, 5]])
    assert kinds(do(session, "set_spec", spec=spec, replace=True)) == ["ok", "state", "points"]
    assert session.points().points == drawn
    assert not session.board.edited


def test_it_keeps_points_that_are_as_drawn() -> None:
    session = small()
    spec = session.spec.model_dump(mode="json") | {"network": {"layers": []}}
    assert kinds(do(session, "set_spec", spec=spec, replace=True)) == ["ok", "state"]
    assert session.data_revision == 0


def test_it_begins_anew_even_where_training_could_go_on() -> None:
    """Another rate alone goes on; another experiment with another rate does not."""
    session = small()
    spec = session.spec.model_dump(mode="json")
    do(session, "step", batches=4)
    spec["training"]["optimizer"]["learning_rate"] = 0.5
    do(session, "set_spec", spec=spec, replace=True)
    assert (session.step, session.revision, len(session.history.since(0))) == (0, 1, 1)
    np.testing.assert_array_equal(session.theta, Session.create(Experiment.parse(spec)).theta)


def test_it_ends_divergence() -> None:
    session = in_phase(Phase.DIVERGED)
    do(session, "set_spec", spec={}, replace=True)
    assert (session.phase, session.step) == (Phase.PAUSED, 0)
    assert session.spec == Experiment()
