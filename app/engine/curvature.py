"""How steeply the training loss curves: the largest eigenvalue of its Hessian, which plain gradient descent bears up to
2 / learning rate (on a parabola of curvature c a step goes from w to (1 - rate c) w), and momentum a little more.

Lanczos' method (Golub and Van Loan, "Matrix Computations", section 10.1) needs nothing but products of the Hessian with
vectors, and H v is the change of the gradient along v: two models of one pass. The first vector is always the same, so
that the same state gives the same number.
"""

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Network
from app.engine.numeric import Array, quiet
from app.engine.objective import Objective
from app.engine.update import Recipe
from app.vocabulary import Optimizer

TOLERANCE = 1e-5
"""Residual of the eigenvalue against its size; its own error is smaller still."""
STEPS = (1e-5, 1e-6, 1e-7, 1e-8)
"""How far to either side the gradient is taken; the next one where a kink lies between."""
NOISE = 100.0 * float(np.finfo(np.float64).eps)
"""Of a gradient of size 1; over a step it is what a product cannot see."""
MOST_ROWS = 1000
"""Of more, as many are taken, evenly spaced: the work is bounded and nothing is drawn at random."""


@quiet
def sharpness(network: Network, recipe: Recipe, theta: Array, rows: Array) -> float:
    """The largest eigenvalue of the Hessian at theta (P,) of the loss of `rows` (I + 1 + T, N), N >= 1: no dropout,
    batch norm with the rows' own statistics, penalty included, along the parameters that are not frozen. NaN where a
    row lies on a kink, where the gradient is not finite, and where all is frozen."""
    objective = Objective(network, recipe, evenly(rows, MOST_ROWS), 2)
    products = _Products(objective, theta, np.array(recipe.frozen, np.intp))
    first = np.random.default_rng(0).normal(size=theta.size)
    first[products.frozen] = 0.0
    return largest_eigenvalue(products, first / np.linalg.norm(first))


def stability_limit(optimizer: Optimizer, momentum: float) -> float:
    """The largest learning rate times curvature at which descent on a parabola does not diverge: 2 for plain descent,
    and where both roots of its recurrence reach the unit circle for the rules with a velocity."""
    if optimizer is Optimizer.MOMENTUM:
        return 2.0 * (1.0 + momentum)
    if optimizer is Optimizer.NESTEROV:
        return 2.0 * (1.0 + momentum) / (1.0 + 2.0 * momentum)
    return 2.0


def evenly(rows: Array, most: int) -> Array:
    """At most `most` columns, evenly spaced."""
    width = rows.shape[-1]
    return rows if width <= most else rows[:, np.arange(most) * width // most]


class _Products:
    """v -> (H v, how little of it can be trusted), or None on a kink."""

    def __init__(self, objective: Objective, theta: Array, frozen: NDArray[np.intp]) -> None:
        self._objective, self._theta, self.frozen = objective, theta, frozen

    def __call__(self, v: Array) -> tuple[Array, float] | None:
        for step in STEPS:
            moved = self._theta + np.array([[step], [-step]]) * v
            ahead, behind = self._objective.gradient(moved)
            if not any((side[0] != side[1]).any() for side in self._objective.sides()):
                noise = NOISE * float(np.abs(ahead).max()) / step
                product = (ahead - behind) / (2.0 * step)
                product[self.frozen] = 0.0
                return product, noise
        return None


def largest_eigenvalue(products: _Products, first: Array) -> float:
    """Lanczos from the unit vector `first` (P,), every vector made orthogonal to all before it, twice."""
    size = first.size
    basis: NDArray[np.float64] = np.zeros((size + 1, size))
    diagonal, beside = np.zeros(size), np.zeros(size)
    basis[0], value = first, np.nan
    for k in range(size):
        found = products(basis[k])
        if found is None or not np.isfinite(found[0]).all():
            return float("nan")
        (rest, noise), known = found, basis[: k + 1]
        diagonal[k] = rest @ basis[k]
        for _ in range(2):
            rest = rest - (known @ rest) @ known
        beside[k] = np.linalg.norm(rest)
        values, vectors = np.linalg.eigh(_tridiagonal(diagonal[: k + 1], beside[:k]))
        value = values[-1]
        if beside[k] * abs(vectors[-1, -1]) <= TOLERANCE * abs(value) + noise:
            break
        basis[k + 1] = rest / beside[k]
    return float(value)


def _tridiagonal(diagonal: Array, beside: Array) -> Array:
    matrix: Array = np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
    return matrix
