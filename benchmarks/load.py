"""Many sessions at once over real WebSockets: python -m benchmarks.load --sessions 150 --fps 12 --seconds 20

Starts a server (ENGINES from the environment) and a client process beside it. Every session plays the spiral through
2-4-2-1 with SGD at `--speed` epochs of 25 steps a second with a 64x64 picture and no maps, and once a second moves a
point and waits for the answer. `--kill` kills an engine halfway; `--slow K` lets K viewers stop reading.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvloop
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.report import report

WARM_UP = 3.0
WARM_UP_SESSIONS = 4
WARM_UP_TIMES = 5
"""How often it is tried, on a machine so busy that the engines take seconds to start."""
SPEC = {"inputs": ["x1", "x2"], "training": {"optimizer": {"name": "sgd"}}}
ACK = '{"type":"ack","number":1}'


@dataclass
class Client:
    """One session's times: of each frame, and how long each command's answer took."""

    frames: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)
    closed: bool = False


async def talk(url: str, speed: float, number: int, client: Client, until: float, slow: bool) -> None:
    """Open, play, acknowledge, and move a point once a second. A slow viewer reads nothing after its first frames."""
    async with connect(url, compression=None, max_size=None, ping_interval=None) as socket:
        await socket.send(json.dumps({"type": "open", "spec": SPEC}))
        for command in (
            {"id": 1, "type": "set_view", "view": {"grid": 64, "maps": False}},
            {"id": 2, "type": "set_speed", "epochs_per_second": speed},
            {"id": 3, "type": "play"},
        ):
            await socket.send(json.dumps(command))
        if slow:
            socket.transport.pause_reading()
            await asyncio.sleep(max(0.0, until - time.monotonic()))
            return
        mover = asyncio.create_task(move(socket, client, number))
        try:
            async with asyncio.timeout(max(0.0, until - time.monotonic())):
                await listen(socket, client)
        except TimeoutError:
            return
        finally:
            mover.cancel()
        client.closed = True


async def listen(socket: ClientConnection, client: Client) -> None:
    """Take what comes; frames are acknowledged unread."""
    async for message in socket:
        now = time.monotonic()
        if isinstance(message, bytes):
            client.frames.append(now)
            await socket.send(ACK)
        elif message.startswith('{"type":"ok"'):
            asked = client.asked.pop(int(message[18 : message.index(",", 18)]), None)
            if asked is not None:
                client.answers.append(now - asked)


async def move(socket: ClientConnection, client: Client, number: int) -> None:
    """A drag a second, at a moment of this session's own."""
    await asyncio.sleep(WARM_UP + number * 0.137 % 1.0)
    for count in range(10, 10_000_000):
        client.asked[count] = time.monotonic()
        place = [0, (count * 0.37) % 6, (count * 0.61) % 6]
        await socket.send(json.dumps({"type": "move_points", "id": count, "points": [place]}))
        await asyncio.sleep(1.0)


