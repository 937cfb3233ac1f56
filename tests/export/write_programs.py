"""Writes programs of every kind of experiment, with what the engine makes of each, for the tests that run them in an
environment of their own: python -m tests.export.write_programs FOLDER."""

import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from app.takeaway.code.keras import make_keras
from app.takeaway.code.pytorch import make_pytorch
from app.takeaway.portrait import Portrait
from app.takeaway.weights import make_weights
from tests.unit.takeaway.experiments import SESSIONS, trained_on

MAKERS = {"pytorch": make_pytorch, "keras": make_keras}


def write(name: str, folder: Path) -> None:
    """FOLDER/NAME: a program for each framework, the weights, and in `engine.safetensors` points, outputs, losses."""
    session = SESSIONS[name]()
    portrait = Portrait.of(session)
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    for framework, make in MAKERS.items():
        (place / f"with_{framework}.py").write_bytes(make(portrait))
    (place / "weights.safetensors").write_bytes(make_weights(portrait))
    losses = {f"loss_{part}": np.array(values) for part, values in trained_on(portrait, session).items()}
    save_file(
        {"x": portrait.x.T.copy(), "outputs": portrait.outputs.T.copy(), **losses},
        place / "engine.safetensors",
    )


if __name__ == "__main__":
    for experiment in SESSIONS:
        write(experiment, Path(sys.argv[1]))
