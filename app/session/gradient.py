"""The gradient check as a session tells it: rows by layer and unit, a verdict, and the words for it."""

import math

import numpy as np
from numpy.typing import NDArray

from app.engine.gradient_check import Checked, H, check_gradient
from app.engine.network import Network
from app.engine.objective import bends
from app.session.describe import layer_name
from app.session.diagnosis_events import GradientCheck, GradientRow, Kind, Verdict
from app.session.machine import Machine
from app.vocabulary import Activation

RIGHT, WRONG = 1e-7, 1e-4
"""Verdicts by the distance (reference: numerics.md, "Gradient check")."""
MOST_ROWS = 200
"""Parameters told in full."""
BEND_NAMES = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "step": "the step function"}


def checked_gradient(machine: Machine) -> GradientCheck:
    """The check of `machine` as it stands; it needs a training point. What is sampled comes from the order seed."""
    trainer, network = machine.trainer, machine.network
    rng = np.random.default_rng(machine.spec.seeds.order)
    found = check_gradient(network, trainer.recipe, trainer.theta, trainer.source, rng)
    verdict = judge(found.distance)
    return GradientCheck(
        step=trainer.step,
        parameters=network.parameters,
        checked=len(found.indices),
        points=found.rows,
        h=H,
        distance=found.distance if math.isfinite(found.distance) else None,
        verdict=verdict,
        text=" ".join([_judged(network, found, verdict), *_notes(machine, found)]),
        rows=tuple(_row(network, found, int(at)) for at in worst_first(found)[:MOST_ROWS]),
    )


def judge(distance: float) -> Verdict:
    """Where a distance lies; nothing can be said of none."""
    if not math.isfinite(distance):
        return "doubtful"
    return "right" if distance < RIGHT else "doubtful" if distance <= WRONG else "wrong"


def worst_first(found: Checked) -> NDArray[np.intp]:
    """Places in `found` by error, ties by the difference itself; those across a kink last."""
    order: NDArray[np.intp] = np.lexsort((-np.abs(found.analytic - found.numeric), -found.errors, found.kink))
    return order


def _row(network: Network, found: Checked, at: int) -> GradientRow:
    index = int(found.indices[at])
    layer, unit, column, kind = place_of(network, index)
    return GradientRow(
        index=index,
        layer=layer,
        unit=unit,
        input=column,
        kind=kind,
        analytic=float(found.analytic[at]),
        numeric=float(found.numeric[at]),
        error=float(found.errors[at]),
        kink=bool(found.kink[at]),
    )


def place_of(network: Network, index: int) -> tuple[int, int, int | None, Kind]:
    """Layer, unit, input (None but for weights) and kind of one entry of theta."""
    number = int(np.searchsorted(network.offsets, index, side="right")) - 1
    layer, within = network.layers[number], index - network.offsets[number]
    if within >= layer.weights:
        which, unit = divmod(within - layer.weights, layer.fan_out)
        return number, unit, None, "beta" if which else "gamma"
    unit, column = divmod(within, layer.fan_in + 1)
    return (number, unit, None, "bias") if column == layer.fan_in else (number, unit, column, "weight")


def _judged(network: Network, found: Checked, verdict: Verdict) -> str:
    if not math.isfinite(found.distance):
        return "Nothing can be said: every difference reaches across a kink, or the loss is not finite."
    distance, least, most = powers(found.distance, 1), powers(RIGHT), powers(WRONG)
    if verdict == "right":
        return f"Right: the backward pass and the differences are {distance} apart, less than {least}."
    index = int(found.indices[worst_first(found)[0]])
    where = f"The worst parameter is in {layer_name(network, place_of(network, index)[0])}."
    if verdict == "doubtful":
        return (
            f"Doubtful: the backward pass and the differences are {distance} apart, between {least} and {most}. Where "
            f"the gradient is tiny or the loss curves sharply, a difference is not exact either. {where}"
        )
    return f"Wrong: the backward pass and the differences are {distance} apart, more than {most}. {where}"


def powers(value: float, digits: int = 0) -> str:
    """A small number as the page writes it: no zero before the exponent, and a minus sign that is one."""
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "\N{MINUS SIGN}")


def _notes(machine: Machine, found: Checked) -> list[str]:
    """What was left out, and why."""
    network, total = machine.network, machine.trainer.rows
    notes = []
    if len(found.indices) < network.parameters:
        notes.append(f"A sample of {len(found.indices)} of {network.parameters} parameters was checked.")
    if found.rows < total:
        notes.append(f"The loss is that of a sample of {found.rows} of {total} training points.")
    if names := bends(network, machine.trainer.recipe):
        notes.append(_kinks(names, int(found.kink.sum())))
    if any(layer.activation is Activation.STEP for layer in network.hidden):
        notes.append(
            "A step is flat between its jumps: derivatives before it are 0 and nothing is learnt there."
        )
    if any(layer.dropout for layer in network.layers):
        notes.append("Dropout was off.")
    if any(layer.batch_norm for layer in network.layers):
        notes.append("Batch norm used the statistics of these points.")
    small = powers(found.smallest)
    return [
        *notes,
        f"Derivatives under {small} are measured against {small}: rounding hides their last digits.",
    ]


def _kinks(names: tuple[str, ...], crossed: int) -> str:
    of = " or ".join(BEND_NAMES.get(name, name.replace("_", " ")) for name in names)
    if not crossed:
        return f"No difference reaches across a kink of {of}."
    many = "1 difference reaches" if crossed == 1 else f"{crossed} differences reach"
    does = "does" if crossed == 1 else "do"
    return f"{many} across a kink of {of}, where there is no derivative, and {does} not count."
