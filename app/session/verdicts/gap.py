"""Whether the network learns too little, or too much by heart, in words."""

import math

from app.session.readings import Reading, percent

BIAS, VARIANCE = 0.15, 0.1
"""High bias: a larger training error. High variance: a validation error so much larger than the training error, or
where nothing validates a test error. The error is 1 less accuracy, or 1 less R squared."""


def read_gap(
    train_score: float, test_score: float, classes: bool, validation: float = math.nan
) -> list[Reading]:
    """Whether it learns too little or too much by heart, from accuracies or R squared, NaN for a part without points;
    nothing where nothing can be told. Who chooses by a score learns its points by heart: where there is a `validation`
    score, that judges, and the test score stands beside it."""
    validates = math.isfinite(validation)
    judge = validation if validates else test_score
    if not (math.isfinite(train_score) and math.isfinite(judge)):
        return []
    verdict = _verdict(1.0 - train_score, 1.0 - judge)
    part = "validation" if validates else "test"
    verb = "wrong on" if classes else "R² is"
    found = f"{verb} {_figure(train_score, 'training', classes)} and {_figure(judge, part, classes)}"
    limits = (LIMITS_OF_CLASSES if classes else LIMITS_OF_NUMBERS) + part
    beside = ""
    if validates and math.isfinite(test_score):
        beside = f"{verb[0].upper()}{verb[1:]} {_figure(test_score, 'test', classes)}, which are kept for the end. "
    words, advice = GAPS[verdict]
    return [Reading("gap", None, None, verdict, f"{words}: {found} ({limits}). {beside}{advice}")]


def _verdict(train_error: float, judged_error: float) -> str:
    biased, varies = train_error > BIAS, judged_error - train_error > VARIANCE
    return (
        "both" if biased and varies else "high_bias" if biased else "high_variance" if varies else "fits_well"
    )


def _figure(score: float, part: str, classes: bool) -> str:
    return (
        f"{percent(1.0 - score, 1)} of the {part} points" if classes else f"{score:.2f} on the {part} points"
    )


GAPS = {
    "both": (
        "High bias and high variance",
        "What it has learnt is neither enough nor carries over: train longer, then get more points.",
    ),
    "high_bias": (
        "High bias",
        "Even the training points are not learnt: train longer, or give it more units or inputs.",
    ),
    "high_variance": (
        "High variance",
        "It does not carry over: more points, fewer units, a penalty, or stopping early.",
    ),
    "fits_well": ("Fits well", "What it has learnt carries over to points that it has not seen."),
}
LIMITS_OF_CLASSES = f"limits: {percent(BIAS)}, and {percent(VARIANCE)} more in "
LIMITS_OF_NUMBERS = f"limits: {1 - BIAS:g}, and {VARIANCE:g} less in "
