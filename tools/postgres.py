"""Find a PostgreSQL server's programs for the tests, or install Debian's package of them when we may.

`python -m tools.postgres --install` does so; the tests start a server of their own (tests/postgres.py).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIANS = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl")


def find_postgres() -> Path | None:
    """The folder with a PostgreSQL server's programs: the path's, else the newest of Debian's packages, else None."""
    if all(map(shutil.which, NEEDED)):
        return Path(str(shutil.which("pg_ctl"))).resolve().parent
    found = [folder for folder in DEBIANS.glob("*/bin") if all((folder / name).exists() for name in NEEDED)]
    return max(found, key=lambda folder: float(folder.parent.name), default=None)


def install() -> None:
    """Install Debian's package; it starts no server of its own that anybody would notice."""
    print("No PostgreSQL found: installing one for the tests of the store (once) ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "--no-install-recommends", "postgresql"],
    ):
        quiet = subprocess.DEVNULL
        subprocess.run(command, env=environment, stdin=quiet, stdout=quiet, check=False)


def main() -> None:
    """Say where PostgreSQL is; with `--install`, install it first where there is none and we may. Without one the tests
    that need it say that they are skipped; in CI they fail."""
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if "--install" in sys.argv[1:] and find_postgres() is None and may:
        install()
    print(f"PostgreSQL: {find_postgres() or 'none; the tests that need one are skipped'}")


if __name__ == "__main__":
    main()
