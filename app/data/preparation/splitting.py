"""Which rows of a table train, validate and test, and what is said of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.errors import PreparationError
from app.data.preparation.prepared import Note, Plan
from app.data.preparation.wording import counted, listed, quoted
from app.data.split import TRAIN, parts
from app.vocabulary import PARTS

Floats = NDArray[np.float64]
Places = NDArray[np.uint8]
STEP = "split"


def split_rows(
    target: Floats, labels: Sequence[str], plan: Plan, rng: np.random.Generator
) -> tuple[Places, list[Note]]:
    """The part (N,) of each row with `target` (N,), stratified where that is asked for and there are classes."""
    is_stratified = plan.stratify and bool(labels)
    if labels and np.all(target == target[0]):
        only = quoted(labels[int(target[0])])
        raise PreparationError(
            f"every row that is left is of class {only}; fill missing values instead", "missing"
        )
    part = parts(
        rng, target.size, plan.train_fraction, plan.validation_fraction, target if is_stratified else None
    )
    return part, _notes(part, target, labels, is_stratified)


def balance(target: Floats, part: Places, classes: int) -> dict[str, list[int]]:
    """How many rows of each class every part has: `{"train": [50, 48], "validation": ..., "test": ...}`."""
    return {
        name.value: np.bincount(target[part == place].astype(np.intp), minlength=classes).tolist()
        for place, name in enumerate(PARTS)
    }


def _notes(part: Places, target: Floats, labels: Sequence[str], is_stratified: bool) -> list[Note]:
    train, validation, test = np.bincount(part, minlength=len(PARTS)).tolist()
    how = "each class shared out alike" if is_stratified else "by chance alone"
    shares = f"{counted(train, 'row')} to train, {validation:,} to validate, {test:,} to test; {how}."
    notes = [Note(STEP, shares)]
    present = np.unique(target[part == TRAIN])
    if absent := [quoted(label) for index, label in enumerate(labels) if index not in present]:
        notes.append(Note(STEP, f"No training row is of class {listed(absent)}: it cannot be learnt."))
    return notes
