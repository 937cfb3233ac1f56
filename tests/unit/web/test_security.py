"""Whose pages may connect, and by what names the server may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from app.settings import Settings
from app.web.security import allowed_hosts, headers_for, origin_allowed


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://playground:8000", True),
        ("https://playground:8000", True),
        ("http://playground:8001", False),
        ("http://playground", False),
        ("http://evil.example", False),
        ("http://playground:8000.evil.example", False),
        ("http://evil.example#playground:8000", False),
        ("https://school.example", True),
        ("http://school.example", False),
        ("https://school.example.evil.example", False),
        ("null", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_only_this_site_and_allowed_ones_may_connect(origin: str, allowed: bool) -> None:
    headers = Headers({"host": "playground:8000", "origin": origin})
    assert origin_allowed(headers, ("https://school.example",)) is allowed


def test_a_program_that_is_no_browser_sends_no_origin_and_may_connect() -> None:
    assert origin_allowed(Headers({"host": "playground:8000"}), ())


@given(st.text(), st.text())
def test_any_origin_and_host_are_judged(origin: str, host: str) -> None:
    headers = Headers(raw=[(b"origin", origin.encode()), (b"host", host.encode())])
    assert origin_allowed(headers, ()) in (True, False)


def test_the_policy_lets_in_no_foreign_host_and_no_inline_script() -> None:
    rules = dict(rule.split(" ", 1) for rule in headers_for(("self",))["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == "'self'"
    words = {word for rule in rules.values() for word in rule.split()}
    assert words == {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    assert "'unsafe-inline'" not in rules["script-src"]


def test_a_server_for_this_machine_alone_answers_to_this_machines_names() -> None:
    assert allowed_hosts((), "127.0.0.1") == frozenset({"localhost", "127.0.0.1", "::1"})
    assert allowed_hosts((), "0.0.0.0") is None  # noqa: S104 - nothing is bound here
    assert allowed_hosts(("school.example",), "127.0.0.1") == frozenset({"school.example"})


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (None, "frame-ancestors 'self'"),
        ("none", "frame-ancestors 'none'"),
        ("", "frame-ancestors 'none'"),
        ("*", "frame-ancestors *"),
        ("self, https://*.school.example", "frame-ancestors 'self' https://*.school.example"),
        ("http://moodle.example:8080", "frame-ancestors http://moodle.example:8080"),
    ],
)
def test_who_may_show_the_page_in_a_frame(
    asked: str | None, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if asked is not None:
        monkeypatch.setenv("FRAME_ANCESTORS", asked)
    policy = headers_for(Settings().frame_ancestors)["Content-Security-Policy"]
    assert policy.split("; ")[-1] == rule


@pytest.mark.parametrize("asked", ["https://a.b; script-src *", "'self'", "a b", "https://", "ftp://a.b"])
def test_what_is_no_site_may_not_be_among_the_frame_ancestors(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRAME_ANCESTORS", asked)
    with pytest.raises(ValueError, match="is no site; allowed: self, none, \\* or sites such as"):
        Settings()
