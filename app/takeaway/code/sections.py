"""The parts of a program that are plain NumPy in every framework: the way from a point to the network's inputs, the
coding of targets, the numbers themselves, and the beginning and end.
"""

import textwrap
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.assemble import make_recipe
from app.engine.losses import LOSSES, SIGNED_OUTPUTS
from app.engine.network import Network
from app.takeaway.code.literals import (
    array_literal,
    is_packed,
    number_literal,
    text_literal,
    texts_literal,
)
from app.takeaway.code.settings import OPTIMIZER_NAMES, flags, rate_expression, settings
from app.takeaway.code.template import heading, render, spaced
from app.takeaway.errors import TakeawayError
from app.takeaway.portrait import Portrait
from app.takeaway.titles import raw_names, title_of
from app.vocabulary import Feature, Task

Floats = NDArray[np.float64]
Naming = Callable[[Network, Floats, Floats], Mapping[str, Floats]]
"""Of a network, theta and statistics: views of them by a framework's names."""
CHECKED = 20
"""Points whose predictions a program holds, to compare its own with."""

FEATURES = {
    Feature.X1: "x1",
    Feature.X2: "x2",
    Feature.X1_SQUARED: "x1 * x1",
    Feature.X2_SQUARED: "x2 * x2",
    Feature.X1_TIMES_X2: "x1 * x2",
    Feature.SIN_X1: "np.sin(x1)",
    Feature.SIN_X2: "np.sin(x2)",
    Feature.COS_X1: "np.cos(x1)",
    Feature.COS_X2: "np.cos(x2)",
    Feature.RADIUS: "np.hypot(x1, x2)",
}

BEGINNING = '''
"""An experiment of Gradient Playground as a program of its own, with $framework.

It holds the points, the weights as they stood after epoch $epoch, and how they learn: by $optimizer.
Started, it compares its predictions with those of the page and trains on from these weights, with all training
points in each update; averages and the learning rate's course begin anew.

It needs $needs.
"""

$imports
'''

INPUTS = '''
$experiment

TITLE = $title_text
COLUMNS = $columns
?classes|CLASSES = $classes
$settings

$inputs_heading


def see(x):
    """What the network sees of points x, one row each with the columns of COLUMNS."""
?table|    return (x - SHIFT) / SCALE
?curve|    x1 = x[:, 0]
?plane|    x1, x2 = x.T
?!table|    return np.stack([$features], axis=1)


def coded(y):
    """What the outputs should be for classes or values y, one row each."""
$coded
'''

NUMBERS = '''
$numbers_heading

?packed|
?packed|def unpack(*shape_and_text):
?packed|    """An array too long for figures: float64, compressed, in base64."""
?packed|    *shape, text = shape_and_text
?packed|    values = np.frombuffer(zlib.decompress(base64.b64decode(text)), "<f8")
?packed|    return values.reshape(shape).astype(float)
?packed|
?packed|
# One row a point: its columns, its $target, and what it is for: 0 training, 1 validation, 2 test.
POINTS = $points
X, Y, PART = POINTS[:, :-2], POINTS[:, -2], POINTS[:, -1]
?table|
?table|# The network sees (x - SHIFT) / SCALE, by figures of the training points.
?table|SHIFT = $shift
?table|SCALE = $scale
?scaled_target|
?scaled_target|# Outputs stand for TARGET_SHIFT + TARGET_SCALE times them.
?scaled_target|TARGET_SHIFT, TARGET_SCALE = $target_shift, $target_scale

# What the page says of the first points.
PREDICTIONS = $predictions

$weights
'''

RATE = '''
def learning_rate(count):
    """The learning rate of the update that comes after `count` others."""
?warmup|    if count < WARMUP:
?warmup|        return LEARNING_RATE * (count + 1) / WARMUP
?warmup|    count -= WARMUP
    return $rate
'''

CLASSIFIER = '''
def classify(x):
    """The names of the classes that the outputs speak for."""
    $classify
'''

END = '''
def main():
    """Check the predictions, then train on."""
    print(TITLE)
    difference = np.abs(predict(X[: len(PREDICTIONS)]) - PREDICTIONS).max(initial=0.0)
    print(f"predictions differ from the page's by at most {difference:.1e}")
    print_losses("now", losses())
?untrained|    print("there are no training points to learn from")
    for epoch, after in enumerate(train(EPOCHS), start=1):
        print_losses(f"epoch {epoch}", after)


def print_losses(when, found):
    """One line: the loss of each part."""
    print(f"{when:>9}:  " + ", ".join(f"{part} loss {value:.8f}" for part, value in found.items()))
'''


def has_of(portrait: Portrait) -> set[str]:
    """`flags`, and whether points are places of a plane."""
    has = flags(portrait)
    return has if has & {"table", "curve"} else has | {"plane"}


def check_norm(portrait: Portrait, framework: str) -> None:
    """TakeawayError where batch norm is to learn from one point: it has no variance, and the frameworks do not leave
    that out as the engine does."""
    if "norm" in has_of(portrait) and int((portrait.part == 0).sum()) == 1:
        raise TakeawayError(
            f"{framework}'s batch norm cannot learn from a single point; allowed: two training points or more, no "
            "batch norm, or the NumPy program"
        )


