"""What README and notebook show runs as it stands there."""

import json
import re
import runpy
import textwrap
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
NOTEBOOK = ROOT / "notebooks" / "first_steps.ipynb"


def carried_out(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that `code` leaves behind, run in `folder`."""
    monkeypatch.chdir(folder)
    script = folder / "script.py"
    script.write_text(code)
    return runpy.run_path(str(script))


def test_the_readme_s_lines_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text()
    block = re.search(r"## In Python\n\n((?:    .*\n|\n)+)", readme)
    assert block
    found = carried_out(textwrap.dedent(block[1]), tmp_path, monkeypatch)
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Playground: Spiral, 7-8-4-1, epoch 17, loss train 0.103")
    assert said[1].startswith("#e=1.")
    assert found["losses"][-1] < 0.1
    assert found["classes"].shape == (1,)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "script.py", "spiral.html"}


def test_the_notebook_runs_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    code = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    found = carried_out(code, tmp_path, monkeypatch)
    assert found["history"]["epoch"][-1] == 100
    assert min(found["needed"]) >= 1
    (price,) = found["houses"].predict([[100, 20]])
    assert price == pytest.approx(50 + 300 - 30, abs=15)
    assert "('size', 'age')" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {
        "script.py",
        "spiral-history.csv",
        "spiral-report.html",
    }


def test_the_notebook_holds_no_results_of_somebody_s_run() -> None:
    notebook = json.loads(NOTEBOOK.read_text())
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
