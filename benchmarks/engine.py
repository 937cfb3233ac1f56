"""Training steps a second against PyTorch eager and scikit-learn: python -m benchmarks.engine

All do the same work on the same data in float64 on one thread: shuffle each epoch, fetch the batch, forward, the
batch's loss as a number, backward, update. Runs are interleaved and the figures are medians, since the machine may
be shared. PyTorch takes part if it is installed (pip install torch==2.13.0).
"""

import importlib.util
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.initializers import draw_parameters
from app.engine.network import Layer, Network
from app.engine.trainer import Trainer
from app.engine.update import Recipe
from app.vocabulary import Activation, Initializer, Loss, Optimizer, Output
from benchmarks.report import report

ROWS = 500
ROUNDS = 25
Run = Callable[[int], Any]
"""Takes so many steps."""


@dataclass(frozen=True)
class Case:
    """One contest."""

    sizes: tuple[int, ...]
    activation: Activation
    batch: int
    optimizer: Optimizer
    rate: float

    @property
    def name(self) -> str:
        """2-4-2-1 tanh, batch 10, sgd."""
        return f"{'-'.join(map(str, self.sizes))} {self.activation}, batch {self.batch}, {self.optimizer}"

    @property
    def binary(self) -> bool:
        """Sigmoid and log-loss, else softmax and cross-entropy."""
        return self.sizes[-1] == 1


CASES = (
    Case((2, 4, 2, 1), Activation.TANH, 10, Optimizer.SGD, 0.03),
    Case((2, 8, 8, 8, 1), Activation.TANH, 32, Optimizer.ADAM, 0.001),
    Case((2, 8, 8, 8, 1), Activation.RELU, 32, Optimizer.ADAM, 0.001),
    Case((64, 128, 64, 10), Activation.RELU, 64, Optimizer.ADAM, 0.001),
)


def make_data(case: Case) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Inputs (ROWS, I) and class labels (ROWS,)."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(ROWS, case.sizes[0]))
    if case.binary:
        return inputs, (inputs[:, 0] * inputs[:, 1] > 0).astype(np.int64)
    return inputs, rng.integers(0, case.sizes[-1], ROWS)


def ours(case: Case) -> Run:
    """This project's trainer, as a session uses it: with the divergence check of every step."""
    inputs, labels = make_data(case)
    targets = labels[None, :] if case.binary else np.eye(case.sizes[-1])[labels].T
    rows = np.vstack([inputs.T, np.ones((1, ROWS)), targets])
    pairs = list(zip(case.sizes, case.sizes[1:], strict=False))
    layers = tuple(Layer(fan_in, fan_out, case.activation) for fan_in, fan_out in pairs)
    network = Network(layers, Output.SIGMOID if case.binary else Output.SOFTMAX)
    theta = draw_parameters(network, np.random.default_rng(1), (Initializer.XAVIER_UNIFORM,) * len(layers))
    loss = Loss.BINARY_CROSS_ENTROPY if case.binary else Loss.CROSS_ENTROPY
    hyper = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8} if case.optimizer is Optimizer.ADAM else {}
    return Trainer(
        network, Recipe(loss, case.optimizer, case.rate, hyper, batch_size=case.batch), theta, rows
    ).run


def pytorch(case: Case) -> Run | None:
    """PyTorch eager, the loop of its tutorials; None if it is not installed."""
    if importlib.util.find_spec("torch") is None:
        return None
    import torch

    torch.set_num_threads(1)
    inputs, labels = make_data(case)
    x = torch.tensor(inputs)
    y = torch.tensor(labels[:, None], dtype=torch.float64) if case.binary else torch.tensor(labels)
    activation = {Activation.TANH: torch.nn.Tanh, Activation.RELU: torch.nn.ReLU}[case.activation]
    modules: list[Any] = []
    for fan_in, fan_out in zip(case.sizes, case.sizes[1:], strict=False):
        modules += [torch.nn.Linear(fan_in, fan_out, dtype=torch.float64), activation()]
    model = torch.nn.Sequential(*modules[:-1])
    criterion = torch.nn.BCEWithLogitsLoss() if case.binary else torch.nn.CrossEntropyLoss()
    kind = {Optimizer.SGD: torch.optim.SGD, Optimizer.ADAM: torch.optim.Adam}[case.optimizer]
    optimizer = kind(model.parameters(), lr=case.rate)

    def run(count: int) -> None:
        order, row = torch.randperm(ROWS), 0
        for _ in range(count):
            if row >= ROWS:
                order, row = torch.randperm(ROWS), 0
            batch = order[row : row + case.batch]
            row += case.batch
            optimizer.zero_grad()
            loss = criterion(model(x[batch]), y[batch])
            loss.item()
            loss.backward()
            optimizer.step()

    return run


def scikit_learn(case: Case) -> Run | None:
    """MLPClassifier.partial_fit on one batch after another."""
    if importlib.util.find_spec("sklearn") is None:
        return None
    from sklearn.neural_network import MLPClassifier

    warnings.filterwarnings("ignore", module="sklearn")
    inputs, labels = make_data(case)
    kind = {Optimizer.SGD: "sgd", Optimizer.ADAM: "adam"}[case.optimizer]
    model = MLPClassifier(
        case.sizes[1:-1], activation=case.activation.value, solver=kind, learning_rate_init=case.rate,
        batch_size=case.batch, alpha=0.0, momentum=0.0,
    )  # fmt: skip
    classes = np.unique(labels)
    rng = np.random.default_rng(0)

    def run(count: int) -> None:
        order, row = rng.permutation(ROWS), 0
        for _ in range(count):
            if row >= ROWS:
                order, row = rng.permutation(ROWS), 0
            batch = order[row : row + case.batch]
            row += case.batch
            model.partial_fit(inputs[batch], labels[batch], classes=classes)

    return run


def microseconds(run: Run, steps: int) -> float:
    """Time of one step of a run of `steps`."""
    start = time.perf_counter()
    run(steps)
    return (time.perf_counter() - start) / steps * 1e6


def contest(case: Case) -> dict[str, Any]:
    """Interleaved rounds; ratios are the medians of the rounds' own ratios."""
    runners = {"pytorch": pytorch(case), "scikit-learn": scikit_learn(case)}
    rivals = {name: run for name, run in runners.items() if run}
    run = ours(case)
    for warm in (run, *rivals.values()):
        warm(50)
    times: dict[str, list[float]] = {"ours": [], **{name: [] for name in rivals}}
    for _ in range(ROUNDS):
        times["ours"].append(microseconds(run, 500))
        for name, rival in rivals.items():
            times[name].append(microseconds(rival, 50))
    row: dict[str, Any] = {"network": case.name, "ours us": statistics.median(times["ours"])}
    for name in rivals:
        row[f"{name} us"] = statistics.median(times[name])
        ratios = [theirs / own for theirs, own in zip(times[name], times["ours"], strict=True)]
        row[f"{name} ratio"] = statistics.median(ratios)
    return row


if __name__ == "__main__":
    report("engine", "One training step, microseconds (median)", [contest(case) for case in CASES])