def first_values(portrait: Portrait) -> dict[str, str]:
    """For the sections `INPUTS` and `RATE`."""
    return {
        "experiment": heading("The experiment"),
        "columns": texts_literal(raw_names(portrait)),
        "classes": texts_literal(portrait.state.labels),
        "settings": settings(portrait),
        "inputs_heading": heading("From a point to the network's inputs"),
        "features": ", ".join(FEATURES[feature] for feature in portrait.spec.features),
        "coded": textwrap.indent(_coded(portrait), "    "),
        "rate": rate_expression(portrait),
        "title_text": text_literal(title_of(portrait)),
        "optimizer": OPTIMIZER_NAMES[portrait.spec.training.optimizer.name],
        "epoch": str(portrait.epoch),
        "meaning": _meaning(portrait),
        "classifier": render(CLASSIFIER, (), {"classify": _classify(portrait)}).rstrip("\n"),
        "end": render(END, has_of(portrait), {}).rstrip("\n"),
    }


def _coded(portrait: Portrait) -> str:
    spec = portrait.spec
    if spec.task is Task.REGRESSION:
        scaled = "(y - TARGET_SHIFT) / TARGET_SCALE" if "scaled_target" in flags(portrait) else "y"
        return f"return ({scaled})[:, None]" if "(" in scaled else f"return {scaled}[:, None]"
    low = "-1.0" if LOSSES[spec.loss].signed or spec.output in SIGNED_OUTPUTS else "0.0"
    if portrait.network.fan_out == 1:
        return f"return np.where(y == 1, 1.0, {low})[:, None]"
    return f"return np.where(y[:, None] == np.arange(len(CLASSES)), 1.0, {low})"


def _meaning(portrait: Portrait) -> str:
    if not portrait.state.labels:
        return "A column: the value."
    if portrait.network.fan_out > 1:
        return "A column for each class: the largest wins."
    return f"A column: from {portrait.state.middle:g} on it speaks for the second class."


def _classify(portrait: Portrait) -> str:
    if portrait.network.fan_out > 1:
        return "return [CLASSES[number] for number in predict(x).argmax(axis=1)]"
    middle = portrait.state.middle
    return "" if middle is None else f"return [CLASSES[int(a >= {middle:g})] for a in predict(x)[:, 0]]"


def program(
    portrait: Portrait, beginning: Mapping[str, str], imports: str, network: str, weights: str
) -> str:
    """The whole of a program: `network` and `weights` as the framework has them, around them what all have in common.
    `beginning`: `framework` and what it `needs`, in words; `imports`: the framework's own."""
    values = first_values(portrait)
    body = [render(INPUTS, has_of(portrait), values), network, numbers(portrait, weights)]
    body.append('if __name__ == "__main__":\n    main()\n')
    text = "\n".join(body)
    own = "".join(f"import {module}\n" for module in ("base64", "math", "zlib") if f"{module}." in text)
    found = {"imports": own + ("\n" if own else "") + imports, **beginning}
    return spaced(render(BEGINNING, (), values | found) + "\n" + text)


def numbers(portrait: Portrait, weights: str) -> str:
    """The section with points, scaling, predictions to compare with, and `weights` as the framework has them."""
    prepared, target = portrait.prepared, portrait.state.target
    values = {
        "numbers_heading": heading("The numbers, to the last digit"),
        "target": "class (its place in CLASSES)" if portrait.state.labels else "value",
        "points": array_literal(_points(portrait)),
        "predictions": array_literal(portrait.outputs[:, :CHECKED].T),
        "shift": _column_figures(prepared.shift) if prepared else "",
        "scale": _column_figures(prepared.scale) if prepared else "",
        "target_shift": number_literal(target.shift),
        "target_scale": number_literal(target.scale),
        "weights": weights,
    }
    packed = {"packed"} if any(map(is_packed, values.values())) else set()
    return render(NUMBERS, has_of(portrait) | packed, values)


def _points(portrait: Portrait) -> Floats:
    """(N, raw columns + 2)."""
    x = portrait.x[: len(raw_names(portrait))]
    return np.concatenate([x, portrait.target[None], portrait.part[None].astype(np.float64)]).T


def _column_figures(figures: Floats) -> str:
    """One number where it is the same for all columns, as it is for pixels."""
    first = float(figures[0])
    return number_literal(first) if (figures == first).all() else array_literal(figures)


def frozen_places(portrait: Portrait, indices: Mapping[str, Floats]) -> str:
    """A dict of the frozen parameters: `...` where all of an array are, else the places in it. `indices`: by the
    framework's names and laid out as it has them, where in theta each entry lies."""
    frozen = list(make_recipe(portrait.spec).frozen)
    lines = []
    for name, array in indices.items():
        mask = np.isin(array, frozen)
        if mask.all() and mask.size:
            lines.append(f'    "{name}": ...,\n')
        elif mask.any():
            places = ", ".join(str(axis.tolist()) for axis in np.nonzero(mask))
            comma = "," if mask.ndim == 1 else ""
            lines.append(f'    "{name}": ({places}{comma}),\n')
    return "{\n" + "".join(lines) + "}"


def weight_values(portrait: Portrait, by_name: Naming) -> dict[str, str]:
    """`arrays` and `frozen` for the weights' section of a framework that calls the parameters as `by_name` does."""
    network, values = portrait.network, {"frozen": ""}
    if "frozen" in has_of(portrait):
        nowhere = np.full(portrait.statistics.shape, -1.0)
        values["frozen"] = frozen_places(
            portrait, by_name(network, np.arange(float(network.parameters)), nowhere)
        )
    return values | {"arrays": arrays(by_name(network, portrait.theta, portrait.statistics))}


def arrays(named: Mapping[str, Floats]) -> str:
    """A dict of arrays as source."""
    lines = [f'    "{name}": {_inside(array_literal(array))},\n' for name, array in named.items()]
    return "{\n" + "".join(lines) + "}"


def _inside(source: str) -> str:
    return textwrap.indent(source, "    ").strip()
