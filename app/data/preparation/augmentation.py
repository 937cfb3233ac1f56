"""Changed copies of training rows: shaken, and for pictures shifted and turned."""

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.noise import shaken
from app.data.preparation.prepared import Note, Plan
from app.data.preparation.wording import counted, figure, listed
from app.data.tables import Image

Floats = NDArray[np.float64]
STEP = "copies"
CHUNK = 256
"""Pictures moved at a time, which bounds the memory that takes."""


def copied(rng: np.random.Generator, x: Floats, spread: Floats, plan: Plan, image: Image | None) -> Floats:
    """`plan.copies` changed copies (D, copies * K) of each column of `x` (D, K), all of the first round first.

    Pixels are first turned by up to `rotate` degrees and shifted by up to `shift` whole pixels each way; then every
    input is moved by jitter * spread (D,) * N(0, 1)."""
    repeated = np.tile(x, plan.copies)
    if image is not None and (plan.shift or plan.rotate):
        repeated = _moved(rng, repeated, plan, image)
    return shaken(rng, repeated, plan.jitter * spread, image) if plan.jitter else repeated


def note_on_copies(rows: int, plan: Plan, image: Image | None) -> Note:
    """What was added, for `rows` training rows."""
    changes = []
    if image is not None and plan.shift:
        changes.append(f"shifted by up to {counted(plan.shift, 'pixel')}")
    if image is not None and plan.rotate:
        changes.append(f"turned by up to {figure(plan.rotate)}°")
    if plan.jitter:
        changes.append(f"jittered by {figure(plan.jitter)} standard deviations")
    how = listed(changes) if changes else "unchanged"
    return Note(STEP, f"{counted(rows * plan.copies, 'copy', 'copies')} of training rows added, {how}.")


def _moved(rng: np.random.Generator, x: Floats, plan: Plan, image: Image) -> Floats:
    count = x.shape[1]
    angle = np.deg2rad(rng.uniform(-plan.rotate, plan.rotate, count))
    away = rng.integers(-plan.shift, plan.shift + 1, (2, count)).astype(np.float64)
    pictures = x.T.reshape(count, image.height, image.width)
    moved = [
        move_pictures(pictures[i : i + CHUNK], angle[i : i + CHUNK], away[:, i : i + CHUNK], image.high)
        for i in range(0, count, CHUNK)
    ]
    return np.concatenate(moved).reshape(count, -1).T if moved else x


def move_pictures(pictures: Floats, angle: Floats, away: Floats, high: float) -> Floats:
    """`pictures` (K, height, width) turned clockwise by `angle` (K,) in radians about their middle, then moved by
    `away` (2, K) pixels to the right and down; bilinear, dark beyond the edge, within 0..high."""
    height, width = pictures.shape[1:]
    row, column = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    # Where each new pixel comes from: the way back.
    right = column - (width - 1) / 2 - away[0][:, np.newaxis, np.newaxis]
    down = row - (height - 1) / 2 - away[1][:, np.newaxis, np.newaxis]
    cos, sin = np.cos(angle)[:, np.newaxis, np.newaxis], np.sin(angle)[:, np.newaxis, np.newaxis]
    from_column = cos * right + sin * down + (width - 1) / 2
    from_row = cos * down - sin * right + (height - 1) / 2
    return np.clip(_bilinear(pictures, from_row, from_column), 0.0, high)


def _bilinear(pictures: Floats, row: Floats, column: Floats) -> Floats:
    """The brightness at places between pixels; a dark frame stands for everything beyond the edge."""
    count, height, width = pictures.shape
    framed = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    row, column = np.clip(row + 1, 0, height + 1), np.clip(column + 1, 0, width + 1)
    top, left = np.minimum(row.astype(np.intp), height), np.minimum(column.astype(np.intp), width)
    down, right = row - top, column - left
    which = np.arange(count)[:, np.newaxis, np.newaxis]
    above = (1 - right) * framed[which, top, left] + right * framed[which, top, left + 1]
    below = (1 - right) * framed[which, top + 1, left] + right * framed[which, top + 1, left + 1]
    mixed: Floats = (1 - down) * above + down * below
    return mixed
