"""Which generator draws which source. The only place that knows both; what a source is asked for, the spec decides."""

from collections.abc import Callable

import numpy as np

from app.data.generators import gates
from app.data.generators.checkerboard import checkerboard
from app.data.generators.circle import circle
from app.data.generators.curves import absolute, cubic, sine
from app.data.generators.gauss import blobs, gauss
from app.data.generators.moons import moons
from app.data.generators.one_input import curve_cubic, curve_sine, curve_step
from app.data.generators.rings import rings
from app.data.generators.spiral import spiral, spirals
from app.data.generators.surfaces import multi_gauss, plane
from app.data.generators.xor import xor
from app.data.points import Points
from app.vocabulary import Source

Generator = Callable[[np.random.Generator, int, float, int], Points]
"""`(rng, samples, noise, classes) -> Points`: samples >= 0, noise in [0, 0.5], classes in 2 .. 6."""


def _two_classes(draw: Callable[[np.random.Generator, int, float], Points]) -> Generator:
    """The generator for a source which leaves no choice of classes; asking it for more is a mistake of ours."""

    def generator(rng: np.random.Generator, samples: int, noise: float, classes: int) -> Points:
        assert classes == 2, f"this source has 2 classes, {classes} were asked for"
        return draw(rng, samples, noise)

    return generator


GENERATORS: dict[Source, Generator] = {
    Source.CIRCLE: _two_classes(circle),
    Source.XOR: _two_classes(xor),
    Source.GAUSS: _two_classes(gauss),
    Source.SPIRAL: _two_classes(spiral),
    Source.MOONS: _two_classes(moons),
    Source.RINGS: rings,
    Source.BLOBS: blobs,
    Source.SPIRALS: spirals,
    Source.CHECKERBOARD: _two_classes(checkerboard),
    Source.SINE: _two_classes(sine),
    Source.CUBIC: _two_classes(cubic),
    Source.ABSOLUTE: _two_classes(absolute),
    Source.GATE_AND: _two_classes(gates.gate(gates.AND)),
    Source.GATE_OR: _two_classes(gates.gate(gates.OR)),
    Source.GATE_NAND: _two_classes(gates.gate(gates.NAND)),
    Source.GATE_XOR: _two_classes(gates.gate(gates.XOR)),
    Source.GATE_NOT: _two_classes(gates.gate(gates.NOT_FIRST)),
    Source.PLANE: _two_classes(plane),
    Source.MULTI_GAUSS: _two_classes(multi_gauss),
    Source.CURVE_SINE: _two_classes(curve_sine),
    Source.CURVE_CUBIC: _two_classes(curve_cubic),
    Source.CURVE_STEP: _two_classes(curve_step),
}
"""Every source but one's own points and tables, which nobody draws. Regression sources take 2 classes, the default."""

TRUTH_TABLES = frozenset(
    {Source.GATE_AND, Source.GATE_OR, Source.GATE_NAND, Source.GATE_XOR, Source.GATE_NOT}
)
"""Sources whose order is part of the data."""


def generate(source: Source, rng: np.random.Generator, samples: int, noise: float, classes: int) -> Points:
    """The data set `source`: x (2, samples), target (samples,), the same for the same state of `rng`.

    The rows are mixed, as in the original, so that batches taken in order hold all classes; a truth table keeps its
    order, because a lesson walks down its rows. KeyError for `points` and `table`, whose rows are given.
    """
    points = GENERATORS[source](rng, samples, noise, classes)
    return points if source in TRUTH_TABLES else points.take(rng.permutation(samples))
