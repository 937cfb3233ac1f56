"""How long the way to a past step takes, and what the past costs: python -m benchmarks.seek

A run of 100,000 steps is gone back into at 200 random steps; the time from the command to the frame, encoded. Then the
same network trained with its past kept and without, interleaved.
"""

import statistics
import time
from typing import Any

import numpy as np

from app.engine.pictures import PictureBuffers
from app.session.commands import Pause, Play, Seek
from app.session.events import Phase
from app.session.session import Session
from app.spec import Experiment
from app.wire.frames import encode_frame
from benchmarks.report import report

STEPS = 100_000
SEEKS = 200
PLAIN = ["x1", "x2"]
NETWORKS: dict[str, dict[str, Any]] = {
    "2-4-2-1, batch 10, SGD": {
        "layers": [4, 2],
        "training": {"batch_size": 10, "optimizer": {"name": "sgd", "learning_rate": 0.03}},
    },
    "7-4-2-1, batch 10, Adam (the page's start)": {"layers": [4, 2], "inputs": None, "training": {}},
    "2-8-8-8-1, batch 32, Adam": {"layers": [8, 8, 8], "training": {"batch_size": 32}},
    "2-8-8-8-8-8-8-1, batch 10, Adam": {"layers": [8] * 6, "training": {}},
}


def make(layers: list[int], training: dict[str, Any], inputs: list[str] | None = PLAIN) -> Session:
    """A session on the spiral."""
    spec: dict[str, Any] = {
        "network": {"layers": [{"units": units} for units in layers]},
        "training": training,
    }
    if inputs is not None:
        spec["inputs"] = inputs
    return Session.create(Experiment.parse(spec))


def go(session: Session, step: int, buffers: PictureBuffers) -> float:
    """Seconds from asking for a step until its frame is there."""
    start = time.perf_counter()
    session.handle(Seek(id=1, step=step))
    while session.phase is Phase.SEEKING:
        session.advance(100)
    encode_frame(session.frame(buffers, session.recorded), 1)
    return time.perf_counter() - start


def measure(name: str, **what: Any) -> dict[str, Any]:
    """One network: train, then go back here and there."""
    session, buffers = make(**what), PictureBuffers()
    session.handle(Play(id=1))
    start = time.perf_counter()
    while session.step < STEPS and session.phase is Phase.PLAYING:
        session.advance(250)
    trained = time.perf_counter() - start
    session.handle(Pause(id=2))
    wanted = np.random.default_rng(1).integers(0, session.step, SEEKS)
    costs = sorted(go(session, int(step), buffers) * 1e3 for step in wanted)
    snapshots = [_timed(session.snapshot) for _ in range(20)]
    return {
        "network": name,
        "µs/step": trained / session.step * 1e6,
        "seek p50, ms": statistics.median(costs),
        "seek p95, ms": costs[int(0.95 * SEEKS)],
        "seek most, ms": costs[-1],
        "anchors": len(session.past.shown.anchors),
        "past, kB": session.past.size() / 1e3,
        "snapshot, kB": len(session.snapshot()) / 1e3,
        "snapshot, ms": statistics.median(snapshots) * 1e3,
    }


def _timed(action: Any) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    report(
        "seek",
        f"{SEEKS} random steps of a run of {STEPS}",
        [measure(name, **what) for name, what in NETWORKS.items()],
    )
