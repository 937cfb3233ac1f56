"""Nothing that was acknowledged is lost when the whole server is killed: started again on the same database, it goes on
from there, with the same bits."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save

from app.host.keeping import digest_of
from app.session.commands import parse_command
from app.session.session import Session
from app.spec import Experiment
from tests.server.running import (
    PATIENCE,
    ROOT,
    SMALL,
    Browser,
    Server,
    Tree,
    connected,
    ended,
    environment,
    key,
    opened,
    points,
    serving,
)

WRITER_KILLS, SERVER_KILLS = 50, 3
"""Times that a process is killed in the middle of writing."""
STEPS_PER_SECOND = 60
"""Of SMALL at 30 epochs a second."""

Settings = dict[str, Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The database that servers share, one after the other."""
    return tmp_path / "kept.db"


@pytest.fixture
def kept(file: Path) -> Settings:
    """The settings of those servers."""
    return {"engines": 0, "database_url": f"sqlite+aiosqlite:///{file}"}


def undisturbed(steps: int) -> NDArray[np.float64]:
    """The weights that a run which nothing has ever interrupted has after so many updates."""
    session = Session.create(Experiment.parse(SMALL))
    session.handle(parse_command(json.dumps({"type": "step", "id": 1, "batches": steps}).encode()))
    session.advance(steps)
    assert session.step == steps
    return session.machine.trainer.theta.copy()


async def kill(server: Server, browser: Browser) -> None:
    """The whole server dies, its engines too."""
    engines = server.engines()
    server.process.kill()
    assert await browser.close_code() == 1006
    server.process.wait()
    assert ended(engines)


async def first_word(browser: Browser) -> Tree:
    """The first message from the server."""
    return await browser.until(lambda: next(iter(browser.messages), None))


def ids(browser: Browser) -> set[int]:
    """The ids of all points."""
    return {row[0] for row in points(browser)}


