"""Measurements, run by hand: python -m benchmarks.NAME. Each prints a table and writes JSON to benchmarks/results/."""

import app as app  # before NumPy: it tells BLAS to use one thread, as in a server's engines
