"""Addresses over HTTP: sessions that begin from one, links that are kept, and what is refused."""

import asyncio
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.links import Payload, pack_numbers, write_link
from tests.server.running import PATIENCE, Server, Tree, key, keyed, opened, points, serving
from tests.server.test_tables import CSV, brought, chosen

FIXTURES = Path(__file__).parents[1] / "fixtures" / "links"
GATE: Tree = {"data": {"source": "gate_xor"}, "inputs": ["x1", "x2"], "network": {"layers": [{"units": 2}]}}
NINE = [0.5, -0.25, 1.0, 2.0, -1.5, 0.125, 3.0, -3.0, 0.0625]


def post(server: Server, path: str, body: Tree | bytes, **headers: str) -> tuple[int, dict[str, str], Tree]:
    """Status, headers and JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request("POST", path, data, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), json.loads(answer.read())
    finally:
        connection.close()


async def posted(server: Server, path: str, body: Tree, **headers: str) -> tuple[int, Tree]:
    status, _, told = await asyncio.to_thread(post, server, path, body, **headers)
    return status, told


async def begun(server: Server, address: str) -> tuple[Tree, list[list[Any]], list[float]]:
    """State, points and weights of the session that begins from an address."""
    status, told = await posted(server, "/api/sessions", {"address": address})
    assert status == 201, told
    async with opened(server, session=told["session"]) as browser:
        assert browser.all("welcome")[0]["resumed"]
        # The command that brings points and weights may be carried out after the page has joined.
        picture = await browser.picture(
            lambda one: one.facts["revision"] == browser.all("state")[-1]["revision"]
        )
        return browser.all("state")[-1], points(browser), picture.tensors["theta"].tolist()


async def test_a_session_begins_as_its_address_says(inline: Server) -> None:
    """Points, their parts and weights to the last bit, at step 0."""
    rows = ((1.0, 2.0, 1.0, 0), (-1.5, 0.30000000000000004, 0.0, 2))
    text = write_link(Payload(spec=GATE, points=rows, weights=pack_numbers(NINE)))
    state, found, theta = await begun(inline, f"http://a.school/?hide=bar#e={text}")
    assert (state["step"], state["edited"], state["spec"]["data"]["source"]) == (0, True, "gate_xor")
    assert [row[1:] for row in found] == [[1.0, 2.0, 1, 0], [-1.5, 0.30000000000000004, 0, 2]]
    assert theta == NINE


VERSIONS = [json.loads(path.read_text("utf-8")) for path in sorted(FIXTURES.glob("version-*.json"))]


@pytest.mark.parametrize("kept", VERSIONS, ids=lambda kept: f"version {kept['version']}")
async def test_links_of_every_version_open(inline: Server, kept: Tree) -> None:
    for link in kept["links"]:
        state, _, _ = await begun(inline, f"#e={link['javascript']}")
        assert state["spec"] == link["spec"], link["name"]


async def test_a_long_experiment_is_kept_and_opens_by_its_id(inline: Server) -> None:
    text = write_link(Payload(spec=GATE, weights=pack_numbers(NINE)))
    status, kept = await posted(inline, "/api/links", {"text": text, "keep": True})
    assert (status, len(kept["id"])) == (201, 16)
    assert await posted(inline, "/api/links", {"text": text}) == (201, kept)
    status, headers, body = await asyncio.to_thread(inline.get, f"/api/links/{kept['id']}")
    assert (status, json.loads(body), headers["cache-control"]) == (200, {"text": text}, "no-store")
    assert (await begun(inline, f"#s={kept['id']}"))[2] == NINE


async def test_an_uploaded_table_goes_with_the_link_of_its_session_alone(inline: Server) -> None:
    """Whoever has the link then has the table; nobody can put another's into a link."""
    async with opened(inline) as browser, opened(inline) as stranger:
        _, told = await brought(inline, key(browser), CSV)
        await chosen(browser, told["name"])
        spec = {"data": {"source": "table", "table": {"name": told["name"]}}}
        asked = {"text": write_link(Payload(spec=spec)), "keep": True}
        for headers in ({}, keyed(key(stranger))):
            status, refused = await posted(inline, "/api/links", asked, **headers)
            assert (status, refused["code"]) == (422, "unknown_table")
        status, kept = await posted(inline, "/api/links", asked, **keyed(key(browser)))
        assert status == 201
        there = browser.all("state")[-1]["spec"]["data"]["table"]
    state, _, _ = await begun(inline, f"#s={kept['id']}")
    assert state["spec"]["data"]["table"] == there
    assert there["labels"] == ["left", "right"]


