"""Gradient Playground: neural networks in NumPy, trained live and shown in a browser.

This file runs before any other module of the package, and so before NumPy is loaded.
"""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.playground import Playground

__all__ = ["Playground"]

# The matrices here are a few dozen rows wide: handing them to BLAS threads costs more than it saves, and the
# threads of one engine process would take the cores of the next. BLAS reads these once, when NumPy is first
# imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")


def __getattr__(name: str) -> Any:
    """`from app import Playground` without an engine process loading what draws figures."""
    if name != "Playground":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from app.playground import Playground

    return Playground
