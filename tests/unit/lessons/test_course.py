"""Lessons from their folders: those that are whole, and file and line of what is wrong with the others."""

from pathlib import Path

import pytest

from app.lessons.course import Course
from app.session.commands import parse_command
from tests.unit.lessons.building import TOML, WORDS, write_lesson


def problem(folder: Path, toml: str = TOML, words: str = WORDS) -> str:
    """The one thing that is wrong with a lesson so written, beside which another one works."""
    write_lesson(folder, "01-small", toml, words)
    write_lesson(folder, "02-other")
    course = Course.read(folder, parse_command)
    assert list(course.lessons) == ["other"]
    (said,) = course.problems
    return said


def test_a_lesson_is_its_folder(tmp_path: Path) -> None:
    write_lesson(tmp_path)
    (tmp_path / "words").mkdir()
    (tmp_path / "notes.txt").write_text("no lesson", "utf-8")
    course = Course.read(tmp_path, parse_command)
    assert course.problems == ()
    lesson = course.lessons["small"]
    assert (lesson.number, lesson.structure.minutes) == (1, 45)
    text = lesson.text("en")
    assert (text.title, text.summary) == ("A small lesson", "<p>With a summary.</p>")
    assert list(text.stages) == ["gate", "more"]
    assert "<math" in text.stages["gate"].html
    score = text.stages["gate"].tasks["score"]
    assert (score.title, score.html) == ("The score", "<p>How much?</p>")
    assert score.hints == ["<p>First hint.</p>", "<p>Second hint.</p>"]
    assert score.fields["z"].startswith("Score <math")
    assert text.stages["gate"].tasks["side"].wrong == {"below": "<p>No, it is more than 0.</p>"}
    assert lesson.teacher_page("en") == "<h2>Aims</h2>\n<p>To know.</p>"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('chapter = "decide"', "chapter = ", "lesson.toml:1: it is no TOML: Invalid value (at line 1, column 11)"),
        ("minutes = 45", "minutes = 2", "lesson.toml:2: minutes: Input should be greater than or equal to 5"),
        ("minutes = 45", "minutes = 45\ncolour = 1", "lesson.toml:3: colour: is not a known field"),
        (
            'kind = "choose"',
            'kind = "guess"',
            "lesson.toml:21: stages.0.tasks.1: Input tag 'guess' found using 'kind' does not match any of the expected "
            "tags: 'predict', 'choose', 'reach', 'break', 'find_bug', 'order'",
        ),
        (
            'right = ["above"]',
            'right = ["over"]',
            "lesson.toml:21: stages.0.tasks.1: right: over is none of the options; allowed: above, below",
        ),
        (
            'measure = "step", at_least = 5',
            'measure = "step", row = 5, at_least = 5',
            "lesson.toml:36: stages.1.tasks.0.conditions.0: step takes no row; allowed: nothing",
        ),
        (
            'measure = "step", at_least = 5',
            'measure = "weight", layer = 0, at_least = 5',
            "lesson.toml:36: stages.1.tasks.0.conditions.0: weight needs unit",
        ),
        (
            'measure = "step", at_least = 5',
            'measure = "step"',
            "lesson.toml:36: stages.1.tasks.0.conditions.0: a condition has at_least, at_most, or both, or else is",
        ),
        (
            "batches = 5",
            "batches = -5",
            "lesson.toml:38: batches: Input should be greater than or equal to 1 (got -5)",
        ),
        ('source = "xor"', 'source = "xr"', "lesson.toml:31: data.source: "),
        ('id = "five"', 'id = "side"', "lesson.toml:1: side is named twice; "),
        ("minutes = 45", 'minutes = 45\nneeds = ["none"]', "lesson.toml:3: it needs none, which is not there"),
        ("minutes = 45", 'minutes = 45\nneeds = ["other"]', "lesson.toml:3: it needs other, which comes later"),
        ('show = ["bar", "network"]', 'table = "no.csv"', "lesson.toml:8: there is no file no.csv beside it"),
        ('["bar", "network"]', '["bar", "net"]', "lesson.toml:8: stages.0.show.1: Input should be 'bar', "),
        ('["bar", "network"]', '[]\npanel = "map"', "lesson.toml:9: stages.0.panel: Input should be 'walk', "),
        ('type = "step", batches = 5', 'type = "play"', "lesson.toml:38: play has no end; step has"),
        ('"training.optimizer.name"]', '"training.optimiser"]', "lesson.toml:37: keep: the stage's spec has no"),
        ('"training.optimizer.name"]', '"network.layers.2"]', "lesson.toml:37: keep: the stage's spec has no network"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_structure_has_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TOML
    assert problem(tmp_path, toml=TOML.replace(old, new, 1)).startswith(f"01-small/{said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# A small lesson\n", "", "lesson.md:1: a lesson begins with its title: # Title"),
        ("{#gate}", "", "lesson.md:4: 'The gate' has no id; write it as Title {#id}"),
        ("{#more}", "{#less}", "lesson.md:1: stages: gate, less; lesson.toml has gate, more, in this order"),
        ("### The score {#score}", "### S {#sum}", "lesson.md:4: tasks of gate: sum, side; lesson.toml has score"),
        ("#### field: z", "#### field: y", "lesson.md:7: fields of score: y; lesson.toml has z, in this order"),
        ("#### option: below\nBelow\n", "", "lesson.md:20: options of side: above; lesson.toml has above, below"),
        ("#### wrong: below", "#### wrong: beside", "lesson.md:20: wrong: beside is no option of side"),
        ("#### hint\nLook.\n", "", "lesson.md:20: side has no hint"),
        ("#### solution\nAbove.\n", "", "lesson.md:20: side has no solution"),
        ("#### solution\nAbove.", "#### answer\nAbove.", "lesson.md:30: 'answer' is no part of a task; allowed: hint,"),
        ("#### solution\nAbove.", "#### solution\n", "lesson.md:30: solution is empty"),
        ("$w_1$", r"$\left($", "lesson.md:4: a formula cannot be read"),
        ("$w_1$", r"$\href{javascript:alert(1)}{w}$", "lesson.md:4: a formula cannot be read: a formula sets no link"),
        ("### The side {#side}", "### Twice {#score}", "lesson.md:20: score is there twice"),
        ("## More {#more}", "## More {#gate}", "lesson.md:35: gate is there twice"),
        ("#### option: below\n", "#### option: above\n", "lesson.md:24: option: above is there twice"),
        ("#### hint\nLook.\n", "#### explanation\nLook.\n", "lesson.md:32: explanation is there twice"),
        ("## More {#more}", "# More", "lesson.md:35: a lesson has one title; stages begin with ##"),
        ("## The gate {#gate}\n", "", "lesson.md:6: 'The score {#score}' stands before a stage (##)"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_words_has_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in WORDS
    assert f"01-small/en/{said}" in problem(tmp_path, words=WORDS.replace(old, new, 1))


def test_another_language_stands_beside_english_file_by_file(tmp_path: Path) -> None:
    lesson = write_lesson(tmp_path)
    (lesson / "de").mkdir()
    (lesson / "de" / "lesson.md").write_text(WORDS.replace("A small lesson", "Eine kleine Stunde"), "utf-8")
    course = Course.read(tmp_path)
    assert course.languages == ["en", "de"]
    found = course.lessons["small"]
    assert (found.text("de").title, found.text("de").language) == ("Eine kleine Stunde", "de")
    assert (found.text("fr").title, found.text("fr").language) == ("A small lesson", "en")
    assert found.teacher_page("de") == found.teacher_page("en")


def test_a_lesson_without_english_is_none(tmp_path: Path) -> None:
    (write_lesson(tmp_path) / "en" / "lesson.md").unlink()
    (said,) = Course.read(tmp_path).problems
    assert said.startswith("01-small/en/lesson.md:1: it cannot be read")


def test_raw_html_and_dangerous_links_of_a_text_stay_text(tmp_path: Path) -> None:
    bad = r"<script>alert(1)</script> $\text{<script>2</script>}$ [x](javascript:alert(1)) [gates](lesson:gates)"
    write_lesson(tmp_path, words=WORDS.replace("Its text with", bad))
    html = Course.read(tmp_path).lessons["small"].text("en").stages["gate"].html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert '<a href="/lessons/gates">gates</a>' in html
