"""Whether the network learns too little, or too much by heart, in words."""

import math

from app.session.readings import Reading, percent

BIAS, VARIANCE = 0.15, 0.1
"""High bias: a larger training error. High variance: a test error so much larger than the training error. The error is
1 less accuracy, or 1 less R squared."""


def read_gap(train_score: float, test_score: float, classes: bool) -> list[Reading]:
    """Whether it learns too little or too much by heart, from accuracies or R squared; nothing where one is NaN."""
    if not (math.isfinite(train_score) and math.isfinite(test_score)):
        return []
    train, test = 1.0 - train_score, 1.0 - test_score
    biased, varies = train > BIAS, test - train > VARIANCE
    verdict = (
        "both" if biased and varies else "high_bias" if biased else "high_variance" if varies else "fits_well"
    )
    if classes:
        found = (
            f"wrong on {percent(train, 1)} of the training points and {percent(test, 1)} of the test points"
        )
    else:
        found = f"R² is {train_score:.2f} on the training points and {test_score:.2f} on the test points"
    words, advice = GAPS[verdict]
    limits = LIMITS_OF_CLASSES if classes else LIMITS_OF_NUMBERS
    return [Reading("gap", None, None, verdict, f"{words}: {found} ({limits}). {advice}")]


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
LIMITS_OF_CLASSES = f"limits: {percent(BIAS)}, and {percent(VARIANCE)} more in test"
LIMITS_OF_NUMBERS = f"limits: {1 - BIAS:g}, and {VARIANCE:g} less in test"
