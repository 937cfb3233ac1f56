"""Files are read by processes of their own, which are bounded and say nothing of what is in them."""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from app.data.tables.problems import TableError
from app.host import readers as readers_module
from app.host import reading_process
from app.host.readers import Readers
from app.spec import BOUNDS
from app.wire.tables import decode_table, table_name

ROOT = Path(__file__).parents[3]
JOB = {"kind": "table", "name": "people.csv", "first_line": "found"}


@pytest.fixture
def file() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as opened:
        opened.write("name,label\nÉva,yes\nBo,no\n".encode())
        opened.flush()
        yield opened


async def test_a_file_is_read(file: IO[bytes]) -> None:
    found = await Readers().read(file, JOB)
    assert found.name == table_name(found.data) == found.told["name"]
    table = decode_table(found.data, found.name)
    assert table.columns[0].categories == ("Bo", "Éva")
    assert (table.title, found.told["rows"]) == ("people", 2)


async def test_what_is_no_table_is_refused_with_line_and_column() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"a,b\n")
        file.flush()
        with pytest.raises(TableError) as caught:
            await Readers().read(file, JOB)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("empty", 2, "a")


async def test_a_reader_that_takes_too_long_is_killed(file: IO[bytes]) -> None:
    with pytest.raises(TableError, match=r"reading the file takes longer than 0\.01 seconds"):
        await Readers(0.01).read(file, JOB)


async def test_a_reader_that_dies_is_our_mistake_and_said_so(
    file: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        readers_module, "log", type("Log", (), {"error": lambda self, *_, what: told.append(what)})()
    )
    monkeypatch.setattr(readers_module, "LIMITS", BOUNDS)  # what the process does not understand
    with pytest.raises(TableError, match="could not be read, because of a mistake of the server's"):
        await Readers().read(file, JOB)
    assert len(told) == 1
    assert told[0].startswith("TypeError at reading_process.py:")


def test_too_much_memory_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reading_process, "read", hungry)
    facts, data = reading_process.answer(io.BytesIO(), dict(JOB))
    assert facts == {"error": ["reading the file takes more memory than allowed", None, None, "too_large"]}
    assert data == b""


CONFINED = """
from app.host import reading_process
reading_process.confine()
try:
    bytearray(3 << 30)
except MemoryError:
    print("memory")
try:
    with open("grown", "wb", buffering=0) as file:
        file.write(b"x")
except OSError:
    print("files")
"""


def test_a_reader_can_neither_take_much_memory_nor_write_files(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", CONFINED], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert told.stdout.split() == [b"memory", b"files"]
    assert (tmp_path / "grown").stat().st_size == 0
