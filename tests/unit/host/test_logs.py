"""What is written down of a mistake of ours: its place and its kind, nothing of what somebody has brought."""

import logging
import sys
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog

from app.host import logs

BROUGHT = "Erika: 5"


def by_ours() -> None:
    structlog.get_logger().exception("a session failed")


def by_a_library() -> None:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")


def read_grade(text: str) -> float:
    return float(text)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Standard error, with logging set up as the server's processes do it."""
    root, file = logging.getLogger(), StringIO()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "stderr", file)
    root.handlers.clear()  # setting up closes those that are there
    logs.configure()
    yield file
    structlog.reset_defaults()
    root.handlers[:], root.level = before, level


@pytest.mark.parametrize("tell", [by_ours, by_a_library])
def test_an_error_is_told_by_place_and_kind_without_its_words(
    tell: Callable[[], None], said: StringIO
) -> None:
    """Nor those of its cause, which comes first."""
    try:
        try:
            read_grade(BROUGHT)
        except ValueError as error:
            raise KeyError(BROUGHT) from error
    except KeyError:
        tell()
    found = said.getvalue()
    assert "in read_grade" in found
    assert found.index("ValueError") < found.rindex("KeyError")
    assert BROUGHT not in found


def test_the_systems_own_words_are_kept() -> None:
    """But for the file's name."""
    error = OSError(28, "No space left on device", "/home/erika/kept.db")
    assert logs.places_of((OSError, error, None)) == "OSError: No space left on device"
