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


def read_curvature(found: Curvature | None, parameters: int, optimizer: Optimizer, rate: float) -> Reading:
    """Whether the learning rate suits the curvature."""
    if found is None:
        return Reading("curvature", None, None, "undefined", _not_measured(parameters, rate))
    curves = f"The training loss curves by at most {found.sharpness:.3g} ({_measured(found)})"
    limit = f"{found.formula} = {found.limit:.3g}"
    if optimizer in NAMES or optimizer is Optimizer.PERCEPTRON:
        scales = "takes no gradient steps of this kind"
        if optimizer in NAMES:
            scales = "scales the step of each parameter by its past gradients"
        name = NAMES.get(optimizer, "The perceptron rule")
        text = f"{curves}. {limit} binds plain gradient descent only; {name} {scales}."
        return Reading("curvature", None, None, "other_rule", text)
    if found.sharpness > found.limit:
        text = (
            f"{curves}, more than {limit}: this rate is too large for this curvature, and steps overshoot along the "
            f"steepest direction. Below {rate * found.limit / found.sharpness:.2g} they would not."
        )
        return Reading("curvature", None, None, "too_large", text)
    return Reading("curvature", None, None, "stable", f"{curves}, less than {limit}: this rate bears it.")


def limit_formula(optimizer: Optimizer) -> str:
    """How `app.engine.curvature.stability_limit` over the learning rate is written."""
    return FORMULAS.get(optimizer, "2 / learning rate")


FORMULAS = {
    Optimizer.MOMENTUM: "2 (1 + momentum) / learning rate",
    Optimizer.NESTEROV: "2 (1 + momentum) / ((1 + 2 momentum) learning rate)",
}


def _measured(found: Curvature) -> str:
    sample = f", a sample of {found.points} of {found.of} training points" if found.points < found.of else ""
    return f"step {found.step}{sample}"


def _not_measured(parameters: int, rate: float) -> str:
    if parameters > CURVATURE_PARAMETERS:
        most = f"networks of up to {CURVATURE_PARAMETERS} parameters"
        return f"Curvature is measured for {most}; this one has {parameters}."
    if rate <= 0.0:
        return "The learning rate is 0 here: no curvature is too large for it."
    return "The curvature is not defined here: a training point lies exactly on a kink, or nothing can move."
