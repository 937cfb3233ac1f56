"""Starting and stopping: what the server prints, with which code it ends, and that it leaves nothing running."""

import signal
import socket
import subprocess
import sys
import time

import pytest

from app.cli import main
from app.host import logs
from app.host.at_work import AtWork
from app.host.lines import spawn
from tests.server.running import PATIENCE, ROOT, ended, environment, opened, serving


@pytest.mark.parametrize(
    ("ending", "engines"), [(signal.SIGTERM, 0), (signal.SIGINT, 1)], ids=["terminate", "Ctrl-C"]
)
async def test_a_server_that_is_ended_says_goodbye_and_leaves_no_engine(
    ending: signal.Signals, engines: int
) -> None:
    with serving(engines=engines) as server:
        async with opened(server) as one, opened(server) as other:
            for browser in (one, other):
                await browser.ask("play")
            processes = server.engines()
            assert len(processes) == (2 if engines else 0)
            server.process.send_signal(ending)
            assert await one.close_code() == 1001
            assert await other.close_code() == 1001
        assert server.process.wait(PATIENCE) in (0, -ending)
        assert ended(processes)
        assert server.said() == ""


async def test_a_signal_to_all_processes_ends_them_in_good_order() -> None:
    """As a terminal sends Ctrl-C, and a service manager its end, to the whole group."""
    with serving(engines=1) as server:
        async with opened(server) as browser:
            processes = server.engines()
            for process in processes:
                process.send_signal(signal.SIGTERM)
                process.send_signal(signal.SIGINT)
            assert (await browser.ask("step", batches=1))["type"] == "ok"
            server.process.terminate()
            assert await browser.close_code() == 1001
        assert ended(processes)
        assert server.said() == ""


async def test_a_browser_that_does_not_read_does_not_keep_the_server_from_ending() -> None:
    with serving(engines=0) as server:
        async with opened(server) as browser:
            await browser.ask("set_view", view={"grid": 200, "map_grid": 100})
            browser.socket.transport.pause_reading()
            start = time.monotonic()
            server.process.terminate()
            server.process.wait(PATIENCE)
            assert time.monotonic() - start < 20.0
            browser.socket.transport.abort()


def test_a_port_in_use_is_one_line_and_code_1() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "app", "serve"],
            cwd=ROOT,
            env=environment(port=port, engines=2),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"port {port} on 127.0.0.1 is in use; choose another with PORT=...\n"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (
            {"port": "abc"},
            "PORT: Input should be a valid integer, unable to parse string as an integer (got 'abc')",
        ),
        ({"port": "70000"}, "PORT: Input should be less than or equal to 65535 (got '70000')"),
        ({"engines": "-1"}, "ENGINES: Input should be greater than or equal to 0 (got '-1')"),
        (
            {"frames_per_second": "nan"},
            "FRAMES_PER_SECOND: Input should be less than or equal to 240 (got 'nan')",
        ),
        (
            {"idle_seconds": "soon"},
            "IDLE_SECONDS: Input should be a valid number, unable to parse string as a number",
        ),
        (
            {"max_message_bytes": "1"},
            "MAX_MESSAGE_BYTES: Input should be greater than or equal to 1024 (got '1')",
        ),
        ({"host": "no.such.host.invalid"}, "cannot listen on no.such.host.invalid port 0: "),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_bad_setting_is_one_line_and_code_1(
    settings: dict[str, str], line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["app", "serve"])
    # The logging of the tests' own process stays as it is.
    monkeypatch.setattr(logs, "configure", lambda: None)
    for name, value in ({"port": "0"} | settings).items():
        monkeypatch.setenv(name.upper(), value)
    with pytest.raises(SystemExit) as ending:
        main()
    said, complained = capsys.readouterr()
    assert (ending.value.code, said) == (1, "")
    assert complained.startswith(line)
    assert complained.count("\n") == 1


def test_the_address_is_printed_when_it_can_be_opened() -> None:
    with serving(engines=0, host="0.0.0.0") as server:  # noqa: S104 - for this moment
        assert server.get("/healthz", host="any.name")[0] == 200


def test_an_engine_ends_when_nobody_holds_its_line() -> None:
    ours, theirs = socket.socketpair()
    with spawn(theirs, 60.0, AtWork.new()) as process:
        theirs.close()
        ours.close()
        assert process.wait(PATIENCE) == 0
