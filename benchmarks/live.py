"""One session as a viewer sees it: python -m benchmarks.live

The spiral through 2-8-8-1, playing flat out while 30 frames a second with all maps are made and encoded: epochs a
second and milliseconds a frame of server time, without sockets (benchmarks.load has those).
"""

import statistics
import time
from typing import Any

from app.engine.pictures import PictureBuffers
from app.session.commands import Play, SetView, View
from app.session.session import Session
from app.spec import Experiment
from app.wire.frames import encode_frame
from benchmarks.report import report

SECONDS = 5.0
FRAMES_PER_SECOND = 30
LAYERS = [{"units": 8}, {"units": 8}]
VIEWS = {
    "100x100, 17 maps of 32x32": View(grid=100, map_grid=32),
    "100x100, 17 maps of 100x100": View(grid=100, map_grid=100),
    "64x64, no maps": View(grid=64, maps=False),
}


def play(name: str, view: View, fps: int = FRAMES_PER_SECOND) -> dict[str, Any]:
    """Play for SECONDS, taking a frame whenever one is due."""
    session = Session.create(Experiment.parse({"inputs": ["x1", "x2"], "network": {"layers": LAYERS}}))
    session.handle(SetView(id=1, view=view))
    session.handle(Play(id=2))
    buffers, size, seen = PictureBuffers(), 0, 0
    costs: list[float] = []
    start = time.perf_counter()
    due = start
    while (now := time.perf_counter()) < start + SECONDS:
        if fps and now >= due:
            data = encode_frame(session.frame(buffers, seen), len(costs) + 1)
            seen, size, due = session.recorded, len(data), due + 1 / fps
            costs.append(time.perf_counter() - now)
        session.advance(session.steps_per_epoch)
    elapsed = time.perf_counter() - start
    return {
        "view": name,
        "epochs/s": session.epoch / elapsed,
        "frames/s": len(costs) / elapsed,
        "ms/frame": statistics.median(costs) * 1e3 if costs else 0.0,
        "kB/frame": size / 1e3,
    }


if __name__ == "__main__":
    rows = [play("no frames", View(), fps=0), *(play(name, view) for name, view in VIEWS.items())]
    report("live", "Spiral, 2-8-8-1, Adam, batch 10, flat out", rows)
