"""`from app import Playground`: the same bits as the page and the command line, arrays, figures, words for errors."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import Playground
from app.playground import TrainingDiverged
from app.spec import SpecError
from app.takeaway.errors import TakeawayError
from tests.unit.test_headless import run

Careless: Any = Playground
"""In the hands of somebody without a type checker."""
POINTS = [[-2.0, 1.0], [-1.0, 2.0], [1.0, -1.0], [2.0, -2.0]]


@pytest.fixture(scope="module")
def spiral() -> Playground:
    """The default experiment after a hundred epochs."""
    return Playground().train(100)


# -- training ----------------------------------------------------------------------------------------------------------


def test_a_spiral_is_learnt_to_the_bits_of_the_command_line(spiral: Playground) -> None:
    report = run({}, 100).report()
    history = spiral.history
    assert (history["train_loss"][-1], history["test_loss"][-1]) == (report.train.loss, report.test.loss)
    assert (history["step"][-1], history["epoch"][-1]) == (2500, 100)
    assert history["test_score"][-1] == 0.976


def test_history_is_arrays_by_name(spiral: Playground) -> None:
    history = spiral.history
    assert {name: (column.shape, column.dtype.kind) for name, column in history.items()} == {
        "step": ((101,), "i"),
        "epoch": ((101,), "i"),
        **dict.fromkeys(
            ("train_loss", "test_loss", "train_score", "test_score", "penalty", "learning_rate"),
            ((101,), "f"),
        ),
        **dict.fromkeys(("validation_loss", "validation_score"), ((101,), "f")),
    }
    assert np.isnan(history["validation_loss"]).all()


def test_training_twice_is_training_once() -> None:
    once, twice = Playground(seed=3).train(20), Playground(seed=3).train(12).train(8)
    np.testing.assert_array_equal(once.history["train_loss"], twice.history["train_loss"])


def test_training_ends_when_what_was_asked_for_is_true(spiral: Playground) -> None:
    playground = Playground().train(500, until={"train_loss_below": 0.1})
    losses = playground.history["train_loss"]
    assert losses[-1] < 0.1 <= losses[:-1].min()
    assert playground.message == "Reached after epoch 47: the training loss is 0.07532, below 0.1."
    assert playground.epoch == int(np.argmax(spiral.history["train_loss"] < 0.1))


def test_more_epochs_than_a_command_may_ask_for_are_trained() -> None:
    points = [[0.0, 0.0, 0], [1.0, 1.0, 1]]
    playground = Playground({"data": {"source": "points", "points": points, "train_fraction": 1}}, hidden=[])
    assert playground.train(1001, until={"train_loss_below": 1e-9}).epoch == 1001
    assert playground.message.startswith("Not reached by epoch 1001")


def test_divergence_is_a_warning_and_says_so() -> None:
    playground = Playground(
        data="plane", inputs=["x1", "x2", "x1^2", "x2^2"], hidden=[], optimizer="sgd", learning_rate=10
    )
    with pytest.warns(TrainingDiverged, match="Training stopped itself"):
        playground.train(50)
    assert playground.diverged
    with pytest.raises(SpecError, match="cannot step while diverged"):
        playground.train(1)
    assert not playground.change(learning_rate=0.001).reset().train(1).diverged


def test_early_stopping_ends_it() -> None:
    playground = Playground(early_stopping={"patience": 3}).train(500)
    assert playground.epoch < 500
    assert playground.message.startswith("Stopped early")


def test_a_step_is_one_batch_and_new_weights_begin_again() -> None:
    playground = Playground().step(3)
    assert playground.history["step"].tolist() == [0, 3]
    first = playground.weights[0][0]
    assert playground.reset().new_weights().epoch == 0
    assert not np.array_equal(playground.weights[0][0], first)
    assert playground.spec.seeds.weights == 1


# -- settings ----------------------------------------------------------------------------------------------------------


def test_one_word_sets_one_setting() -> None:
    spec = Playground(
        {"training": {"clipping": {"name": "value"}}},
        data="moons",
        noise=0.2,
        hidden=[8, {"units": 3, "dropout": 0.1}],
        activation="relu",
        optimizer="sgd",
        learning_rate=np.float64(0.01),
        batch_size=None,
        seed=5,
    ).spec
    assert (spec.data.source, spec.data.noise, spec.training.batch_size) == ("moons", 0.2, None)
    assert [(layer.units, layer.activation, layer.dropout) for layer in spec.network.layers] == [
        (8, "relu", 0.0),
        (3, "relu", 0.1),
    ]
    assert (spec.training.optimizer.name, spec.training.optimizer.learning_rate) == ("sgd", 0.01)
    assert spec.training.clipping.name == "value"
    assert set(spec.seeds.model_dump().values()) == {5}


def test_settings_change_on_the_way() -> None:
    playground = Playground().train(2).change(learning_rate=0.3)
    assert (playground.epoch, playground.spec.training.optimizer.learning_rate) == (2, 0.3)
    assert playground.change(hidden=[2]).epoch == 0


@pytest.mark.parametrize(
    ("wrong", "path", "words"),
    [
        (lambda: Careless(colour=1), ("colour",), "colour is no setting; allowed: spec, data, samples"),
        (lambda: Careless(hidden=4), ("network", "layers"), "hidden is a list of units, such as"),
        (
            lambda: Careless(learning_rate=99),
            ("training", "optimizer", "learning_rate"),
            "training.optimizer.learning_rate: Input should be less than or equal to 10",
        ),
        (lambda: Careless().train(1.5), ("epochs",), "epochs is 1.5; allowed: whole numbers from 0"),
        (
            lambda: Careless().train(1, until={"loss": 1}),
            ("until", "loss"),
            "until.loss is not a known field",
        ),
        (lambda: Careless().predict([1, 2, 3]), ("x",), r"x has shape \(3,\); allowed: \(N, 2\)"),
        (lambda: Careless().predict([[1, float("nan")]]), ("x",), "x holds numbers that are not finite"),
        (lambda: Careless().predict([["a", 1]]), ("x",), "x holds something that is no number"),
        (lambda: Careless().set_points(POINTS, [0, 1]), ("y",), r"y has shape \(2,\); allowed: \(4,\)"),
        (
            lambda: Careless().set_points([[0, 900]], [1]),
            ("data", "points", 0, 1),
            "less than or equal to 100",
        ),
        (
            lambda: Careless().table({"a": [1], "b": [1, 2]}),
            ("table",),
            r"not of one length \(a: 1, b: 2\)",
        ),
        (lambda: Careless().table([1, 2]), ("table",), r"the array has shape \(2,\)"),
        (
            lambda: Careless().figure("pie"),
            ("which",),
            "there is no figure 'pie'; allowed: loss, score, together",
        ),
        (lambda: Careless.load("#s=0123456789abcdef"), ("link",), "a saved link is kept by its server"),
        (lambda: Careless.load("hello"), (), "hello.* is no link to an experiment"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    wrong: Callable[[], Any], path: tuple[Any, ...], words: str
) -> None:
    with pytest.raises(SpecError, match=words) as refused:
        wrong()
    assert refused.value.path == path


# -- what is taken from it ---------------------------------------------------------------------------------------------


def test_predictions_are_the_engine_s(spiral: Playground) -> None:
    weights = spiral.weights
    assert [(w.shape, b.shape) for w, b in weights] == [((4, 7), (4,)), ((2, 4), (2,)), ((1, 2), (1,))]
    x1, x2 = 1.5, -0.5
    values = np.array([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])
    for weight, bias in weights[:-1]:
        values = np.tanh(weight @ values + bias)
    expected = 1 / (1 + np.exp(-(weights[-1][0] @ values + weights[-1][1])))
    np.testing.assert_allclose(spiral.outputs([x1, x2])[0], expected, atol=1e-12)
    assert spiral.predict([[x1, x2]])[0] == int(expected[0] >= 0.5)


def test_a_link_leads_to_the_same_experiment(spiral: Playground) -> None:
    begun, gone_on = (
        Playground.load(spiral.link()),
        Playground.load(f"http://here/{spiral.link(weights=True)}"),
    )
    np.testing.assert_array_equal(begun.train(100).weights[0][0], spiral.weights[0][0])
    np.testing.assert_array_equal(gone_on.weights[0][0], spiral.weights[0][0])


def test_a_link_holds_points_of_one_s_own() -> None:
    playground = Playground(train_fraction=1.0).set_points(POINTS, [0, 0, 1, 1], part=[0, 0, 0, 2])
    again = Playground.load(playground.link())
    np.testing.assert_array_equal(
        again.train(5).history["test_loss"], playground.train(5).history["test_loss"]
    )


def test_no_link_holds_an_uploaded_table() -> None:
    with pytest.raises(SpecError, match="a link cannot hold an uploaded table") as refused:
        Playground().table({"a": [1, 2, 3, 4], "kind": ["x", "y", "x", "y"]}).link()
    assert refused.value.path == ("data", "table")


def test_a_link_to_the_other_playground_opens_with_its_notes() -> None:
    with pytest.warns(UserWarning, match="drawn by this playground's own generator"):
        playground = Playground.load(
            "https://playground.tensorflow.org/#activation=relu&dataset=xor&learningRate=0.1"
        )
    assert playground.spec.data.source == "xor"
    assert playground.spec.training.optimizer.learning_rate == 0.1


def test_settings_go_through_a_file(tmp_path: Path) -> None:
    path = Playground(data="circle", hidden=[3]).export("settings", tmp_path)
    assert path == tmp_path / "circle-3-tanh.json"
    assert Playground.load(path).spec == Playground(data="circle", hidden=[3]).spec
    path.write_text("[1]")
    with pytest.raises(SpecError, match="holds no settings"):
        Playground.load(path)
    path.write_text("{")
    with pytest.raises(SpecError, match="is not JSON"):
        Playground.load(path)


def test_everything_that_is_taken_home_can_be_exported(spiral: Playground, tmp_path: Path) -> None:
    path = spiral.export("history", tmp_path / "run.csv")
    assert path.read_text().splitlines()[0].startswith("step,epoch,train_loss")
    with pytest.raises(TakeawayError, match=r"allowed: .*settings"):
        spiral.export("novel", tmp_path)


def test_jupyter_is_shown_the_figure_and_people_what_it_is(spiral: Playground) -> None:
    assert repr(spiral) == (
        "Playground: Spiral, 7-4-2-1, epoch 100, loss train 0.021 (accuracy 99.6 %), test 0.138 (accuracy 97.6 %)"
    )
    bundle = spiral._repr_mimebundle_()
    assert bundle["text/plain"] == repr(spiral)
    shown = bundle["application/vnd.plotly.v1+json"]
    assert shown["data"][0]["type"] == "heatmap"
    json.dumps(shown["layout"])


def test_figures_are_light_and_dark(spiral: Playground) -> None:
    assert spiral.figure("loss", dark=True).layout.paper_bgcolor == "#171e28"
    assert [len(spiral.figure(which).data) for which in ("loss", "score")] == [2, 2]
    assert spiral.figure("network").layout.annotations[-1].text == "Network"


def test_an_engine_does_not_load_what_draws_figures() -> None:
    code = "import sys, app, app.host.engine_process; print({'plotly', 'app.playground'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout == "set()\n"
    with pytest.raises(AttributeError, match="has no attribute 'Ground'"):
        import_of("Ground")


def import_of(name: str) -> Any:
    """What `from app import NAME` asks."""
    import app

    return getattr(app, name)
