"""No update may keep a server, and the next command, too long: parameters times points of a batch are bounded."""

from typing import Any

import pytest

from app.assemble import make_network
from app.engine.network import Network
from app.session.commands import AddPoints, DeletePoints, SetPart, SetSpec, Undo
from app.session.events import Error, Ok
from app.session.session import Session
from app.spec import Experiment
from app.vocabulary import Part
from tests.unit.spec.building import refusal

HEAVIEST = {"layers": [{"units": 64}] * 4}
"""With seven inputs and one output unit 7 * 64 + 64 + 3 * (64 * 64 + 64) + 65 = 13057 parameters."""


def tree(batch: int | None, samples: int = 1600, **network: Any) -> dict[str, Any]:
    """Half of the samples are trained on."""
    return {
        "network": network or HEAVIEST,
        "training": {"batch_size": batch},
        "data": {"samples": samples},
    }


@pytest.mark.parametrize("batch", [None, 5000, 766])
def test_an_update_too_long_is_refused_with_what_is_allowed(batch: int | None) -> None:
    error = refusal(tree(batch))
    assert error.path == ("training", "batch_size")
    assert error.message == (
        f"an update of 13057 parameters on a batch of {min(batch or 800, 800)} points is too long; allowed: at most "
        "765 points a batch with this network (parameters times points at most 10000000)"
    )


@pytest.mark.parametrize(("batch", "samples"), [(765, 5000), (10, 5000), (None, 1530), (5000, 1530)])
def test_what_is_just_short_enough_is_taken(batch: int | None, samples: int) -> None:
    assert Experiment.parse(tree(batch, samples)).parameters == 13057


@pytest.mark.parametrize(
    ("units", "batch", "data"),
    [([64, 64, 64], 500, {"samples": 5000}), ([4, 2], None, {"samples": 5000, "train_fraction": 1})],
)
def test_wide_networks_with_large_batches_are_taken(
    units: list[int], batch: int | None, data: dict[str, Any]
) -> None:
    network = {"layers": [{"units": count} for count in units]}
    spec = Experiment.parse({"network": network, "training": {"batch_size": batch}, "data": data})
    assert spec.training.batch_size == batch


def test_own_points_count() -> None:
    points = [[0, 0, index % 2] for index in range(1600)]
    own = {"source": "points", "points": points, "train_fraction": 1}
    assert "a batch of 1600 points" in refusal(tree(None) | {"data": own}).message


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"network": {"layers": []}},
        {"network": {"layers": [{"units": 5, "batch_norm": True}, {"units": 3}]}, "inputs": ["x1"]},
        {"data": {"source": "blobs", "classes": 4}},
        {"network": {"output": "softmax"}},
    ],
)
def test_the_spec_counts_the_parameters_that_the_network_has(spec: dict[str, Any]) -> None:
    experiment = Experiment.parse(spec)
    network: Network = make_network(experiment)
    assert experiment.parameters == network.parameters


# -- in a session ------------------------------------------------------------------------------------------------------


def full() -> Session:
    """Full batches of 765 points, the most that there may be, and as many test points."""
    return Session.create(Experiment.parse(tree(None, 1530)))


def test_points_that_would_make_a_full_batch_too_long_are_refused_and_change_nothing() -> None:
    session = full()
    (answer,) = session.handle(AddPoints(id=1, points=((0.0, 0.0, 1.0),)))
    assert isinstance(answer, Error)
    assert answer.path == ("training", "batch_size")
    test_point = int(session.board.ids[session.board.part > 0][0])
    (answer,) = session.handle(SetPart(id=2, ids=(test_point,), part=Part.TRAIN))
    assert isinstance(answer, Error)
    assert (session.board.size, session.data_revision, session.undo.undo) == (1530, 0, 0)
    assert isinstance(session.handle(AddPoints(id=3, points=((0.0, 0.0, 1.0),), part=Part.TEST))[0], Ok)


def test_a_network_too_large_for_the_points_that_were_added_is_refused() -> None:
    session = Session.create(Experiment.parse({"training": {"batch_size": None}, "data": {"samples": 0}}))
    session.handle(AddPoints(id=1, points=((0.0, 0.0, 1.0),) * 766))
    (answer,) = session.handle(SetSpec(id=2, spec={"network": HEAVIEST}))
    assert isinstance(answer, Error)
    assert session.spec.parameters < 100
    assert isinstance(session.handle(SetSpec(id=3, spec={"network": {"layers": []}}))[0], Ok)


def test_an_undo_that_would_make_an_update_too_long_is_refused_and_is_possible_afterwards() -> None:
    session = Session.create(Experiment.parse({"training": {"batch_size": None}, "data": {"samples": 0}}))
    session.handle(AddPoints(id=1, points=((0.0, 0.0, 1.0),) * 766))
    session.handle(DeletePoints(id=2, ids=tuple(range(100))))
    session.handle(SetSpec(id=3, spec={"network": HEAVIEST}))
    (answer,) = session.handle(Undo(id=4))
    assert isinstance(answer, Error)
    assert (session.board.size, session.undo.undo, session.undo.redo) == (666, 2, 0)
    session.handle(SetSpec(id=5, spec={"network": {"layers": []}}))
    session.handle(Undo(id=6))
    assert session.board.size == 766
