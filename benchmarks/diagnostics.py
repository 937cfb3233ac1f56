"""What diagnostics cost: python -m benchmarks.diagnostics

The spiral through several networks, playing at 30 epochs a second with a frame after every epoch, with diagnostics off
and on: processor time of an epoch with its frame, encoded. Rounds with and without take turns, and the figures are
those of the least disturbed round, since the machine may be shared. Beside it what one gradient check and one
measurement of the curvature take.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from app.engine.curvature import sharpness
from app.engine.pictures import PictureBuffers
from app.session.commands import Play, SetSpeed, SetView, View
from app.session.gradient import checked_gradient
from app.session.session import Session
from app.session.verdicts.curvature import CURVATURE_PARAMETERS
from app.spec import Experiment
from app.wire.frames import encode_frame
from benchmarks.report import report

EPOCHS, ROUNDS = 60, 6
"""Two seconds of play a round, which has two or three measurements of the curvature."""
LAYERS: dict[str, list[dict[str, Any]]] = {
    "2-4-2-1 tanh": [{"units": 4}, {"units": 2}],
    "2-8-8-8-1 tanh": [{"units": 8}] * 3,
    "2-8-8-8-1 relu": [{"units": 8, "activation": "relu"}] * 3,
    "2-8-8-8-1 sigmoid": [{"units": 8, "activation": "sigmoid"}] * 3,
    "2-40-40-1 tanh": [{"units": 40}] * 2,
}


def player(layers: list[dict[str, Any]], diagnostics: bool) -> Callable[[], float]:
    """A session that plays; each call is one epoch and its frame, and returns its milliseconds."""
    session = Session.create(Experiment.parse({"inputs": ["x1", "x2"], "network": {"layers": layers}}))
    session.handle(SetView(id=1, view=View(diagnostics=diagnostics)))
    session.handle(SetSpeed(id=2, epochs_per_second=30.0))
    session.handle(Play(id=3))
    buffers = PictureBuffers()

    def epoch() -> float:
        start = time.process_time()
        session.advance(session.steps_per_epoch)
        encode_frame(session.frame(buffers, session.recorded - 1), session.epoch)
        return (time.process_time() - start) * 1e3

    return epoch


def one_epoch(layers: list[dict[str, Any]]) -> tuple[float, float]:
    """Milliseconds of an epoch with its frame, diagnostics off and on: the least of the rounds' means."""
    off, on = player(layers, False), player(layers, True)
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for play, costs in zip((off, on), found, strict=True):
            costs.append(statistics.mean(play() for _ in range(EPOCHS)))
    return min(found[0]), min(found[1])


def milliseconds(what: Callable[[], Any], rounds: int = 15) -> float:
    """The least of so many calls."""
    costs = []
    for _ in range(rounds):
        start = time.process_time()
        what()
        costs.append((time.process_time() - start) * 1e3)
    return min(costs)


def row(name: str, layers: list[dict[str, Any]]) -> dict[str, Any]:
    """All figures of one network, after 20 epochs."""
    session = Session.create(Experiment.parse({"inputs": ["x1", "x2"], "network": {"layers": layers}}))
    session.handle(Play(id=1))
    session.advance(20 * session.steps_per_epoch)
    machine = session.machine
    trainer, parameters = machine.trainer, machine.network.parameters
    found = checked_gradient(machine)
    off, on = one_epoch(layers)
    measured = partial(sharpness, machine.network, trainer.recipe, trainer.theta, trainer.source)
    return {
        "network": name,
        "parameters": parameters,
        "off, ms": off,
        "on, ms": on,
        "ratio": on / off,
        "curvature, ms": milliseconds(measured) if parameters <= CURVATURE_PARAMETERS else "-",
        "gradient check, ms": milliseconds(lambda: checked_gradient(machine)),
        "checked": f"{found.checked} on {found.points}",
    }


if __name__ == "__main__":
    report(
        "diagnostics",
        "Spiral, Adam, batch 10, 30 epochs/s, a frame an epoch",
        [row(*item) for item in LAYERS.items()],
    )
