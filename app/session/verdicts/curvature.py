"""Whether the learning rate suits how steeply the loss curves, in words."""

from app.session.readings import Curvature, Reading
from app.vocabulary import Optimizer

CURVATURE_PARAMETERS = 200
"""Networks up to this size have their curvature measured."""
NAMES = {
    Optimizer.ADAGRAD: "Adagrad",
    Optimizer.RMSPROP: "RMSprop",
    Optimizer.ADAM: "Adam",
    Optimizer.ADAMW: "AdamW",
}
"""Optimisers that scale every parameter's step by its own past gradients."""


def read_curvature(
    found: Curvature | None, parameters: int, optimizer: Optimizer, rate: float, momentum: float
) -> Reading:
    """Whether the learning rate suits the curvature; `momentum` counts for the two rules that have it."""
    if found is None:
        return Reading("curvature", None, None, "undefined", _not_measured(parameters, rate))
    curves = f"The training loss curves by at most {found.sharpness:.3g} (step {found.step})"
    if optimizer in NAMES or optimizer is Optimizer.PERCEPTRON:
        scales = "takes no gradient steps of this kind"
        if optimizer in NAMES:
            scales = "scales each parameter's step by its past gradients"
        name = NAMES.get(optimizer, "The perceptron rule")
        text = f"{curves}. 2 / learning rate = {found.limit:.3g} binds plain gradient descent only; {name} {scales}."
        return Reading("curvature", None, None, "other_rule", text)
    limit = momentum_limit(optimizer, momentum) / rate
    formula = LIMITS.get(optimizer, "2 / learning rate")
    if found.sharpness > limit:
        text = (
            f"{curves}, more than {formula} = {limit:.3g}: this rate is too large for this curvature, and steps "
            f"overshoot along the steepest direction. Below {rate * limit / found.sharpness:.2g} they would not."
        )
        return Reading("curvature", None, None, "too_large", text)
    return Reading(
        "curvature", None, None, "stable", f"{curves}, less than {formula} = {limit:.3g}: this rate bears it."
    )


LIMITS = {
    Optimizer.MOMENTUM: "2 (1 + momentum) / learning rate",
    Optimizer.NESTEROV: "2 (1 + momentum) / ((1 + 2 momentum) learning rate)",
}


def momentum_limit(optimizer: Optimizer, momentum: float) -> float:
    """The largest learning rate times curvature at which descent on a parabola does not diverge: 2 for plain descent,
    and where both roots of its recurrence reach the unit circle for the rules with a velocity."""
    if optimizer is Optimizer.MOMENTUM:
        return 2.0 * (1.0 + momentum)
    if optimizer is Optimizer.NESTEROV:
        return 2.0 * (1.0 + momentum) / (1.0 + 2.0 * momentum)
    return 2.0


def _not_measured(parameters: int, rate: float) -> str:
    if parameters > CURVATURE_PARAMETERS:
        most = f"networks of up to {CURVATURE_PARAMETERS} parameters"
        return f"Curvature is measured for {most}; this one has {parameters}."
    if rate <= 0.0:
        return "The learning rate is 0 here: no curvature is too large for it."
    return "The curvature is not defined here: a training point lies exactly on a kink, or nothing can move."
