"""Kills the store's writer again and again in the middle of its work, and looks each time whether all that it has told
to be durable is there. python -m tests.server.killed_writer FILE ROUNDS

Forks from a process that has imported all there is to import, so that a round takes a tenth of a second.
"""

import asyncio
import itertools
import os
import signal
import sys

from app.store.database import Database
from app.store.kept import KeptSession
from app.store.sessions import read
from app.store.writer import Writer

DIGEST = "d" * 64
SNAPSHOT_EVERY = 7
MOST_WAITING = 20
SIZE = 4000


def command(number: int) -> bytes:
    """What stands in command `number`."""
    return b"command %d" % number


def snapshot(number: int) -> bytes:
    """What stands in the snapshot after command `number`; large enough for several pages of the file."""
    return b"all up to %d " % number * SIZE


async def write_for_ever(url: str, first: int, acknowledge: int) -> None:
    """Hand over commands from number `first` on, and write the number of each that is durable to a pipe."""
    database = await Database.open(url)
    writer, told, done = Writer(database, 30, 1_000_000_000), asyncio.Event(), first - 1

    def durable(_: str, sequence: int) -> None:
        nonlocal done
        done = sequence
        told.set()
        os.write(acknowledge, b"%d\n" % sequence)

    writer.listen(durable, lambda ok, message: None)
    await writer.start()
    if first == 1:
        writer.begin(DIGEST, KeptSession(b"{}", is_snapshot=False))
    for number in itertools.count(first):
        writer.command(DIGEST, number, command(number))
        if number % SNAPSHOT_EVERY == 0:
            writer.snapshot(DIGEST, number, snapshot(number))
        while number - done > MOST_WAITING:
            told.clear()
            await told.wait()


def killed_run(url: str, first: int, patience: int) -> int:
    """Let a child write from number `first` on, and kill it once it has acknowledged `patience` times; the last number
    that it has acknowledged."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        asyncio.run(write_for_ever(url, first, writing))
    os.close(writing)
    heard = b""
    with open(reading, "rb", buffering=0) as pipe:  # noqa: PTH123 - no path
        while heard.count(b"\n") < patience:
            heard += pipe.read(100)
        os.kill(child, signal.SIGKILL)
        heard += pipe.readall()
    os.waitpid(child, 0)
    return max(map(int, heard[: heard.rindex(b"\n")].split()))


async def found(url: str) -> KeptSession | None:
    """What stands in the database."""
    database = await Database.open(url)
    session = await database.transact(read, DIGEST)
    await database.close()
    return session


def check(session: KeptSession | None, acknowledged: int) -> int:
    """All that was acknowledged is there, whole and in its order; the last number there is."""
    assert session is not None
    numbers = [number for number, _ in session.commands]
    last = session.sequence + len(numbers)
    assert last >= acknowledged, f"{acknowledged} was acknowledged, {last} is there"
    assert numbers == list(range(session.sequence + 1, last + 1))
    assert all(text == command(number) for number, text in session.commands)
    assert session.opening == (snapshot(session.sequence) if session.is_snapshot else b"{}")
    return last


def main(path: str, rounds: int) -> None:
    """So many rounds on one file."""
    url, last = f"sqlite+aiosqlite:///{path}", 0
    for number in range(rounds):
        acknowledged = killed_run(url, last + 1, 1 + 7 * number % 12)
        last = check(asyncio.run(found(url)), acknowledged)
    print(rounds, last)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
