"""The real server in a process of its own, a Chromium with an empty profile, and a page that is watched while used."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.browser.desk import Desk

if TYPE_CHECKING:
    from tests.browser.learner import Learner

ROOT = Path(__file__).parents[2]
MINUS = "\N{MINUS SIGN}"
LAPTOP: ViewportSize = {"width": 1440, "height": 900}
# Nothing waits this long on a machine at rest; a busy one is no failure.
expect.set_options(timeout=20_000)


@contextmanager
def serving(
    port: int = 0, engines: int = 1, database: Path | None = None, **settings: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`python -m app serve`: its address and its process. Its database is its own, unless a file is given; further
    settings by their names in the environment."""
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "ENGINES": str(engines)} | settings
    command = [sys.executable, "-m", "app", "serve"]
    with contextlib.ExitStack() as stack:
        if database is None:
            database = Path(stack.enter_context(TemporaryDirectory())) / "kept.db"
        environment["DATABASE_URL"] = f"sqlite+aiosqlite:///{database}"
        process = stack.enter_context(
            subprocess.Popen(  # noqa: S603 - our own server
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
            )
        )
        assert process.stdout
        try:
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address, "the server did not say where it listens"
            yield address.group(), process
        finally:
            process.terminate()
            process.wait(10)


@dataclass
class Site:
    """Somebody else's web site: what lies in `folder` is found under `address`."""

    address: str
    folder: Path


class _Quiet(SimpleHTTPRequestHandler):
    """A web server that does not talk."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Nothing."""


@pytest.fixture(scope="session")
def school_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A school's web site, which may show the playground in a frame."""
    folder = tmp_path_factory.mktemp("site")
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=site.serve_forever, daemon=True).start()
    yield Site(f"http://127.0.0.1:{site.server_port}", folder)
    site.shutdown()
    site.server_close()


@pytest.fixture(scope="session")
def server(school_site: Site) -> Iterator[str]:
    """The address of a server that all tests of this worker share; each page begins a session of its own."""
    with serving(FRAME_ANCESTORS=f"self, {school_site.address}") as (address, _):
        yield address


@dataclass
class Playground:
    """The open page as a person sees it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Go there and wait for the first picture."""
        self.page.goto(self.address)
        self.see_picture()

    def see_picture(self) -> None:
        """Wait until a frame has been drawn."""
        # Selectors are looked at every frame; `expect` looks a second later when the first looks were too early.
        self.page.locator("body[data-connection=open] #board[data-step]:not([data-step=''])").wait_for(
            timeout=20_000
        )

    def text(self, name: str) -> Locator:
        """A read-out by its id."""
        return self.page.locator(f"#{name}")

    def press(self, name: str) -> None:
        """Press a button of the top bar."""
        self.page.locator(f"#button-{name}").click()

    def field(self, path: str) -> Locator:
        """The control of a field of the spec."""
        return self.page.locator(f'[data-field="{path}"]')

    def choose_source(self, name: str) -> None:
        """Press the picture of a data set."""
        self.page.locator(f".source:has(input[value={name}])").click()

    def place(self, x1: float, x2: float) -> tuple[float, float]:
        """Where a board coordinate is on the screen; the axes leave 30, 8, 8 and 24 pixels around the board."""
        box = self.page.locator("#board-hands").bounding_box()
        assert box
        width, height = box["width"] - 38, box["height"] - 32
        return box["x"] + 30 + (x1 + 6) / 12 * width, box["y"] + 8 + (6 - x2) / 12 * height

    def click(self, x1: float, x2: float, **options: Any) -> None:
        """Click a place of the board, not faster than a hand: what was edited before has reached the server."""
        self.settle()
        self.page.mouse.click(*self.place(x1, x2), **options)

    def train(self, epochs: int, after: int = 0) -> None:
        """So many epochs more than those that there were, by the form beside "Epoch"."""
        self.page.get_by_role("button", name="Train until …").click()
        form = self.page.locator("#until")
        form.get_by_role("combobox").first.select_option("epochs")
        # Until the next picture there is the field of the goal before.
        count = form.locator("[data-until=epochs]")
        count.fill(str(epochs))
        count.press("Enter")
        expect(self.text("epoch")).to_have_text(str(after + epochs))
        expect(self.page.locator("body[data-phase=paused]")).to_be_attached()

    def settle(self) -> None:
        """Wait until no edit is on its way to the server."""
        expect(self.page.locator("#board")).to_have_attribute("data-edits", "0")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag with the mouse from one place of the board to another, not faster than a hand."""
        self.settle()
        self.page.mouse.move(*self.place(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.place(*end), steps=12)
        self.page.mouse.up()

    def picture(self) -> str:
        """The boundary picture's pixels."""
        read = "() => document.querySelector('.board__picture').toDataURL()"
        return str(self.page.evaluate(read))


@pytest.fixture(scope="session")
def desk(server: str) -> Iterator[Desk]:
    """The pages that this worker's tests use one after the other. Playwright keeps an event loop running, beside which
    no test of the server can run its own, so `make test` runs these tests by themselves."""
    with sync_playwright() as playwright, closing(Desk(playwright, f"{server}/healthz")) as desk:
        yield desk


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """The Chromium of this worker's laptop, for contexts of one's own."""
    return desk.browser()


@pytest.fixture
def visit(desk: Desk, server: str) -> Iterator[Callable[..., Playground]]:
    """Opens the page as for the first time; `fresh` in a tab used by no other test, for those that change what
    cannot be put back. Afterwards: no error on the console, no request to a foreign host."""
    visits: list[tuple[Playground, bool]] = []

    def open_page(
        address: str = server, *, goto: bool = True, fresh: bool = False, **context: Any
    ) -> Playground:
        screen: dict[str, Any] = {"viewport": LAPTOP} | context
        playground = Playground(desk.take(screen, fresh=fresh), address)
        desk.watch(playground.page, playground)
        visits.append((playground, not fresh))
        if goto:
            playground.open()
        return playground

    yield open_page
    for playground, again in visits:
        desk.give_back(playground.page, again=again)
    for playground, _ in visits:
        assert playground.errors == []
        assert playground.foreign == []


@pytest.fixture
def playground(visit: Callable[..., Playground]) -> Playground:
    """The page on a laptop, just opened."""
    return visit()


@pytest.fixture
def attend(visit: Callable[..., Playground], server: str) -> "Callable[..., Learner]":
    """Opens a lesson as for the first time."""
    from tests.browser.learner import Learner  # it knows this file

    def open_lesson(lesson: str, stage: int = 1, **context: Any) -> "Learner":
        playground = visit(f"{server}/lessons/{lesson}", goto=False, **context)
        playground.page.goto(playground.address)
        return Learner(playground, stage)

    return open_lesson
