"""Pointing: the values at a place and a unit's picture, which are those of evaluation and of the maps; no edit."""

import numpy as np
import pytest

from app.engine.forward import forward
from app.session.events import Ok, Phase
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do, in_phase, kinds, picture, refused, small


def by_hand() -> Session:
    """Inputs x2, x1; two linear units x2 + 2 x1 and 3 - x1; the output 2 (first) - (second) + 0.5, linear."""
    session = small(
        data={"source": "plane", "samples": 40},
        inputs=["x2", "x1"],
        network={"layers": [{"units": 2, "activation": "linear"}]},
    )
    blocks: list[list[list[float]]] = [[[1, 2, 0], [0, -1, 3]], [[2, -1, 0.5]]]
    for layer, block in enumerate(blocks):
        for unit, row in enumerate(block):
            for column, value in zip([0, 1, None], row, strict=True):
                do(session, "set_weight", layer=layer, unit=unit, input=column, value=value)
    return session


def test_the_values_at_a_place_are_its_inputs_and_then_every_unit() -> None:
    session = by_hand()
    assert kinds(do(session, "inspect", at=[4, -1])) == ["ok"]
    frame = picture(session)
    assert frame.probe_at == (4.0, -1.0)
    assert frame.probe.tolist() == [-1, 4, 7, -1, 15.5]
    assert frame.probe.dtype == np.float32


def test_without_pointing_there_is_nothing_and_pointing_at_nothing_ends_it() -> None:
    session = small()
    for _ in range(2):
        frame = picture(session)
        assert (frame.probe_at, frame.focus_unit, frame.focus_range) == (None, None, None)
        assert (frame.probe.shape, frame.focus.shape) == ((0,), (0, 0))
        do(session, "inspect", at=[1, 1], unit=[0, 1])
        assert picture(session).focus_unit == (0, 1)
        do(session, "inspect", at=None, unit=None)


def test_the_values_are_those_of_evaluation() -> None:
    """Running statistics and no dropout: at a point's place, the outputs are its predictions."""
    session = small(network={"layers": [{"units": 5, "batch_norm": True, "dropout": 0.4}, {"units": 2}]})
    do(session, "step", epochs=5)
    for number, x1, x2, *_ in session.points().points[:10]:
        do(session, "inspect", at=[x1, x2])
        frame = picture(session)
        assert len(frame.probe) == 2 + 5 + 2 + 1
        np.testing.assert_allclose(frame.probe[-1], frame.predictions[0, number], rtol=1e-6)


@pytest.mark.parametrize(
    ("activation", "place"), [("tanh", 0), ("relu", 1), ("sigmoid", 2), ("linear", 3), ("sine", 0)]
)
@pytest.mark.parametrize("layer", [0, 1])
def test_a_unit_s_large_picture_is_its_map_on_the_boundary_s_cells(
    activation: str, place: int, layer: int
) -> None:
    units = {"units": 4, "activation": activation}
    session = small(network={"layers": [units, units]})
    do(session, "step", epochs=3)
    do(session, "set_view", view={"grid": 32, "map_grid": 32, "extent": 3, "centre": [1, 0]})
    do(session, "inspect", unit=[layer, place])
    frame = picture(session)
    np.testing.assert_array_equal(frame.focus, frame.maps[4 * layer + place])
    assert frame.focus_range == tuple(frame.map_ranges[4 * layer + place].tolist())
    assert frame.focus_unit == (layer, place)
    assert frame.boundary.shape == (1, 32, 32)


def test_a_unit_is_seen_where_no_maps_are_asked_for() -> None:
    session = by_hand()
    do(session, "set_view", view={"grid": 8, "maps": False, "extent": 4})
    do(session, "inspect", unit=[0, 1])
    frame = picture(session)
    assert (frame.focus.shape, frame.maps.shape) == ((8, 8), (0, 0, 0))
    assert frame.focus_range == (-0.5, 6.5)
    assert frame.focus[3].tolist() == [255, 219, 182, 146, 109, 73, 36, 0]


