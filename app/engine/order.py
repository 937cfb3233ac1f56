"""The randomness of training: shuffles and dropout as functions of (order seed, epoch), whatever came before.

No generator state is part of a snapshot: a stream asked for another place than its next one goes there by itself.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.numeric import Array

_SHUFFLE, _DROPOUT = 0, 1
BLOCK = 32
"""Epochs whose permutations come from one generator, one after the other: making a generator costs four
permutations."""


class ShuffleStream:
    """Permutations: epoch e's is draw number e mod BLOCK of the generator of (seed, e // BLOCK). The last one is kept:
    whoever drags a point asks for it with every move."""

    def __init__(self) -> None:
        self._place: tuple[int, int, int] | None = None
        self._rng: np.random.Generator | None = None
        self._drawn: tuple[int, int, int] | None = None
        self._order: NDArray[np.unsignedinteger[Any]] = np.empty(0, np.uint8)

    def permutation(self, seed: int, epoch: int, rows: int) -> NDArray[np.intp]:
        """The order of `rows` rows in an epoch."""
        if self._drawn == (seed, epoch, rows):
            return self._order.astype(np.intp)
        order = self._draw(seed, epoch, rows)
        self._order, self._drawn = order.astype(np.min_scalar_type(rows)), (seed, epoch, rows)
        return order

    def _draw(self, seed: int, epoch: int, rows: int) -> NDArray[np.intp]:
        rng = self._rng
        if rng is None or self._place != (seed, epoch, rows) or epoch % BLOCK == 0:
            rng = self._rng = np.random.default_rng((seed, epoch // BLOCK, _SHUFFLE))
            for _ in range(epoch % BLOCK):
                rng.permutation(rows)
        self._place = (seed, epoch + 1, rows)
        return rng.permutation(rows)


class DropoutStream:
    """Uniform numbers for an epoch's masks; `drawn` says how many, which is all one needs to come back to this
    point."""

    def __init__(self) -> None:
        self.drawn = 0
        self._place: tuple[int, int] | None = None
        self._rng: np.random.Generator | None = None

    def seek(self, seed: int, epoch: int, drawn: int) -> None:
        """Go to where `drawn` numbers of this epoch have been used."""
        if (seed, epoch) == self._place and drawn == self.drawn:
            return
        self._rng, self._place, self.drawn = None, (seed, epoch), drawn

    def draw(self, out: Array) -> None:
        """Fill `out` with numbers of [0, 1): one 64-bit draw each."""
        rng = self._rng = self._rng or self._at_place()
        rng.random(out=out)
        self.drawn += out.size

    def _at_place(self) -> np.random.Generator:
        """The generator there, made only for who draws: most networks have no dropout."""
        assert self._place is not None, "numbers are drawn at a place"
        bits = np.random.PCG64((*self._place, _DROPOUT))
        bits.advance(self.drawn)
        return np.random.Generator(bits)
