"""What the scaling would have been, had it been fitted before the rows were split."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.prepared import Input, Note
from app.data.preparation.scaling import FIGURES, fit
from app.data.preparation.wording import figure, quoted
from app.data.split import TRAIN
from app.vocabulary import Scaling

Floats = NDArray[np.float64]
STEP = "leak"


def note_on_leak(
    x: Floats, part: NDArray[np.uint8], rule: Scaling, inputs: Sequence[Input], is_image: bool
) -> Note:
    """The input whose figures change most when all rows `x` (D, N) take part, in words with both pairs of figures."""
    if rule is Scaling.NONE:
        return Note(STEP, "Nothing is fitted to the inputs, so nothing can leak.")
    training = part == TRAIN
    if training.all():
        return Note(STEP, "Every row is trained on, so no other row can leak into the scaling.")
    indicator = [one.indicator for one in inputs]
    shift, scale = fit(x[:, training], rule, indicator, is_image)
    all_shift, all_scale = fit(x, rule, indicator, is_image)
    change = np.abs(all_shift - shift) / scale + np.abs(all_scale - scale) / scale
    worst = int(change.argmax())
    if change[worst] == 0:
        return Note(STEP, "Fitted on all rows, the scaling would be the same: nothing leaks here.")
    first, second = FIGURES[rule]
    name = "the pixels" if is_image else quoted(inputs[worst].name)
    return Note(
        STEP,
        f"Scaling before the split would leak: fitted on all rows, {name} would have {first} "
        f"{figure(all_shift[worst])} instead of {figure(shift[worst])} and {second} {figure(all_scale[worst])} instead "
        f"of {figure(scale[worst])}, and so tell the network something of rows it is tested on.",
    )
