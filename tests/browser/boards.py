"""What the tests of the board's tools share: an empty board, points put on it, and an ear at the socket."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Playground
from tests.browser.hands import Ear


def empty(playground: Playground) -> None:
    """Take all points away, and what could be undone; points by hand by way of a shape."""
    if playground.page.locator("input[name=source][value=points]").is_checked():
        playground.choose_source("gauss")
        expect(playground.text("train-count")).to_have_text("250")
    playground.choose_source("points")
    expect(playground.text("train-count")).to_have_text("0")
    expect(playground.text("test-count")).to_have_text("0")
    expect(playground.page.locator("#button-undo")).to_be_disabled()


def add(playground: Playground, *places: tuple[float, float]) -> None:
    """Click here and there; each point has been answered."""
    for count, place in enumerate(places, int(playground.text("train-count").inner_text()) + 1):
        playground.click(*place)
        # Only what the server has answered can be grabbed.
        expect(playground.page.locator("#button-undo")).to_have_accessible_name(
            f"Undo (Ctrl+Z), {count} possible"
        )


def chosen(playground: Playground, pattern: str) -> None:
    """Wait until the line below the board says this."""
    expect(playground.text("chosen")).to_have_text(re.compile(pattern))


def hearing(visit: Callable[..., Playground], **context: Any) -> tuple[Playground, Ear]:
    """The page on a laptop, with an ear at its socket from the first message on."""
    page, ear = visit(goto=False, **context), Ear()
    page.page.on("websocket", ear.hear)
    page.open()
    return page, ear
