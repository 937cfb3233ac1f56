"""The command line as a script and a person meet it: what is printed where, and the exit codes."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from safetensors.numpy import load

from app import cli
from app.spec import Experiment

SPEC: dict[str, Any] = {
    "data": {"source": "gauss", "samples": 60, "noise": 0.1},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 3, "activation": "tanh"}]},
    "training": {"optimizer": {"name": "sgd", "learning_rate": 0.1}, "batch_size": 10, "l2": 0.01},
}
"""Thirty points to train on: three updates an epoch."""


class Terminal:
    """Runs command lines in an empty folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture
        patch.chdir(folder)
        patch.setenv("COLUMNS", "100")

    def write(self, name: str, content: Any) -> str:
        """A file of JSON, or of the very text or bytes."""
        if isinstance(content, bytes):
            Path(name).write_bytes(content)
        else:
            Path(name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return name

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        self._patch.setattr(sys, "argv", ["app", *words])
        # Rich keeps the stream that was there when the module was imported.
        self._patch.setattr(cli, "errors", Console(stderr=True))
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        found = self._capture.readouterr()
        return code, found.out, found.err

    def train(self, *words: str, spec: Any = SPEC) -> tuple[int, str, str]:
        """Train the spec."""
        return self.run("train", self.write("spec.json", spec), *words)

    def report(self, *words: str, spec: Any = SPEC) -> dict[str, Any]:
        """The JSON report of a run that went well and said nothing else."""
        code, out, err = self.train("--json", *words, spec=spec)
        assert (code, err) == (0, "")
        assert out.count("\n") == 1
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


# -- reports -----------------------------------------------------------------------------------------------------


def test_the_json_report_has_just_the_fields_that_scripts_read(terminal: Terminal) -> None:
    report = terminal.report("--epochs", "20")
    assert list(report) == ["epoch", "step", "train", "test", "penalty", "diverged"]
    assert list(report["train"]) == list(report["test"]) == ["loss", "accuracy"]
    assert (report["epoch"], report["step"], report["diverged"]) == (20, 60, False)
    assert report["train"]["accuracy"] > 0.95
    assert report["penalty"] > 0


def test_regression_reports_r2(terminal: Terminal) -> None:
    report = terminal.report("--epochs", "5", spec={**SPEC, "data": {"source": "plane", "samples": 60}})
    assert list(report["train"]) == ["loss", "r2"]


def test_figures_of_a_part_without_points_are_null(terminal: Terminal) -> None:
    report = terminal.report("--epochs", "1", spec={**SPEC, "data": {**SPEC["data"], "train_fraction": 1.0}})
    assert report["test"] == {"loss": None, "accuracy": None}


def test_the_same_command_line_prints_the_same_report(terminal: Terminal) -> None:
    assert terminal.report("--epochs", "7") == terminal.report("--epochs", "7")


def test_no_epochs_report_the_first_weights(terminal: Terminal) -> None:
    report = terminal.report("--epochs", "0")
    assert (report["epoch"], report["step"]) == (0, 0)


def test_a_person_gets_a_table(terminal: Terminal) -> None:
    report = terminal.report("--epochs", "3")
    code, out, _ = terminal.train("--epochs", "3")
    assert code == 0
    assert "epoch 3, step 9" in out
    cells = [line.replace("│", " ").split() for line in out.splitlines()]
    for part in ("train", "test"):
        row = [part, f"{report[part]['loss']:.6g}", f"{report[part]['accuracy']:.6g}"]
        assert row in cells
    assert f"penalty {report['penalty']:.6g}" in out


def test_a_table_has_dashes_where_there_are_no_points(terminal: Terminal) -> None:
    _, out, _ = terminal.train(
        "--epochs", "1", spec={**SPEC, "data": {**SPEC["data"], "train_fraction": 1.0}}
    )
    assert ["test", "-", "-"] in [line.replace("│", " ").split() for line in out.splitlines()]


def test_a_spec_is_read_from_standard_input(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(SPEC)))
    code, out, _ = terminal.run("train", "-", "--epochs", "2", "--json")
    assert code == 0
    assert json.loads(out) == terminal.report("--epochs", "2")