async def test_a_link_of_the_other_playground_opens_with_its_notes(inline: Server) -> None:
    address = "https://playground.tensorflow.org/#dataset=gauss&noise=20&networkShape=3&play_hide=true&noise_hide=true"
    status, told = await posted(inline, "/api/sessions", {"address": address})
    assert status == 201
    assert told["hide"] == ["data.noise"]
    assert (told["tests"], told["discretise"]) == (False, False)
    assert told["notes"] == [
        "Not hidden, because it is not a control of its own here: play.",
        "Points and first weights are drawn by this playground's own generator, so they are others than there.",
    ]
    state, _, _ = await begun(inline, address)
    assert (state["spec"]["data"]["source"], state["spec"]["data"]["noise"]) == ("gauss", 0.2)


BAD = [
    ("/api/sessions", {"address": "#e=1.abc"}, 422, "bad_link", "the link is damaged"),
    ("/api/sessions", {"address": "#e=2.abc"}, 422, "bad_link", "made by a newer playground"),
    ("/api/sessions", {"address": "hello"}, 422, "bad_link", "“hello” is no link to an experiment"),
    ("/api/sessions", {"address": "#s=AAAAAAAAAAAAAAAA"}, 404, "unknown_link", "no such link"),
    ("/api/sessions", {"address": "\ud800=x"}, 422, "bad_request", ""),
    ("/api/sessions", {}, 422, "bad_request", "address"),
    ("/api/sessions", {"address": 1}, 422, "bad_request", "address"),
    ("/api/sessions", b"not JSON", 422, "bad_request", "JSON"),
    ("/api/sessions", b"x" * 2_000_000, 413, "too_large", "allowed"),
    ("/api/links", {"text": "1.abc"}, 422, "bad_link", "the link is damaged"),
    ("/api/links", {"text": "1.q1YqLkhNVrKqrq0FAA", "more": 1}, 422, "bad_request", "more"),
    ("/api/links", b"x" * 300_000, 413, "too_large", "allowed"),
    ("/api/qr", {"address": ""}, 422, "bad_request", "address"),
    ("/api/qr", {"address": "x" * 801}, 422, "bad_request", "address"),
]


@pytest.mark.parametrize(("path", "body", "status", "code", "words"), BAD)
def test_what_cannot_be_opened_or_kept_is_refused_in_words(
    inline: Server, path: str, body: Tree | bytes, status: int, code: str, words: str
) -> None:
    found, _, told = post(inline, path, body)
    assert (found, told["code"]) == (status, code)
    assert words in told["message"]


@pytest.mark.parametrize("link", ["A" * 16, "A" * 17, "%00", "%ff", "a%2Fb"])
def test_what_is_not_kept_is_not_found(inline: Server, link: str) -> None:
    """Also what no id can be, which not every database takes for a text."""
    status, _, _ = inline.get(f"/api/links/{link}")
    assert status == 404


def test_an_experiment_that_cannot_be_is_refused_with_its_place(inline: Server) -> None:
    text = write_link(Payload(spec={"data": {"noise": 3}}))
    status, _, told = post(inline, "/api/sessions", {"address": f"#e={text}"})
    assert (status, told["code"]) == (422, "invalid_spec")
    assert told["message"].startswith("data.noise: ")


@pytest.mark.parametrize("path", ["/api/sessions", "/api/links", "/api/qr"])
def test_pages_of_other_sites_are_refused(inline: Server, path: str) -> None:
    status, _, told = post(inline, path, {"address": "#dataset=xor"}, Origin="https://elsewhere.example")
    assert (status, told["code"]) == (403, "foreign_origin")


def test_a_code_is_drawn_of_an_address(inline: Server) -> None:
    """Of the least size, 21, with four of margin on each side; its corner is that of every QR code."""
    status, _, told = post(inline, "/api/qr", {"address": "http://a.b"})
    rows = told["rows"]
    assert (status, len(rows), {len(row) for row in rows}) == (200, 29, {29})
    assert [row[4:12] for row in rows[4:11]] == [
        "11111110",
        "10000010",
        "10111010",
        "10111010",
        "10111010",
        "10000010",
        "11111110",
    ]


@pytest.fixture
def alone() -> Iterator[Server]:
    """A server whose patience other tests may not need."""
    with serving(engines=0) as server:
        yield server


def test_who_keeps_links_too_fast_is_asked_to_wait(alone: Server) -> None:
    """Thirty a minute for each caller."""
    texts = [write_link(Payload(spec={"seeds": {"data": seed}})) for seed in range(32)]
    answers = [post(alone, "/api/links", {"text": text}) for text in texts]
    assert [status for status, _, _ in answers[:30]] == [201] * 30
    status, headers, told = answers[31]
    assert (status, told["code"]) == (429, "too_fast")
    assert 1 <= int(headers["retry-after"]) <= 3
