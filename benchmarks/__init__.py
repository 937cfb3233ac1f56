"""Measurements, run by hand: python -m benchmarks.NAME. Each prints a table and writes JSON to benchmarks/results/."""