def test_divergence_is_exit_code_2_with_a_report_of_the_last_good_weights(terminal: Terminal) -> None:
    steep = {
        "data": {"source": "plane"},
        "inputs": ["x1", "x2", "x1^2", "x2^2"],
        "network": {"layers": []},
        "training": {"optimizer": {"name": "sgd", "learning_rate": 10.0}},
    }
    code, out, err = terminal.train("--epochs", "50", "--json", "--save", "last.safetensors", spec=steep)
    report = json.loads(out)
    assert (code, err) == (2, "")
    assert report["diverged"] is True
    assert report["epoch"] < 50
    assert report["train"]["loss"] is not None
    assert Path("last.safetensors").exists()
    assert "diverged" in terminal.train("--epochs", "50", spec=steep)[1]


# -- weights -----------------------------------------------------------------------------------------------------


def test_saved_weights_have_the_names_of_a_sequential_and_begin_the_next_run(terminal: Terminal) -> None:
    first = terminal.report("--epochs", "20", "--save", "w.safetensors")
    shapes = {name: tensor.shape for name, tensor in load(Path("w.safetensors").read_bytes()).items()}
    assert shapes == {"0.weight": (3, 2), "0.bias": (3,), "2.weight": (1, 3), "2.bias": (1,)}
    again = terminal.report("--epochs", "0", "--init", "w.safetensors", "--save", "again.safetensors")
    assert (again["train"], again["test"]) == (first["train"], first["test"])
    assert Path("again.safetensors").read_bytes() == Path("w.safetensors").read_bytes()


def test_a_run_begun_with_weights_trains_on_from_them(terminal: Terminal) -> None:
    first = terminal.report("--epochs", "5", "--save", "w.safetensors")
    more = terminal.report("--epochs", "5", "--init", "w.safetensors")
    assert more["train"]["loss"] < first["train"]["loss"]
    assert more["step"] == 15


# -- what the user got wrong -------------------------------------------------------------------------------------


def refusal(terminal: Terminal, *words: str, spec: Any = SPEC) -> str:
    """The one line on standard error with which a command line is refused."""
    code, out, err = terminal.train("--epochs", "1", *words, spec=spec)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    return err.strip()


