"""What the lessons' pages show of each lesson, in one language: the templates' facts."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from app.lessons.course import Course, Lesson
from app.lessons.lettering import broken
from app.lessons.map import HEIGHT, WIDTH, Line, Map, Place
from app.lessons.markdown import plain
from app.lessons.words import Words, filled

RING_X, TITLE_X = 22.0, 44.0
"""In a box of the map, from its left: the middle of the ring that shows progress, and the title; pixels."""
LINE_HEIGHT = 14.0
TITLE_SIZE = 13.0
"""Of the letters, as lessonmap.css has it."""
TITLE_LINES = 4
SUPERSCRIPT = re.compile(r"<mn>(\d+)</mn></msup>")
RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


@dataclass(frozen=True)
class Needed:
    """A lesson that another needs."""

    id: str
    number: int
    title: str


@dataclass(frozen=True)
class LessonFacts:
    """One lesson in the list. `title` and `summary` are HTML, `name` is the title in plain letters; `language` is the
    one that its words are in."""

    id: str
    number: int
    title: str
    name: str
    summary: str
    minutes: int
    time: str
    language: str
    kinds: Sequence[str]
    needs: Sequence[Needed]
    tasks: Sequence[str]


@dataclass(frozen=True)
class ChapterFacts:
    """Lessons under one heading."""

    id: str
    title: str
    time: str
    lessons: Sequence[LessonFacts]


@dataclass(frozen=True)
class Stop:
    """A lesson on the map: where its box stands, and in it the ring's middle and the title's lines (text, y)."""

    lesson: LessonFacts
    place: Place
    ring: tuple[float, float]
    title_x: float
    title: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class MapFacts:
    """The map as the template draws it."""

    width: float
    height: float
    lines: Sequence[Line]
    stops: Sequence[Stop]


def table(words: Words, name: str) -> Words:
    """A table of words."""
    return cast(Words, words[name])


def duration(minutes: int, words: Words) -> str:
    """45 min, 2 h, 1 h 30 min, as the words have it."""
    hours, rest = divmod(minutes, 60)
    form = "minutes" if not hours else "hours_minutes" if rest else "hours"
    return filled(str(table(words, "common")[form]), hours=hours, minutes=rest)


def plain_title(lesson: Lesson, language: str) -> str:
    """A lesson's title in letters alone; what its formulas raise to a power is written high."""
    title = SUPERSCRIPT.sub(lambda power: power[1].translate(RAISED), lesson.text(language).title)
    return html.unescape(plain(title))


def facts_of(lesson: Lesson, course: Course, language: str, words: Words) -> LessonFacts:
    """What the list tells of a lesson."""
    text, structure = lesson.text(language), lesson.structure
    needed = [course.lessons[need] for need in structure.needs if need in course.lessons]
    return LessonFacts(
        id=lesson.id,
        number=lesson.number,
        title=text.title,
        name=plain_title(lesson, language),
        summary=text.summary,
        minutes=structure.minutes,
        time=duration(structure.minutes, words),
        language=text.language,
        kinds=list(dict.fromkeys(str(task.kind) for task in structure.tasks)),
        needs=[Needed(one.id, one.number, plain_title(one, language)) for one in needed],
        tasks=[task.id for task in structure.tasks],
    )


def listed(lesson: LessonFacts) -> dict[str, object]:
    """What the index's script knows of a lesson."""
    return {
        "id": lesson.id,
        "name": lesson.name,
        "time": lesson.time,
        "needs": [need.id for need in lesson.needs],
        "tasks": list(lesson.tasks),
    }


def chapters_of(lessons: Sequence[LessonFacts], course: Course, words: Words) -> list[ChapterFacts]:
    """The lessons by chapter; chapters in the order of their first lessons."""
    grouped: dict[str, list[LessonFacts]] = {}
    for lesson in lessons:
        grouped.setdefault(course.lessons[lesson.id].structure.chapter, []).append(lesson)
    titles = table(words, "chapters")
    return [
        ChapterFacts(name, str(titles[name]), duration(sum(one.minutes for one in members), words), members)
        for name, members in grouped.items()
    ]


def map_of(lessons: Sequence[LessonFacts], drawn: Map) -> MapFacts:
    """The map of these lessons, which `drawn` has places for, with their titles."""
    stops = [_stop(lesson, drawn.places[lesson.id]) for lesson in lessons]
    return MapFacts(drawn.width, drawn.height, drawn.lines, stops)


def _stop(lesson: LessonFacts, place: Place) -> Stop:
    middle = place.y + HEIGHT / 2
    lines = broken(lesson.name, (WIDTH - TITLE_X - 4) / TITLE_SIZE, TITLE_LINES)
    first = middle - (len(lines) - 1) * LINE_HEIGHT / 2
    return Stop(
        lesson,
        place,
        (place.x + RING_X, middle),
        place.x + TITLE_X,
        [(line, first + at * LINE_HEIGHT) for at, line in enumerate(lines)],
    )


def language_names(languages: Sequence[str], words_in: Mapping[str, Words]) -> list[tuple[str, str]]:
    """Each language's code and what it calls itself; its code where it does not say."""
    english = table(words_in["en"], "common")["language_name"]
    named = {code: str(table(words_in[code], "common")["language_name"]) for code in languages}
    return [(code, code if code != "en" and name == english else name) for code, name in named.items()]
