"""Shift and scale of the inputs, seen = (raw - shift) / scale, fitted on the rows that are given and on no others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.data.preparation.bounds import SMALLEST_SPAN
from app.data.preparation.prepared import Input, Note
from app.data.preparation.wording import counted, figure, listed, quoted
from app.vocabulary import Scaling

Floats = NDArray[np.float64]
STEP = "scale"
FIGURES = {Scaling.STANDARDISE: ("mean", "standard deviation"), Scaling.MIN_MAX: ("least value", "span")}
"""What shift and scale are, in words."""


def fit(x: Floats, rule: Scaling, indicator: Sequence[bool], is_image: bool = False) -> tuple[Floats, Floats]:
    """Shift (D,) and scale (D,) of the rows `x` (D, K), K >= 1.

    Standardised: mean and population standard deviation, as scikit-learn's StandardScaler. Min-max: least value and
    span, as its MinMaxScaler. A constant input has scale 1. Indicators stay 0 and 1, as is usual in
    scikit-learn's pipelines.
    The pixels of an image share one shift and one scale, so that dark stays as dark everywhere."""
    shift, scale = np.zeros(x.shape[0]), np.ones(x.shape[0])
    if rule is Scaling.NONE:
        return shift, scale
    if is_image:
        one_shift, one_scale = _figures(x.reshape(1, -1), rule)
        return shift + one_shift, scale * one_scale
    numbers = ~np.asarray(indicator, np.bool_)
    if numbers.any():
        shift[numbers], scale[numbers] = _figures(x[numbers], rule)
    return shift, scale


def _figures(x: Floats, rule: Scaling) -> tuple[Floats, Floats]:
    low, span = x.min(axis=1), np.ptp(x, axis=1)
    constant = span < SMALLEST_SPAN
    span = np.where(constant, 1.0, span)
    if rule is Scaling.MIN_MAX:
        return low, span
    # In units of the span: the square of a very small deviation would be 0.
    part = (x - low[:, np.newaxis]) / span[:, np.newaxis]
    return low + span * part.mean(axis=1), np.where(constant, 1.0, span * part.std(axis=1))


def notes_on_scaling(
    rule: Scaling, inputs: Sequence[Input], training_rows: int, is_image: bool
) -> list[Note]:
    """What was done, to which inputs, and which are constant."""
    notes = [Note(STEP, _what(rule, training_rows, is_image, inputs))]
    constant = [one for one in inputs if one.high - one.low < SMALLEST_SPAN]
    if constant and not is_image:
        names = listed([f"{quoted(one.name)} (always {figure(one.low)})" for one in constant])
        verb = "is" if len(constant) == 1 else "are"
        notes.append(
            Note(STEP, f"{names} {verb} constant in the training part: there is nothing to learn from.")
        )
    return notes


def _what(rule: Scaling, rows: int, is_image: bool, inputs: Sequence[Input]) -> str:
    if rule is Scaling.NONE:
        return "Inputs stay as they are."
    what = "All pixels together" if is_image else "Each number column"
    first, second = FIGURES[rule]
    has_indicators = any(one.indicator for one in inputs)
    kept = " Indicators stay 0 and 1." if has_indicators else ""
    return f"{what}: minus the {first}, divided by the {second} of the {counted(rows, 'training row')} alone.{kept}"
