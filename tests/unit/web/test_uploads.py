"""A file on its way to a session: how many there may be at once, and what becomes of one that does not come whole."""

import asyncio
import json
from collections.abc import Callable
from typing import IO, Any, cast

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from app.host.kept_tables import KeptTable
from app.host.readers import Readers, Reading
from app.host.supervisor import Supervisor
from app.web import uploads as uploads_module
from app.web.refusals import RefusalError
from app.web.tables import make_tables_router
from app.web.uploads import Uploads, Wanted

HERE = "the-session-that-is-here"


class Sessions:
    """A supervisor with the session HERE, which remembers its tables."""

    def __init__(self) -> None:
        self.kept: dict[str, KeptTable] = {}
        self.gone = False

    def has(self, key: str) -> bool:
        return key == HERE

    def table(self, key: str, name: str) -> KeptTable | None:
        return self.kept.get(name)

    def keep_table(self, key: str, name: str, table: KeptTable) -> None:
        if self.gone:
            raise KeyError(key)
        self.kept[name] = table

    async def settle(self, key: str) -> None:
        """At once."""


class Reader:
    """Reads nothing: the table is the file."""

    warmed = 0

    def warm(self) -> None:
        self.warmed += 1

    async def read(self, file: IO[bytes], job: dict[str, Any]) -> Reading:
        file.seek(0)
        return Reading("t-1", file.read(), {"file_rows": 3, "job": job})


def request(receive: Callable[[], Any], **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    pairs.append((b"authorization", f"Bearer {HERE}".encode()))
    return Request({"type": "http", "method": "POST", "headers": pairs}, receive)


def body(*parts: bytes, ends: bool = True) -> Callable[[], Any]:
    """Parts of a body, and then its end, or the browser's."""
    messages: list[Message] = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request"} if ends else {"type": "http.disconnect"})

    async def receive() -> Message:
        return messages.pop(0)

    return receive


async def refused(uploads: Uploads, asked: Request, wanted: Wanted) -> RefusalError:
    with pytest.raises(RefusalError) as caught:
        await uploads.take(asked, wanted)
    return caught.value


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def uploads(sessions: Sessions, reader: Reader) -> Uploads:
    return Uploads(cast(Supervisor, sessions), cast(Readers, reader), ())


async def test_a_file_in_parts_is_put_together_and_kept(uploads: Uploads, sessions: Sessions) -> None:
    answer = await uploads.take(
        request(body(b"a,b\n", b"1,2\n"), x_file_name="%C3%A9.csv"), Wanted("table", "", "found")
    )
    assert answer.status_code == 201
    assert json.loads(bytes(answer.body))["job"] == {"kind": "table", "name": "é.csv", "first_line": "found"}
    assert sessions.kept["t-1"].data == b"a,b\n1,2\n"
    assert sessions.kept["t-1"].count == 3


async def test_a_reader_is_made_ready_while_the_file_comes(uploads: Uploads, reader: Reader) -> None:
    messages = body(b"a,b\n", b"1,2\n")
    warmed: list[int] = []

    async def receive() -> Message:
        warmed.append(reader.warmed)
        return cast(Message, await messages())

    await uploads.take(request(receive), Wanted("table", "", "found"))
    assert warmed[0] == 1
    await refused(uploads, request(body(b"")), Wanted("secrets", "", "found"))
    assert reader.warmed == 1


async def test_whoever_looks_at_the_bundled_tables_may_soon_bring_one(
    sessions: Sessions, reader: Reader
) -> None:
    app = FastAPI()
    app.include_router(make_tables_router(cast(Supervisor, sessions), cast(Readers, reader), ()))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://here") as client:
        assert (await client.get("/api/tables")).json()[0]["name"] == "iris"
    assert reader.warmed == 1


async def test_pictures_follow_their_labels(uploads: Uploads, sessions: Sessions) -> None:
    sessions.kept["t-0"] = KeptTable(b"pictures", b"{}", 70)
    answer = await uploads.take(request(body(b"labels")), Wanted("images", "t-0", "found"))
    assert json.loads(bytes(answer.body))["job"] == {"kind": "labels", "size": 6, "count": 70}
    assert sessions.kept["t-1"].data == b"labelspictures"


async def test_a_file_that_does_not_come_whole_is_nothing(uploads: Uploads, sessions: Sessions) -> None:
    refusal = await refused(uploads, request(body(b"a,b\n", ends=False)), Wanted("table", "", "found"))
    assert (refusal.status, refusal.code) == (400, "left")
    assert sessions.kept == {}


async def test_a_file_that_takes_too_long_is_given_up(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads_module, "SECONDS", 0.01)
    refusal = await refused(uploads, request(asyncio.Event().wait), Wanted("table", "", "found"))
    assert (refusal.status, refusal.code) == (408, "too_slow")


async def test_a_session_that_ends_meanwhile_gets_no_table(uploads: Uploads, sessions: Sessions) -> None:
    sessions.gone = True
    refusal = await refused(uploads, request(body(b"a,b\n")), Wanted("table", "", "found"))
    assert (refusal.status, refusal.code) == (404, "unknown_session")


async def test_only_so_many_files_are_on_their_way_at_once(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(uploads_module.PLACES, "images", 2)
    held: list[asyncio.Task[Response]] = []
    for _ in range(2):
        asked, never = asyncio.Event(), asyncio.Event()

        async def receive(asked: asyncio.Event = asked, never: asyncio.Event = never) -> None:
            asked.set()
            await never.wait()

        held.append(asyncio.create_task(uploads.take(request(receive), Wanted("images", "", "found"))))
        await asked.wait()
    refusal = await refused(uploads, request(body(b"")), Wanted("images", "", "found"))
    assert (refusal.status, refusal.code, refusal.wait) == (503, "busy", 5)
    assert (await uploads.take(request(body(b"a\n")), Wanted("table", "", "found"))).status_code == 201
    for task in held:
        task.cancel()
    await asyncio.wait(held)
    assert (await uploads.take(request(body(b"")), Wanted("images", "", "found"))).status_code == 201
