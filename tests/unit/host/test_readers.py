"""Files are read by processes of their own, which are bounded and say nothing of what is in them."""

import io
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from app.data.tables import Table
from app.data.tables.problems import TableError
from app.host import readers as readers_module
from app.host import reading
from app.host.facts import with_facts
from app.host.readers import Readers
from app.host.waiting import PORTION
from app.spec import BOUNDS
from app.wire.tables import decode_table, table_name

JOB = {"kind": "table", "name": "people.csv", "first_line": "found"}
READ = """
import os, resource
from app.host import reading, reading_process
before = reading.read

def read(file, job):
    if job["name"] == "hostile.csv":
        {body}
    return before(file, job)

reading.read = read
reading_process.main()
"""
"""A program whose copies do `body` with a file of that name, as somebody could who had broken out of a parser."""

ReadersThat = Callable[..., Readers]
"""`(body, seconds)`: readers that do `body`."""


@pytest.fixture
async def readers_that() -> AsyncIterator[ReadersThat]:
    begun: list[Readers] = []

    def begin(body: str, seconds: float = 60.0) -> Readers:
        begun.append(Readers(seconds, (sys.executable, "-c", READ.format(body=body))))
        return begun[-1]

    yield begin
    for readers in begun:
        await readers.stop()


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    readers = Readers()
    yield readers
    await readers.stop()


@pytest.fixture
def file() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as opened:
        opened.write("name,label\nÉva,yes\nBo,no\n".encode())
        opened.flush()
        yield opened


def waiting(readers: Readers) -> int | None:
    """The process that waits for the next file."""
    idle = readers._processes._idle
    return idle.pid if idle else None


async def hurt(readers: Readers, file: IO[bytes]) -> TableError:
    """What becomes of the hostile file."""
    with pytest.raises(TableError) as caught:
        await readers.read(file, JOB | {"name": "hostile.csv"})
    return caught.value


async def test_a_file_is_read(readers: Readers, file: IO[bytes]) -> None:
    found = await readers.read(file, JOB)
    assert found.name == table_name(found.data) == found.told["name"]
    table = decode_table(found.data, found.name)
    assert table.columns[0].categories == ("Bo", "Éva")
    assert (table.title, found.told["rows"]) == ("people", 2)


async def test_the_next_file_is_read_by_a_copy_of_the_same_process(readers: Readers, file: IO[bytes]) -> None:
    first = await readers.read(file, JOB)
    process = waiting(readers)
    assert process is not None
    assert await readers.read(file, JOB) == first
    assert waiting(readers) == process


async def test_a_file_larger_than_a_portion_comes_whole(readers: Readers) -> None:
    rows = "".join(f"{row},{'long ' * 50}{row % 7}\n" for row in range(5000))
    with tempfile.TemporaryFile() as file:
        assert file.write(b"a,b\n" + rows.encode()) > PORTION
        found = await readers.read(file, JOB)
    assert found.told["rows"] == 5000
    assert [column["distinct"] for column in found.told["columns"]] == [5000, 7]


async def test_what_is_no_table_is_refused_with_line_and_column_and_leaves_the_process_as_it_was(
    readers: Readers, file: IO[bytes]
) -> None:
    await readers.read(file, JOB)
    process = waiting(readers)
    with tempfile.TemporaryFile() as empty:
        empty.write(b"a,b\n")
        empty.flush()
        with pytest.raises(TableError) as caught:
            await readers.read(empty, JOB)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("empty", 2, "a")
    assert waiting(readers) == process


async def test_a_reader_that_takes_too_long_is_killed(readers_that: ReadersThat, file: IO[bytes]) -> None:
    with pytest.raises(TableError, match=r"reading the file takes longer than 0\.01 seconds"):
        await readers_that("pass", 0.01).read(file, JOB)


async def test_a_reader_that_dies_is_our_mistake_and_said_so(
    readers: Readers, file: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        readers_module, "log", type("Log", (), {"error": lambda self, *_, what: told.append(what)})()
    )
    monkeypatch.setattr(readers_module, "LIMITS", BOUNDS)  # what the process does not understand
    with pytest.raises(TableError, match="could not be read, because of a mistake of the server's"):
        await readers.read(file, JOB)
    assert len(told) == 1
    assert told[0].startswith("TypeError at reading.py:")


def test_too_much_memory_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reading, "read", hungry)
    facts, data = reading.answer(io.BytesIO(with_facts(dict(JOB), b"a,b")))
    assert facts == {"refused": ["reading the file takes more memory than allowed", "too_large"]}
    assert data == b""


def test_what_is_used_once_beforehand_is_a_table_that_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[int] = []

    def encode(table: Table) -> bytes:
        rows.append(table.rows)
        return b""

    monkeypatch.setattr(reading, "encode_table", encode)
    reading.prepare()
    assert rows == [2]


# -- a file that has broken out of its parser --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("bytearray(3 << 30)", "reading the file takes more memory than allowed"),
        (
            "resource.setrlimit(resource.RLIMIT_CPU, (1, 3))\n        while True: pass",
            "reading the file takes more time than allowed",
        ),
        ("os.kill(os.getpid(), 9)", "the file could not be read"),
        ("resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))", "the file could not be read"),
    ],
)
async def test_the_limits_hold_for_each_file_and_the_next_is_read(
    readers_that: ReadersThat, file: IO[bytes], body: str, words: str
) -> None:
    readers = readers_that(body)
    found = await readers.read(file, JOB)
    process = waiting(readers)
    error = await hurt(readers, file)
    assert error.message.startswith(words)
    assert waiting(readers) != process, "a process whose copy ended badly is not used again"
    assert await readers.read(file, JOB) == found


async def test_it_has_twenty_seconds_of_the_processor(readers_that: ReadersThat, file: IO[bytes]) -> None:
    body = "from app.data.tables.problems import TableError; raise TableError({})"
    limits = "str([resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS)])"
    error = await hurt(readers_that(body.format(limits)), file)
    assert error.message == "[(20, 22), (1610612736, 1610612736)]"


async def test_it_can_write_no_file(readers_that: ReadersThat, file: IO[bytes], tmp_path: Path) -> None:
    path = tmp_path / "written"
    await hurt(readers_that(f"open({str(path)!r}, 'wb', buffering=0).write(b'x')"), file)
    assert not path.stat().st_size


async def test_one_that_seems_to_end_well_reaches_neither_the_process_nor_the_answers_of_others(
    readers_that: ReadersThat, file: IO[bytes]
) -> None:
    """What it changes is its own copy's, what it writes reaches nobody, and it hears of no other file."""
    body = "reading.tell = lambda *_: dict(heard=len(os.read(0, 9)), wrote=os.write(1, bytes(9)))"
    readers = readers_that(body)
    found = await readers.read(file, JOB)
    process = waiting(readers)
    forged = await readers.read(file, JOB | {"name": "hostile.csv"})
    assert forged.told == {"heard": 0, "wrote": 9, "name": forged.name}
    assert await readers.read(file, JOB) == found
    assert waiting(readers) == process


async def test_it_does_not_know_where_the_database_is(
    readers_that: ReadersThat, file: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its address may have a password in it."""
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://playground:secret@db/playground")
    body = "from app.data.tables.problems import TableError; raise TableError({})"
    error = await hurt(readers_that(body.format('os.environ.get("DATABASE_URL", "unknown")')), file)
    assert error.message == "unknown"
