"""The pages around the lessons: their index, the teacher's pages, the words; languages, bad files, hostile texts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lesson_files import write_lesson
from tests.server.running import ROOT, Server, serving

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"&amp;' {7*7} {{7*7}}"
GERMAN = """[common]
language_name = "Deutsch"
not_translated = "Diese Lektion ist noch nicht übersetzt."
[index]
title = "Lektionen"
[teacher]
hints = "Hinweise"
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose lessons are a folder of its own: two in English, one of them in German too, one hostile, one bad,
    and one that needs the bad one."""
    folder = tmp_path_factory.mktemp("lessons")
    write_lesson(folder, "01-line", "A line that decides")
    german = write_lesson(folder, "01-line", "Eine Linie entscheidet", language="de")
    (german / "de" / "teacher.md").unlink()
    write_lesson(folder, "02-gates", "Logic gates", needs='"line"')
    write_lesson(folder, "03-hostile", HOSTILE, summary=HOSTILE)
    bad = write_lesson(folder, "04-bad", "Bad")
    (bad / "lesson.toml").write_text('chapter = "decide"\nminutes = "long"\n', "utf-8")
    write_lesson(folder, "05-late", "Late", needs='"bad"')
    (folder / "words").mkdir()
    (folder / "words" / "de.toml").write_text(GERMAN, "utf-8")
    (folder / "words" / "fr.toml").write_text('[index]\ntitel = "x"\n', "utf-8")
    with serving(engines=0, lessons=folder) as server:
        yield server


def page(server: Server, path: str, **headers: str) -> str:
    """A page that is there."""
    status, found, body = server.get(path, **headers)
    assert (status, found["content-type"]) == (200, "text/html; charset=utf-8")
    assert (found["cache-control"], found["vary"]) == ("no-cache", "Accept-Language")
    return body.decode()


def language_of(html: str) -> str:
    """What the page says its language is."""
    found = re.search(r'<html lang="([^"]*)">', html)
    assert found
    return found[1]


def text_of(html: str) -> str:
    """What is to be read on a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_the_index_lists_every_lesson_with_its_way_there(school: Server) -> None:
    html = page(school, "/lessons")
    assert re.findall(r'<li class="entry" id="lesson-([a-z]+)"', html) == ["line", "gates", "hostile"]
    assert html.count('class="stop" href="/lessons/gates"') == 1
    assert 'aria-label="Lesson 2: Logic gates, after 1"' in html
    assert re.findall(r'data-start="(\w+)" data-end="(\w+)"', html) == [("line", "gates")]
    for address in ("/lessons/line", "/lessons/gates/teacher", "/descent"):
        assert f'href="{address}"' in html
    assert "2 h 15 min" in text_of(html)


def test_what_is_wrong_with_other_lessons_is_told_with_file_and_line(school: Server) -> None:
    html = page(school, "/lessons")
    assert "Lessons left out because their files are not right: 3" in html
    told = [re.sub(r"^.*/(?=0|words)", "", line) for line in re.findall(r"<li><code>(.*?)</code></li>", html)]
    assert told[0].startswith("04-bad/lesson.toml:2: minutes: ")
    assert told[1] == "05-late/lesson.toml:3: it needs bad, which is not there, or not right itself"
    assert told[2] == "words/fr.toml:2: index.titel is no word of the pages"


def test_the_teachers_page_has_aims_and_every_answer(school: Server) -> None:
    text = text_of(page(school, "/lessons/line/teacher"))
    for told in (
        "Lesson 1",
        "A line that decides",
        "45 min",
        "Say what a sign means.",
        "Inside. Right answer",
        "Outside. It is inside.",
        "The score \N{MINUS SIGN}2.5, within 0.01",
        "Take a point. Look. Move the line.",
        "training accuracy",
        "Look at the sum. Solution It is sum. Explanation Because sum.",
    ):
        assert told in text, told


def test_a_teachers_page_leads_to_what_is_before_and_after_and_to_each_stage(school: Server) -> None:
    html = page(school, "/lessons/gates/teacher")
    for address in ("/lessons/line/teacher", "/lessons/hostile/teacher", "/lessons/gates#stage=see"):
        assert f'href="{address}"' in html


def test_the_language_asked_for_is_spoken_and_goes_on_in_all_links(school: Server) -> None:
    html = page(school, "/lessons?language=de")
    assert language_of(html) == "de"
    assert "Lektionen" in html
    assert "Eine Linie entscheidet" in html
    assert 'href="/lessons/line?language=de"' in html
    assert 'href="/lessons/gates/teacher?language=de"' in html
    assert '<option value="de" lang="de" selected>Deutsch</option>' in html