def test_a_writer_that_is_killed_while_it_writes_has_kept_all_that_it_said(file: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "tests.server.killed_writer", str(file), str(WRITER_KILLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[0] == str(WRITER_KILLS)


async def test_after_a_kill_every_acknowledged_edit_is_there(kept: Settings) -> None:
    session, acknowledged = None, set[int]()
    for kills in range(SERVER_KILLS):
        with serving(**kept) as server:
            async with opened(server, session=session) as browser:
                assert browser.all("welcome")[0]["resumed"] is (session is not None)
                session = key(browser)
                assert acknowledged <= ids(browser)
                sent = [await browser.send("add_points", points=[[row / 9, 1.0, 1]]) for row in range(50)]
                for number in sent[: 20 * kills + 1]:  # the others are on their way
                    acknowledged.update((await browser.answer(number))["ids"])
                await kill(server, browser)
                for number in sent:  # so were some answers
                    acknowledged.update(*(answer["ids"] for answer in browser.answers(number)))
    assert len(acknowledged) >= 63
    with serving(**kept) as server:
        async with opened(server, session=session) as browser:
            assert acknowledged <= ids(browser)


@dataclass
class Left:
    """Sessions as a server left them that was killed, by key, and the server that came after it."""

    after: Server
    playing: str
    seen: int
    """The last step that the browser of the playing one was shown."""
    stepped: str
    old: str


async def leave(server: Server) -> tuple[str, int, str, str]:
    """Of three sessions one plays and two have taken some steps; then the whole server dies."""
    async with opened(server) as browser, opened(server) as stepped, opened(server) as old:
        assert browser.all("welcome")[0]["kept_until"] > 1_700_000_000
        await old.ask("step", batches=5)
        await old.picture(lambda picture: picture.facts["step"] == 5)
        await browser.ask("set_speed", epochs_per_second=30.0)
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["step"] > 2.5 * STEPS_PER_SECOND)
        await stepped.ask("step", batches=37)
        await kill(server, browser)
        return key(browser), browser.pictures[-1].facts["step"], key(stepped), key(old)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """Between the one server and the other, one of the sessions has grown old."""
    file = tmp_path_factory.mktemp("left") / "kept.db"
    settings: Settings = {"engines": 1, "database_url": f"sqlite+aiosqlite:///{file}"}
    with serving(**settings) as server:
        playing, seen, stepped, old = asyncio.run(leave(server))
    older = save({"theta": np.zeros(3)}, {"session": '{"format": 8}'})
    with closing(sqlite3.connect(file)) as database, database:
        change = "UPDATE sessions SET opening = ? WHERE digest = ?"
        assert database.execute(change, [older, digest_of(old)]).rowcount == 1
    with serving(**settings) as server:
        yield Left(server, playing, seen, stepped, old)


async def test_training_is_a_second_behind_at_most_and_has_the_same_bits(left: Left) -> None:
    async with opened(left.after, session=left.playing) as browser:
        welcome, state = browser.all("welcome")[0], browser.all("state")[0]
        assert (welcome["resumed"], welcome["session"]) == (True, left.playing)
        assert left.seen - STEPS_PER_SECOND <= state["step"] <= left.seen + STEPS_PER_SECOND
        assert state["phase"] == "playing"
        await browser.ask("pause")
        step = (await browser.picture()).facts["step"]
        await browser.ask("seek", step=100)
        before = await browser.picture(lambda picture: picture.facts["step"] == 100)
    assert step >= state["step"]
    assert np.array_equal(before.tensors["theta"], undisturbed(100))


async def test_all_who_open_a_kept_session_at_once_get_one_and_the_same(left: Left) -> None:
    sessions = left.after.health()["sessions"]
    browsers = [opened(left.after, session=left.stepped) for _ in range(6)]
    found = await asyncio.gather(*(browser.__aenter__() for browser in browsers))
    assert {key(browser) for browser in found} == {left.stepped}
    assert all(browser.all("welcome")[0]["resumed"] for browser in found)
    assert left.after.health()["sessions"] == sessions + 1
    picture = await found[5].picture(lambda picture: picture.facts["step"] == 37)
    assert np.array_equal(picture.tensors["theta"], undisturbed(37))
    await asyncio.gather(*(browser.__aexit__(None, None, None) for browser in browsers))


async def test_what_an_older_version_has_kept_is_told_of_and_begun_anew(left: Left) -> None:
    async with opened(left.after, session=left.old) as browser:
        welcome = browser.all("welcome")[0]
        assert not welcome["resumed"]
        assert "older version" in welcome["not_resumed"]
        assert key(browser) != left.old
        assert browser.all("state")[0]["spec"]["data"]["samples"] == 40
    async with opened(left.after, session="nobody-has-this-key-here") as browser:
        welcome = browser.all("welcome")[0]
        assert not welcome["resumed"]
        assert welcome["not_resumed"] == "the server does not know this session any more"


async def test_a_session_that_had_to_leave_memory_comes_back_as_it_was_left(kept: Settings) -> None:
    with serving(**kept, max_sessions=1) as server:
        async with opened(server) as browser:
            session = key(browser)
            await browser.ask("step", batches=20)
            await browser.picture(lambda picture: picture.facts["step"] == 20)
        other = None
        while other is None:  # the first one leaves once all of it is kept
            async with connected(server) as newcomer:
                await newcomer.say({"type": "open", "spec": SMALL})
                other = (await first_word(newcomer)).get("session")
        assert other != session
        while True:
            async with connected(server) as browser:
                await browser.say({"type": "open", "session": session})
                if (await first_word(browser))["type"] == "welcome":
                    assert browser.messages[0]["resumed"]
                    picture = await browser.picture()
                    break
        assert picture.facts["step"] == 20
        assert np.array_equal(picture.tensors["theta"], undisturbed(20))
        assert server.health()["sessions"] == 1


async def test_while_the_database_fails_the_page_is_told_and_nothing_stops(
    kept: Settings, file: Path
) -> None:
    with serving(**kept) as server:
        async with opened(server) as browser:
            session = key(browser)
            with closing(sqlite3.connect(file, isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                first = await browser.ask("add_points", points=[[1.0, 1.0, 1]])
                saving = await browser.message("saving")
                assert saving["ok"] is False
                assert "not saved" in saving["message"]
                assert browser.messages.index(saving) < browser.messages.index(first)
                second = await browser.ask("add_points", points=[[2.0, 2.0, 1]])
                async with opened(server) as newcomer:
                    assert newcomer.all("saving") == [saving]
                other.execute("ROLLBACK")
            assert (await browser.message("saving", 2))["ok"] is True
            third = await browser.ask("add_points", points=[[3.0, 3.0, 1]])
            await kill(server, browser)
    with serving(**kept) as server:
        async with opened(server, session=session) as browser:
            assert {*first["ids"], *second["ids"], *third["ids"]} <= ids(browser)


def test_a_database_that_cannot_be_is_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "serve"],
        cwd=ROOT,
        env=environment(database_url="sqlite+aiosqlite:////proc/nowhere/kept.db", engines=0),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the database sqlite+aiosqlite:////proc/nowhere/kept.db cannot be opened: ")
    assert len(done.stderr.strip().splitlines()) == 1
