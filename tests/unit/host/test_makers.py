"""Things are made by processes of their own, which are bounded and say nothing of what they are made of."""

import asyncio
import io
import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest

from app.data.tables.reading import read_table
from app.host import makers as makers_module
from app.host import making
from app.host.facts import read_facts, with_facts
from app.host.framed_story import framed, read_framed
from app.host.kept_tables import KeptTable
from app.host.makers import BusyError, Made, MakerError, Makers
from app.host.readers import LIMITS
from app.host.reopening import reopened
from app.host.story import Story
from app.session.commands import parse_command
from app.session.session import Session
from app.spec import Experiment, SpecError
from app.takeaway.errors import TakeawayError
from app.wire.tables import encode_table, table_name

XOR = Story(b'{"data": {"source": "xor"}, "network": {"layers": [{"units": 3}]}}', is_snapshot=False)
TRAIN = b'{"type": "set_spec", "id": 1, "spec": {"training": {"l2": 0.25}}}'
MAKE = """
import sys
from app.host import making_process
from app.takeaway.kinds import KINDS
from dataclasses import replace

def make(session, options):
    {body}

KINDS["settings"] = replace(KINDS["settings"], make=make)
making_process.main()
"""


MakerThat = Callable[..., Makers]
"""`(body, seconds)`: makers of which each makes by `body`, on what `session` and `options` are."""


@pytest.fixture
async def maker_that() -> AsyncIterator[MakerThat]:
    begun: list[Makers] = []

    def begin(body: str, seconds: float = 60.0) -> Makers:
        begun.append(Makers(seconds, (sys.executable, "-c", MAKE.format(body=body))))
        return begun[-1]

    yield begin
    for makers in begun:
        await makers.stop()


@pytest.fixture
async def makers() -> AsyncIterator[Makers]:
    makers = Makers()
    yield makers
    await makers.stop()


async def test_a_thing_is_made_of_the_session_as_its_commands_left_it(makers: Makers) -> None:
    made = await makers.make("settings", Story(XOR.opening, is_snapshot=False, commands=(TRAIN,)))
    assert (made.file_name, made.media_type) == ("xor-3-tanh.json", "application/json")
    spec = json.loads(made.data)
    assert (spec["data"]["source"], spec["training"]["l2"]) == ("xor", 0.25)


