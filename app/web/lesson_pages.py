"""The pages around the lessons: their index with the map, the teacher's page of each, and the words of all of them.

Each page is written from some hundreds of facts, in a thread and not in the event loop.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from jinja2 import StrictUndefined

from app.lessons.course import Course
from app.lessons.map import Map, lesson_map
from app.lessons.words import Words, filled, word_languages, word_problems, words
from app.web.languages import ASKED, language_of
from app.web.lesson_facts import chapters_of, duration, facts_of, language_names, listed, map_of
from app.web.lesson_teacher import teacher_facts
from app.web.pages import ROOT

HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}


class LessonPages:
    """The templates with the facts that every one of these pages has. `edition` says which one the page's files are."""

    def __init__(self, course: Course, edition: Callable[[], str]) -> None:
        self.course, self._edition = course, edition
        self.languages = list(dict.fromkeys([*word_languages(), *course.languages]))
        self._words = {language: words(language) for language in self.languages}
        self._spoken = set(word_languages())
        self._templates = Jinja2Templates(ROOT / "templates")
        self._templates.env.undefined = StrictUndefined
        self._templates.env.globals["filled"] = filled

    def language_of(self, request: Request) -> str:
        """The language in which a request is to be answered."""
        return language_of(request, self.languages)

    def words(self, language: str) -> Words:
        """The words in a language that is spoken here."""
        return self._words[language]

    def answer(
        self, request: Request, template: str, facts: Mapping[str, Any], language: str, status: int = 200
    ) -> Response:
        """A page in `language`. `lang` is what its own words are in, which may be English where only lessons are
        translated."""
        asked = request.query_params.get(ASKED)
        common = {
            "words": self._words[language],
            "lang": language if language in self._spoken else "en",
            "language": language,
            "languages": language_names(self.languages, self._words),
            "files": f"/static/{self._edition()}",
            "query": f"?{ASKED}={language}" if asked else "",
        }
        return self._templates.TemplateResponse(request, template, common | dict(facts), status, HEADERS)

    def missing(self, request: Request, lesson: str) -> Response:
        """The page that says that there is no such lesson, or what is wrong with its files."""
        language = self.language_of(request)
        problems = [told for told in self.course.problems if f"-{lesson}/" in told]
        return self.answer(
            request, "lesson_missing.html", {"id": lesson, "problems": problems}, language, 404
        )


def make_lesson_pages_router(pages: LessonPages) -> APIRouter:
    """The routes of `pages`."""
    router = APIRouter(include_in_schema=False)
    course = pages.course
    problems = [*course.problems, *word_problems()]

    @cache
    def drawn() -> Map:
        """The map takes some tenths of a second, once."""
        return lesson_map({lesson.id: lesson.structure.needs for lesson in course.lessons.values()})

    @router.get("/lessons", response_class=HTMLResponse)
    def index(request: Request) -> Response:
        """All lessons."""
        language = pages.language_of(request)
        said = pages.words(language)
        lessons = [facts_of(lesson, course, language, said) for lesson in course.lessons.values()]
        facts = {
            "lessons": lessons,
            "listed": [listed(lesson) for lesson in lessons],
            "chapters": chapters_of(lessons, course, said),
            "map": map_of(lessons, drawn()),
            "time": duration(sum(lesson.minutes for lesson in lessons), said),
            "tasks": sum(len(lesson.tasks) for lesson in lessons),
            "problems": problems,
        }
        return pages.answer(request, "lessons.html", facts, language)

    @router.get("/lessons/{lesson}/teacher", response_class=HTMLResponse)
    def teacher(request: Request, lesson: str) -> Response:
        """What a teacher needs for one lesson."""
        found = course.lessons.get(lesson)
        if found is None:
            return pages.missing(request, lesson)
        language = pages.language_of(request)
        facts = teacher_facts(found, course, language, pages.words(language))
        return pages.answer(request, "teacher.html", facts, language)

    @router.get("/api/lessons/words", tags=["lessons"], include_in_schema=True)
    async def get_words(request: Request, language: str | None = None) -> dict[str, Any]:
        """The words of the lessons' pages, in the language that is asked for or preferred; English fills the gaps."""
        chosen = pages.language_of(request)
        return {"language": chosen, "words": pages.words(chosen)}

    return router
