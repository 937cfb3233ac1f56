"""Gradient Playground: neural networks in NumPy, trained live and shown in a browser.

This file runs before any other module of the package, and so before NumPy is loaded.
"""

import os

# The matrices here are a few dozen rows wide: handing them to BLAS threads costs more than it saves, and the
# threads of one engine process would take the cores of the next. BLAS reads these once, when NumPy is first
# imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