async def test_a_maker_does_not_know_where_the_database_is(
    maker_that: MakerThat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its address may have a password in it."""
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://playground:secret@db/playground")
    makers = maker_that('import os; return os.environ.get("DATABASE_URL", "unknown").encode()')
    assert (await makers.make("settings", XOR)).data == b"unknown"


async def test_a_thing_is_made_of_a_snapshot_with_a_table_of_its_own(makers: Makers) -> None:
    table = read_table(io.BytesIO(b"x,y\n1,a\n2,b\n3,a\n4,b\n"), "Größen <b>.csv", LIMITS).table
    data = encode_table(table)
    name = table_name(data)
    told = KeptTable(data, b"", 4)
    opening = json.dumps({"data": {"source": "table", "table": {"name": name}}}).encode()
    fresh = reopened(Story(opening, is_snapshot=False, tables={name: told}))
    made = await makers.make("settings", Story(fresh.snapshot(), is_snapshot=True, tables={name: told}))
    assert made.file_name == "größen-b-4-2-tanh.json"
    assert json.loads(made.data)["data"]["table"]["labels"] == ["a", "b"]


def test_a_reopened_story_is_the_session_to_the_bit() -> None:
    session = Session.create(Experiment.parse(json.loads(XOR.opening)))
    command = b'{"type": "step", "id": 1, "epochs": 2}'
    session.handle(parse_command(command))
    session.advance(1000)
    story = Story(session.snapshot(), is_snapshot=True, commands=(TRAIN, b'{"type": "nothing"}'))
    again = reopened(story)
    assert (again.step, again.spec.training.l2) == (50, 0.25)
    assert np.array_equal(again.theta, session.theta)


def test_a_story_comes_out_of_its_frame_as_it_went_in() -> None:
    table = KeptTable(b"\x00\xff", b"", 0)
    story = Story(b"opening", is_snapshot=True, commands=(b"", b"two"), tables={"t-1": table})
    assert read_framed(io.BytesIO(framed(story, {"kind": "x"}))) == (story, {"kind": "x"})
    assert read_facts(b"") == ({}, b"")
    assert read_facts(with_facts({"a": 1}, b"rest")) == ({"a": 1}, b"rest")


@pytest.mark.parametrize(
    ("kind", "options", "code", "words"),
    [
        ("secrets", {}, "unknown_kind", "“secrets” is nothing that can be taken home; allowed: "),
        ("settings", {"colour": "red"}, "bad_option", "“colour” is no option of it; allowed: none"),
    ],
)
async def test_what_cannot_be_made_is_refused_in_words(
    makers: Makers, kind: str, options: dict[str, str], code: str, words: str
) -> None:
    with pytest.raises(TakeawayError) as caught:
        await makers.make(kind, XOR, options)
    assert caught.value.code == code
    assert caught.value.message.startswith(words)


async def test_a_story_whose_spec_cannot_be_is_refused(makers: Makers) -> None:
    story = Story(b'{"data": {"samples": -1}}', is_snapshot=False)
    with pytest.raises(TakeawayError, match=r"data\.samples: Input should be greater than or equal to"):
        await makers.make("settings", story)
    with pytest.raises(SpecError):
        reopened(story)


async def test_a_maker_that_hangs_is_killed(maker_that: MakerThat) -> None:
    makers = maker_that("import time; time.sleep(600)", seconds=2.0)
    with pytest.raises(TakeawayError, match="making it takes longer than allowed") as caught:
        await makers.make("settings", XOR)
    assert caught.value.code == "too_long"


async def test_a_maker_that_uses_up_its_time_on_the_cpu_is_ended(maker_that: MakerThat) -> None:
    body = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 3))\n    while True: pass"
    with pytest.raises(TakeawayError, match="making it takes longer than allowed"):
        await maker_that(body).make("settings", XOR)


async def test_a_maker_that_takes_memory_is_refused(maker_that: MakerThat) -> None:
    with pytest.raises(TakeawayError, match="takes more memory than allowed") as caught:
        await maker_that("return bytes(3 << 30)").make("settings", XOR)
    assert caught.value.code == "too_large"


async def test_a_maker_can_write_no_file(maker_that: MakerThat, tmp_path: Path) -> None:
    path = tmp_path / "written"
    body = f"open({str(path)!r}, 'wb', buffering=0).write(b'x')\n    return b''"
    with pytest.raises(MakerError, match=r"^OSError at "):
        await maker_that(body).make("settings", XOR)
    assert not path.stat().st_size


async def test_a_maker_that_dies_is_our_mistake_and_said_without_the_content(
    maker_that: MakerThat, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    log = type("Log", (), {"error": lambda self, *_, what: told.append(what)})()
    monkeypatch.setattr(makers_module, "log", log)
    with pytest.raises(MakerError):
        await maker_that("raise ValueError(session.spec)").make("settings", XOR)
    with pytest.raises(MakerError):
        await maker_that("import os; os.kill(os.getpid(), 9)").make("settings", XOR)
    assert told == ["ValueError at <string>:8", "no answer"]


async def test_at_most_two_are_made_at_once_and_the_line_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    going, most = 0, 0
    go, full = asyncio.Event(), asyncio.Event()

    async def run(self: Makers, message: bytes) -> bytes:
        nonlocal going, most
        going += 1
        most = max(most, going)
        if going == 2:
            full.set()
        await go.wait()
        going -= 1
        return with_facts({"file_name": "a", "media_type": "b"}, b"c")

    monkeypatch.setattr(Makers, "_run", run)
    monkeypatch.setattr(makers_module, "MOST_WAITING", 3)
    makers = Makers()
    tasks = [asyncio.create_task(makers.make("settings", XOR)) for _ in range(5)]
    await full.wait()
    with pytest.raises(BusyError) as caught:
        await makers.make("settings", XOR)
    assert caught.value.wait == 3
    go.set()
    assert await asyncio.gather(*tasks) == [Made("a", "b", b"c")] * 5
    assert most == 2
    makers.check_room()


def test_a_mistake_of_ours_is_told_by_its_place_alone() -> None:
    facts, data = making.answer(io.BytesIO(b""))
    assert str(facts["failed"]).startswith("JSONDecodeError at decoder.py:")
    assert data == b""
