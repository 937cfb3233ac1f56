"""A process that waits is used again only after a job that went well, knows nothing of the jobs before, and outlives
neither its use nor its server."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from app.host.waiting import WaitingProcesses

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
WORK = """
import json, os, signal, time
from app.host.waiting_process import Outcome, serve
known = []

def job(source):
    what = json.loads(source.readline())
    known.append(what)
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        signal.pause()
    if what == "forge":
        os.write(1, (2).to_bytes(8, "little") + b"{}" + b"\\x01" + (2).to_bytes(8, "little") + b"{}")
    if what == "steal" and os.fork() == 0:
        os.closerange(2, 30)
        while os.read(0, 1):
            pass
        os._exit(0)
    return Outcome(json.dumps([os.getppid(), os.getpid(), len(known)]).encode(), good=what != "fail")

serve(job)
"""
PROGRAM = (sys.executable, "-c", WORK)
SERVER = f"""
import asyncio, sys
from app.host.waiting import WaitingProcesses

async def main():
    processes = WaitingProcesses((sys.executable, "-c", {WORK!r}))
    print((await processes.carry_out(b'"first"\\n')).data.decode(), flush=True)
    await processes.carry_out(b'"hang"\\n')

asyncio.run(main())
"""


@pytest.fixture
async def processes() -> AsyncIterator[WaitingProcesses]:
    processes = WaitingProcesses(PROGRAM)
    yield processes
    await processes.stop()


async def told(processes: WaitingProcesses, what: str = "work") -> list[int]:
    """The process that waited, its copy, and how many jobs that knew of."""
    answer = await processes.carry_out(json.dumps(what).encode() + b"\n")
    found: list[int] = json.loads(answer.data)
    return found


def below(process: int) -> list[Any]:
    return list(psutil.Process(process).children(recursive=True))


async def test_each_job_is_carried_out_by_a_copy_that_knows_of_no_other(processes: WaitingProcesses) -> None:
    (waiting, first, known), (again, second, known_again) = await told(processes), await told(processes)
    assert waiting == again
    assert first != second
    assert (known, known_again) == (1, 1)
    assert not psutil.pid_exists(second)


async def test_jobs_at_once_have_processes_of_their_own_of_which_one_stays(
    processes: WaitingProcesses,
) -> None:
    first, second = await asyncio.gather(told(processes), told(processes))
    assert first[0] != second[0]
    assert [psutil.pid_exists(pid) for pid in (first[0], second[0])].count(True) == 1
    assert (await told(processes))[0] in {first[0], second[0]}


async def test_a_process_whose_job_failed_answers_and_is_not_used_again(processes: WaitingProcesses) -> None:
    failed, after = await told(processes, "fail"), await told(processes)
    assert failed[0] != after[0]
    assert not psutil.pid_exists(failed[0])


async def test_a_job_that_kills_its_process_is_told_by_the_signal_and_the_next_is_done(
    processes: WaitingProcesses,
) -> None:
    assert await processes.carry_out(b'"die"\n') == (b"", 128 + signal.SIGKILL)
    assert (await told(processes))[2] == 1


async def test_a_job_nobody_waits_for_any_more_ends_with_its_process(processes: WaitingProcesses) -> None:
    waiting, *_ = await told(processes)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(processes.carry_out(b'"hang"\n'), 0.2)
    assert not psutil.pid_exists(waiting)
    assert (await told(processes))[0] != waiting


@pytest.mark.parametrize("what", ["forge", "steal"])
async def test_a_copy_reaches_neither_the_answers_nor_the_jobs_of_others(
    processes: WaitingProcesses, what: str
) -> None:
    waiting, *_ = await told(processes, what)
    after = await told(processes)
    assert (after[0], after[2]) == (waiting, 1)


async def test_one_that_died_while_it_waited_is_replaced(processes: WaitingProcesses) -> None:
    waiting, *_ = await told(processes)
    idle = processes._idle
    assert idle
    idle.kill()
    await idle.wait()
    assert (await told(processes))[0] != waiting


async def test_a_process_is_made_ready_once_and_taken_by_the_first_job(processes: WaitingProcesses) -> None:
    before = {child.pid for child in below(os.getpid())}
    processes.warm()
    processes.warm()
    waiting, *_ = await told(processes)
    processes.warm()
    assert {child.pid for child in below(os.getpid())} - before == {waiting}


async def test_one_that_nobody_needs_is_ended() -> None:
    processes = WaitingProcesses(PROGRAM, unused=0.0)
    waiting, *_ = await told(processes)
    idle = processes._idle
    assert idle
    await idle.wait()
    assert not psutil.pid_exists(waiting)
    await processes.stop()


async def test_a_server_that_stops_leaves_none_and_makes_none_ready(processes: WaitingProcesses) -> None:
    waiting, *_ = await told(processes)
    await processes.stop()
    processes.warm()
    assert not psutil.pid_exists(waiting)
    before = {child.pid for child in below(os.getpid())}
    assert {child.pid for child in below(os.getpid())} == before


def test_a_server_that_is_killed_leaves_neither_process_nor_copy() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, cwd=ROOT) as server:  # noqa: S603
        assert server.stdout
        waiting = json.loads(server.stdout.readline())[0]
        while not (copies := below(waiting)):
            pass
        left = [psutil.Process(waiting), *copies]
        server.kill()
    _, alive = psutil.wait_procs(left, PATIENCE)
    assert not alive
