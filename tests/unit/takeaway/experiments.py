"""Experiments of every kind for the tests of what is taken home as code, and what the engine makes of each when it
trains on from its weights with all points at once. Holds no expectation."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.session.machine import Machine
from app.session.session import Session
from app.spec import Experiment
from app.takeaway.portrait import Portrait
from app.vocabulary import Activation, Feature, Optimizer, Schedule
from tests.unit.session.building import do
from tests.unit.takeaway.hostile import hostile_session

Floats = NDArray[np.float64]
Tree = dict[str, Any]
EPOCHS = 20
STEPS = 30
"""Steps that an experiment has been trained when it is taken home."""
XOR: Tree = {"source": "xor", "samples": 60, "validation_fraction": 0.2}
SMALL: Tree = {"layers": [{"units": 4}, {"units": 3}]}
STEEP_HINGE: Tree = {"loss": "hinge", "optimizer": {"name": "sgd", "learning_rate": 0.05}}


def _one(**changes: Any) -> Tree:
    return {"data": XOR, "inputs": ["x1", "x2"], "network": SMALL} | changes


def _layers(*layers: Tree, **network: Any) -> Tree:
    return {"layers": list(layers)} | network


def _table(name: str, /, **table: Any) -> Tree:
    return {"source": "table", "table": {"name": name} | table}


EXPERIMENTS: dict[str, Tree] = {
    **{
        f"activation-{kind}": _one(network=_layers({"units": 5, "activation": kind}, {"units": 3}))
        for kind in Activation
        if kind is not Activation.STEP
    },
    **{f"optimizer-{kind}": _one(training={"optimizer": {"name": kind, "learning_rate": 0.02}})
       for kind in Optimizer if kind is not Optimizer.PERCEPTRON},
    **{f"schedule-{kind}": _one(training={
        "schedule": {"name": kind, "warmup": 3} | ({"every": 4} if kind is Schedule.STEP else {})
        | ({"length": 12, "floor": 0.001} if kind is Schedule.COSINE else {}),
        "optimizer": {"name": "momentum", "learning_rate": 0.02}}) for kind in Schedule},
    **{f"loss-{loss}-{output}": _one(network=SMALL | {"output": output}, training={"loss": loss})
       for loss in ("mean_squared_error", "half_squared_error", "huber", "mean_absolute_error")
       for output in ("linear", "sigmoid", "tanh", "softmax")},
    "nesterov-by-step": _one(training={
        "optimizer": {"name": "nesterov", "momentum": 0.8, "learning_rate": 0.02},
        "schedule": {"name": "exponential", "unit": "step", "gamma": 0.9}}),
    "nesterov-without-momentum": _one(training={"optimizer": {"name": "nesterov", "momentum": 0.0}}),
    "hinge": _one(network=SMALL, training=STEEP_HINGE),
    "perceptron-rule": _one(network=_layers(), training={"optimizer": {"name": "perceptron"}}),
    "perceptron-zeros": _one(network=_layers(initializer="zeros"), training={"optimizer": {"name": "perceptron"}}),
    "perceptron-steps": _one(
        network=_layers({"units": 4, "activation": "step"}),
        training={"optimizer": {"name": "perceptron", "learning_rate": 0.1}, "l2": 0.01}),
    "perceptron-three": {"data": {"source": "blobs", "classes": 3, "samples": 60}, "network": _layers(),
                         "training": {"optimizer": {"name": "perceptron"}}},
    "perceptron-linear": _one(network=_layers({"units": 3}, output="linear"), training={
        "loss": "perceptron", "optimizer": {"name": "sgd"}}),
    "penalties": _one(training={"l1": 0.003, "l2": 0.02}),
    "clipped-by-norm": _one(training={"clipping": {"name": "global_norm", "limit": 0.05}, "l2": 0.1,
                                      "optimizer": {"name": "sgd", "learning_rate": 0.5}}),
    "clipped-by-value": _one(training={"clipping": {"name": "value", "limit": 0.01},
                                       "optimizer": {"name": "sgd"}}),
    "batch-norm": _one(network=_layers({"units": 4, "batch_norm": True},
                                       {"units": 3, "batch_norm": True, "activation": "relu"})),
    "batch-norm-penalised": _one(network=_layers({"units": 4, "batch_norm": True, "activation": "gelu"}),
                                 training={"l2": 0.02, "optimizer": {"name": "adamw"}}),
    "frozen": _one(
        network=_layers({"units": 4, "batch_norm": True}, {"units": 3}, {"units": 2}, frozen=[
            {"layer": 0, "unit": 1, "input": 0}, {"layer": 0, "unit": 2}, {"layer": 1}, {"layer": 3, "unit": 0}]),
        training={"optimizer": {"name": "adamw"}, "l2": 0.05, "clipping": {"name": "global_norm", "limit": 0.1}}),
    "frozen-sgd": _one(
        network=_layers({"units": 4}, frozen=[{"layer": 0, "unit": 1, "input": 0}, {"layer": 1, "unit": 0}]),
        training={"optimizer": {"name": "sgd"}, "l1": 0.01}),
    "one-vs-rest": {"data": {"source": "rings", "classes": 4, "samples": 80}, "network": SMALL | {"output": "sigmoid"},
                    "training": {"loss": "binary_cross_entropy"}},
    "three-hinge": {"data": {"source": "blobs", "classes": 3, "samples": 60}, "network": SMALL,
                    "training": STEEP_HINGE},
    "all-inputs": {"data": {"source": "spiral", "samples": 100}, "inputs": list(Feature), "network": SMALL},
    "two-softmax": _one(network=SMALL | {"output": "softmax"}),
    "plane": {"data": {"source": "multi_gauss", "samples": 80}, "network": SMALL},
    "curve": {"data": {"source": "curve_sine", "samples": 60}, "network": SMALL},
    "long": {"data": {"source": "moons", "samples": 2000}, "network": SMALL},
    "wide": {"data": {"source": "circle", "samples": 60}, "network": _layers({"units": 64}, {"units": 64})},
    "iris": {"data": _table("iris"), "network": SMALL},
    "iris-min-max": {"data": _table("iris", scaling="min_max"), "network": SMALL},
    "iris-unscaled": {"data": _table("iris", scaling="none"), "network": SMALL},
    "diabetes": {"data": _table("diabetes"), "network": SMALL},
    "digits": {"data": _table("digits"), "network": _layers({"units": 8, "activation": "relu"})},
}  # fmt: skip
"""By name, specs over the defaults. Trained with batches, but taken home to be trained on in one piece."""


def session_of(name: str, steps: int = STEPS) -> Session:
    """The experiment after so many steps."""
    session = Session.create(Experiment.parse(EXPERIMENTS[name]))
    do(session, "play")
    session.advance(steps)
    do(session, "pause")
    return session


def edited_session() -> Session:
    """One with points moved, relabelled, added and put into other parts."""
    session = session_of("penalties")
    do(session, "move_points", points=[[0, 1.25, -3.5], [1, 0.1, 0.2]])
    do(session, "relabel_points", ids=[2], label=1)
    do(session, "add_points", points=[[5, 5, 1], [-5, 0.3, 0]])
    do(session, "set_part", ids=[3, 4], part="test")
    return session


SESSIONS: dict[str, Callable[[], Session]] = {
    **{name: partial(session_of, name) for name in EXPERIMENTS},
    "edited": edited_session,
    "hostile": hostile_session,
    "untrained": partial(session_of, "perceptron-zeros", 0),
}
"""All of them, made when they are asked for."""


def trained_on(portrait: Portrait, session: Session, epochs: int = EPOCHS) -> dict[str, list[float]]:
    """The losses of each part that has points, after each of `epochs` updates with all training points by an engine
    that begins with the portrait's weights and remembers nothing."""
    training = portrait.spec.training.model_copy(update={"batch_size": None, "early_stopping": None})
    machine = Machine(portrait.spec.model_copy(update={"training": training}), session.board)
    machine.set_parameters(portrait.theta, portrait.statistics)
    found: dict[str, list[float]] = {"training": [], "validation": [], "test": []}
    for _ in range(epochs):
        assert machine.run(1) is None, "an experiment that diverges compares nothing"
        now = machine.standing()
        for part, evaluation in zip(found, (now.train, now.validation, now.test), strict=True):
            found[part].append(float(evaluation.loss))
    return {part: losses for part, losses in found.items() if not np.isnan(losses).any()}
