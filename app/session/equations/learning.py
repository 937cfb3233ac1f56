"""What is said where the weights learn: gradient, penalty, clipping, the optimiser's update."""

import numpy as np

from app.engine.ledger import Ledger
from app.explain.steps import Value, fill, formulas, products
from app.session.equations.common import Told, place_of
from app.vocabulary import Clipping

FEW = 4
"""Parameters up to which the update of every one is told; else that of the one that moves most."""
COLUMNS = (
    "before",
    "first_before",
    "second_before",
    "first",
    "second",
    "first_corrected",
    "second_corrected",
    "decay",
    "after",
)
"""What the optimisers' formulas hold of a parameter."""


def _shown(ledger: Ledger) -> list[int]:
    """The parameters whose numbers are told: all of few, else the one that moves most."""
    if ledger.update.size <= FEW:
        return list(range(ledger.update.size))
    return [int(np.argmax(np.nan_to_num(np.abs(ledger.before - ledger.after))))]


def _which(ledger: Ledger) -> str:
    return "each" if ledger.update.size <= FEW else "the one that moves most"


def tell_gradient(ledger: Ledger, layer: int, column: int) -> Told:
    entry, recipe = formulas()["gradient"], ledger.recipe
    more, symbols = [], [entry["symbols"]]
    if np.any(recipe.l1) or np.any(recipe.l2):
        more.append("the share of the penalty")
        symbols.append(entry["penalty_symbols"])
    if recipe.clipping is not Clipping.NONE:
        more.append("the bound of the clipping")
        symbols.append(entry[f"{recipe.clipping.value}_symbols"])
    text = fill(
        entry["text"], more="; then comes " + " and ".join(more) if more else "", which=_which(ledger)
    )
    numbers = [line for index in _shown(ledger) for line in _gradient_of(ledger, index, len(symbols) > 1)]
    return Told(text, r", \qquad ".join(symbols), numbers)


def _gradient_of(ledger: Ledger, index: int, changed: bool) -> list[str]:
    entry, place = formulas()["gradient"], place_of(ledger.network, index)
    data, penalty = float(ledger.data_gradient[index]), float(ledger.penalty_gradient[index])
    facts: dict[str, Value] = {"w": place.symbol, "data": data, "penalty": penalty, "full": data + penalty}
    if place.source is None:
        lines = [fill(entry["norm"], **facts)]
    else:
        factors, width = mean_factors(ledger, place.layer, place.unit, place.source), ledger.width
        mean = products(factors) if width == 1 else rf"\frac{{1}}{{{width}}} \bigl({products(factors)}\bigr)"
        lines = [fill(entry["numbers"], **facts, mean=mean)]
    if index in ledger.recipe.frozen:
        return [*lines, fill(entry["held"], **facts)]
    if changed and penalty:
        lines.append(fill(entry["penalty"], **facts))
    if changed and ledger.recipe.clipping is not Clipping.NONE:
        lines.append(fill(entry["clipped"], **facts, clipped=float(ledger.clipped_gradient[index])))
    return lines


def mean_factors(ledger: Ledger, layer: int, unit: int, source: int) -> list[tuple[float, float]]:
    """(delta, input) of every sample of the batch, whose products' mean is the data gradient; the bias's input is 1."""
    values = ledger.layers[layer]
    inputs = values.inputs[source] if source < len(values.inputs) else np.ones(ledger.width)
    return list(zip(values.delta[unit].tolist(), inputs.tolist(), strict=True))


def tell_update(ledger: Ledger, layer: int, column: int) -> Told:
    entry = formulas()["update"]
    own = entry[ledger.recipe.optimizer.value]
    text = fill(entry["text"], which=_which(ledger))
    numbers = [line for index in _shown(ledger) for line in update_of(ledger, index)]
    return Told(text, own["symbols"], numbers)


def update_of(ledger: Ledger, index: int) -> list[str]:
    """The optimiser's formulas with the numbers of one parameter."""
    recipe = ledger.recipe
    facts: dict[str, Value] = {name: float(value) for name, value in recipe.hyper.items()}
    for name in COLUMNS:
        if (column := getattr(ledger, name)) is not None:
            facts[name] = float(column[index])
    facts |= {
        "w": place_of(ledger.network, index).symbol,
        "rate": ledger.rate,
        "clock": f"{ledger.clock:.0f}",
    }
    facts["g"] = float(ledger.clipped_gradient[index])
    kind = "frozen" if index in recipe.frozen else recipe.optimizer.value
    return [fill(line, **facts) for line in formulas()["update"][kind]["numbers"]]
