"""Create the virtual environment, or say in one line why this Python cannot.

Run by whatever Python a newcomer has, so it must parse on old ones too: no annotations, no f-strings.
"""

import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an old Python is the case this is for
    sys.exit(
        "Gradient Playground needs Python 3.11 or newer; this is "
        + sys.version.split()[0]
        + ". Name another one: make PYTHON=python3.12 run"
    )
try:
    import ensurepip  # noqa: F401 - Debian ships venv without it, and then fails half way
    import venv  # noqa: F401
except ImportError:
    sys.exit("This Python cannot create virtual environments. On Debian or Ubuntu: apt install python3-venv")
sys.exit(subprocess.call([sys.executable, "-m", "venv", "--clear", sys.argv[1]]))
