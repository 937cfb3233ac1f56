"""Validation points, targets in their own units, ten outputs one against the rest: figures found by other ways."""

from typing import Any

import numpy as np
import pytest
from sklearn import metrics as sk

from app.data.split import TEST, TRAIN, VALIDATION
from app.session import commands as ask
from app.session.events import Phase, Stopped
from app.session.frame import LOSS_COLUMNS
from app.session.results import ClassResults, RegressionResults
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do, picture, small
from tests.unit.session.tables import on_table, outputs

THREE: dict[str, Any] = {
    "source": "xor",
    "samples": 100,
    "noise": 0.3,
    "train_fraction": 0.5,
    "validation_fraction": 0.3,
}


def columns_of(session: Session, part: int) -> tuple[Any, Any]:
    """Outputs (T, n) and targets (n,) of a part, as the page has them."""
    rows = session.points().points
    mask = np.array([row[4] == part for row in rows])
    return picture(session).predictions[:, mask].astype(np.float64), np.array([row[3] for row in rows])[mask]


@pytest.mark.parametrize(
    ("part", "loss", "score"),
    [
        (TRAIN, "train_loss", "train_score"),
        (VALIDATION, "validation_loss", "validation_score"),
        (TEST, "test_loss", "test_score"),
    ],
)
def test_each_part_has_a_loss_and_an_accuracy_of_its_own(part: int, loss: str, score: str) -> None:
    session = small(data=THREE)
    do(session, "step", epochs=10)
    (outputs_of, target), now = columns_of(session, part), vars(picture(session).now)
    assert len(target) == {TRAIN: 50, VALIDATION: 30, TEST: 20}[part]
    assert now[loss] == pytest.approx(sk.log_loss(target, outputs_of[0]), rel=1e-5)
    assert now[score] == sk.accuracy_score(target, outputs_of[0] > 0.5)
    row = dict(zip(LOSS_COLUMNS, session.history.since(0)[-1].tolist(), strict=True))
    assert (row[loss], row[score]) == (now[loss], now[score])


def test_without_validation_points_its_figures_are_null() -> None:
    now = picture(small()).now
    assert (now.validation_loss, now.validation_score) == (None, None)
    assert now.test_loss is not None


def test_validation_points_train_nothing() -> None:
    one = small(data=THREE)
    other = small(data=THREE)
    validating = [row[0] for row in other.points().points if row[4] == VALIDATION]
    do(other, "relabel_points", ids=validating, label=0)
    for session in (one, other):
        do(session, "step", epochs=3)
    np.testing.assert_array_equal(one.theta, other.theta)


def test_early_stopping_watches_validation_and_brings_the_best_of_it_back() -> None:
    session = small(
        data=THREE,
        network={"layers": [{"units": 16}]},
        training={
            "batch_size": 10,
            "optimizer": {"name": "adam", "learning_rate": 0.1},
            "early_stopping": {"patience": 5},
        },
    )
    session.handle(ask.Play(id=1))
    while session.phase is Phase.PLAYING:
        events = session.advance(5)
    (told,) = [event for event in events if isinstance(event, Stopped)]
    losses = session.history.since(0)[:, LOSS_COLUMNS.index("validation_loss")]
    epochs = session.history.since(0)[:, LOSS_COLUMNS.index("epoch")]
    after_first = epochs >= 1
    best = int(epochs[after_first][losses[after_first].argmin()])
    assert (told.loss_part, told.best_epoch, told.epoch) == ("validation", best, best + 5)
    assert "the validation loss has not fallen for 5 epochs" in told.message
    assert picture(session).now.validation_loss == losses[after_first].min()


def test_results_have_validation_beside_training_and_test() -> None:
    session = on_table("iris", data={"train_fraction": 0.6, "validation_fraction": 0.2})
    do(session, "step", epochs=5)
    do(session, "set_view", view={"grid": 8, "metrics": True})
    found = picture(session).metrics
    assert found
    assert isinstance(found.validation, ClassResults)
    shares, target = columns_of(session, VALIDATION)
    assert found.validation.points == 30
    expected = sk.confusion_matrix(target, shares.argmax(axis=0), labels=[0, 1, 2])
    assert found.validation.confusion == tuple(map(tuple, expected.tolist()))


# -- targets in their own units ----------------------------------------------------------------------------------------


def test_a_regression_learns_scaled_targets_and_tells_their_own_units() -> None:
    session = on_table("diabetes")
    do(session, "step", epochs=20)
    do(session, "set_view", view={"grid": 8, "metrics": True})
    board, state, frame = session.board, session.state(), picture(session)
    trained = board.target[board.trained]
    assert state.target.shift == pytest.approx(trained.mean())
    assert state.target.scale == pytest.approx(trained.std())
    np.testing.assert_allclose(frame.predictions, outputs(session, board.x), rtol=1e-6)
    found, target = columns_of(session, TEST)
    assert frame.metrics
    assert isinstance(frame.metrics.test, RegressionResults)
    assert frame.metrics.test.mae == pytest.approx(sk.mean_absolute_error(target, found[0]), rel=1e-5)
    assert frame.metrics.test.rmse == pytest.approx(sk.root_mean_squared_error(target, found[0]), rel=1e-5)
    assert frame.now.test_score == pytest.approx(sk.r2_score(target, found[0]), rel=1e-5)
    scaled = sk.mean_squared_error(target / trained.std(), found[0] / trained.std())
    assert frame.now.test_loss == pytest.approx(scaled, rel=1e-5)


def test_by_hand_one_weight_says_what_a_regression_predicts() -> None:
    """Output 2 z - 1 of the scaled column z: the prediction is mean + deviation (2 (x - mean_x) / deviation_x - 1)."""
    tree = {
        "data": {"source": "table", "table": {"name": "diabetes", "inputs": ["body mass index"]}},
        "network": {"layers": []},
    }
    session = Session.create(Experiment.parse(tree))
    do(session, "set_weight", layer=0, unit=0, input=0, value=2.0)
    do(session, "set_weight", layer=0, unit=0, input=None, value=-1.0)
    board = session.board
    x, y = board.x[0, board.trained], board.target[board.trained]
    expected = y.mean() + y.std() * (2 * (board.x[0] - x.mean()) / x.std() - 1)
    np.testing.assert_allclose(picture(session).predictions[0], expected, rtol=1e-6)


# -- one against the rest ----------------------------------------------------------------------------------------------


def test_ten_sigmoids_learn_one_class_each_against_the_rest() -> None:
    data = {"source": "blobs", "classes": 10, "samples": 200}
    session = small(data=data, network={"layers": [{"units": 8}], "output": "sigmoid"})
    do(session, "step", epochs=5)
    found, target = columns_of(session, TEST)
    own = target == np.arange(10)[:, None]
    by_unit = [sk.log_loss(own[label], found[label], labels=[False, True]) for label in range(10)]
    assert found.shape == (10, 100)
    assert picture(session).now.test_loss == pytest.approx(np.sum(by_unit), rel=1e-4)
    assert picture(session).now.test_score == sk.accuracy_score(target, found.argmax(axis=0))
    assert not np.allclose(found.sum(axis=0), 1), "these are no shares of one whole"