def test_a_lesson_without_a_translation_is_english_and_says_so(school: Server) -> None:
    html = page(school, "/lessons?language=de")
    gates = html[html.index('id="lesson-gates"') :]
    assert '<h4 class="entry__title" lang="en">' in gates
    assert html.count("Diese Lektion ist noch nicht übersetzt.") == 2
    html = page(school, "/lessons/gates/teacher?language=de")
    assert (language_of(html), html.count("Diese Lektion ist noch nicht übersetzt.")) == ("de", 1)
    assert '<h1 class="teacher__title" lang="en">Logic gates</h1>' in html
    assert "Hinweise" in html
    html = page(school, "/lessons/line/teacher?language=de")
    assert '<h1 class="teacher__title">Eine Linie entscheidet</h1>' in html
    assert '<div class="prose teacher__notes" lang="en">' in html


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("de-CH,en;q=0.5", "de"),
        ("en;q=0.5, de;q=0.9", "de"),
        ("es, de;q=0.1", "de"),
        ("de;q=0", "en"),
        ("es", "en"),
        ("*", "en"),
        ("de;q=much, ;;;, en", "en"),
        ("", "en"),
    ],
)
def test_the_browsers_language_is_spoken_where_none_is_asked_for(
    school: Server, accepted: str, language: str
) -> None:
    html = page(school, "/lessons", accept_language=accepted)
    assert language_of(html) == language
    assert 'href="/lessons/line"' in html  # the next page will find out by itself


def test_what_is_asked_for_goes_before_the_browsers_language(school: Server) -> None:
    assert language_of(page(school, "/lessons?language=en", accept_language="de")) == "en"
    assert language_of(page(school, "/lessons?language=../x", accept_language="de")) == "de"
    assert language_of(page(school, "/lessons?language=xx")) == "en"


def test_the_words_are_told_to_scripts(school: Server) -> None:
    told = json.loads(school.get("/api/lessons/words?language=de")[2])
    assert (told["language"], told["words"]["index"]["title"]) == ("de", "Lektionen")
    assert told["words"]["index"]["list"] == "All lessons"
    assert json.loads(school.get("/api/lessons/words", accept_language="de")[2])["language"] == "de"


def test_hostile_texts_stay_texts(school: Server) -> None:
    for path in ("/lessons", "/lessons/hostile/teacher", "/lessons/gates/teacher"):
        html = page(school, path)
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "49" not in text_of(html)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert not re.search(r'<[^>]*"[^>"]*<script', html)


@pytest.mark.parametrize("name", ["nothing", "LINE", "%3Cscript%3E", "..%2f..%2fapp", "line%00"])
def test_an_unknown_lesson_is_a_page_that_leads_back(school: Server, name: str) -> None:
    status, headers, body = school.get(f"/lessons/{name}/teacher")
    assert status == 404
    if headers["content-type"].startswith("text/html"):
        assert "No such lesson" in body.decode()
        assert 'href="/lessons"' in body.decode()
        assert "<script>" not in body.decode()


def test_a_bad_lessons_own_page_says_what_is_wrong_with_it(school: Server) -> None:
    status, _, body = school.get("/lessons/bad/teacher")
    assert status == 404
    assert "04-bad/lesson.toml:2: minutes: " in body.decode()


def test_there_is_a_page_where_there_are_no_lessons(tmp_path: Path) -> None:
    with serving(engines=0, lessons=tmp_path / "nothing") as server:
        assert "There is no lesson yet." in page(server, "/lessons")


@pytest.mark.parametrize("name", ["lessons_base", "lessons", "teacher", "lesson_missing"])
def test_no_word_stands_in_a_template(name: str) -> None:
    """Text between tags, and what is read out or shown of attributes, comes from the words or from a lesson."""
    template = (ROOT / "templates" / f"{name}.html").read_text("utf-8")
    in_attributes = (
        r"\{% (?:block (?:kind|script|here)|macro \w*language\w*\(.*?\)) %\}.*?\{% end(?:block|macro) %\}"
    )
    plain = re.sub(rf"{in_attributes}|\{{%.*?%\}}|\{{\{{ .*? \}}\}}", "", template, flags=re.DOTALL)
    between = re.sub(r"<[^>]*>", "", plain)
    assert not re.findall(r"[^\W\d_]+", between)
    shown = re.findall(r'\b(?:aria-label|title|placeholder|alt|content)="([^"]*)"', plain)
    assert [text for text in shown if re.search(r"[^\W\d_]", text)] == (
        ["width=device-width, initial-scale=1", "light dark"] if name == "lessons_base" else []
    )