@pytest.mark.parametrize(
    ("spec", "line"),
    [
        ({"data": {"sauce": 1}}, "data.sauce is not a known field"),
        ({"data": {"samples": -1}}, "data.samples: Input should be greater than or equal to 0 (got -1)"),
        (
            {"network": {"layers": [{"units": 3, "activation": "step"}]}},
            "network.layers.0.activation: step has no slope to learn by; allowed with the perceptron rule only",
        ),
        ([1, 2], "the message: "),
        ("{", "spec.json is not JSON: "),
        ("", "spec.json is not JSON: "),
        ("[" * 100_000, "spec.json is not JSON: "),
        ('{"data": {"noise": NaN}}', "data.noise: "),
        (b"\xff\xfe\x00", "spec.json is not JSON: "),
        ({"data": {"source": "points"}}, "data: there are no points to train on"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_spec_that_cannot_be_is_refused_in_one_line(terminal: Terminal, spec: Any, line: str) -> None:
    assert refusal(terminal, spec=spec).startswith(line)


def test_weights_that_are_none_are_refused_in_one_line(terminal: Terminal) -> None:
    terminal.write("w.safetensors", b"not weights")
    assert refusal(terminal, "--init", "w.safetensors").startswith("this is no safetensors file: ")


def test_weights_of_another_network_are_refused_in_one_line(terminal: Terminal) -> None:
    terminal.report("--epochs", "1", "--save", "w.safetensors")
    deeper = {**SPEC, "network": {"layers": [{"units": 3}, {"units": 3}]}}
    assert "this network has 0.bias, 0.weight, 2.bias" in refusal(
        terminal, "--init", "w.safetensors", spec=deeper
    )
    wider = {**SPEC, "network": {"layers": [{"units": 4}]}}
    assert "0.weight has shape (3, 2)" in refusal(terminal, "--init", "w.safetensors", spec=wider)


def test_a_missing_file_is_named_in_one_line(terminal: Terminal) -> None:
    code, out, err = terminal.run("train", "nowhere.json", "--epochs", "1")
    assert (code, out, err) == (1, "", "nowhere.json: No such file or directory\n")
    assert (
        refusal(terminal, "--init", "nowhere.safetensors") == "nowhere.safetensors: No such file or directory"
    )


def test_a_place_that_cannot_be_written_to_is_named_in_one_line(terminal: Terminal) -> None:
    code, _, err = terminal.train("--epochs", "1", "--json", "--save", "no/such/folder/w.safetensors")
    assert (code, err) == (1, "no/such/folder/w.safetensors: No such file or directory\n")


@pytest.mark.parametrize(
    "words", [["train"], ["train", "spec.json"], ["dance"], ["train", "a", "--epochs", "-1"]]
)
def test_a_command_line_that_is_none_gets_its_usage_and_no_traceback(
    terminal: Terminal, words: list[str]
) -> None:
    code, out, err = terminal.run(*words)
    assert code not in (0, 1)
    assert "Usage" in err
    assert "Traceback" not in out + err


# -- tables ------------------------------------------------------------------------------------------------------

ROWS = "".join(f"{x / 10},{x % 3},{'low' if x < 20 else 'high'}\n" for x in range(40))
LEARN: dict[str, Any] = {
    "data": {"train_fraction": 0.8},
    "network": {"layers": []},
    "training": {"optimizer": {"name": "adam", "learning_rate": 0.1}},
}


def test_a_run_on_a_csv_learns_it_and_says_what_is_odd(terminal: Terminal) -> None:
    file = terminal.write("heights.csv", "height,rest,class\n" + ROWS + "1,2\n")
    code, out, err = terminal.train("--epochs", "60", "--json", "--table", file, spec=LEARN)
    assert code == 0
    assert err == (
        'heights.csv: line 42, column "class": the row has 2 of 3 cells and ends before this column; it is left out\n'
    )
    report = json.loads(out)
    assert report["train"]["accuracy"] > 0.9
    assert report["test"]["accuracy"] is not None


def test_the_first_line_of_a_csv_is_what_somebody_says_it_is(terminal: Terminal) -> None:
    file = terminal.write("years.csv", "2019,2020\n1.5,2.5\n1.25,2\n1,3\n")
    by_year = LEARN | {"data": {"train_fraction": 1.0, "table": {"name": "", "target": "2020"}}}
    said = (
        "years.csv: the first line is read as data, columns are called “column 1” and so on; "
        "--first-line header if it is names\n"
    )
    assert terminal.train("--epochs", "1", "--json", "--table", file, spec=LEARN)[::2] == (0, said)
    code, out, err = terminal.train(
        "--epochs", "1", "--json", "--table", file, "--first-line", "header", spec=by_year
    )
    assert (code, err) == (0, "")
    assert "r2" in json.loads(out)["train"]
    assert terminal.train("--epochs", "1", "--table", file, "--first-line", "x", spec=LEARN)[0] == 2


def test_the_spec_chooses_the_target_of_a_csv(terminal: Terminal) -> None:
    file = terminal.write("heights.csv", "height,rest,class\n" + ROWS)
    spec = LEARN | {"data": {"table": {"name": "whatever", "target": "height", "inputs": ["class", "rest"]}}}
    assert "r2" in terminal.report("--epochs", "2", "--table", file, spec=spec)["train"]


def test_a_bundled_table_needs_no_file(terminal: Terminal) -> None:
    spec = LEARN | {"data": {"source": "table", "table": {"name": "wine"}}}
    assert terminal.report("--epochs", "5", spec=spec)["train"]["accuracy"] > 0.9


def test_a_file_that_is_no_table_is_refused_in_one_line(terminal: Terminal) -> None:
    file = terminal.write("empty.csv", "a,b\n")
    code, out, err = terminal.train("--epochs", "1", "--table", file, spec=LEARN)
    assert (code, out, err) == (1, "", 'line 2, column "a": below the header there is no row\n')


# -- schema ------------------------------------------------------------------------------------------------------


def test_the_schema_is_that_of_an_experiment(terminal: Terminal) -> None:
    code, out, err = terminal.run("schema")
    assert (code, err) == (0, "")
    assert json.loads(out) == Experiment.model_json_schema()
