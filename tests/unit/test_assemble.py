"""From spec to engine: networks, recipes, targets, and four seeds that each move one thing only."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import assemble
from app.data.split import TRAIN
from app.data.tables.shelf import BUNDLED
from app.engine.optimizers import OPTIMIZERS
from app.engine.schedules import Plan
from app.engine.trainer import Trainer
from app.engine.update import Recipe
from app.spec import Experiment
from app.vocabulary import Activation, Clipping, Feature, Initializer, Loss, Optimizer, Schedule, ScheduleUnit
from tests.unit.spec.building import trees

OWN: dict[str, Any] = {
    "source": "points",
    "points": [[3, 1, 1], [-2, 0.5, 0], [0, 0, 1], [4, -4, 0], [1, 1, 1]],
}


def parsed(**parts: Any) -> Experiment:
    """A spec of these parts."""
    return Experiment.parse(parts)


# -- networks ----------------------------------------------------------------------------------------------------------


def test_the_default_network_is_seven_four_two_one() -> None:
    network = assemble.make_network(Experiment())
    assert [(layer.fan_in, layer.fan_out, layer.activation) for layer in network.layers] == [
        (7, 4, "tanh"),
        (4, 2, "tanh"),
        (2, 1, "linear"),
    ]
    assert (network.output, network.parameters) == ("sigmoid", 45)


def test_each_layer_gets_its_own_activation_dropout_and_norm() -> None:
    layers = [{"units": 3, "activation": "relu", "dropout": 0.25}, {"units": 5, "batch_norm": True}]
    network = assemble.make_network(parsed(inputs=["x1"], network={"layers": layers}))
    assert [(layer.activation, layer.dropout, layer.batch_norm) for layer in network.layers] == [
        ("relu", 0.25, False),
        ("tanh", 0.0, True),
        ("linear", 0.0, False),
    ]
    assert network.parameters == 3 * 2 + 5 * 4 + 2 * 5 + 6


@pytest.mark.parametrize(
    ("tree", "units"),
    [
        ({"data": {"source": "blobs", "classes": 5}}, 5),
        ({"network": {"output": "softmax"}}, 2),
        ({"data": {"source": "plane"}}, 1),
        ({"network": {"layers": []}}, 1),
    ],
)
def test_the_output_layer_has_a_unit_for_each_class_or_one(tree: dict[str, Any], units: int) -> None:
    network = assemble.make_network(parsed(**tree))
    assert network.fan_out == units
    assert len(network.layers) == len(parsed(**tree).network.layers) + 1


# -- recipes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hyper"),
    [
        ("sgd", {}),
        ("perceptron", {}),
        ("momentum", {"momentum": 0.9}),
        ("nesterov", {"momentum": 0.9}),
        ("adagrad", {"eps": 1e-10}),
        ("rmsprop", {"alpha": 0.99, "eps": 1e-8}),
        ("adam", {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
        ("adamw", {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01}),
    ],
)
def test_an_optimiser_becomes_its_recipe(name: str, hyper: dict[str, float]) -> None:
    recipe = assemble.make_recipe(parsed(training={"optimizer": {"name": name, "learning_rate": 0.25}}))
    assert (recipe.optimizer, recipe.learning_rate, recipe.hyper) == (Optimizer(name), 0.25, hyper)
    assert recipe.optimizer in OPTIMIZERS


@pytest.mark.parametrize(
    ("name", "hyper"),
    [
        ("constant", {}),
        ("inverse_time", {"k": 0.1}),
        ("exponential", {"gamma": 0.95}),
        ("inverse_sqrt", {"k": 1.0}),
        ("step", {"every": 50, "gamma": 0.5}),
        ("cosine", {"length": 100, "floor": 0.0}),
    ],
)
def test_a_schedule_becomes_its_plan(name: str, hyper: dict[str, float]) -> None:
    recipe = assemble.make_recipe(parsed(training={"schedule": {"name": name, "unit": "step", "warmup": 3}}))
    assert recipe.schedule == Plan(Schedule(name), ScheduleUnit.STEP, 3, hyper)


def test_a_recipe_carries_everything_else_too() -> None:
    training = {
        "loss": "mean_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": 0.5},
        "batch_size": None,
        "shuffle": False,
        "l1": 0.01,
        "l2": 0.02,
        "clipping": {"name": "global_norm", "limit": 5},
    }
    assert assemble.make_recipe(parsed(training=training, seeds={"order": 9})) == Recipe(
        loss=Loss.MEAN_SQUARED_ERROR,
        optimizer=Optimizer.SGD,
        learning_rate=0.5,
        hyper={},
        schedule=Plan(),
        batch_size=None,
        shuffle=False,
        l1=0.01,
        l2=0.02,
        clipping=Clipping.GLOBAL_NORM,
        clip_limit=5.0,
        seed=9,
    )


@given(trees)
def test_whatever_can_be_asked_for_can_be_trained(tree: dict[str, Any]) -> None:
    spec = Experiment.parse(tree)
    network = assemble.make_network(spec)
    x, target, part, prepared = assemble.draw_points(spec, BUNDLED)
    rows = assemble.make_rows(spec, x, target, prepared)
    theta = assemble.draw_theta(spec, network)
    trainer = Trainer(network, assemble.make_recipe(spec), theta, rows[:, part == TRAIN])
    if trainer.rows:
        divergence = trainer.run(2)
        assert divergence is not None or np.isfinite(trainer.theta).all()
    assert rows.shape == (network.fan_in + 1 + network.fan_out, target.size)


# -- first weights -----------------------------------------------------------------------------------------------------


def test_a_layer_s_own_initialiser_comes_before_the_network_s() -> None:
    layers = [{"units": 2, "initializer": "zeros"}, {"units": 2}]
    spec = parsed(inputs=["x1"], network={"layers": layers, "initializer": "xavier_uniform"})
    network = assemble.make_network(spec)
    theta = assemble.draw_theta(spec, network)
    assert network.block(theta, 0)[:, :-1].tolist() == [[0.0], [0.0]]
    assert (network.block(theta, 1)[:, :-1] != 0).all()
    assert (network.block(theta, 2)[:, :-1] != 0).all()


@pytest.mark.parametrize("initializer", list(Initializer))
def test_the_bias_and_the_spread_reach_the_weights(initializer: str) -> None:
    narrow, wide = (
        parsed(network={"initializer": initializer, "initial_bias": 0.25, "initializer_std": std})
        for std in (1.0, 2.0)
    )
    network = assemble.make_network(narrow)
    theta, wider = (assemble.draw_theta(spec, network) for spec in (narrow, wide))
    assert [network.block(theta, layer)[:, -1].tolist() for layer in range(3)] == [
        [0.25, 0.25, 0.25, 0.25],
        [0.25, 0.25],
        [0.25],
    ]
    weights = network.penalised == 1
    expected = 2 * theta[weights] if initializer == "normal" else theta[weights]
    np.testing.assert_allclose(wider[weights], expected)


# -- points ------------------------------------------------------------------------------------------------------------


def test_own_points_keep_their_order_and_labels() -> None:
    x, target, part, prepared = assemble.draw_points(parsed(data=OWN), BUNDLED)
    assert x.tolist() == [[3, -2, 0, 4, 1], [1, 0.5, 0, -4, 1]]
    assert target.tolist() == [1, 0, 1, 0, 1]
    assert (part == TRAIN).sum() == 2
    assert prepared is None


def test_own_points_with_one_coordinate_lie_on_the_line() -> None:
    own = OWN | {"coordinates": 1, "task": "regression"}
    x, target, _, _ = assemble.draw_points(parsed(data=own), BUNDLED)
    assert x.tolist() == [[3, -2, 0, 4, 1], [0, 0, 0, 0, 0]]
    assert target.tolist() == [1, 0, 1, 0, 1]


def test_an_empty_board_has_no_points() -> None:
    x, target, part, _ = assemble.draw_points(parsed(data={"source": "points"}), BUNDLED)
    assert (x.shape, target.shape, part.shape) == ((2, 0), (0,), (0,))


@pytest.mark.parametrize(("fraction", "trained"), [(0.1, 50), (0.5, 250), (0.75, 375), (1.0, 500)])
def test_the_training_share_is_that_of_the_spec(fraction: float, trained: int) -> None:
    _, _, part, _ = assemble.draw_points(parsed(data={"train_fraction": fraction}), BUNDLED)
    assert np.bincount(part, minlength=3).tolist() == [trained, 0, 500 - trained]


def test_the_validation_share_is_taken_from_what_would_test() -> None:
    parts = [
        assemble.draw_points(parsed(data={"train_fraction": 0.5, "validation_fraction": share}), BUNDLED)[2]
        for share in (0.0, 0.2)
    ]
    assert np.bincount(parts[1]).tolist() == [250, 100, 150]
    assert (parts[0] == TRAIN).tolist() == (parts[1] == TRAIN).tolist()


def test_samples_noise_and_classes_reach_the_generator() -> None:
    blobs = parsed(data={"source": "blobs", "classes": 3, "samples": 30})
    few = assemble.draw_points(blobs, BUNDLED)[1]
    clean, noisy = (
        assemble.draw_points(parsed(data={"source": "circle", "noise": noise}), BUNDLED)[:2]
        for noise in (0, 0.5)
    )
    assert sorted(set(few.tolist())) == [0, 1, 2]
    assert few.size == 30
    assert not np.array_equal(clean[0], noisy[0]) or not np.array_equal(clean[1], noisy[1])


# -- targets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "labels", "coded"),
    [
        ({}, [0, 1], [[0, 1]]),
        ({"network": {"output": "softmax"}}, [0, 1], [[1, 0], [0, 1]]),
        ({"network": {"output": "tanh"}}, [0, 1], [[-1, 1]]),
        ({"network": {"output": "linear"}}, [0, 1], [[-1, 1]]),
        ({"training": {"loss": "hinge"}}, [0, 1], [[-1, 1]]),
        ({"training": {"loss": "mean_squared_error"}}, [0, 1], [[0, 1]]),
        ({"training": {"loss": "perceptron"}}, [0, 1], [[-1, 1]]),
        ({"data": {"source": "blobs", "classes": 3}}, [2, 0], [[0, 1], [0, 0], [1, 0]]),
        (
            {"data": {"source": "blobs", "classes": 3}, "training": {"loss": "hinge"}},
            [2, 0],
            [[-1, 1], [-1, -1], [1, -1]],
        ),
        ({"data": {"source": "plane"}}, [0.25, -3], [[0.25, -3]]),
    ],
)
def test_targets_are_coded_as_loss_and_output_want_them(
    parts: dict[str, Any], labels: list[float], coded: list[list[float]]
) -> None:
    rows = assemble.make_rows(
        parsed(inputs=["x2", "x1^2"], **parts), np.array([[2.0, 3.0], [5.0, 7.0]]), np.array(labels), None
    )
    assert rows[:3].tolist() == [[5.0, 7.0], [4.0, 9.0], [1.0, 1.0]]
    assert rows[3:].tolist() == coded


def test_a_picture_is_taken_at_the_centres_of_its_cells_from_the_bottom() -> None:
    inputs = assemble.board_inputs((2, 1), 6.0, (0.0, 0.0), (Feature.X1, Feature.X2))
    assert inputs.tolist() == [[-3, 3, -3, 3, 0], [-3, -3, 3, 3, 0], [1, 1, 1, 1, 1]]


def test_a_picture_is_taken_around_the_centre_of_its_view() -> None:
    inputs = assemble.board_inputs((2, 1), 2.0, (10.0, -5.0), (Feature.X2, Feature.X1))
    assert inputs.tolist() == [[-6, -6, -4, -4, -5], [9, 11, 9, 11, 10], [1, 1, 1, 1, 1]]


def test_the_inputs_of_a_point_are_the_specs_in_its_order() -> None:
    inputs = assemble.inputs_of(parsed(inputs=["x2^2", "x1*x2", "x1"]), np.array([[2.0], [-3.0]]), None)
    assert inputs.tolist() == [[9], [-6], [2], [1]]


def test_the_maps_of_all_inputs_are_shaded_over_what_they_hold_from_the_bottom() -> None:
    names, maps, ranges = assemble.draw_feature_maps(2, 6.0, (0.0, 0.0))
    assert names[:3] == ("x1", "x2", "x1^2")
    assert len(names) == len(maps) == len(ranges) == 10
    assert maps[:5].tolist() == [[0, 255, 0, 255], [0, 0, 255, 255], [0] * 4, [0] * 4, [255, 0, 0, 255]]
    assert ranges[:5].tolist() == [[-3, 3], [-3, 3], [9, 10], [9, 10], [-9, 9]]
    assert assemble.draw_feature_maps(2, 6.0, (5.0, 4.0))[2][:2].tolist() == [[2, 8], [1, 7]]


@pytest.mark.parametrize(
    ("parts", "targets", "shown"),
    [
        ({}, [0, 1], (0, 1)),
        ({"network": {"output": "tanh"}}, [0, 1], (-1, 1)),
        ({"network": {"output": "linear"}}, [0, 1], (-1, 1)),
        ({"data": {"source": "blobs", "classes": 6}}, [5], (0, 1)),
        ({"data": {"source": "plane"}}, [0.5, -0.25], (-1, 1)),
        ({"data": {"source": "plane"}}, [0.5, -7], (-7, 7)),
        ({"data": {"source": "plane"}}, [], (-1, 1)),
    ],
)
def test_the_shades_span_what_the_output_can_say(
    parts: dict[str, Any], targets: list[float], shown: tuple[float, float]
) -> None:
    assert assemble.shown_range(parsed(**parts), np.array(targets), None) == shown


# -- seeds -------------------------------------------------------------------------------------------------------------


def drawn(spec: Experiment) -> dict[str, Any]:
    """What each seed decides, as plain lists."""
    x, target, part, _ = assemble.draw_points(spec, BUNDLED)
    return {
        "data": (x.tolist(), target.tolist()),
        "split": part.tolist(),
        "weights": assemble.draw_theta(spec, assemble.make_network(spec)).tolist(),
        "order": assemble.make_recipe(spec).seed,
    }


@pytest.mark.parametrize("seed", ["data", "split", "weights", "order"])
def test_each_seed_changes_its_own_part_only(seed: str) -> None:
    before, after = drawn(Experiment()), drawn(parsed(seeds={seed: 1}))
    assert [name for name in before if before[name] != after[name]] == [seed]


@given(trees, st.integers(0, 2**32 - 1))
def test_the_same_spec_draws_the_same_to_the_bit(tree: dict[str, Any], seed: int) -> None:
    spec = Experiment.parse(tree | {"seeds": {"data": seed, "weights": seed}})
    assert drawn(spec) == drawn(Experiment.parse(spec.model_dump(mode="json")))


def test_another_network_on_the_same_seeds_has_the_same_points() -> None:
    other = drawn(parsed(network={"layers": [{"units": 7, "activation": Activation.RELU}]}))
    assert [other[part] == drawn(Experiment())[part] for part in ("data", "split")] == [True, True]


@pytest.mark.parametrize(
    ("parts", "middle"),
    [
        ({}, 0.5),
        ({"network": {"output": "tanh"}}, 0),
        ({"network": {"output": "linear"}}, 0),
        ({"data": {"source": "blobs", "classes": 6}}, None),
        ({"data": {"source": "plane"}}, None),
    ],
)
def test_two_classes_part_in_the_middle_of_the_output(parts: dict[str, Any], middle: float | None) -> None:
    assert assemble.class_middle(parsed(**parts)) == middle