def test_the_one_output_is_the_boundary() -> None:
    session = small()
    plain = picture(session).boundary
    do(session, "inspect", unit=[1, 0])
    frame = picture(session)
    np.testing.assert_array_equal(frame.focus, plain[0])
    np.testing.assert_array_equal(frame.boundary, plain)
    assert frame.focus_range == frame.boundary_range == (0.0, 1.0)


def test_of_several_outputs_each_has_its_own_probability() -> None:
    session = small(data={"source": "blobs", "classes": 3, "samples": 60})
    do(session, "step", epochs=5)
    do(session, "set_view", view={"grid": 16, "maps": False})
    planes = []
    for unit in range(3):
        do(session, "inspect", unit=[1, unit])
        frame = picture(session)
        assert frame.focus_range == (0.0, 1.0)
        planes.append(frame.focus.astype(int))
    likeliest, probability = frame.boundary
    np.testing.assert_array_equal(np.choose(likeliest, planes), probability)
    assert np.abs(np.sum(planes, axis=0) - 255).max() <= 2


def test_what_is_pointed_at_is_seen_at_once_while_paused_and_changes_nothing_else() -> None:
    session = small()
    do(session, "step", batches=3)
    version, state, points = session.version, session.state(), session.points()
    do(session, "inspect", at=[0.5, 0.5], unit=[0, 2])
    assert session.version == version + 1
    assert (session.state(), session.points()) == (state, points)


@pytest.mark.parametrize("phase", list(Phase))
def test_pointing_is_allowed_in_every_phase_and_keeps_it(phase: Phase) -> None:
    session = in_phase(phase)
    (answer,) = do(session, "inspect", at=[1, 2], unit=[0, 0])
    assert isinstance(answer, Ok)
    assert session.phase is phase
    assert np.isfinite(picture(session).probe).all()


@pytest.mark.parametrize(
    ("unit", "path", "message"),
    [
        ([2, 0], ("unit", 0), "there is no layer 2; allowed: 0 to 1"),
        ([0, 3], ("unit", 1), "there is no unit 3; allowed: 0 to 2"),
        ([1, 1], ("unit", 1), "there is no unit 1; allowed: 0 to 0"),
        ([2**70, 0], ("unit", 0), f"there is no layer {2**70}; allowed: 0 to 1"),
    ],
)
def test_a_unit_that_is_not_there_is_refused(unit: list[int], path: object, message: str) -> None:
    session = small()
    do(session, "inspect", at=[1, 1], unit=[0, 0])
    error = refused(session, "inspect", at=[2, 2], unit=unit)
    assert (error.code, error.path, error.message) == ("unknown_weight", path, message)
    assert (picture(session).probe_at, picture(session).focus_unit) == ((1.0, 1.0), (0, 0))


def test_a_unit_that_is_gone_is_pointed_at_no_more_and_the_place_still_is() -> None:
    session = small()
    do(session, "inspect", at=[1, 1], unit=[0, 2])
    do(session, "new_weights")
    assert picture(session).focus_unit == (0, 2)
    do(session, "set_spec", spec={"network": {"layers": [{"units": 2}]}})
    frame = picture(session)
    assert (frame.focus_unit, frame.focus.shape, frame.probe_at, frame.probe.shape) == (
        None,
        (0, 0),
        (1, 1),
        (5,),
    )
    do(session, "set_spec", spec={"network": {"layers": [{"units": 3}]}})
    assert picture(session).focus_unit is None


def test_values_too_large_for_a_frame_are_infinite_and_no_error() -> None:
    layer = {"units": 1, "activation": "linear"}
    session = Session.create(Experiment.parse({"inputs": ["x1"], "network": {"layers": [layer] * 8}}))
    for index in range(8):
        do(session, "set_weight", layer=index, unit=0, input=0, value=1e6)
    do(session, "inspect", at=[1, 1], unit=[7, 0])
    network, trainer = session.machine.network, session.machine.trainer
    exact = forward(network, trainer.theta, trainer.statistics, np.ones((2, 1)))
    assert exact[7][0, 0] > np.finfo(np.float32).max
    assert picture(session).probe[-2] == np.inf
