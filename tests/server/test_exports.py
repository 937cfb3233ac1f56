"""Taking home over HTTP: every kind is a file of its type, for whoever has the session's key and for nobody else."""

import asyncio
import json

import pytest

from app.takeaway.kinds import KINDS
from tests.server.running import Server, Tree, ended, key, keyed, opened, serving

BEGINNINGS = {
    "application/json": b"{\n",
    "text/x-python; charset=utf-8": b'"""',
    "image/gif": b"gif89a",
    "text/html; charset=utf-8": b"<!doctype html>",
}
"""How a file of a type begins, where that can be said."""
PLACE = "/api/session/exports"
QUICKLY = {"animation": "?frames=3"}
"""Options that make a kind in less time."""
AT_ONCE = 2


async def got(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return await asyncio.to_thread(server.get, path, **headers)


async def test_every_kind_is_a_file_of_its_type(inline: Server) -> None:
    names = list(KINDS)
    async with opened(inline) as browser:
        await browser.ask("step", epochs=2)
        await browser.picture(lambda picture: picture.facts["epoch"] == 2)
        for pair in (names[row : row + AT_ONCE] for row in range(0, len(names), AT_ONCE)):
            paths = [f"{PLACE}/{name}{QUICKLY.get(name, '')}" for name in pair]
            answers = await asyncio.gather(*(got(inline, path, **keyed(key(browser))) for path in paths))
            for name, answer in zip(pair, answers, strict=True):
                check_file(name, *answer)
    assert key(browser) not in inline.said()


def check_file(name: str, status: int, headers: dict[str, str], body: bytes) -> None:
    """It is what the registry says."""
    kind = KINDS[name]
    assert (status, headers["content-type"]) == (200, kind.media_type), (name, body[:300])
    file_name = kind.file_name.format(stem="spiral-3-tanh")
    named = f"attachment; filename=\"{file_name}\"; filename*=UTF-8''{file_name}"
    assert headers["content-disposition"] == named
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert body.lower().startswith(BEGINNINGS.get(kind.media_type, b"")), name
    assert len(body) > 100, name


async def test_what_there_is_stands_in_a_list_in_the_order_of_the_page(inline: Server) -> None:
    async with opened(inline) as browser:
        status, headers, body = await got(inline, PLACE, **keyed(key(browser)))
        offers: list[Tree] = json.loads(body)
        assert (status, headers["cache-control"]) == (200, "no-store")
        assert {offer["kind"] for offer in offers} == set(KINDS)
        groups = list(dict.fromkeys(offer["group"] for offer in offers))
        assert groups == [name for name in ("Code", "Model", "Data", "Pictures", "Report") if name in groups]
        animation = next(offer for offer in offers if offer["kind"] == "animation")
        assert animation["options"][0] == {
            "name": "frames",
            "title": "Frames",
            "default": "60",
            "low": 2,
            "high": 90,
            "whole": True,
            "choices": [],
        }


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("/model", 404, "unknown_kind", "“model” is nothing that can be taken home; allowed: "),
        ("/card", 404, "unknown_kind", "“card” is nothing that can be taken home; allowed: "),
        ("/animation?frames=1", 422, "bad_option", "frames is “1”; allowed: whole numbers from 2 to 90"),
        ("/settings?frames=9", 422, "bad_option", "“frames” is no option of it; allowed: none"),
        ("/animation", 409, "cannot", "training has not begun, so there is no run to show"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(
    inline: Server, path: str, status: int, code: str, words: str
) -> None:
    async with opened(inline) as browser:
        answer = await got(inline, f"{PLACE}{path}", **keyed(key(browser)))
        told = json.loads(answer[2])
        assert (answer[0], told["code"]) == (status, code)
        assert told["message"].startswith(words)


async def test_only_the_key_of_a_session_gives_its_files(inline: Server) -> None:
    for path in (PLACE, f"{PLACE}/settings"):
        status, _, body = await got(inline, path, **keyed("a-key-of-nobody-at-all"))
        assert (status, json.loads(body)["code"]) == (404, "unknown_session")
        assert (await got(inline, path))[0] == 401
        assert (await got(inline, f"{path}?key=x"))[0] == 401


async def test_a_session_goes_on_while_something_is_made_of_it(engines: Server) -> None:
    async with opened(engines) as browser:
        await browser.ask("play")
        making = asyncio.create_task(got(engines, f"{PLACE}/settings", **keyed(key(browser))))
        before = (await browser.picture()).facts["step"]
        status, _, body = await making
        assert (status, json.loads(body)["data"]["samples"]) == (200, 40)
        await browser.picture(lambda picture: picture.facts["step"] > before)


async def test_whoever_sees_the_list_finds_a_process_ready_that_ends_with_a_killed_server() -> None:
    with serving(engines=0) as server:
        async with opened(server) as browser:
            assert server.engines() == [], "nobody has asked for anything yet"
            assert (await got(server, PLACE, **keyed(key(browser))))[0] == 200
            await browser.ask("play")
            (waiting,) = await browser.until(lambda: server.engines() or None)
            for _ in range(2):
                assert (await got(server, f"{PLACE}/settings", **keyed(key(browser))))[0] == 200
            assert server.engines() == [waiting]
            server.process.kill()
            assert await browser.close_code() == 1006
        assert ended([waiting])
