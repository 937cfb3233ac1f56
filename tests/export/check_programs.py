"""PyTorch and Keras programs of every kind of experiment are run where these are installed, and agree with the engine.

Started by `make test-export`, which writes the programs first; PROGRAMS says where. Knows nothing of the app.
"""

import importlib
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

PROGRAMS = Path(os.environ["PROGRAMS"])
FRAMEWORKS = ("pytorch", "keras")
os.environ["KERAS_BACKEND"] = "tensorflow"  # the only one that computes in 64 bits
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
NAMES = sorted(path.name for path in PROGRAMS.iterdir())


@pytest.fixture(autouse=True, scope="session")
def _without_compiling() -> None:
    """A graph of each program would take longer to make than its twenty updates."""
    importlib.import_module("tensorflow").config.run_functions_eagerly(True)


def of_engine(name: str) -> dict[str, Any]:
    """Points (N, D), outputs (N, T), and the losses after each update by parts."""
    content: dict[str, Any] = load_file(PROGRAMS / name / "engine.safetensors")
    return content


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("name", NAMES)
def test_the_program_predicts_and_learns_as_the_engine_does(name: str, framework: str) -> None:
    """Predictions to 1e-6, and the losses of updates with all training points to 1e-6 of their size."""
    program = runpy.run_path(str(PROGRAMS / name / f"with_{framework}.py"), run_name="experiment")
    engine = of_engine(name)
    x = engine.pop("x")[:, : program["X"].shape[1]]
    np.testing.assert_allclose(program["predict"](x), engine.pop("outputs"), rtol=0, atol=1e-6)
    found = list(program["train"](len(engine["loss_training"])))
    assert {f"loss_{part}" for part in found[0]} == engine.keys()
    for part, losses in engine.items():
        mine = [row[part.removeprefix("loss_")] for row in found]
        np.testing.assert_allclose(mine, losses, rtol=1e-6, atol=1e-12, err_msg=part)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_program_that_is_started_checks_itself_and_trains(framework: str) -> None:
    """As whoever took it home does."""
    command = [sys.executable, str(PROGRAMS / "iris" / f"with_{framework}.py")]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout  # noqa: S603
    first, second, *rest = said.splitlines()
    assert first == "Gradient Playground: iris, 4-4-3-3"
    assert second.startswith("predictions differ from the page's by at most ")
    assert float(second.rsplit(" ", 1)[1]) < 1e-12
    assert len(rest) == 21


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_file_fits_the_program(name: str) -> None:
    """Every tensor by its name and shape."""
    program = runpy.run_path(str(PROGRAMS / name / "with_pytorch.py"), run_name="experiment")
    model, engine = program["model"], of_engine(name)
    for parameter in model.parameters():
        parameter.data.zero_()
    torch = importlib.import_module("torch")
    found = load_file(PROGRAMS / name / "weights.safetensors")
    model.load_state_dict({key: torch.tensor(array) for key, array in found.items()})
    x = engine["x"][:, : program["X"].shape[1]]
    np.testing.assert_allclose(program["predict"](x), engine["outputs"], rtol=0, atol=1e-6)
