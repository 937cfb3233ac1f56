"""The session that an engine was at work at when it died is known, and it alone is given up."""

import asyncio
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest

from app.host import engines as engines_module
from app.host import lines
from app.host.at_work import AtWork
from tests.unit.host.lines import SPEC, Spectator, make

FATAL = """
import os, signal
from app.host import engine_process, scheduler

answer = scheduler.answer

def dies(session, payload):
    if b'"fatal"' in payload:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer(session, payload)

scheduler.answer = dies
engine_process.main()
"""
"""An engine that dies of every command that says so."""
STEP = b'{"type":"step","id":%d,"batches":1}'


def test_what_another_process_tells_is_read_even_after_its_death() -> None:
    at_work = AtWork.new()
    program = (
        "import os, sys; from app.host.at_work import AtWork; "
        "AtWork(int(sys.argv[1])).tell(7); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", program, str(at_work.descriptor)]
    subprocess.run(command, pass_fds=[at_work.descriptor], check=False)  # noqa: S603  # our own words
    at_work.close()
    assert at_work.session == 7
    at_work.tell(0)
    assert at_work.session == 0


class Listener(Spectator):
    """One who can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._news = asyncio.Event()

    def event(self, payload: bytes) -> None:
        super().event(payload)
        self._news.set()

    def close(self, code: int, reason: str) -> None:
        super().close(code, reason)
        self._news.set()

    async def until(self, sign: bytes) -> None:
        """Wait until an event has `sign` in it, or it is over."""
        async with asyncio.timeout(120):
            while not self.closed and not any(sign in event for event in self.events):
                self._news.clear()
                await self._news.wait()


async def test_a_session_that_kills_every_engine_goes_and_the_others_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Real engines, of which the fourth has the others' sessions."""

    def spawn(line: socket.socket, fps: float, at_work: AtWork) -> subprocess.Popen[bytes]:
        words = [str(word) for word in (line.fileno(), fps, at_work.descriptor)]
        held = [line.fileno(), at_work.descriptor]
        return subprocess.Popen([sys.executable, "-c", FATAL, *words], pass_fds=held)  # noqa: S603

    told: list[dict[str, object]] = []
    log = SimpleNamespace(warning=lambda *_: None, error=lambda *_, **facts: told.append(facts))
    monkeypatch.setattr(engines_module, "log", log)
    monkeypatch.setattr(engines_module, "SHORT_LIFE", 600.0)  # however busy the machine is
    monkeypatch.setattr(lines, "spawn", spawn)
    supervisor = await make()
    try:
        keys, seen = [supervisor.open(SPEC) for _ in range(3)], [Listener() for _ in range(3)]
        viewers = [supervisor.join(key, viewer) for key, viewer in zip(keys, seen, strict=True)]
        for key, viewer in zip(keys, viewers, strict=True):
            supervisor.command(key, viewer, STEP % 1)
        supervisor.command(keys[1], viewers[1], b'{"type":"fatal","id":2}')
        await seen[1].until(b"that it is closed")
        for number in (0, 2):
            supervisor.command(keys[number], viewers[number], STEP % 2)
            await seen[number].until(b'"type":"ok","id":2,')
    finally:
        await supervisor.stop()
    assert [viewer.closed for viewer in seen] == [[], [1011], []]
    assert {"sessions": 1} in told
