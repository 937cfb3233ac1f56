"""The HTTP API against its own description: schemathesis makes requests out of it, good and bad."""

import asyncio
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.main import create_app
from app.settings import Settings
from tests.server.running import Server, key, keyed, opened

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(create_app(Settings(engines=0)).openapi())


@pytest.fixture(scope="module")
def session(inline: Server) -> str:
    """The key of a session, which stays for a while after its browser has gone."""

    async def open_one() -> str:
        async with opened(inline) as browser:
            return key(browser)

    return asyncio.run(open_one())


@SCHEMA.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_request_is_answered_as_described(
    case: schemathesis.Case[Any], inline: Server, session: str
) -> None:
    headers = {} if "authorization" in {name.lower() for name in case.headers or {}} else keyed(session)
    case.call_and_validate(base_url=f"http://127.0.0.1:{inline.port}", headers=headers, checks=CHECKS)


def test_every_route_is_described_in_words() -> None:
    tree = create_app(Settings(engines=0)).openapi()
    routes = [(path, verb, route) for path, verbs in tree["paths"].items() for verb, route in verbs.items()]
    assert len(routes) > 8
    assert not [path for path, _, route in routes if not route.get("description") or not route.get("tags")]
    assert not [path for path, _, _ in routes if path.startswith(("/static", "/vendor"))]
