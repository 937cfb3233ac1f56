"""Servers that the tests of a worker share."""

from collections.abc import Iterator

import pytest

from app.lessons.folder import OWN
from tests.server.running import Server, serving


@pytest.fixture(scope="session")
def inline() -> Iterator[Server]:
    """A server that trains inside the web process."""
    with serving(engines=0, lessons=OWN) as server:
        yield server


@pytest.fixture(scope="session")
def engines() -> Iterator[Server]:
    """A server with two engine processes."""
    with serving(engines=2, lessons=OWN) as server:
        yield server


@pytest.fixture(params=["inline", "engines"])
def server(request: pytest.FixtureRequest) -> Server:
    """First the one, then the other."""
    found: Server = request.getfixturevalue(request.param)
    return found
