"""A real server in a process of its own, and browsers without a screen that talk to it."""

import asyncio
import http.client
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
import psutil  # type: ignore[import-untyped]
from numpy.typing import NDArray
from safetensors.numpy import load
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds before a test gives up waiting for something that takes a moment, on a machine that is busy with others."""

SMALL: dict[str, Any] = {
    "data": {"samples": 40},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 3, "activation": "tanh"}]},
    "training": {"optimizer": {"name": "sgd", "learning_rate": 0.03}, "batch_size": 10},
}
"""A spec that costs next to nothing: 20 points to train on, two updates an epoch."""

T = TypeVar("T")
Tree = dict[str, Any]


@dataclass
class Server:
    """A running server: where it listens, its process, what it has complained about and, unless another was named, the
    file of its database."""

    port: int
    process: subprocess.Popen[str]
    complaints: IO[str]
    database: Path

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    def said(self) -> str:
        """All of its standard error so far."""
        self.complaints.seek(0)
        return self.complaints.read()

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with small letters, and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={n.replace("_", "-"): v for n, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def engines(self) -> list[Any]:
        """Its engine processes, the spare among them, as psutil sees them."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def health(self) -> Tree:
        """What it says of itself."""
        found: Tree = json.loads(self.get("/healthz")[2])
        return found


def ended(processes: list[Any]) -> bool:
    """Whether all these processes end in time."""
    _, alive = psutil.wait_procs(processes, PATIENCE)
    return not alive


def environment(**settings: object) -> dict[str, str]:
    """The environment with these settings of the server's."""
    return os.environ | {name.upper(): str(value) for name, value in {"port": 0, **settings}.items()}


@contextmanager
def serving(**settings: object) -> Iterator[Server]:
    """A server with these settings, a database of its own unless they name one, and no lessons unless they say which:
    reading all of them at every start would take long. Whatever a test does to it, it must not write a traceback."""
    with tempfile.TemporaryFile("w+") as complaints, tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "kept.db"
        own = {"database_url": f"sqlite+aiosqlite:///{database}", "lessons": folder}
        settings = own | settings
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"],
            cwd=ROOT,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            assert process.stdout is not None
            address = process.stdout.readline()
            assert address.startswith("Gradient Playground: http://"), address
            server = Server(int(address.rsplit(":", 1)[1]), process, complaints, database)
            server.get("/healthz")  # answered once the engines have been started
            yield server
        finally:
            process.terminate()
            rest, _ = process.communicate(timeout=PATIENCE)
        written = server.said() + rest
        assert "Traceback" not in written, written


@dataclass
class Picture:
    """A frame: what it says of itself, and its tensors."""

    facts: Tree
    tensors: dict[str, NDArray[Any]]

    @classmethod
    def read(cls, data: bytes) -> "Picture":
        size = int.from_bytes(data[:8], "little")
        return cls(json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["frame"]), load(data))


