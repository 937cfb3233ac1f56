"""The results that frames carry: only when asked for, for both parts, the same as scikit-learn makes of predictions."""

import json
from typing import Any

import numpy as np
import pytest
from sklearn import metrics as sk

from app.session.frame import Frame
from app.session.results import ClassResults, RegressionResults
from app.session.session import Session
from app.wire.frames import encode_frame
from tests.unit.session.building import OWN, do, part, picture, small

VIEW: dict[str, Any] = {"grid": 8, "maps": False, "metrics": True}


def looked_at(**changes: Any) -> tuple[Session, Frame]:
    """A session that has learnt a little, and a frame with its results."""
    session = small(**changes)
    do(session, "step", batches=10)
    do(session, "set_view", view=VIEW)
    return session, picture(session)


def columns(session: Session, test: bool) -> tuple[Any, Any]:
    """Where the points of a part stand on the board, and what they are."""
    mask = (session.board.part > 0) == test
    return np.flatnonzero(mask), session.board.target[mask]


def test_a_frame_carries_no_results_unless_the_view_asks() -> None:
    session, _ = looked_at()
    do(session, "set_view", view={"grid": 8})
    frame = picture(session)
    assert frame.metrics is None
    assert (frame.cells.shape, frame.roc.shape) == ((0,), (2, 0, 2))
    assert '"metrics":null' in encode_frame(frame, 1).decode("latin-1").replace("\\", "")


def distance_to(curve: Any, place: Any) -> float:
    """How far a place is from a line through the rows of `curve` (k, 2)."""
    start, way = curve[:-1], np.diff(curve, axis=0)
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    along = np.clip(((place - start) * way).sum(axis=1) / length, 0, 1)
    return float(np.linalg.norm(start + along[:, None] * way - place, axis=1).min())


@pytest.mark.parametrize("test", [False, True])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"network": {"output": "softmax", "layers": [{"units": 3}]}},
        {"network": {"output": "tanh", "layers": [{"units": 3}]}},
        {"training": {"loss": "hinge"}, "network": {"output": "linear", "layers": [{"units": 3}]}},
    ],
)
def test_two_classes_have_the_figures_and_the_curve_that_scikit_learn_finds(
    changes: dict[str, Any], test: bool
) -> None:
    session, frame = looked_at(**changes)
    assert frame.metrics
    found = frame.metrics.test if test else frame.metrics.train
    assert isinstance(found, ClassResults)
    places, actual = columns(session, test)
    predicted = frame.cells[places]
    np.testing.assert_array_equal(found.confusion, sk.confusion_matrix(actual, predicted, labels=[0, 1]))
    assert found.accuracy == pytest.approx(sk.accuracy_score(actual, predicted))
    assert (frame.now.test_score if test else frame.now.train_score) == pytest.approx(found.accuracy)
    report = sk.precision_recall_fscore_support(actual, predicted, labels=[0, 1])
    np.testing.assert_allclose(np.array([found.precision, found.recall, found.f1], float), report[:3])
    outputs = session.machine.standing().outputs[:, places]
    scores = outputs[-1] - outputs[0] if len(outputs) == 2 else outputs[0]
    assert found.roc_area == pytest.approx(sk.roc_auc_score(actual, scores))
    middle = {"sigmoid": 0.5}.get(session.spec.output.value, 0.0)
    np.testing.assert_array_equal(predicted, scores >= middle)
    assert found.roc_at == pytest.approx(
        [(predicted[actual == 0] == 1).mean(), (predicted[actual == 1] == 1).mean()]
    )
    assert distance_to(frame.roc[int(test)], np.array(found.roc_at)) < 1e-6


def test_several_classes_have_no_curve() -> None:
    session, frame = looked_at(data={"source": "blobs", "classes": 3, "samples": 60})
    assert frame.metrics
    found = frame.metrics.train
    assert isinstance(found, ClassResults)
    assert (found.roc_area, found.roc_at, frame.roc.shape) == (None, None, (2, 0, 2))
    places, actual = columns(session, test=False)
    predicted = frame.predictions.argmax(axis=0)
    np.testing.assert_array_equal(frame.cells, predicted)
    f1 = sk.f1_score(actual, predicted[places], average="macro", zero_division=np.nan)
    assert found.macro.f1 == pytest.approx(f1)


@pytest.mark.parametrize("test", [False, True])
def test_a_regression_has_residuals_and_the_errors_that_scikit_learn_finds(test: bool) -> None:
    session, frame = looked_at(data={"source": "plane", "samples": 60})
    assert frame.metrics
    found = frame.metrics.test if test else frame.metrics.train
    assert isinstance(found, RegressionResults)
    places, actual = columns(session, test)
    outputs = session.machine.standing().outputs[0, places]
    assert found.mae == pytest.approx(sk.mean_absolute_error(actual, outputs))
    assert found.rmse == pytest.approx(sk.root_mean_squared_error(actual, outputs))
    assert found.r2 == pytest.approx(sk.r2_score(actual, outputs))
    assert found.max_error == pytest.approx(sk.max_error(actual, outputs))
    residuals = found.residuals
    counts, edges = np.histogram(actual - outputs, 21, (residuals.low, residuals.high))
    assert residuals.counts == tuple(counts)
    cell = frame.cells[places]
    assert (edges[cell] <= actual - outputs).all()
    assert (actual - outputs <= edges[cell + 1]).all()


def test_a_part_without_points_is_null_and_one_class_alone_has_no_curve() -> None:
    session = small(data=OWN)
    do(session, "add_points", points=[[1, 1, 1], [2, 2, 1]])
    do(session, "set_view", view=VIEW)
    frame = picture(session)
    assert frame.metrics
    assert frame.metrics.test is None
    assert isinstance(frame.metrics.train, ClassResults)
    assert (frame.metrics.train.roc_area, frame.roc.shape) == (None, (2, 0, 2))
    assert frame.metrics.train.recall[0] is None


def test_where_one_part_has_a_curve_the_other_s_is_all_zeros() -> None:
    session, _ = looked_at()
    do(session, "delete_points", ids=part(session, test=True))
    frame = picture(session)
    assert frame.roc.shape[1] > 2
    assert frame.roc[0, -1].tolist() == [1, 1]
    assert not frame.roc[1].any()


def test_an_empty_board_has_no_results_to_show() -> None:
    session = small(data=OWN)
    do(session, "set_view", view=VIEW)
    frame = picture(session)
    assert frame.metrics
    assert (frame.metrics.train, frame.metrics.test, frame.cells.shape) == (None, None, (0,))


def test_results_travel_as_strict_json_without_nan() -> None:
    session = small(data={**OWN, "task": "regression"})
    do(session, "add_points", points=[[1, 1, 0.5]])
    do(session, "set_view", view=VIEW)
    data = encode_frame(picture(session), 1)
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    facts = json.loads(header["__metadata__"]["frame"], parse_constant=pytest.fail)
    train = facts["metrics"]["train"]
    assert set(train) == {"points", "mae", "rmse", "max_error", "r2", "residuals"}
    assert (train["points"], train["r2"], sum(train["residuals"]["counts"])) == (1, None, 1)
    assert facts["metrics"]["test"] is None
