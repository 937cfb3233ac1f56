"""What is fetched over HTTP, and what every answer says of itself."""

import gzip
import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
from safetensors.numpy import load

from app.web.pages import PLOTLY_URL
from app.web.security import headers_for
from tests.server.running import Server, serving

HEADERS = headers_for(("self",))

PATHS = {
    "the page": ("/", 200),
    "a script": ("/static/js/main.js", 200),
    "Plotly": (PLOTLY_URL, 200),
    "the schema": ("/api/schema", 200),
    "the inputs' pictures": ("/api/feature-maps", 200),
    "the health": ("/healthz", 200),
    "the API for people": ("/api/docs", 200),
    "the API for programs": ("/api/openapi.json", 200),
    "the figures": ("/metrics", 200),
    "nothing": ("/nowhere", 404),
    "no file": ("/static/nowhere.js", 404),
    "a folder": ("/static/js", 404),
    "out of an edition": ("/static/0123456789abcdef/%2e%2e/app/main.py", 404),
    "out of the folder": ("/static/../app/main.py", 404),
    "out of the folder, hidden": ("/static/%2e%2e/app/main.py", 404),
    "a zero byte": ("/static/%00", 404),
    "a long name": ("/static/" + "a" * 5000, 404),
    "a half letter": ("/static/%ff", 404),
    "the socket without a socket": ("/ws", 404),
    "no documentation": ("/docs", 404),
}


@pytest.mark.parametrize("what", PATHS)
def test_every_answer_carries_the_policy(inline: Server, what: str) -> None:
    path, status = PATHS[what]
    found, headers, _ = inline.get(path)
    assert found == status
    assert {name: headers.get(name.lower()) for name in HEADERS} == HEADERS


def test_a_method_that_is_not_for_pages_is_refused_with_the_policy_too(inline: Server) -> None:
    status, headers, _ = inline.get("/", method="POST")
    assert status == 405
    assert headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_no_answer_says_what_software_runs(inline: Server) -> None:
    assert "server" not in inline.get("/")[1]


def test_the_page_names_its_scripts_and_plotly_and_none_of_other_sites(inline: Server) -> None:
    status, headers, body = inline.get("/")
    page = body.decode()
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["cache-control"] == "no-cache"
    assert PLOTLY_URL in page
    assert re.search(r'<script type="module" src="/static/[0-9a-f]{16}/js/main\.js">', page)
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_a_script_is_asked_for_again_each_time_and_not_sent_again_unchanged(inline: Server) -> None:
    status, headers, body = inline.get("/static/js/main.js")
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert "javascript" in headers["content-type"]
    assert body
    status, headers, body = inline.get("/static/js/main.js", if_none_match=headers["etag"])
    assert (status, body) == (304, b"")
    assert headers["cache-control"] == "no-cache"


def test_the_edition_that_the_page_names_is_kept_for_good_and_no_other(inline: Server) -> None:
    edition = re.findall(r"/static/([0-9a-f]{16})/", inline.get("/")[2].decode())
    assert len(set(edition)) == 1
    plain = inline.get("/static/js/main.js")
    status, headers, body = inline.get(f"/static/{edition[0]}/js/main.js")
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (headers["content-type"], body) == (plain[1]["content-type"], plain[2])
    status, headers, body = inline.get("/static/0123456789abcdef/js/main.js")
    assert (status, headers["cache-control"], body) == (200, "no-cache", plain[2])
    assert inline.get(f"/static/{edition[0]}/js/nowhere.js")[0] == 404


def test_plotly_comes_compressed_and_for_good(inline: Server) -> None:
    status, headers, body = inline.get(PLOTLY_URL, accept_encoding="gzip, br")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["content-type"].startswith("text/javascript")
    script = gzip.decompress(body)
    assert b"plotly.js v" in script[:200]
    assert len(body) < len(script) / 2


def test_plotly_comes_plain_to_whoever_knows_no_gzip(inline: Server) -> None:
    status, headers, body = inline.get(PLOTLY_URL, accept_encoding="identity")
    assert status == 200
    assert "content-encoding" not in headers
    assert b"plotly.js v" in body[:200]


