"""Lessons over HTTP: the course, one lesson, what is told after a try, and the tables that a lesson brings."""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.lessons.course import Course, Lesson
from app.lessons.telling import tell_after_try, tell_course, tell_lesson
from app.web.fixed import Fixed
from app.web.refusals import RefusalError, refusals


def make_lessons_router(course: Course, language_of: Callable[[Request], str]) -> APIRouter:
    """The routes; `language_of` says in which language a request is to be answered."""
    router = APIRouter(prefix="/api/lessons", tags=["lessons"])

    def find(name: str) -> Lesson:
        lesson = course.lessons.get(name)
        if lesson is None:
            raise RefusalError(
                404, "unknown_lesson", f"there is no lesson {name}; /api/lessons lists those there are"
            )
        return lesson

    @cache
    def everything(language: str) -> Fixed:
        return as_json(tell_course(course, language))

    @cache
    def told(name: str, language: str) -> Fixed:
        return as_json(tell_lesson(course, find(name), language))

    # What takes long the first time is not done in the event loop.
    @router.get("")
    def all_lessons(request: Request) -> Response:
        """All lessons, and what is wrong with files that are none."""
        return everything(language_of(request)).answer(request)

    @router.get("/{name}", responses=refusals(404))
    def one_lesson(request: Request, name: str) -> Response:
        """One lesson with its stages and tasks."""
        return told(find(name).id, language_of(request)).answer(request)

    @router.get("/{name}/tasks/{task}", responses=refusals(404))
    async def after_try(request: Request, name: str, task: str) -> dict[str, Any]:
        """Solution and explanation of a task, which a page shows after a try."""
        told = tell_after_try(find(name), task, language_of(request))
        if told is None:
            raise RefusalError(404, "unknown_task", f"{name} has no task {task}")
        return told

    @router.get("/{name}/files/{file}", response_class=Response, responses=refusals(404))
    def one_file(name: str, file: str) -> Response:
        """A table that a stage brings."""
        lesson = find(name)
        if file not in lesson.files:
            raise RefusalError(404, "unknown_file", f"{name} has no file {file}")
        return Response((lesson.folder / file).read_bytes(), media_type="text/csv")

    return router


def as_json(told: dict[str, Any]) -> Fixed:
    """An answer that stays the same as long as the server runs."""
    return Fixed(bytes(JSONResponse(told).body), "application/json")
