"""What is asked of a table, and what has come of it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.data.tables import Image
from app.vocabulary import Missing, Scaling, Task

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """What is asked for. Shares are of all rows; noise of features and jitter in standard deviations of a column over
    the training part, shift in pixels, rotation in degrees."""

    target: str
    inputs: tuple[str, ...]
    train_fraction: float
    task: Task | None = None
    """None: as the target suggests."""
    validation_fraction: float = 0.0
    stratify: bool = True
    missing: Missing = Missing.DROP
    scaling: Scaling = Scaling.STANDARDISE
    label_noise: float = 0.0
    feature_noise: float = 0.0
    copies: int = 0
    jitter: float = 0.0
    shift: int = 0
    rotate: float = 0.0


@dataclass(frozen=True)
class Input:
    """One input of the network: a number column, or one category of a text column (`indicator`).

    `low`, `high`, `middle`: least, largest and mean raw value over the training part as drawn."""

    name: str
    unit: str
    column: str
    low: float
    high: float
    middle: float
    indicator: bool = False


@dataclass(frozen=True)
class Note:
    """One thing that was done, in words with its figures; `step` is missing, encode, split, noise,
    copies, scale or leak."""

    step: str
    text: str


@dataclass(frozen=True)
class Prepared:
    """D inputs of the points of a board, and how the network sees them: (x - shift) / scale.

    `labels` names the classes, empty for regression. `image`: the inputs are pixels, all of them."""

    inputs: tuple[Input, ...]
    shift: Floats
    """(D,)"""
    scale: Floats
    """(D,), 1 where a column is constant."""
    target: str
    target_unit: str = ""
    labels: tuple[str, ...] = ()
    image: Image | None = None
    rows: int = 0
    """Rows of the table, before any was left out."""
    notes: tuple[Note, ...] = field(default=())
    telling: tuple[int, int] = (0, 1)
    """The two inputs that tell most about the target."""
    target_shift: float = 0.0
    target_scale: float = 1.0
    """The network's output stands for target_shift + target_scale times it."""
    shown: NDArray[np.bool_] | None = None
    """(N as drawn,) which rows are told as points; None: all."""
