"""First weights that were brought, with a link, a saved experiment or a stage of a lesson: what a run begun again goes
back to, instead of those that the seed draws. Each branch knows its own, so that they outlive the run, and the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.session.snapshot import Arrays
from app.spec import Experiment

Floats = NDArray[np.float64]
PREFIX = "beginning_"
"""Of the arrays' names in a snapshot."""


@dataclass(frozen=True, eq=False, slots=True)
class Beginning:
    """theta (P,), and batch norm's running statistics (R,). Never changed: branches share one."""

    theta: Floats
    statistics: Floats

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.theta.nbytes + self.statistics.nbytes


def kept(beginning: Beginning | None, old: Experiment, new: Experiment) -> Beginning | None:
    """What a run with `new` begins with that takes the place of one with `old`: the same, where nothing has changed on
    which first weights hang."""
    return beginning if _grounds(old) == _grounds(new) else None


def _grounds(spec: Experiment) -> tuple[object, ...]:
    """What decides how many first weights there are, what each is for, and how the seed draws them."""
    network = spec.network
    layers = tuple((layer.units, layer.batch_norm, layer.initializer) for layer in network.layers)
    drawn = network.initializer, network.initializer_std, network.initial_bias, spec.seeds.weights
    return spec.input_names, layers, spec.output_units, drawn


# -- snapshots ---------------------------------------------------------------------------------------------------------


def dump_beginnings(beginnings: Iterable[Beginning | None], arrays: Arrays) -> list[int | None]:
    """Puts them into `arrays`, a shared one once; says for each which it is."""
    numbers: dict[int, int] = {}
    places: list[int | None] = []
    for one in beginnings:
        if one is None:
            places.append(None)
            continue
        number = numbers.setdefault(id(one), len(numbers))
        arrays |= {
            f"{PREFIX}{number}_theta": one.theta,
            f"{PREFIX}{number}_statistics": one.statistics,
        }
        places.append(number)
    return places


def load_beginnings(places: list[int | None], arrays: Arrays) -> list[Beginning | None]:
    """What `dump_beginnings` was given."""
    shared = {
        number: Beginning(arrays[f"{PREFIX}{number}_theta"], arrays[f"{PREFIX}{number}_statistics"])
        for number in set(places) - {None}
    }
    return [None if number is None else shared[number] for number in places]
