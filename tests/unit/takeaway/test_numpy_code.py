"""The NumPy program of every kind of experiment is run, and agrees with the engine."""

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.session.session import Session
from app.spec import Experiment
from app.takeaway.code.keras import make_keras
from app.takeaway.code.numpy_code import make_numpy
from app.takeaway.code.pytorch import make_pytorch
from app.takeaway.errors import TakeawayError
from app.takeaway.portrait import Portrait
from tests.unit.session.building import do
from tests.unit.takeaway.experiments import EPOCHS, EXPERIMENTS, SESSIONS, session_of, trained_on
from tests.unit.takeaway.hostile import CLASSES, COLUMN, TEXTS, hostile_session


def run_program(session: Session, folder: Path) -> tuple[Portrait, dict[str, Any]]:
    """What the program defines when it is imported and not started."""
    portrait = Portrait.of(session)
    file = folder / "experiment.py"
    file.write_bytes(make_numpy(portrait))
    return portrait, runpy.run_path(str(file), run_name="experiment")


def assert_agrees(session: Session, portrait: Portrait, program: dict[str, Any]) -> None:
    """Predictions to 1e-6, and the losses of EPOCHS updates with all points to 1e-6 of their size."""
    columns = portrait.x[: program["X"].shape[1]]
    np.testing.assert_array_equal(program["X"], columns.T)
    np.testing.assert_allclose(program["predict"](columns.T), portrait.outputs.T, rtol=0, atol=1e-6)
    wanted = trained_on(portrait, session)
    found = list(program["train"](EPOCHS))
    assert found[0].keys() == wanted.keys()
    for part, losses in wanted.items():
        np.testing.assert_allclose([row[part] for row in found], losses, rtol=1e-6, atol=1e-12, err_msg=part)


@pytest.mark.parametrize("name", SESSIONS)
def test_the_program_predicts_and_learns_as_the_engine_does(name: str, tmp_path: Path) -> None:
    """Whatever the experiment has, also where points were changed by hand."""
    session = SESSIONS[name]()
    assert_agrees(session, *run_program(session, tmp_path))


def test_a_program_that_is_started_checks_itself_and_trains(tmp_path: Path) -> None:
    """As whoever took it home does, in a process that knows nothing of the app."""
    file = tmp_path / "experiment.py"
    file.write_bytes(make_numpy(Portrait.of(session_of("iris"))))
    command = [sys.executable, "-I", str(file)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout  # noqa: S603
    title, check, now, *epochs = said.splitlines()
    assert title == "Gradient Playground: iris, 4-4-3-3"
    assert check.startswith("predictions differ from the page's by at most ")
    assert float(check.rsplit(" ", 1)[1]) < 1e-12
    page = Portrait.of(session_of("iris")).frame.now
    assert now == f"      now:  training loss {page.train_loss:.8f}, test loss {page.test_loss:.8f}"
    assert len(epochs) == 20


def test_no_name_or_class_breaks_out_of_the_program(tmp_path: Path) -> None:
    """They stand in it as texts, and it still agrees with the engine."""
    session = hostile_session()
    portrait, program = run_program(session, tmp_path)
    assert program["CLASSES"] == sorted(CLASSES)
    assert program["COLUMNS"] == [COLUMN, *(f"+text = {text}" for text in sorted(TEXTS))]
    assert program["classify"](portrait.x.T) == [
        program["CLASSES"][row] for row in portrait.outputs.argmax(axis=0)
    ]
    assert_agrees(session, portrait, program)


def test_without_training_points_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It still predicts."""
    session = session_of("penalties")
    do(session, "set_part", ids=list(range(60)), part="test")
    portrait, program = run_program(session, tmp_path)
    program["main"]()
    assert "there are no training points to learn from" in capsys.readouterr().out
    np.testing.assert_allclose(program["predict"](portrait.x.T), portrait.outputs.T, atol=1e-12)


def test_without_any_points_it_still_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is a network to take home."""
    session = session_of("penalties")
    do(session, "delete_points", ids=list(range(60)))
    _, program = run_program(session, tmp_path)
    program["main"]()
    assert "differ from the page's by at most 0.0e+00" in capsys.readouterr().out
    assert program["predict"](np.array([[1.0, 2.0]])).shape == (1, 1)


def test_batch_norm_on_a_single_point_is_refused_where_it_cannot_be_said(tmp_path: Path) -> None:
    """PyTorch stops at it and a sample of one has no variance; NumPy's program does as the engine does."""
    session = session_of("batch-norm")
    do(session, "set_part", ids=list(range(1, 60)), part="test")
    do(session, "set_part", ids=[0], part="train")
    portrait, program = run_program(session, tmp_path)
    for make in (make_pytorch, make_keras):
        with pytest.raises(TakeawayError, match="cannot learn from a single point; allowed: two training"):
            make(portrait)
    assert_agrees(session, portrait, program)


def test_dropout_leaves_units_out_in_training_alone(tmp_path: Path) -> None:
    """Half of them, and the others count double."""
    spec = EXPERIMENTS["iris"] | {
        "network": {"layers": [{"units": 40, "dropout": 0.5, "activation": "sigmoid"}]}
    }
    session = Session.create(Experiment.parse(spec))
    portrait, program = run_program(session, tmp_path)
    np.testing.assert_allclose(program["predict"](portrait.x.T), portrait.outputs.T, atol=1e-12)
    x = program["see"](program["X"])
    _, (_, seen) = program["forward"](x, training=True)
    _, (_, plain) = program["forward"](x)
    ratio = seen["before"] / plain["before"]
    assert set(np.round(np.unique(ratio), 9)) == {0.0, 2.0}
    assert 0.45 < (ratio > 0).mean() < 0.55
    assert [line for line in make_pytorch(portrait).decode().splitlines() if "Dropout" in line] == [
        "    nn.Dropout(0.5),"
    ]
    assert [line for line in make_keras(portrait).decode().splitlines() if "Dropout" in line] == [
        "    layers.Dropout(0.5),"
    ]


@pytest.mark.parametrize("make", [make_numpy, make_pytorch, make_keras])
@pytest.mark.parametrize("name", ["frozen", "digits", "penalties", "curve"])
def test_programs_are_valid_and_no_line_is_too_long(name: str, make: Callable[[Portrait], bytes]) -> None:
    """Nothing of the templates is left over."""
    text = make(Portrait.of(session_of(name))).decode()
    compile(text, "experiment.py", "exec")
    code, numbers = text.split("# ---- The numbers")
    assert max(map(len, code.splitlines())) <= 120
    assert "$" not in code
    assert "?" not in code
    assert numbers
