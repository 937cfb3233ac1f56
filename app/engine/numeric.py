"""Small numeric things that every kernel shares: constants as arrays, quiet arithmetic, the operation of a plan."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Activations `(..., units, batch)` or parameters `(..., P)`, float64 in training and float32 in pictures."""

Op = tuple[Callable[..., Any], tuple[Any, ...]]
"""One call of a plan. A plan made once per batch width saves all look-ups and allocations of a step."""

quiet = np.errstate(over="ignore", under="ignore", divide="ignore", invalid="ignore")
"""Decorator (as a context it could be entered only once): overflow on the way to a right answer is no news, and
divergence is looked for by its result."""


def constant(value: float, dtype: type[np.floating[Any]] = np.float64) -> Array:
    """`value` as a 0-d array: a ufunc takes it at half the price of a Python float."""
    return np.array(value, dtype)


ZERO, ONE = constant(0.0), constant(1.0)


def run(plan: Iterable[Op]) -> None:
    """Carry out a plan."""
    for function, arguments in plan:
        function(*arguments)
