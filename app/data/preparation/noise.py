"""Noise put in on purpose: labels of the training part turned, inputs shaken."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.prepared import Note
from app.data.preparation.wording import counted, figure
from app.data.split import TRAIN
from app.data.tables import Image

Floats = NDArray[np.float64]
Places = NDArray[np.uint8]
STEP = "noise"


def turn_labels(
    rng: np.random.Generator, target: Floats, part: Places, share: float, classes: int
) -> tuple[Floats, list[Note]]:
    """`target` (N,) with round(share * training rows) labels of the training part turned to another class, each of the
    others as likely. The same state of `rng` turns the same rows first, whatever the share. For regression (no
    `classes`) every training target is moved by share * standard deviation * N(0, 1) instead."""
    if share <= 0:
        return target, []
    training = part == TRAIN
    if not classes:
        deviation = share * float(target[training].std())
        moved = target + np.where(training, deviation * rng.standard_normal(target.size), 0.0)
        return moved, [
            Note(STEP, f"Training targets moved by chance, with standard deviation {figure(deviation)}.")
        ]
    order = rng.permutation(target.size)
    turn = rng.integers(1, classes, target.size)
    rows = order[training[order]][: round(share * int(training.sum()))]
    turned = target.copy()
    turned[rows] = (target[rows] + turn[rows]) % classes
    text = f"{counted(rows.size, 'training row')} of {int(training.sum()):,} given another class on purpose."
    return turned, [Note(STEP, text)]


def shaken(rng: np.random.Generator, x: Floats, spread: Floats, image: Image | None) -> Floats:
    """`x` (D, N) moved by spread (D,) * N(0, 1); pixels stay between 0 and the brightest."""
    moved = x + spread[:, np.newaxis] * rng.standard_normal(x.shape)
    return moved if image is None else np.clip(moved, 0.0, image.high)


def spread_of(x: Floats, indicator: Sequence[bool], image: Image | None) -> Floats:
    """Standard deviation (D,) of each input over the rows `x` (D, K), 0 for indicators; pixels share one of all."""
    if image is not None:
        return np.full(x.shape[0], x.std())
    return np.where(indicator, 0.0, x.std(axis=1))


def note_on_features(noise: float, image: Image | None) -> Note:
    """What feature noise did."""
    what = "all pixels" if image else "each number column"
    return Note(
        STEP,
        f"Inputs of all rows moved by chance, by {figure(noise)} of the training standard deviation of {what}.",
    )
