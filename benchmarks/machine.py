"""What this machine is worth beside the reference's: python -m benchmarks.machine

Times the NumPy calls whose prices ../shared/reference/speed.md gives, at sizes in the range it names (6 units, a batch
of 16), and tells how many times as long each takes here. Figures that were asked for in milliseconds or frames a second
are of that other machine; the median of these factors says what they come to on this one, on this day.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.report import report

UNITS, BATCH = 6, 16
CALLS, ROUNDS = 4000, 15
REFERENCE = {
    "W.dot(x, out)": 250,
    "np.dot(W, x, out)": 390,
    "np.matmul(W, x, out)": 830,
    "a + bias by broadcasting": 840,
    "sum over an axis": 1000,
    "in-place ufunc, same shapes": 240,
    "in-place ufunc, Python float": 450,
    "in-place ufunc, 0-d array": 260,
    "einsum": 2000,
    "slicing": 130,
}
"""Nanoseconds of a call, by the reference."""


def calls() -> dict[str, Callable[[], object]]:
    """The calls that are timed."""
    rng = np.random.default_rng(0)
    weights, x = rng.normal(size=(UNITS, UNITS + 1)), rng.normal(size=(UNITS + 1, BATCH))
    out, bias, one = np.empty((UNITS, BATCH)), rng.normal(size=(UNITS, 1)), np.asarray(1.0)
    dot, same = weights.dot, np.ones((UNITS, BATCH))
    return {
        "W.dot(x, out)": lambda: dot(x, out),
        "np.dot(W, x, out)": lambda: np.dot(weights, x, out),
        "np.matmul(W, x, out)": lambda: np.matmul(weights, x, out),
        "a + bias by broadcasting": lambda: same + bias,
        "sum over an axis": lambda: out.sum(axis=1),
        "in-place ufunc, same shapes": lambda: np.multiply(same, same, same),
        "in-place ufunc, Python float": lambda: np.multiply(same, 1.0, same),
        "in-place ufunc, 0-d array": lambda: np.multiply(same, one, same),
        "einsum": lambda: np.einsum("ij,jk->ik", weights, x),
        "slicing": lambda: out[1:3],
    }


def timed(call: Callable[[], object]) -> float:
    """Seconds of CALLS calls."""
    start = time.perf_counter()
    for _ in range(CALLS):
        call()
    return time.perf_counter() - start


def nanoseconds() -> dict[str, float]:
    """Of one call each, without the lambda around it: the least of rounds in turn, which noise only lengthens."""
    every = calls() | {"": lambda: None}
    rounds = [{name: timed(call) for name, call in every.items()} for _ in range(ROUNDS)]
    least = {name: min(each[name] for each in rounds) for name in every}
    return {name: (least[name] - least[""]) / CALLS * 1e9 for name in calls()}


def run() -> None:
    """Time all and tell."""
    rows: list[dict[str, Any]] = []
    for name, here in nanoseconds().items():
        rows.append(
            {"call": name, "reference ns": REFERENCE[name], "here ns": here, "factor": here / REFERENCE[name]}
        )
    report("machine", "NumPy calls here and in the reference", rows)
    print(f"median factor: {statistics.median(row['factor'] for row in rows):.2f}")


if __name__ == "__main__":
    run()
