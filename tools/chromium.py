"""Find a Chromium for the browser tests, or install one: what knows where it is and how it is started.

`python -m tools.chromium` prints its path; `--install` gets one first when there is none. Tests start it with

    playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_FLAGS)
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # the same Chromium without a window to draw: a page costs a sixth less
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's, the first that there is."""

LAUNCH_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    # The tests' pages come from this machine alone: nothing is to be looked up or fetched on the side.
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The path of the Chromium to use: $CHROMIUM if set, else the system's, else Playwright's own, else None.

    Raises FileNotFoundError when $CHROMIUM names nothing that can be run: a wrong setting is not passed over.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise FileNotFoundError(f"CHROMIUM is {named!r}, which cannot be run; name a Chromium or unset it")
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install Debian's package when we may, else Playwright's download (into the user's cache folder)."""
    print("No Chromium found: installing one for the browser tests (once) ...", flush=True)
    if not (_is_root() and shutil.which("apt-get") and _install_debian_package()):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install_debian_package() -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}

    def apt_get(*command: str) -> bool:
        done = subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        return done.returncode == 0

    apt_get("update")
    return any(
        apt_get("install", "--no-install-recommends", package, "fonts-dejavu-core") for package in PACKAGES
    )


def main() -> None:
    """Print the path of a usable Chromium; with `--install`, install one first when there is none."""
    if "--install" in sys.argv[1:] and find_chromium() is None:
        install()
    path = find_chromium()
    if path is None:
        sys.exit("The browser tests need a Chromium: install one, or set CHROMIUM to its path")
    print(f"Chromium: {path}")


if __name__ == "__main__":
    main()
