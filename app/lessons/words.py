"""The words that the lessons' pages say, by language: nested tables of texts in `lessons/words/LANGUAGE.toml`.

English is the measure: what a translation lacks, text by text, is English, and it can say nothing that English does
not. Another folder of lessons (LESSONS) needs no words of its own; those it has go before the project's. `{name}` in
a text is a place to be filled.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from app.lessons.course import ENGLISH, LANGUAGE
from app.lessons.folder import FOLDER
from app.lessons.problems import line_of

OWN = Path(__file__).parents[2] / "lessons"
"""The project's own lessons, and the words of its pages."""
Words: TypeAlias = "dict[str, str | Words]"
_PLACE = re.compile(r"\{(\w+)\}")
_AT_LINE = re.compile(r"^(.*) \(at line (\d+), column \d+\)$")


class WordsError(ValueError):
    """A file of words that cannot be used: `words/de.toml:3: what is wrong`."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(f"{file.parent.name}/{file.name}:{line}: {message}")


def words(language: str, folder: Path | None = None) -> Words:
    """All words in `language`, English where it has none: tables of texts, or of further tables. A translation that
    cannot be read counts as none; `word_problems` tells why. WordsError for the project's English itself."""
    found = _read(OWN, ENGLISH)
    for name in dict.fromkeys([ENGLISH, language]):
        for place in dict.fromkeys([OWN, folder or FOLDER]):
            try:
                found = _laid_over(found, _read(place, name))
            except WordsError:
                continue
    return found


def word_languages(folder: Path | None = None) -> list[str]:
    """The languages that the pages can speak, English first."""
    places = {OWN, folder or FOLDER}
    names = {path.stem for place in places for path in (place / "words").glob("*.toml")}
    return [ENGLISH, *sorted(name for name in names - {ENGLISH} if LANGUAGE.fullmatch(name))]


def word_problems(folder: Path | None = None) -> list[str]:
    """What is wrong with the folder's files of words, each as `words/de.toml:3: message`."""
    known = dict(_leaves(_read(OWN, ENGLISH)))
    problems: list[str] = []
    for file in sorted(((folder or FOLDER) / "words").glob("*.toml")):
        try:
            table = _read(file.parents[1], file.stem)
            for key in (key for key, _ in _leaves(table) if key not in known):
                raise WordsError(file, _line(file, key), f"{'.'.join(key)} is no word of the pages")
        except WordsError as error:
            problems.append(str(error))
    return problems


def filled(text: str, **values: object) -> str:
    """`text` with each `{name}` replaced by that value; KeyError where none is given."""
    return _PLACE.sub(lambda place: str(values[place[1]]), text)


def _read(folder: Path, language: str) -> Words:
    """One file's tables; empty where there is no such file. WordsError where it is no table of texts."""
    file = folder / "words" / f"{language}.toml"
    if not LANGUAGE.fullmatch(language) or not file.is_file():
        return {}
    try:
        table: Words = tomllib.loads(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise WordsError(file, line, "it is no UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        said = _AT_LINE.match(str(error))
        message, line = (said[1], int(said[2])) if said else (str(error), 1)
        raise WordsError(file, line, f"it is no TOML: {message}") from error
    for key, value in _leaves(table):
        if not isinstance(value, str):
            raise WordsError(file, _line(file, key), f"{'.'.join(key)} is no text; put it in quotes")
    return table


def _leaves(table: Mapping[str, object], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], object]]:
    """Every value that is no table, with its path: `("index", "title")`."""
    found: list[tuple[tuple[str, ...], object]] = []
    for key, value in table.items():
        path = (*above, key)
        found += _leaves(value, path) if isinstance(value, dict) else [(path, value)]
    return found


def _laid_over(below: Words, above: Words) -> Words:
    """`below` with the texts of `above` in their places. A text never takes a table's place, nor a table a text's."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _laid_over(old, value)
        elif isinstance(old, str) and isinstance(value, str):
            merged[key] = value
    return merged


def _line(file: Path, key: tuple[str, ...]) -> int:
    return line_of(file.read_text("utf-8"), key)
