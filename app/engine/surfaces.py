"""Heights over two parameters with known gradients: what descent walks on where no network is needed to see it walk.

`SURFACES` has each with its height and gradient, its minima, the square in which it is drawn, and a start and
rates from which a race is worth looking at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.engine.numeric import Array
from app.vocabulary import Optimizer, Surface

RACERS = tuple(name for name in Optimizer if name is not Optimizer.PERCEPTRON)
"""Who can race: the perceptron rule is plain descent on a loss of its own."""

Place = tuple[float, float]


def beside(along_x: Array, along_y: Array) -> Array:
    """(..., 2) of two (...). numpy.stack does the same at three times the price, which a race pays at every step."""
    both: Array = np.empty((*along_x.shape, 2))
    both[..., 0], both[..., 1] = along_x, along_y
    return both


def bowl(place: Array) -> Array:
    """C = x^2 + y^2, of places (..., 2)."""
    x, y = place[..., 0], place[..., 1]
    return np.asarray(x * x + y * y)


def bowl_gradient(place: Array) -> Array:
    """(2x, 2y): it points away from the origin, so descent walks straight there."""
    return np.asarray(2.0 * place)


RAVINE = np.array([0.2, 4.0])
"""How much the ravine curves along x and along y."""


def ravine(place: Array) -> Array:
    """C = 0.1 x^2 + 2 y^2: twenty times as curved across as along."""
    return np.asarray(0.5 * (RAVINE * place * place).sum(axis=-1))


def ravine_gradient(place: Array) -> Array:
    """(0.2 x, 4 y)."""
    return np.asarray(RAVINE * place)


def saddle(place: Array) -> Array:
    """C = x^2 - y^2 + y^4 / 4: a saddle at the origin, and a valley on either side of it."""
    x, y = place[..., 0], place[..., 1]
    return np.asarray(x * x - y * y + 0.25 * (y * y) ** 2)


def saddle_gradient(place: Array) -> Array:
    """(2x, y^3 - 2y)."""
    x, y = place[..., 0], place[..., 1]
    return beside(2.0 * x, y * y * y - 2.0 * y)


def two_valleys(place: Array) -> Array:
    """C = x^4 / 4 - x^3 / 6 - 9 x^2 / 8 + 9 x / 8 + y^2: a deep valley at x = -1.5, a shallow one at 1.5."""
    x, y = place[..., 0], place[..., 1]
    return np.asarray(x**4 / 4.0 - x**3 / 6.0 - 1.125 * x * x + 1.125 * x + y * y)


def two_valleys_gradient(place: Array) -> Array:
    """((x + 1.5) (x - 0.5) (x - 1.5), 2y)."""
    x, y = place[..., 0], place[..., 1]
    return beside((x + 1.5) * (x - 0.5) * (x - 1.5), 2.0 * y)


def rosenbrock(place: Array) -> Array:
    """C = (1 - x)^2 + 100 (y - x^2)^2 (Rosenbrock, The Computer Journal 3, 1960): a curved, flat-bottomed valley."""
    x, y = place[..., 0], place[..., 1]
    return np.asarray((1.0 - x) ** 2 + 100.0 * (y - x * x) ** 2)


def rosenbrock_gradient(place: Array) -> Array:
    """(-2 (1 - x) - 400 x (y - x^2), 200 (y - x^2))."""
    x, y = place[..., 0], place[..., 1]
    over = y - x * x
    return beside(-2.0 * (1.0 - x) - 400.0 * x * over, 200.0 * over)


@dataclass(frozen=True)
class Ground:
    """A surface and what is known of it. `domain` is the square that is drawn, ((least x, largest x), (least y, largest
    y)); `steep` that heights differ so much that they are drawn by their logarithm."""

    height: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    domain: tuple[Place, Place]
    minima: tuple[Place, ...]
    start: Place
    rates: Mapping[Optimizer, float]
    steps: int
    steep: bool = False

    @property
    def lowest(self) -> float:
        """The height of the deepest minimum."""
        return float(self.height(np.array(self.minima)).min())

    def contains(self, place: Place) -> bool:
        """Whether the place is in the square that is drawn."""
        return all(low <= value <= high for value, (low, high) in zip(place, self.domain, strict=True))

    def grid(self, side: int) -> Array:
        """Heights (side, side) over the domain, ends included, a row for each y from the least."""
        across, along = (np.linspace(low, high, side) for low, high in self.domain)
        return self.height(np.stack(np.meshgrid(across, along), axis=-1))


def _rates(*rates: float) -> dict[Optimizer, float]:
    """In the order of `RACERS`."""
    return dict(zip(RACERS, rates, strict=True))


SURFACES: dict[Surface, Ground] = {
    Surface.BOWL: Ground(
        bowl,
        bowl_gradient,
        ((-4.0, 4.0), (-4.0, 4.0)),
        ((0.0, 0.0),),
        (3.0, 2.0),
        _rates(0.1, 0.02, 0.02, 1.0, 0.1, 0.3, 0.3),
        100,
    ),
    Surface.RAVINE: Ground(
        ravine,
        ravine_gradient,
        ((-4.0, 4.0), (-4.0, 4.0)),
        ((0.0, 0.0),),
        (-3.5, 2.0),
        _rates(0.45, 0.1, 0.1, 1.0, 0.1, 0.3, 0.3),
        100,
    ),
    Surface.SADDLE: Ground(
        saddle,
        saddle_gradient,
        ((-2.5, 2.5), (-2.5, 2.5)),
        ((0.0, -np.sqrt(2.0)), (0.0, np.sqrt(2.0))),
        (2.0, 0.001),
        _rates(0.05, 0.02, 0.02, 0.3, 0.03, 0.1, 0.1),
        120,
    ),
    Surface.TWO_VALLEYS: Ground(
        two_valleys,
        two_valleys_gradient,
        ((-2.5, 2.5), (-2.5, 2.5)),
        ((-1.5, 0.0), (1.5, 0.0)),
        (2.3, 1.6),
        _rates(0.05, 0.02, 0.02, 0.3, 0.05, 0.1, 0.1),
        120,
    ),
    Surface.ROSENBROCK: Ground(
        rosenbrock,
        rosenbrock_gradient,
        ((-2.0, 2.0), (-1.0, 3.0)),
        ((1.0, 1.0),),
        (-1.2, 1.0),
        _rates(0.002, 0.002, 0.001, 1.0, 0.03, 0.5, 0.3),
        400,
        steep=True,
    ),
}
