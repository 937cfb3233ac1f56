"""What the ledger costs: an epoch without it, one with a recorded step, opening a walk: python -m benchmarks.ledger

Without it the trainer carries out the very lists that it had before there was one; tests/unit/engine/test_ledger.py
holds that. The first two figures differ by what is recorded, not by what waits to be.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from app.assemble import draw_theta, make_network, make_recipe
from app.data.tables import BUNDLED
from app.engine.ledger import record_step
from app.engine.trainer import Trainer
from app.session.machine import Machine, draw_board
from app.session.session import Session
from app.session.walk import begin, told
from app.spec import Experiment
from benchmarks.report import report

ROUNDS = 41
CASES: dict[str, dict[str, Any]] = {
    "default": {},
    "two layers of 8": {"network": {"layers": [{"units": 8}, {"units": 8}]}},
    "four of 64, batch norm": {"network": {"layers": [{"units": 64, "batch_norm": True}] * 4}},
}


def seconds(work: Callable[[], Any]) -> float:
    """How long `work` takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def make_trainer(spec: Experiment) -> Trainer:
    """A trainer on the spec's own points."""
    network = make_network(spec)
    return Trainer(
        network,
        make_recipe(spec),
        draw_theta(spec, network),
        Machine(spec, draw_board(spec, BUNDLED)).trainer.source,
    )


def measure(name: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Medians over interleaved rounds."""
    spec = Experiment.parse(changes)
    plain, watched = make_trainer(spec), make_trainer(spec)
    steps = plain.steps_left_in_epoch
    session = Session.create(spec)
    found: dict[str, list[float]] = {"off": [], "one recorded": [], "opening a walk": []}

    def with_one_recorded() -> None:
        record_step(watched)
        watched.run(steps - 1)

    def open_walk() -> None:
        session.walk = begin(session)
        told(session)

    for _ in range(ROUNDS):
        found["off"].append(seconds(lambda: plain.run(steps)))
        found["one recorded"].append(seconds(with_one_recorded))
        found["opening a walk"].append(seconds(open_walk))
    assert np.array_equal(plain.theta, watched.theta), "recording changes no bit"
    medians = {key: 1e3 * statistics.median(values) for key, values in found.items()}
    return {"case": name, "steps": steps} | {f"{key}, ms": value for key, value in medians.items()}


def main() -> None:
    """Every case, as a table and as results/ledger.json."""
    report("ledger", "An epoch and the ledger", [measure(*case) for case in CASES.items()])


if __name__ == "__main__":
    main()
