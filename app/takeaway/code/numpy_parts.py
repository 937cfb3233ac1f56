"""The pieces of the NumPy program: every activation, output, loss and optimiser as source."""

from dataclasses import dataclass

from app.vocabulary import Activation, Loss, Optimizer, Output


@dataclass(frozen=True)
class Function:
    """An activation as expressions of z. `needs`: a helper that must be there."""

    value: str
    slope: str
    needs: str = ""


FUNCTIONS = {
    Activation.LINEAR: Function("z", "np.ones_like(z)"),
    Activation.STEP: Function("np.where(z >= 0, 1.0, 0.0)", "np.zeros_like(z)"),
    Activation.SIGMOID: Function("logistic(z)", "logistic(z) * (1 - logistic(z))", "logistic"),
    Activation.TANH: Function("np.tanh(z)", "1 - np.tanh(z) ** 2"),
    Activation.RELU: Function("np.maximum(z, 0)", "np.where(z > 0, 1.0, 0.0)"),
    Activation.LEAKY_RELU: Function("np.where(z > 0, z, 0.01 * z)", "np.where(z > 0, 1.0, 0.01)"),
    Activation.ELU: Function(
        "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))", "np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))"
    ),
    Activation.SOFTPLUS: Function("np.logaddexp(0, z)", "logistic(z)", "logistic"),
    Activation.SILU: Function("z * logistic(z)", "logistic(z) * (1 + z * (1 - logistic(z)))", "logistic"),
    Activation.GELU: Function(
        "z * normal(z)", "normal(z) + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)", "normal"
    ),
    Activation.SINE: Function("np.sin(z)", "np.cos(z)"),
}

HELPERS = {
    "logistic": '''
def logistic(z):
    """1 / (1 + e^-z), written so that nothing overflows."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)
''',
    "normal": '''
def normal(z):
    """The share of the normal distribution below z."""
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))
''',
}

OUTPUTS = {
    Output.LINEAR: "return score",
    Output.STEP: "return np.where(score >= 0, 1.0, 0.0)",
    Output.SIGMOID: "return logistic(score)",
    Output.SOFTMAX: "grown = np.exp(score - score.max(axis=1, keepdims=True))\n"
    "return grown / grown.sum(axis=1, keepdims=True)",
    Output.TANH: "return np.tanh(score)",
}

OUTPUT_SLOPES = {
    Output.LINEAR: "return gradient",
    Output.SIGMOID: "return gradient * a * (1 - a)",
    Output.SOFTMAX: "return a * (gradient - (gradient * a).sum(axis=1, keepdims=True))",
    Output.TANH: "return gradient * (1 - a * a)",
}
"""From the gradient by the output a to that by the score."""


@dataclass(frozen=True)
class LossSource:
    """`value` of all rows, and its `slope`: by the score where `by_score`, else by the output `a`."""

    value: str
    slope: str
    text: str
    by_score: bool = False


LOSSES = {
    Loss.BINARY_CROSS_ENTROPY: LossSource(
        "(np.logaddexp(0, score) - t * score).sum(axis=1).mean()",
        "(a - t) / len(t)",
        "-(t ln a + (1 - t) ln(1 - a)), from the score so that a sure output loses no digits.",
        by_score=True,
    ),
    Loss.CROSS_ENTROPY: LossSource(
        "(t * (np.logaddexp.reduce(score, axis=1, keepdims=True) - score)).sum(axis=1).mean()",
        "(a - t) / len(t)",
        "-ln of the right class's output, from the scores.",
        by_score=True,
    ),
    Loss.MEAN_SQUARED_ERROR: LossSource(
        "((a - t) ** 2).mean()", "2 * (a - t) / t.size", "(a - t)^2, the mean of all."
    ),
    Loss.HALF_SQUARED_ERROR: LossSource(
        "((a - t) ** 2 / 2).sum(axis=1).mean()", "(a - t) / len(t)", "Half of (a - t)^2."
    ),
    Loss.HINGE: LossSource(
        "np.maximum(0, 1 - t * a).sum(axis=1).mean()",
        "np.where(t * a < 1, -t, 0.0) / len(t)",
        "max(0, 1 - t a), with t = -1 or 1.",
    ),
    Loss.HUBER: LossSource(
        "np.where(abs(a - t) < 1, (a - t) ** 2 / 2, abs(a - t) - 0.5).mean()",
        "np.clip(a - t, -1, 1) / t.size",
        "(a - t)^2 / 2 up to a distance of 1, then the distance less a half.",
    ),
    Loss.MEAN_ABSOLUTE_ERROR: LossSource(
        "abs(a - t).mean()", "np.sign(a - t) / t.size", "|a - t|, the mean of all."
    ),
    Loss.PERCEPTRON: LossSource(
        "np.maximum(0, -t * score).sum(axis=1).mean()",
        "np.where(t * score <= 0, -t, 0.0) / len(t)",
        "max(0, -t score), with t = -1 or 1: a point on the line still pulls.",
        by_score=True,
    ),
}

MOMENTS = "m[...] = BETA1 * m + (1 - BETA1) * gradient\nv[...] = BETA2 * v + (1 - BETA2) * gradient**2\n"
ADAM = (
    "m, v = memory\n" + MOMENTS + "root = np.sqrt(v / (1 - BETA2**count))\n"
    "w -= rate * m / (1 - BETA1**count) / (root + EPS)"
)

UPDATES = {
    Optimizer.SGD: "w -= rate * gradient",
    Optimizer.PERCEPTRON: "w -= rate * gradient",
    Optimizer.MOMENTUM: "velocity = memory[0]\nvelocity[...] = MOMENTUM * velocity + gradient\nw -= rate * velocity",
    Optimizer.NESTEROV: "velocity = memory[0]\nvelocity[...] = MOMENTUM * velocity + gradient\n"
    "w -= rate * (gradient + MOMENTUM * velocity)",
    Optimizer.ADAGRAD: "squares = memory[0]\nsquares += gradient**2\nw -= rate * gradient / (np.sqrt(squares) + EPS)",
    Optimizer.RMSPROP: "squares = memory[0]\nsquares[...] = ALPHA * squares + (1 - ALPHA) * gradient**2\n"
    "w -= rate * gradient / (np.sqrt(squares) + EPS)",
    Optimizer.ADAM: ADAM,
    Optimizer.ADAMW: "w -= rate * WEIGHT_DECAY * w  # decay of every weight, apart from its gradient\n"
    + ADAM,
}
