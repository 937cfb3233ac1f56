"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, without a password, and gone
afterwards."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.postgres import find_postgres

OTHERS = ("postgres", "nobody")
"""As whom it runs where the tests run as root, which PostgreSQL refuses."""
PORT = "5433"
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""What is tested is what it says, not its disk."""


def other_user() -> str | None:
    """Who it has to run as; None for whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in OTHERS if name in known)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server's empty database. Without PostgreSQL the test is skipped, but never in CI."""
    programs = find_postgres()
    if programs is None:
        reason = "there is no PostgreSQL here: install the package postgresql"
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    user = other_user()
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if user:
            folder.chmod(0o755)
            owner = pwd.getpwnam(user)
            (folder / "home").mkdir()
            os.chown(folder / "home", owner.pw_uid, owner.pw_gid)
            folder = folder / "home"

        def run(program: str, *words: str) -> None:
            command = [str(programs / program), *words]
            as_other = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
            done = subprocess.run(  # noqa: S603 - Debian's own programs
                [*as_other, *command], cwd=folder, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr

        data = str(folder / "data")
        run("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses= -c port={PORT} -c unix_socket_directories={folder} {SPEED}"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://tests@/postgres?host={folder}&port={PORT}"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
