"""What diagnostics cost: python -m benchmarks.diagnostics

The spiral through several networks, playing at 30 epochs a second with a frame after every epoch, with diagnostics off
and on: processor time of an epoch with its frame, encoded. Diagnostics are told as they stream, which is in the frames
that the host's own rule chooses. Rounds with and without take turns, and the figures are those of the least disturbed
round, since the machine may be shared. Beside it what the same costs with diagnostics in every frame, and what one
gradient check and one measurement of the curvature take.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from app.engine.curvature import sharpness
from app.engine.pictures import PictureBuffers
from app.host.hosted import Hosted, Viewer
from app.session.commands import Play, SetSpeed, SetView, View
from app.session.gradient import checked_gradient
from app.session.session import Session
from app.session.verdicts.curvature import CURVATURE_PARAMETERS
from app.spec import Experiment
from app.wire.frames import encode_frame
from benchmarks.report import report

EPOCHS, ROUNDS, PACE = 60, 6, 30.0
"""Two seconds of play a round at so many epochs and frames a second; it has one or two measurements of the
curvature."""
LAYERS: dict[str, list[dict[str, Any]]] = {
    "2-4-2-1 tanh": [{"units": 4}, {"units": 2}],
    "2-8-8-8-1 tanh": [{"units": 8}] * 3,
    "2-8-8-8-1 relu": [{"units": 8, "activation": "relu"}] * 3,
    "2-8-8-8-1 sigmoid": [{"units": 8, "activation": "sigmoid"}] * 3,
    "2-40-40-1 tanh": [{"units": 40}] * 2,
}


def player(
    layers: list[dict[str, Any]], diagnostics: bool, in_every_frame: bool = False
) -> Callable[[], float]:
    """A session that plays; each call is one epoch and its frame, and returns its milliseconds."""
    session = Session.create(Experiment.parse({"inputs": ["x1", "x2"], "network": {"layers": layers}}))
    session.handle(SetView(id=1, view=View(diagnostics=diagnostics)))
    session.handle(SetSpeed(id=2, epochs_per_second=PACE))
    session.handle(Play(id=3))
    buffers, hosted, viewer = PictureBuffers(), Hosted(session), Viewer()

    def epoch() -> float:
        start = time.process_time()
        session.advance(session.steps_per_epoch)
        now = session.epoch / PACE
        figures = in_every_frame or hosted.figures_due(viewer, now, 1 / PACE)
        encode_frame(session.frame(buffers, session.recorded - 1, figures), session.epoch)
        hosted.shown(viewer, now, 1 / PACE, figures)
        return (time.process_time() - start) * 1e3

    return epoch


def one_epoch(layers: list[dict[str, Any]]) -> tuple[float, ...]:
    """Milliseconds of an epoch with its frame, diagnostics off, on and in every frame: the least of the rounds'
    means."""
    players = player(layers, False), player(layers, True), player(layers, True, in_every_frame=True)
    found: tuple[list[float], ...] = ([], [], [])
    for _ in range(ROUNDS):
        for play, costs in zip(players, found, strict=True):
            costs.append(statistics.mean(play() for _ in range(EPOCHS)))
    return tuple(map(min, found))


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
    off, on, always = one_epoch(layers)
    measured = partial(sharpness, machine.network, trainer.recipe, trainer.theta, trainer.source)
    return {
        "network": name,
        "parameters": parameters,
        "off, ms": off,
        "on, ms": on,
        "ratio": on / off,
        "in every frame": always / off,
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
