"""Saved experiments over HTTP: saved, found, changed, deleted and had back, copied, opened to the bit."""

import asyncio
import http.client
import io
import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.web.experiments import CHANGED_A_MINUTE
from tests.server.running import (
    PATIENCE,
    SMALL,
    Browser,
    Server,
    Tree,
    ended,
    key,
    looks,
    opened,
    points,
    serving,
)

STRANGE = [
    "\"quoted\" 'n' `back`",
    "</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} %s \\ %00",
    "שלום עולם",
    "🎓👩🏽‍🏫 é",
]


@dataclass
class Answer:
    """Of the server to one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.told["code"]


@dataclass
class Owner:
    """Somebody whose browser keeps a key."""

    server: Server
    key: str

    def ask(self, method: str, path: str = "", body: object = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        try:
            named = {"Authorization": f"Bearer {self.key}"} | named
            connection.request(method, f"/api/experiments{path}", data, named)
            answer = connection.getresponse()
            return Answer(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    async def later(self, *args: Any, **headers: str) -> Answer:
        return await asyncio.to_thread(self.ask, *args, **headers)

    async def save(self, browser: Browser, title: str = "Saved", notes: str = "") -> Tree:
        answer = await self.later("POST", "", {"title": title, "notes": notes}, X_Session_Key=key(browser))
        assert answer.status == 201, answer.body + self.server.said().encode()[-600:]
        found: Tree = answer.told
        return found

    def titles(self, query: str = "") -> list[str]:
        return [row["title"] for row in self.ask("GET", query).told["experiments"]]


@pytest.fixture
def owner(inline: Server, request: pytest.FixtureRequest) -> Owner:
    """Somebody new."""
    return Owner(inline, os.urandom(12).hex())


async def trained(browser: Browser, epochs: int = 12) -> tuple[Tree, Any]:
    """What the newest frame says after so many epochs, and the weights."""
    await browser.ask("step", epochs=epochs)
    picture = await browser.picture(lambda picture: picture.facts["epoch"] == epochs)
    return picture.facts, picture.tensors["theta"]


async def test_an_experiment_is_saved_found_renamed_copied_deleted_and_had_back(owner: Owner) -> None:
    async with opened(owner.server) as browser:
        tests = [row[0] for row in browser.all("points")[-1]["points"] if row[4] == 2]
        await browser.ask("set_part", ids=tests[:5], part="validation")
        facts, _ = await trained(browser)
        assert facts["now"]["validation_loss"] is not None
        saved = await owner.save(browser, "  First\n one ", "with notes\n")
        assert (saved["title"], saved["notes"]) == ("First one", "with notes\n")
        assert saved["figures"] == {
            "step": 24,
            "epoch": 12,
            **{
                f"{part}_{figure}": facts["now"][f"{part}_{figure}"]
                for part in ("train", "validation", "test")
                for figure in ("loss", "score")
            },
            "task": "classification",
            "parameters": 13,
            "points": 40,
        }
    path = f"/{saved['id']}"
    details = owner.ask("GET", path).told
    assert details["spec"]["network"]["layers"][0]["units"] == 3
    assert details["columns"][:4] == ["step", "epoch", "train_loss", "test_loss"]
    assert [row[:2] for row in details["curves"]] == [[2 * epoch, epoch] for epoch in range(13)]
    assert details["curves"][-1][2] == pytest.approx(facts["now"]["train_loss"], rel=1e-6)

    picture = owner.ask("GET", f"{path}/picture")
    assert (picture.headers["content-type"], Image.open(io.BytesIO(picture.body)).size) == (
        "image/png",
        (320, 320),
    )
    assert "private" in picture.headers["cache-control"]

    copy = owner.ask("POST", f"{path}/duplicate")
    assert (copy.status, copy.told["title"], copy.told["figures"]) == (
        201,
        "Copy of First one",
        saved["figures"],
    )
    renamed = owner.ask("PATCH", path, {"title": "Second"})
    assert (renamed.told["title"], renamed.told["notes"]) == ("Second", "with notes\n")
    assert owner.ask("PATCH", path, {"notes": ""}).told["notes"] == ""
    assert owner.titles("?search=SECOND") == ["Second"]
    assert owner.titles("?search=with%20notes") == ["Copy of First one"]
    assert owner.titles("?search=%25") == []

    deleted = owner.ask("DELETE", path)
    assert (deleted.status, deleted.told["id"]) == (200, saved["id"])
    assert owner.titles() == ["Copy of First one"]
    assert owner.ask("GET", path).refusal == (404, "unknown_experiment")
    assert owner.ask("POST", f"{path}/restore").told["title"] == "Second"
    assert sorted(owner.titles()) == ["Copy of First one", "Second"]


async def test_what_was_saved_while_it_played_opens_paused_with_the_same_bits(server: Server) -> None:
    owner = Owner(server, "k" * 32)
    async with opened(server) as browser:
        await browser.ask("add_points", points=[[1.25, -2.5, 1]])
        await trained(browser)
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["step"] > 30)
        saved = await owner.save(browser)
        await browser.ask("pause")
        await browser.ask("seek", step=saved["figures"]["step"])
        there = await browser.picture(lambda picture: picture.facts["step"] == saved["figures"]["step"])
        before = points(browser)
    answer = await owner.later("POST", f"/{saved['id']}/open")
    assert (answer.status, answer.told["notes"]) == (201, [])
    state, after, theta = await looks(server, answer.told["session"])
    assert (state["phase"], state["step"]) == ("paused", saved["figures"]["step"])
    assert after == before
    assert np.array_equal(theta, there.tensors["theta"])
    again = (await owner.later("POST", f"/{saved['id']}/open")).told["session"]
    assert again != answer.told["session"], "each opening is a session of its own"


async def test_nobody_reaches_the_experiments_of_another_owner(owner: Owner) -> None:
    async with opened(owner.server) as browser:
        saved = await owner.save(browser)
    stranger = Owner(owner.server, "s" * 32)
    assert stranger.titles() == []
    requests: list[tuple[str, str, object]] = [
        ("GET", "", None),
        ("GET", "/picture", None),
        ("PATCH", "", {"title": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/restore", None),
        ("POST", "/duplicate", None),
        ("POST", "/open", None),
    ]
    for method, rest, body in requests:
        answer = stranger.ask(method, f"/{saved['id']}{rest}", body)
        assert answer.refusal == (404, "unknown_experiment"), (method, rest)
        for named in ("x", "0" * 32, "%00" * 32):
            assert stranger.ask(method, f"/{named}{rest}", body).status in (404, 405)
    assert owner.titles() == ["Saved"]


async def test_titles_of_any_letters_are_kept_as_they_are(owner: Owner) -> None:
    async with opened(owner.server) as browser:
        saved = await owner.save(browser, "x")
    for title in STRANGE:
        answer = owner.ask("PATCH", f"/{saved['id']}", {"title": title, "notes": f"{title}\n\t{title}"})
        assert (answer.told["title"], answer.told["notes"]) == (title, f"{title}\n\t{title}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert owner.titles() == [title]
    unwritten = owner.ask("PATCH", f"/{saved['id']}", b'{"title": "a\\u0000b\\u0007c"}')
    assert unwritten.told["title"] == "abc"
    half = owner.ask("PATCH", f"/{saved['id']}", b'{"title": "half a letter \\ud800"}')
    assert half.refusal == (422, "bad_request")
    assert "quoted" not in owner.server.said()


async def test_what_is_wrong_is_said_by_field_and_changes_nothing(owner: Owner) -> None:
    async with opened(owner.server) as browser:
        saved = await owner.save(browser, "t" * 120, "n" * 4000)
        session = key(browser)
    path = f"/{saved['id']}"
    for body, words in (
        ({"title": "t" * 121}, "title: String should have at most 120 characters"),
        ({"title": " \n "}, "title: a title has at least one letter"),
        ({"notes": "n" * 4001}, "notes: String should have at most 4000 characters"),
        ({"title": 7}, "title: Input should be a valid string"),
        ({}, "nothing is asked; allowed: title, notes"),
        ({"title": "x", "owner": "y"}, "owner is not a known field"),
    ):
        for method, where, headers in (("PATCH", path, {}), ("POST", "", {"X_Session_Key": session})):
            if method == "POST" and "title" not in body:
                continue
            answer = owner.ask(method, where, body, **headers)
            assert answer.refusal == (422, "bad_request"), (method, body)
            assert words in answer.told["message"]
    fine = {"title": "Fine"}
    assert owner.ask("POST", "", fine, X_Session_Key="0" * 24).refusal == (404, "unknown_session")
    assert owner.ask("POST", "", fine).refusal == (404, "unknown_session")
    assert owner.ask("POST", "", b"{" * 100_000, X_Session_Key=session).refusal == (413, "too_large")
    assert owner.ask("GET", "?page=0").status == owner.ask("GET", "?search=" + "x" * 121).status == 422
    assert owner.ask("GET", Authorization="Bearer short").refusal == (401, "no_key")
    assert owner.ask("GET", Origin="http://elsewhere.example").refusal == (403, "foreign_origin")
    assert owner.titles() == ["t" * 120]


async def test_whoever_changes_too_often_is_told_when_to_come_again(owner: Owner) -> None:
    answers = (owner.ask("DELETE", f"/{'0' * 32}") for _ in range(4 * CHANGED_A_MINUTE))
    before = 0
    for answer in answers:
        if answer.status == 429:
            break
        before += 1
    assert CHANGED_A_MINUTE <= before < 4 * CHANGED_A_MINUTE
    assert (answer.refusal, int(answer.headers["retry-after"]) > 0) == ((429, "too_fast"), True)
    assert owner.titles() == [], "looking is another matter"


async def test_a_killed_server_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/kept.db"
    with serving(engines=0, database_url=url) as server:
        owner = Owner(server, "k" * 32)
        async with opened(server) as browser:
            _, theta = await trained(browser)
            saved = await owner.save(browser, "Kept")
            processes = server.engines()
            server.process.send_signal(signal.SIGKILL)
            server.process.wait(PATIENCE)
            assert ended(processes)
    with serving(engines=0, database_url=url) as server:
        owner = Owner(server, "k" * 32)
        assert owner.titles() == ["Kept"]
        session = (await owner.later("POST", f"/{saved['id']}/open")).told["session"]
        state, _, now = await looks(server, session)
        assert (state["step"], np.array_equal(now, theta)) == (24, True)


async def test_one_saved_in_an_older_format_comes_back_with_its_points_and_weights(owner: Owner) -> None:
    spec = {**SMALL, "network": {"layers": [{"units": 3, "activation": "tanh", "batch_norm": True}]}}
    async with opened(owner.server, spec) as browser:
        await browser.ask("add_points", points=[[1.25, -2.5, 1]])
        facts, theta = await trained(browser)
        saved = await owner.save(browser)
        before = [row[1:] for row in points(browser)]
    _age(owner.server.database, saved["id"])
    answer = await owner.later("POST", f"/{saved['id']}/open")
    assert answer.status == 201, answer.body
    assert answer.told["notes"] == [
        "This was saved by an older version of the playground: settings, points and weights are back, its history "
        "is not."
    ]
    async with opened(owner.server, session=answer.told["session"]) as browser:
        picture = await browser.picture()
        assert picture.facts["step"] == 0
        assert picture.facts["now"]["test_loss"] == facts["now"]["test_loss"]
        assert np.array_equal(picture.tensors["theta"], theta)
        assert [row[1:] for row in points(browser)] == before


def _age(path: Path, experiment: str) -> None:
    """This one was saved by a playground of long ago."""
    with closing(sqlite3.connect(path)) as database, database:
        change = "UPDATE experiments SET card = json_set(card, '$.format', 1), snapshot = x'00' WHERE id = ?"
        assert database.execute(change, [experiment]).rowcount == 1


async def test_an_own_table_goes_with_the_experiment(owner: Owner, bring: Callable[..., Tree]) -> None:
    async with opened(owner.server) as browser:
        told = await asyncio.to_thread(bring, key(browser))
        await browser.ask("set_spec", spec={"data": {"source": "table", "table": {"name": told["name"]}}})
        await browser.ask("step", epochs=2)
        picture = await browser.picture(lambda picture: picture.facts["epoch"] == 2)
        saved = await owner.save(browser)
    session = (await owner.later("POST", f"/{saved['id']}/open")).told["session"]
    async with opened(owner.server, session=session) as browser:
        now = await browser.picture()
        assert now.facts["now"] == picture.facts["now"]
        assert browser.all("state")[0]["spec"]["data"]["table"]["name"] == told["name"]
        assert (await browser.ask("reset"))["type"] == "ok"


@pytest.fixture
def bring(inline: Server) -> Callable[[str], Tree]:
    """Gives a session a table; what is told of it."""

    def send(session: str) -> Tree:
        lines = "".join(f"{row},{row * row % 17},{'left' if row % 3 else 'right'}\n" for row in range(60))
        connection = http.client.HTTPConnection("127.0.0.1", inline.port, timeout=PATIENCE)
        try:
            headers = {"Authorization": f"Bearer {session}"}
            connection.request("POST", "/api/session/tables", f"a,b,side\n{lines}".encode(), headers)
            answer = connection.getresponse()
            assert answer.status == 201
            found: Tree = json.loads(answer.read())
            return found
        finally:
            connection.close()

    return send