def test_the_schema_holds_what_the_page_builds_its_controls_from(inline: Server) -> None:
    status, headers, body = inline.get("/api/schema")
    assert (status, headers["content-type"]) == (200, "application/json")
    found = json.loads(body)
    assert sorted(found) == [
        "bounds",
        "commands",
        "curve_features",
        "experiment",
        "loss_columns",
        "multi_class_sources",
        "protocol",
    ]
    assert list(found["experiment"]["properties"]) == ["data", "inputs", "network", "training", "seeds"]
    assert found["bounds"]["points"] == 5000
    assert found["protocol"] == 1


def test_the_schema_is_not_sent_again_unchanged(inline: Server) -> None:
    _, headers, _ = inline.get("/api/schema")
    status, again, body = inline.get("/api/schema", if_none_match=headers["etag"])
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert inline.get("/api/schema", if_none_match='"other"')[0] == 200


def test_the_inputs_pictures_come_as_the_units_do(inline: Server) -> None:
    status, headers, body = inline.get("/api/feature-maps")
    assert (status, headers["content-type"], headers["cache-control"]) == (
        200,
        "application/octet-stream",
        "no-cache",
    )
    size = int.from_bytes(body[:8], "little")
    names = json.loads(json.loads(body[8 : 8 + size])["__metadata__"]["features"])
    assert (len(names), names[:5]) == (10, ["x1", "x2", "x1^2", "x2^2", "x1*x2"])
    found = load(body)
    assert (found["maps"].shape, found["maps"].dtype.name) == ((10, 32, 32), "uint8")
    assert (found["ranges"].shape, found["ranges"].dtype.name) == ((10, 2), "float32")
    assert found["ranges"][0].tolist() == [-5.8125, 5.8125]
    assert found["maps"][0, :, 0].tolist() == [0] * 32
    assert found["maps"][0, :, 31].tolist() == [255] * 32
    np.testing.assert_array_equal(found["maps"][1], found["maps"][0].T)
    again, headers, body = inline.get("/api/feature-maps", if_none_match=headers["etag"])
    assert (again, body) == (304, b"")


def test_the_inputs_pictures_can_be_asked_for_where_the_board_is_looked_at(inline: Server) -> None:
    status, _, body = inline.get("/api/feature-maps?extent=6&x1=5&x2=4")
    assert status == 200
    assert load(body)["ranges"][:2].tolist() == [[-0.8125, 10.8125], [-1.8125, 9.8125]]
    told = json.loads(body[8 : 8 + int.from_bytes(body[:8], "little")])["__metadata__"]
    assert (told["extent"], told["centre"]) == ("6.0", "[5.0, 4.0]")
    status, _, body = inline.get("/api/feature-maps?extent=1000")
    assert (status, json.loads(body)["message"].split(":")[0]) == (422, "extent")


def test_the_health_says_how_many_sessions_and_engines_there_are(inline: Server, engines: Server) -> None:
    assert inline.health().keys() == {"status", "sessions", "engines", "loop_lag_p99_ms"}
    assert (inline.health()["status"], inline.health()["engines"]) == ("ok", [])
    assert len(engines.health()["engines"]) == 2


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:9", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("[", 421),
    ],
)
def test_a_server_of_this_machine_goes_by_this_machines_names_alone(
    inline: Server, host: str, status: int
) -> None:
    found, headers, _ = inline.get("/healthz", host=host)
    assert found == status
    assert headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.fixture(scope="module")
def school() -> Iterator[Server]:
    """A server with a name of its own, which may be shown in a frame."""
    with serving(
        engines=0, allowed_hosts="school.example", frame_ancestors="self, https://school.example"
    ) as server:
        yield server


def test_allowed_hosts_are_the_names_it_goes_by(school: Server) -> None:
    assert school.get("/healthz", host=f"school.example:{school.port}")[0] == 200
    assert school.get("/healthz", host="localhost")[0] == 421


def test_frame_ancestors_are_the_sites_that_may_show_it_in_a_frame(school: Server) -> None:
    policy = school.get("/", host="school.example")[1]["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'self' https://school.example")


def test_the_icon_is_found_where_browsers_look_for_it_unasked(inline: Server) -> None:
    status, headers, _ = inline.get("/favicon.ico")
    assert (status, headers["location"]) == (308, "/static/icons/favicon.svg")
    assert inline.get(headers["location"])[0] == 200
