"""What the engine's tests are built from: networks, rows, single passes, PyTorch's figures. Holds no expectation."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Layer, Network
from app.engine.numeric import Array, quiet, run
from app.engine.training_pass import Pass
from app.engine.update import Recipe
from app.vocabulary import Activation, Loss, Optimizer, Output

FIXTURES = Path(__file__).parents[2] / "fixtures" / "torch"
Json = dict[str, Any]

HYPER: Mapping[Optimizer, Mapping[str, float]] = {
    Optimizer.SGD: {},
    Optimizer.PERCEPTRON: {},
    Optimizer.MOMENTUM: {"momentum": 0.9},
    Optimizer.NESTEROV: {"momentum": 0.9},
    Optimizer.ADAGRAD: {"eps": 1e-10},
    Optimizer.RMSPROP: {"alpha": 0.99, "eps": 1e-8},
    Optimizer.ADAM: {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    Optimizer.ADAMW: {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.1},
}
"""Something for every optimiser to work with."""


@cache
def pytorch(name: str) -> Json:
    """One file of tests/fixtures/torch."""
    fixture: Json = json.loads((FIXTURES / f"{name}.json").read_text())
    return fixture


def assert_agrees(actual: Any, expected: Any, what: str = "") -> None:
    """As close as two float64 programs come that add up in another order."""
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-14, err_msg=what)


def make_network(
    *sizes: int,
    output: Output = Output.LINEAR,
    activation: Activation = Activation.TANH,
    dropout: float = 0.0,
    batch_norm: bool = False,
) -> Network:
    """`sizes`: inputs, hidden units of each layer, output units; all hidden layers alike."""
    hidden = [
        Layer(fan_in, fan_out, activation, dropout, batch_norm) for fan_in, fan_out in pairwise(sizes[:-1])
    ]
    return Network((*hidden, Layer(sizes[-2], sizes[-1])), output)


def make_theta(network: Network, seed: int, models: int | None = None) -> NDArray[np.float64]:
    """Normal weights (P,) or (M, P), gamma and beta among them."""
    lead = () if models is None else (models,)
    theta: NDArray[np.float64] = np.random.default_rng(seed).normal(0.0, 0.7, (*lead, network.parameters))
    return theta


def make_targets(
    loss: Loss, output: Output, units: int, width: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """(T, B) of what the loss is made for: classes, signs or numbers."""
    noise = rng.normal(size=(units, width))
    if output is Output.SOFTMAX:
        return np.eye(units)[:, noise.argmax(axis=0)]
    if loss is Loss.BINARY_CROSS_ENTROPY:
        return (noise > 0).astype(np.float64)
    if loss in (Loss.HINGE, Loss.PERCEPTRON):
        return np.where(noise > 0, 1.0, -1.0)
    return noise


def make_rows(network: Network, loss: Loss, count: int, seed: int) -> NDArray[np.float64]:
    """(I + 1 + T, count): normal inputs, ones, targets."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(network.fan_in, count))
    targets = make_targets(loss, network.output, network.fan_out, count, rng)
    return stack_rows(inputs, targets)


def stack_rows(inputs: Any, targets: Any) -> NDArray[np.float64]:
    """(I + 1 + T, N) of inputs (I, N) and targets (T, N), row by row in memory: another layout rounds otherwise."""
    inputs, targets = np.asarray(inputs, np.float64), np.asarray(targets, np.float64)
    return np.ascontiguousarray(np.vstack([inputs, np.ones((1, inputs.shape[1])), targets]))


def fill_with(uniform: float) -> Callable[[Array], None]:
    """A draw that always gives `uniform`: with 1 dropout keeps every unit."""
    return lambda out: out.fill(uniform)


@dataclass(frozen=True)
class Outcome:
    """One pass: the batch's loss, the data gradient, and the pass itself with its buffers."""

    loss: Any
    gradient: NDArray[np.float64]
    made: Pass


@quiet
def one_pass(
    network: Network,
    loss: Loss,
    theta: Array,
    rows: Array,
    statistics: Array | None = None,
    draw: Callable[[Array], None] | None = None,
) -> Outcome:
    """Forward and backward over `rows` as one batch; `statistics` are moved if given."""
    if statistics is None:
        statistics = network.fresh_statistics(theta.shape[:-1])
    gradient = np.full_like(theta, np.nan)
    made = Pass(network, loss, theta, gradient, statistics, rows.shape[-1], draw or fill_with(1.0))
    made.batch[...] = rows
    run(made.forward)
    total = made.loss()
    run(made.backward)
    return Outcome(total, gradient, made)


def from_state_dict(network: Network, state: Json) -> NDArray[np.float64]:
    """`theta` of a torch Sequential's parameters, or a gradient of its gradients; `1.weight` is gamma if it is flat."""
    theta = np.full(network.parameters, np.nan)
    keys = sorted({int(key.split(".")[0]) for key in state})
    weights = [key for key in keys if np.ndim(state[f"{key}.weight"]) == 2]
    for index, key in enumerate(weights):
        block = network.block(theta, index)
        block[:, :-1], block[:, -1] = state[f"{key}.weight"], state[f"{key}.bias"]
        if network.layers[index].batch_norm:
            gamma, beta = network.norm(theta, index)
            gamma[:, 0], beta[:, 0] = state[f"{key + 1}.weight"], state[f"{key + 1}.bias"]
    assert not np.isnan(theta).any()
    return theta


def curvature_problem(case: Json) -> tuple[Network, Recipe, NDArray[np.float64], NDArray[np.float64]]:
    """Network, recipe, theta and rows of a case of curvature.json."""
    loss, sizes = Loss(case["loss"]), list(pairwise(case["layers"]))
    outputs = {Loss.BINARY_CROSS_ENTROPY: Output.SIGMOID, Loss.CROSS_ENTROPY: Output.SOFTMAX}
    hidden = [Layer(*size, Activation(case["activation"]), batch_norm="norm" in case) for size in sizes[:-1]]
    network = Network((*hidden, Layer(*sizes[-1])), outputs.get(loss, Output.LINEAR))
    theta, rows = from_state_dict(network, case["state_dict"]), stack_rows(case["inputs"], case["targets"])
    return network, Recipe(loss, l2=case["l2"]), theta, rows
