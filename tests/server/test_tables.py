"""Files brought over HTTP: what is taken, what is refused before it is read, and that a table outlives its engine."""

import asyncio
import http.client
import json
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.running import PATIENCE, Browser, Server, Tree, key, keyed, opened, serving

LINES = "".join(f"{i},{i * i % 17},{'left' if i % 3 else 'right'}\n" for i in range(60))
CSV = ("größe,wert,seite\n" + LINES).encode()


def bring(
    server: Server, session: str, body: bytes, query: str = "kind=table", **headers: str
) -> tuple[int, Tree]:
    """Status and JSON of bringing a file."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("POST", f"/api/session/tables?{query}", body, keyed(session) | named)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


async def brought(server: Server, session: str, body: bytes, *args: str, **headers: str) -> tuple[int, Tree]:
    return await asyncio.to_thread(bring, server, session, body, *args, **headers)


def use(name: str) -> Tree:
    """A spec's change that chooses a table."""
    return {"data": {"source": "table", "table": {"name": name}}}


async def chosen(browser: Browser, name: str) -> Tree:
    """The state after a table was chosen."""
    assert (await browser.ask("set_spec", spec=use(name)))["type"] == "ok"
    return await browser.until(
        lambda: next((s for s in browser.all("state") if s["spec"]["data"]["source"] == "table"), None)
    )


async def test_a_file_becomes_a_table_that_is_trained_on(server: Server) -> None:
    async with opened(server) as browser:
        status, told = await brought(server, key(browser), CSV, X_File_Name="Gr%C3%B6%C3%9Fen%20%231.csv")
        assert status == 201
        assert (told["title"], told["rows"], told["target"]) == ("Größen #1", 60, "seite")
        assert [column["name"] for column in told["columns"]] == ["größe", "wert", "seite"]
        status, headers, body = server.get(f"/api/session/tables/{told['name']}", **keyed(key(browser)))
        assert (status, json.loads(body)) == (200, told)
        assert "default-src 'none'" in headers["content-security-policy"]
        state = await chosen(browser, told["name"])
        assert state["spec"]["data"]["table"]["labels"] == ["left", "right"]
        assert (await browser.ask("step", epochs=1))["type"] == "ok"
        await browser.picture(lambda picture: picture.facts["epoch"] == 1)
    assert "rößen" not in server.said()


async def test_a_table_outlives_the_engine_that_holds_its_session() -> None:
    with serving(engines=1) as server:
        async with opened(server) as browser:
            _, told = await brought(server, key(browser), CSV)
            os.kill(server.health()["engines"][0], signal.SIGKILL)
            assert (await browser.message("state", 2))["spec"]["data"]["source"] == "spiral"
            await chosen(browser, told["name"])
            states = len(browser.all("state"))
            os.kill(server.health()["engines"][0], signal.SIGKILL)
            state = await browser.message("state", states + 1)
            assert state["spec"]["data"]["table"]["name"] == told["name"]
            assert (await browser.ask("step", batches=1))["type"] == "ok"


async def test_a_refused_file_names_line_and_column_and_leaves_the_session_as_it_was(inline: Server) -> None:
    async with opened(inline) as browser:
        await browser.still()
        said = len(browser.messages)
        for body, code, line, column in (
            (b"", "empty", 1, None),
            (b"a,b\n", "empty", 2, "a"),
            (b"a,b\n1,\0\n", "binary_file", 2, None),
            (b"PK\x03\x04" + bytes(100), "binary_file", 1, None),
        ):
            status, error = await brought(inline, key(browser), body)
            assert status == 422
            assert (error["code"], error["line"], error["column"]) == (code, line, column)
            assert error["message"].startswith(f"line {line}")
        await browser.still()
        assert {message["type"] for message in browser.messages[said:]} <= {"ok", "state"}
        first, *others = browser.all("state")
        assert all((now["spec"], now["revision"]) == (first["spec"], first["revision"]) for now in others)


@pytest.mark.parametrize(
    ("body", "choice", "words"),
    [
        (b"x,y\n1,0.5\nbroken\n2,dear\n", {"task": "regression"}, "line 4, column “y”, holds “dear”"),
        (
            b"x,y\n\n1,a\n1e308,b\n",
            {},
            "line 4, column “x”, holds 1e+308; allowed: -1e+30 to 1e+30",
        ),
        (b"x,y\n1,1\n\n2,2.5\n", {"task": "classification"}, "line 4, column “y”, holds 2.5"),
        (b"x,y\n1,a\n2,a\n", {}, "column “y” has one class only, “a”"),
    ],
)
async def test_a_table_that_cannot_be_used_is_refused_by_the_line_of_the_file(
    inline: Server, body: bytes, choice: Tree, words: str
) -> None:
    async with opened(inline) as browser:
        status, told = await brought(inline, key(browser), body)
        assert status == 201
        spec = {"data": {"source": "table", "table": {"name": told["name"], "target": "y"}, **choice}}
        error = await browser.ask("set_spec", spec=spec)
        assert (error["type"], error["code"]) == ("error", "invalid_spec")
        assert words in error["message"]


