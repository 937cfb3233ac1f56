"""A lesson rehearsed: what is not as its file says is found, and the command line says so."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.lessons import reading
from app.lessons.course import Course
from app.rehearsal import Finding, rehearse
from tests.unit.lessons.building import TOML, WORDS, write_lesson


def rehearsed(folder: Path, patch: pytest.MonkeyPatch, toml: str = TOML) -> list[Finding]:
    write_lesson(folder, toml=toml)
    patch.setattr(reading, "FOLDER", folder)
    return [*rehearse(Course.read(folder).lessons["small"])]


def test_a_lesson_that_is_right_has_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = rehearsed(tmp_path, monkeypatch)
    assert [(one.task, one.play) for one in found][:4] == [
        ("score", "solution"),
        ("score", "wrong"),
        ("side", "solution"),
        ("side", "wrong"),
    ]
    assert len(found) == 10
    assert {one.trouble for one in found} == {""}


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        ("value = 0.5", "value = 0.7", "z is 0.5 in the session, not 0.7 +/- 0.01"),
        (
            "wrong = { answer = { z = 2 } }",
            "wrong = { answer = { z = 0.5 } }",
            "the wrong is said to be right",
        ),
        ('type = "step", batches = 5', 'type = "step", batches = 3', "the solution is said to be wrong"),
        ('{ type = "step", batches = 4 }', '{ type = "seek", step = 4 }', "seek: step 4 was never reached"),
        ('answer = ["seed"]', "answer = { seed = 1 }", "bug is answered by a list of options"),
    ],
)
def test_what_is_not_as_the_file_says_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, trouble: str
) -> None:
    assert old in TOML
    found = [
        one.trouble for one in rehearsed(tmp_path, monkeypatch, TOML.replace(old, new, 1)) if one.trouble
    ]
    assert [said[: len(trouble)] for said in found] == [trouble]


def test_a_stage_may_bring_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = 'data = { source = "table", table = { target = "passed", inputs = ["marks"] } }'
    toml = TOML.replace('data = { source = "xor" }', table).replace(
        'id = "more"', 'id = "more"\ntable = "marks.csv"'
    )
    folder = write_lesson(tmp_path, toml=toml)
    rows = "".join(f"{mark},{'yes' if mark > 4 else 'no'}\n" for mark in range(10))
    (folder / "marks.csv").write_text(f"marks,passed\n{rows}", "utf-8")
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    course = Course.read(tmp_path)
    assert course.problems == ()
    assert {one.trouble for one in rehearse(course.lessons["small"])} == {""}


def test_the_command_line_tells_file_line_and_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lesson(tmp_path)
    write_lesson(tmp_path, "02-bad", words=WORDS.replace("{#gate}", ""))
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    told = CliRunner().invoke(cli, ["lessons", "--folder", str(tmp_path)])
    assert told.exit_code == 1
    assert "small/gate/score: solution: as it should be (z: 0.5)" in told.output
    assert "02-bad/en/lesson.md:4: 'The gate' has no id; write it as Title {#id}" in told.stderr
    assert CliRunner().invoke(cli, ["lessons", "small", "--folder", str(tmp_path)]).exit_code == 1
    (tmp_path / "02-bad" / "lesson.toml").rename(tmp_path / "gone.toml")
    (tmp_path / "02-bad").rename(tmp_path / "bad")
    assert CliRunner().invoke(cli, ["lessons", "small", "--folder", str(tmp_path)]).exit_code == 0
