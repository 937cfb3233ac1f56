"""How long the preset of handwritten digits takes to 96 % of the test pictures: python -m benchmarks.digits

As one viewer sees it: played flat out while frames are made and encoded, with all pictures and results. Sockets and the
browser are left out. Five runs from five first weights.
"""

import time
from typing import Any

from app.engine.pictures import PictureBuffers
from app.presets import PRESETS
from app.session.commands import Play, SetView, View
from app.session.session import Session
from app.spec import Experiment
from app.wire.frames import encode_frame
from benchmarks.report import report

ASKED = 0.96
MOST_SECONDS = 6.0
FRAMES_PER_SECOND = 30
(DIGITS,) = (preset for preset in PRESETS if preset.name == "digits")


def play(seed: int, fps: int) -> dict[str, Any]:
    """Play from first weights `seed` for MOST_SECONDS; when ASKED was first seen, and what came of it."""
    session = Session.create(Experiment().patched(DIGITS.spec).patched({"seeds": {"weights": seed}}))
    session.handle(SetView(id=1, view=View(metrics=True)))
    session.handle(Play(id=2))
    buffers, seen, frames = PictureBuffers(), 0, 0
    passed: tuple[float, int] | None = None
    start = due = time.perf_counter()
    cpu = time.process_time()
    while (now := time.perf_counter()) < start + MOST_SECONDS:
        if fps and now >= due:
            encode_frame(session.frame(buffers, seen), frames + 1)
            seen, frames, due = session.recorded, frames + 1, now + 1 / fps
        session.advance(session.steps_per_epoch)
        if passed is None and session.machine.standing().test.score > ASKED:
            passed = time.perf_counter() - start, session.epoch
    return {
        "frames/s": frames / MOST_SECONDS,
        "weights seed": seed,
        "s to 96 %": passed[0] if passed else float("inf"),
        "epochs to 96 %": passed[1] if passed else 0,
        "epochs/s": session.epoch / (time.process_time() - cpu),
        "test % in the end": 100 * float(session.machine.standing().test.score),
    }


if __name__ == "__main__":
    rows = [play(seed, fps) for fps in (0, FRAMES_PER_SECOND) for seed in range(5)]
    report("digits", "Handwritten digits, 64-64-10, Adam, batch 32, flat out", rows)
