"""Files to take home over HTTP, as far as no file is made: how often, how many wait, what a file may be called."""

from typing import Any, cast

import pytest
from starlette.requests import Request

from app.host.makers import BusyError, Made, Makers
from app.host.story import Story
from app.host.supervisor import Supervisor
from app.web.exports import EXPORTS_A_MINUTE, Exports, as_download
from app.web.failures import refusal_of
from app.web.refusals import RefusalError

HERE = "the-session-that-is-here"
STORY = Story(b"{}", is_snapshot=False)
FILE = Made("a.json", "application/json", b"{}")


class Sessions:
    """A supervisor with the session HERE, which may go while it is asked."""

    gone = False

    def has(self, key: str) -> bool:
        return key == HERE

    async def story(self, key: str) -> Story:
        if self.gone:
            raise KeyError(key)
        return STORY


class Making:
    """Makes FILE, unless it is `full`."""

    full = False

    def check_room(self) -> None:
        if self.full:
            raise BusyError(64)

    async def make(self, kind: str, story: Story, options: dict[str, str]) -> Made:
        return FILE


def asking(sessions: Sessions, making: Making) -> Exports:
    return Exports(cast(Supervisor, sessions), cast(Makers, making))


def request() -> Request:
    headers = [(b"authorization", f"Bearer {HERE}".encode())]
    return Request({"type": "http", "method": "GET", "headers": headers, "query_string": b""})


async def refused(exports: Exports) -> RefusalError:
    with pytest.raises(RefusalError) as caught:
        await exports.make(request(), "settings")
    return caught.value


async def test_a_session_may_take_some_files_a_minute_and_is_told_when_again() -> None:
    exports = asking(Sessions(), Making())
    for _ in range(EXPORTS_A_MINUTE):
        assert await exports.make(request(), "settings") == FILE
    refusal = await refused(exports)
    assert (refusal.status, refusal.code) == (429, "too_fast")
    assert 0 < (refusal.wait or 0) <= 3
    assert refusal.answer().headers["retry-after"] in {"1", "2", "3"}


async def test_a_full_line_is_refused_before_the_session_is_asked() -> None:
    making, sessions = Making(), Sessions()
    making.full = sessions.gone = True
    with pytest.raises(BusyError) as caught:
        await asking(sessions, making).make(request(), "settings")
    assert refusal_of(caught.value).answer().headers["retry-after"] == "64"


async def test_a_session_that_goes_meanwhile_is_unknown() -> None:
    sessions = Sessions()
    sessions.gone = True
    assert (await refused(asking(sessions, Making()))).code == "unknown_session"


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("spiral-8-tanh.gif", "spiral-8-tanh.gif", "spiral-8-tanh.gif"),
        ("größen-4.csv", "gr__en-4.csv", "gr%C3%B6%C3%9Fen-4.csv"),
        ("数据.csv", "__.csv", "%E6%95%B0%E6%8D%AE.csv"),
    ],
)
def test_a_file_keeps_its_name_in_any_language(name: str, plain: str, whole: str) -> None:
    headers: Any = as_download(Made(name, "text/csv", b"")).headers
    assert headers["content-disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
