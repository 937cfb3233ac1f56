"""The composition root: settings, engines, pages and sockets put together."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI

from app.host.makers import Makers
from app.host.readers import Readers
from app.host.supervisor import Supervisor
from app.lessons.course import Course
from app.lessons.folder import FOLDER
from app.lessons.words import word_problems
from app.session.commands import parse_command
from app.settings import Settings
from app.store.database import Database
from app.store.experiments import Experiments
from app.store.links import Links
from app.store.writer import Writer
from app.web.access_log import AccessLog
from app.web.api_docs import OPENAPI_URL, make_docs_router
from app.web.beginnings import Beginnings, make_beginnings_router
from app.web.conversations import Conversations, Door
from app.web.descent import make_descent_router
from app.web.experiments import make_experiments_router
from app.web.exports import make_exports_router
from app.web.failures import install_failures
from app.web.lesson_page import make_lesson_page_router
from app.web.lesson_pages import LessonPages, make_lesson_pages_router
from app.web.lessons import make_lessons_router
from app.web.limits import Limits
from app.web.links import SavedLinks, make_links_router
from app.web.metrics import make_metrics_router
from app.web.modules import Modules
from app.web.pages import ROOT, make_router
from app.web.refusals import install_refusals
from app.web.saved_experiments import SavedExperiments
from app.web.security import Gate, allowed_hosts, headers_for
from app.web.tables import make_tables_router
from app.wire.feature_maps import encode_feature_maps

ABOUT_API = """What the page does over HTTP: tables, saved experiments, links, files to take home. Training itself goes
over the socket at `/ws`; see docs/protocol.md. `Authorization: Bearer KEY` says who asks: the `session` of a `welcome`,
or the key under which a browser keeps its experiments."""
log = structlog.get_logger()
LAG_EVERY = 0.05
"""Seconds between two looks at how late the event loop is."""
LAGS_KEPT = 400
EXPIRE_EVERY = 30.0


class Pulse:
    """How late the event loop wakes up: a blocked loop is not noticed by anybody else."""

    def __init__(self) -> None:
        self._lags: deque[float] = deque([0.0], maxlen=LAGS_KEPT)

    async def run(self) -> None:
        """Watch for ever."""
        while True:
            start = time.monotonic()
            await asyncio.sleep(LAG_EVERY)
            self._lags.append(time.monotonic() - start - LAG_EVERY)

    def p99(self) -> float:
        """Seconds that only 1 % of the last wake-ups were later."""
        return sorted(self._lags)[int(0.99 * (len(self._lags) - 1))]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; `settings` from the environment if not given. `await app.state.prepare()` opens the
    database, which the start does too; `await app.state.end_conversations()` closes the sockets with code 1001, which a
    server does that is about to stop. StoreError for a database that cannot be."""
    settings = settings or Settings()
    database = Database.named(settings.database_url)
    writer = Writer(database, settings.keep_days, settings.sessions_mb * 1_000_000)
    links, experiments = Links(database, settings.links_mb * 1_000_000), Experiments(database)
    supervisor = Supervisor(
        settings.engines,
        settings.frames_per_second,
        settings.max_sessions,
        settings.idle_seconds,
        settings.hang_seconds,
        settings.tables_mb * 1_000_000,
        writer,
    )
    limits = Limits(**settings.model_dump(include=set(Limits.__dataclass_fields__)))
    pulse, makers, readers = Pulse(), Makers(), Readers()
    conversations = Conversations(supervisor, limits)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await database.prepare()
        await writer.start(lambda: supervisor.digests)
        await supervisor.start()
        tasks = [asyncio.create_task(pulse.run()), asyncio.create_task(_expire(supervisor))]
        tasks.append(asyncio.create_task(links.tidy(settings.keep_days)))
        tasks.append(asyncio.create_task(experiments.tidy()))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(makers.stop(), readers.stop())
        await supervisor.stop()
        await writer.stop()
        await database.close()

    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "sessions": supervisor.sessions,
            "engines": supervisor.engine_pids,
            "loop_lag_p99_ms": round(pulse.p99() * 1e3, 3),
        }

    app = FastAPI(
        title="Gradient Playground",
        version=version("gradient-playground"),
        description=ABOUT_API,
        lifespan=lifespan,
        openapi_url=OPENAPI_URL,
        docs_url=None,
        redoc_url=None,
    )
    install_refusals(app)
    install_failures(app)
    hosts = allowed_hosts(settings.allowed_hosts, settings.host)
    app.add_middleware(Door, path="/ws", hold=conversations.hold)
    app.add_middleware(AccessLog)
    app.add_middleware(Gate, hosts=hosts, headers=headers_for(settings.frame_ancestors))
    modules = Modules(ROOT / "static")
    app.include_router(make_router(health, modules.edition, encode_feature_maps))
    app.include_router(make_descent_router(modules.edition))
    app.include_router(make_docs_router())
    app.include_router(make_metrics_router(supervisor, conversations.counts, pulse.p99))
    app.include_router(make_tables_router(supervisor, readers, settings.allowed_origins))
    app.include_router(make_exports_router(supervisor, makers))
    kept = SavedExperiments(supervisor, makers, experiments)
    app.include_router(make_experiments_router(kept, settings.allowed_origins))
    saved = SavedLinks(supervisor, links)
    app.include_router(make_links_router(saved, settings.allowed_origins))
    app.include_router(make_beginnings_router(Beginnings(supervisor, saved), settings.allowed_origins))
    course = read_course(FOLDER)
    lesson_pages = LessonPages(course, modules.edition)
    app.include_router(make_lesson_pages_router(lesson_pages))
    app.include_router(make_lesson_page_router(lesson_pages))
    app.include_router(make_lessons_router(course, lesson_pages.language_of))
    app.mount("/static", modules, name="static")

    app.state.prepare, app.state.end_conversations = database.prepare, conversations.end
    return app


@cache
def read_course(folder: Path) -> Course:
    """The lessons in `folder`, read once; what is wrong with any of them is logged."""
    course = Course.read(folder, parse_command)
    for problem in course.problems:
        log.error("a lesson is left out", problem=problem)
    for problem in word_problems(folder):
        log.error("words of the lessons' pages are not right", problem=problem)
    return course


async def _expire(supervisor: Supervisor) -> None:
    while True:
        await asyncio.sleep(EXPIRE_EVERY)
        supervisor.expire()