async def clients(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All sessions; figures of the time after warming up."""
    start = time.monotonic()
    opening = options.sessions * 0.01
    begin, until = start + opening + WARM_UP, start + opening + WARM_UP + options.seconds
    all_clients = [Client() for _ in range(options.sessions)]
    tasks = []
    for number, client in enumerate(all_clients):
        slow = number < options.slow
        tasks.append(asyncio.create_task(talk(url, options.speed, number, client, until, slow)))
        await asyncio.sleep(0.01)
    done = await asyncio.gather(*tasks, return_exceptions=True)
    watched = all_clients[options.slow :]
    errors = sum(isinstance(result, Exception) for result in done[options.slow :])
    return figures(watched, begin, until) | {
        "dropped": errors + sum(client.closed for client in watched),
    }


def figures(watched: list[Client], begin: float, until: float) -> dict[str, Any]:
    """Frame rates by session, gaps, and answers' times."""
    counted = [[at for at in client.frames if begin <= at <= until] for client in watched]
    rates = sorted(len(times) / (until - begin) for times in counted)
    gaps = [max(b - a for a, b in pairwise(times)) if len(times) > 1 else 1e9 for times in counted]
    answers = sorted(answer for client in watched for answer in client.answers) or [float("nan")]
    return {
        "fps p5": rates[int(0.05 * len(rates))],
        "fps median": statistics.median(rates),
        "fps least": rates[0],
        "command p50 ms": statistics.median(answers) * 1e3,
        "command p95 ms": answers[int(0.95 * len(answers))] * 1e3,
        "longest gap s": max(gaps),
    }


def memory(pids: list[int]) -> float:
    """Megabytes that the processes take, shared pages counted once (proportional set size)."""
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1e3


def health(address: str) -> dict[str, Any]:
    """What the server says of itself."""
    with urllib.request.urlopen(address + "/healthz") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def start_server(options: argparse.Namespace, folder: str) -> tuple[subprocess.Popen[str], str]:
    """A server on a free port, and its address; what it keeps goes into `folder`."""
    environment = os.environ | {
        "PORT": "0",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/kept.db",
        "MAX_SESSIONS": str(options.sessions + 10),
        "FRAMES_PER_SECOND": str(options.fps),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    return server, server.stdout.readline().split()[-1]


def start_clients(address: str, options: argparse.Namespace, **others: float) -> subprocess.Popen[str]:
    """A client process; `others` replace options."""
    asked = {
        name: getattr(options, name) for name in ("sessions", "fps", "seconds", "slow", "speed")
    } | others
    words = [sys.executable, "-m", "benchmarks.load", "--client", address.replace("http", "ws") + "/ws"]
    words += [str(word) for name, value in asked.items() for word in (f"--{name}", value)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def warm_up(address: str, options: argparse.Namespace) -> None:
    """A few sessions until every one of them has been seen to play: an engine that has not done everything once would
    count as the sessions' memory."""
    for _ in range(WARM_UP_TIMES):
        client = start_clients(address, options, sessions=WARM_UP_SESSIONS, seconds=2.0, slow=0)
        if json.loads(client.communicate(timeout=60)[0])["fps least"] > 1:
            return
    raise RuntimeError("this machine is too busy: a few sessions alone were not seen to play")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Server and clients side by side. Memory is counted from a server that has already run a few sessions."""
    with TemporaryDirectory() as folder:
        return run_in(folder, options)


def run_in(folder: str, options: argparse.Namespace) -> dict[str, Any]:
    """`run` with a folder for what the server keeps."""
    server, address = start_server(options, folder)
    try:
        warm_up(address, options)
        engines = health(address)["engines"]
        before = memory([server.pid, *engines])
        client = start_clients(address, options)
        time.sleep(options.sessions * 0.01 + WARM_UP + options.seconds / 2)
        if options.kill:
            os.kill(engines[0], signal.SIGKILL)
        time.sleep(options.seconds / 2 - 1.0)
        now = health(address)
        after = memory([server.pid, *now["engines"]])
        found: dict[str, Any] = json.loads(client.communicate(timeout=60)[0])
    finally:
        server.terminate()
        server.wait(10)
    each = (after - before) * 1e3 / options.sessions
    return {"sessions": options.sessions, **found, "lag p99 ms": now["loop_lag_p99_ms"], "kB a session": each}


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=150)
    parser.add_argument("--fps", type=float, default=12.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument(
        "--speed", type=float, default=5.0, help="epochs a second of each session; 25 steps each"
    )
    parser.add_argument("--slow", type=int, default=0, help="viewers that stop reading")
    parser.add_argument("--kill", action="store_true", help="kill an engine halfway")
    parser.add_argument("--client", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    asked = parse()
    if asked.client:
        sys.stdout.write(json.dumps(uvloop.run(clients(asked.client, asked))))
    else:
        name = "load" + ("-kill" if asked.kill else "") + (f"-slow-{asked.slow}" if asked.slow else "")
        title = f"{asked.sessions} sessions, {asked.fps:g} frames/s asked, {asked.speed:g} epochs/s"
        report(f"{name}-{asked.sessions}", title, [run(asked)])