def declared(server: Server, session: str, size: int, kind: str, body: bytes = b"") -> tuple[int, Tree]:
    """The answer to a file that is said to be so long, of which only `body` is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.putrequest("POST", f"/api/session/tables?kind={kind}")
        connection.putheader("Authorization", keyed(session)["Authorization"])
        connection.putheader("Content-Length", str(size))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def chunked(server: Server, session: str, size: int) -> tuple[int, Tree]:
    """The answer to a file whose length nobody says, of which more than allowed is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    parts: Iterator[bytes] = (b"1,2\n" * 16_384 for _ in range(-(-size // 65_536)))
    try:
        connection.putrequest("POST", "/api/session/tables")
        connection.putheader("Authorization", keyed(session)["Authorization"])
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        try:
            for part in parts:
                connection.send(b"%x\r\n%b\r\n" % (len(part), part))
            connection.send(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


async def test_a_file_too_large_is_refused_before_it_comes(inline: Server) -> None:
    async with opened(inline) as browser:
        for size, kind, words in (
            (10_000_001, "table", "the file has 10.0 MB; allowed: at most 10 MB"),
            (10**12, "table", "the file has 1,000,000.0 MB; allowed: at most 10 MB"),
            (128_000_001, "images", "the file has 128.0 MB; allowed: at most 128 MB"),
        ):
            status, error = await asyncio.to_thread(declared, inline, key(browser), size, kind)
            assert (status, error["code"], error["message"]) == (413, "too_large", words)


async def test_a_file_of_unknown_length_is_refused_once_it_is_too_large(inline: Server) -> None:
    async with opened(inline) as browser:
        status, error = await asyncio.to_thread(chunked, inline, key(browser), 10_000_001)
        assert (status, error["code"]) == (413, "too_large")
        assert error["message"] == "the file has more than 10 MB, which is what is allowed"


async def test_whose_files_are_taken(inline: Server) -> None:
    async with opened(inline) as browser:
        own = key(browser)
        for session, headers, status, code in (
            (own, {"Origin": "https://elsewhere.example"}, 403, "foreign_origin"),
            ("nobody-whom-it-knows", {}, 404, "unknown_session"),
            ("short", {}, 401, "no_key"),
            (own, {"Origin": f"http://127.0.0.1:{inline.port}"}, 201, None),
        ):
            found = await brought(inline, session, CSV, **headers)
            assert (found[0], found[1].get("code")) == (status, code)
        assert (await brought(inline, own, CSV, "kind=music"))[1]["code"] == "bad_kind"
        assert (await brought(inline, own, CSV, "kind=images&labels_for=t-1"))[1]["code"] == "unknown_table"


async def test_the_first_line_is_what_somebody_says_it_is(inline: Server) -> None:
    years = b"2019,2020\n1.5,2.5\n1.25,2\n1\n"
    async with opened(inline) as browser:
        own = key(browser)
        names = {}
        for first_line in ("found", "header", "data"):
            status, told = await brought(inline, own, years, f"first_line={first_line}")
            names[first_line] = [column["name"] for column in told["columns"]]
            header = first_line == "header"
            assert (status, told["header"], told["file_rows"]) == (201, header, 4 - header)
            assert [problem["line"] for problem in told["problems"]] == [4]
        assert names == {
            "found": ["column 1", "column 2"],
            "header": ["2019", "2020"],
            "data": ["column 1", "column 2"],
        }
        for query in ("first_line=names", "kind=images&first_line=data"):
            assert (await brought(inline, own, years, query))[1]["code"] == "bad_first_line"


async def test_a_table_is_its_session_s_alone(inline: Server) -> None:
    async with opened(inline) as one, opened(inline) as other:
        _, told = await brought(inline, key(one), CSV)
        path = f"/api/session/tables/{told['name']}"
        status, _, body = inline.get(path, **keyed(key(other)))
        assert (status, json.loads(body)["code"]) == (404, "unknown_table")
        assert (await other.ask("set_spec", spec=use(told["name"])))["type"] == "error"
        assert inline.get(path, **keyed("nobody-whom-it-knows"))[0] == 404
        assert inline.get(path)[0] == 401


async def test_files_come_at_most_so_fast(inline: Server) -> None:
    async with opened(inline) as browser:
        own = key(browser)
        found = [await asyncio.to_thread(declared, inline, own, 10_000_001, "table") for _ in range(11)]
        assert [status for status, _ in found] == [413] * 10 + [429]
        assert found[10][1]["message"] == "files come too fast; allowed: 10 a minute"


async def test_the_bundled_tables_are_listed_and_told(inline: Server) -> None:
    status, headers, body = inline.get("/api/tables")
    listed: list[dict[str, Any]] = json.loads(body)
    assert status == 200
    assert inline.get("/api/tables", If_None_Match=headers["etag"])[0] == 304
    assert [entry["name"] for entry in listed] == ["iris", "wine", "breast_cancer", "diabetes", "digits"]
    async with opened(inline) as browser:
        for entry in listed:
            status, _, body = inline.get(f"/api/session/tables/{entry['name']}", **keyed(key(browser)))
            told = json.loads(body)
            assert status == 200
            assert (told["title"], told["rows"], told["target"]) == (
                *(entry["title"], entry["rows"], entry["target"]),
            )


@pytest.mark.parametrize("gone", ["labels", "pictures"])
async def test_pictures_and_their_labels_come_in_two_files(inline: Server, gone: str) -> None:
    pictures = b"\0\0\x08\x03" + b"".join(n.to_bytes(4, "big") for n in (40, 4, 4)) + bytes(range(160)) * 4
    labels = b"\0\0\x08\x01" + (40).to_bytes(4, "big") + bytes(i % 4 for i in range(40))
    async with opened(inline) as browser:
        status, told = await brought(inline, key(browser), pictures, "kind=images")
        assert (status, told["target"], told["image"]) == (201, "", {"width": 4, "height": 4, "high": 255.0})
        query = f"kind=images&labels_for={told['name']}"
        status, whole = await brought(inline, key(browser), labels if gone == "labels" else pictures, query)
        if gone == "pictures":
            assert (status, whole["code"]) == (422, "bad_table")
            return
        assert (status, whole["target"], whole["task"]) == (201, "label", "classification")
        assert whole["columns"][-1]["distinct"] == 4
        assert (await chosen(browser, whole["name"]))["spec"]["data"]["table"]["labels"] == list("0123")