@dataclass
class Browser:
    """One open socket. Whatever comes is kept in order; frames are acknowledged while `acknowledging`."""

    socket: ClientConnection
    acknowledging: bool = True
    messages: list[Tree] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    closed: int | None = None
    _asked: int = 0
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self) -> None:
        """Take what comes until the socket is closed."""
        try:
            async for message in self.socket:
                await self._take(message)
            self.closed = self.socket.close_code
        except ConnectionClosed as error:
            self.closed = error.rcvd.code if error.rcvd else 1006
        async with self._news:
            self._news.notify_all()

    async def _take(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self.messages.append(json.loads(message))
        else:
            self.pictures.append(Picture.read(message))
            if self.acknowledging:
                with suppress(ConnectionClosed):  # there may be more to read, the reason to close above all
                    await self.acknowledge()
        async with self._news:
            self._news.notify_all()

    async def until(self, found: Callable[[], T | None], seconds: float = PATIENCE) -> T:
        """Wait for what `found` finds once it finds anything but None."""
        async with asyncio.timeout(seconds), self._news:
            while (result := found()) is None:
                assert self.closed is None, f"the server hung up with code {self.closed}"
                await self._news.wait()
            return result

    # -- saying ------------------------------------------------------------------------------------------------------

    async def say(self, message: Tree | str | bytes) -> None:
        """Send something, whatever it is."""
        await self.socket.send(json.dumps(message) if isinstance(message, dict) else message)

    async def acknowledge(self) -> None:
        """The last frame has been drawn."""
        await self.say({"type": "ack", "number": self.pictures[-1].facts["number"]})

    async def send(self, kind: str, **fields: Any) -> int:
        """Give a command; its id."""
        self._asked += 1
        await self.say({"type": kind, "id": self._asked, **fields})
        return self._asked

    async def ask(self, kind: str, **fields: Any) -> Tree:
        """Give a command and wait for its answer."""
        return await self.answer(await self.send(kind, **fields))

    # -- hearing -----------------------------------------------------------------------------------------------------

    def answers(self, number: int | None) -> list[Tree]:
        """The answers to a command; there is to be one."""
        return [m for m in self.messages if m["type"] in ("ok", "error") and m.get("id") == number]

    def all(self, kind: str) -> list[Tree]:
        """The messages of a type."""
        return [message for message in self.messages if message["type"] == kind]

    async def answer(self, number: int | None, seconds: float = PATIENCE) -> Tree:
        """The answer to a command."""
        return await self.until(lambda: next(iter(self.answers(number)), None), seconds)

    async def message(self, kind: str, count: int = 1, seconds: float = PATIENCE) -> Tree:
        """The `count`th message of a type."""
        return await self.until(lambda: dict(enumerate(self.all(kind), 1)).get(count), seconds)

    async def picture(
        self, wanted: Callable[[Picture], bool] = lambda picture: True, seconds: float = PATIENCE
    ) -> Picture:
        """The newest frame so far or to come that is wanted."""
        return await self.until(lambda: next(filter(wanted, reversed(self.pictures)), None), seconds)

    async def close_code(self, seconds: float = PATIENCE) -> int:
        """The code with which the server closes the socket."""
        return await self.until(lambda: self.closed, seconds)

    async def still(self) -> None:
        """Wait until all said so far has been dealt with: a command's answer comes after what was before it."""
        await self.ask("set_speed", epochs_per_second=30.0)


@asynccontextmanager
async def connected(server: Server, **options: Any) -> AsyncIterator[Browser]:
    """A socket on which nothing has been said."""
    async with connect(
        server.socket_url, compression=None, max_size=None, max_queue=None, ping_interval=None, **options
    ) as socket:
        browser = Browser(socket)
        listener = asyncio.create_task(browser.listen())
        try:
            yield browser
        finally:
            await socket.close()
            await listener


@asynccontextmanager
async def opened(
    server: Server, spec: Tree | None = SMALL, session: str | None = None, acknowledging: bool = True
) -> AsyncIterator[Browser]:
    """A browser that has opened a session and knows its state and points; pictures are small and without maps."""
    async with connected(server) as browser:
        browser.acknowledging = acknowledging
        await browser.say({"type": "open", "spec": spec, "session": session})
        await browser.message("points")
        yield browser


def keyed(session: str) -> dict[str, str]:
    """The header by which HTTP knows who asks."""
    return {"Authorization": f"Bearer {session}"}


def key(browser: Browser) -> str:
    """The session's key."""
    found: str = browser.all("welcome")[0]["session"]
    return found


def points(browser: Browser) -> list[list[Any]]:
    """The points as the browser knows them."""
    rows: dict[int, list[Any]] = {}
    for told in browser.all("points"):
        rows = ({} if told["since"] is None else rows) | {row[0]: row for row in told["points"]}
    return list(rows.values())


async def looks(server: Server, session: str) -> tuple[Tree, list[list[Any]], NDArray[np.float64]]:
    """How a session stands for somebody who joins it now: state, points, theta."""
    async with opened(server, session=session) as browser:
        assert browser.all("welcome")[0]["resumed"]
        picture = await browser.picture()
        return browser.all("state")[0], points(browser), picture.tensors["theta"]
