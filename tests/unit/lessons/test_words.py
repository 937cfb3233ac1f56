"""The pages' words: English is the measure, a translation fills what it can, and a bad file is named with its line."""

import re
from pathlib import Path

import pytest

from app.lessons.words import OWN, Words, WordsError, filled, word_languages, word_problems, words


def written(folder: Path, language: str, text: str) -> Path:
    """A folder of lessons with a file of words."""
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / f"{language}.toml").write_text(text, "utf-8")
    return folder


def told(table: Words, *above: str) -> dict[tuple[str, ...], str]:
    """Every text by its path."""
    found: dict[tuple[str, ...], str] = {}
    for key, value in table.items():
        found |= {(*above, key): value} if isinstance(value, str) else told(value, *above, key)
    return found


def test_english_is_what_the_projects_own_file_says() -> None:
    assert words("en")["kinds"] == {
        "predict": "predict",
        "choose": "choose",
        "reach": "reach a goal",
        "break": "break it",
        "find_bug": "find the bug",
        "order": "put in order",
    }


def test_a_translation_fills_what_it_can_and_english_the_rest(tmp_path: Path) -> None:
    written(tmp_path, "de", '[kinds]\npredict = "vorhersagen"\n[common]\nlanguage_name = "Deutsch"\n')
    german = told(words("de", tmp_path))
    assert (german["kinds", "predict"], german["kinds", "choose"]) == ("vorhersagen", "choose")
    assert (german["common", "language_name"], german["common", "lessons"]) == ("Deutsch", "Lessons")
    assert words("en", tmp_path) == words("en")
    assert word_problems(tmp_path) == []


def test_tables_in_tables_are_filled_key_by_key(tmp_path: Path) -> None:
    written(tmp_path, "de", '[descent.surfaces.bowl]\nname = "Schale"\n')
    german, english = told(words("de", tmp_path)), told(words("en"))
    assert german.pop(("descent", "surfaces", "bowl", "name")) == "Schale"
    assert english.pop(("descent", "surfaces", "bowl", "name")) == "Bowl"
    assert german == english


def test_another_folder_may_say_english_its_own_way(tmp_path: Path) -> None:
    written(tmp_path, "en", '[chapters]\ndecide = "Lines"\n')
    found = told(words("de", tmp_path))
    assert (found["chapters", "decide"], found["chapters", "deep"]) == ("Lines", "Going deep")


def test_the_languages_are_those_with_a_file_english_first(tmp_path: Path) -> None:
    for language in ("fr", "de", "pt-BR", "notes on words"):
        written(tmp_path, language, "")
    assert word_languages(tmp_path) == ["en", "de", "fr", "pt-BR"]
    assert word_languages(tmp_path / "nothing") == ["en"]


@pytest.mark.parametrize("language", ["", "xx", "../../words/en", "EN", "de/../de", "\0"])
def test_a_language_that_is_none_is_english(language: str) -> None:
    assert words(language) == words("en")


BAD = {
    "no TOML": ('[index]\ntitle = "Lektionen\n', r"^words/de\.toml:2: it is no TOML: "),
    "a number": (
        '[index]\nabout = "x"\ntitle = 7\n',
        r"^words/de\.toml:3: index\.title is no text; put it in quotes$",
    ),
    "a strange word": (
        '[kinds]\norder = "ordnen"\n\n[index]\ntitel = "x"\n',
        r"^words/de\.toml:5: index\.titel is no word of the pages$",
    ),
    "a strange table": ('\n[indices]\ntitle = "x"\n', r"^words/de\.toml:3: indices\.title is no word of"),
    "no letters": ("[index]\ntitle = '\udcff'\n", r"^words/de\.toml:2: it is no UTF-8$"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_named_with_its_line_and_english_is_spoken(tmp_path: Path, what: str) -> None:
    text, complaint = BAD[what]
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "de.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    [problem] = word_problems(tmp_path)
    assert re.search(complaint, problem)
    assert told(words("de", tmp_path))["index", "title"] == "Lessons"


def test_a_text_never_takes_the_place_of_a_table(tmp_path: Path) -> None:
    written(tmp_path, "de", 'index = "x"\n')
    assert words("de", tmp_path) == words("en")
    assert word_problems(tmp_path) == ["words/de.toml:1: index is no word of the pages"]


def test_the_projects_own_words_are_all_right() -> None:
    assert word_problems(OWN) == []


def test_every_word_is_said_somewhere() -> None:
    """What no page says any more would be translated for nothing."""
    root = OWN.parent
    files = [
        *root.glob("templates/*.html"),
        *root.glob("static/js/**/*.js"),
        *root.glob("app/web/lesson*.py"),
    ]
    pages = "\n".join(file.read_text("utf-8") for file in files)
    tables = ("common", "index", "keeping", "missing", "teacher")
    mute = [
        f"{table}.{name}"
        for table, name in (path for path in told(words("en")) if path[0] in tables)
        if not re.search(rf"\b{table}\.{name}\b|\"{name}\"", pages)
    ]
    assert mute == []


def test_places_are_filled_and_none_is_forgotten() -> None:
    assert filled("{done} of {total} tasks", done=3, total=7) == "3 of 7 tasks"
    assert filled("{name}", name="{other}") == "{other}"
    with pytest.raises(KeyError):
        filled("{done} of {total}", done=3)


def test_an_error_is_one_of_value() -> None:
    assert issubclass(WordsError, ValueError)
