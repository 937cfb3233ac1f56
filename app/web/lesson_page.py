"""The playground with a lesson beside it: the playground's own page, told which lesson it is about."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.web.lesson_facts import plain_title
from app.web.lesson_pages import LessonPages
from app.web.pages import PLOTLY_URL


def make_lesson_page_router(pages: LessonPages) -> APIRouter:
    """The one route; a lesson that is not there has a page that says so."""
    router = APIRouter(include_in_schema=False)

    @router.get("/lessons/{lesson}", response_class=HTMLResponse)
    def lesson_page(request: Request, lesson: str) -> Response:
        """The playground beside which the lesson's panel stands."""
        found = pages.course.lessons.get(lesson)
        if found is None:
            return pages.missing(request, lesson)
        language = pages.language_of(request)
        told = {
            "id": found.id,
            "title": plain_title(found, language),
            "lang": found.text(language).language,
        }
        return pages.answer(request, "index.html", {"lesson": told, "plotly_url": PLOTLY_URL}, language)

    return router
