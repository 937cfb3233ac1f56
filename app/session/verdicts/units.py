"""Units that pass (almost) no gradient back, in words."""

from collections.abc import Sequence

from app.engine.diagnostics import SATURATED
from app.engine.network import Layer, Network
from app.session.describe import layer_name
from app.session.readings import Reading, percent
from app.vocabulary import Activation

MOSTLY = 0.9
"""A unit that is flat on this share of the training points counts as saturated."""
SINGLY = 3
"""So many bad units of a layer are told one by one, more as one reading of the layer."""


def read_units(network: Network, health: Sequence[float], points: int) -> list[Reading]:
    """Units that pass (almost) no gradient back; `health` as `app.engine.diagnostics` measures it on `points` rows."""
    readings: list[Reading] = []
    start = 0
    for index, layer in enumerate(network.hidden):
        shares = health[start : start + layer.fan_out]
        start += layer.fan_out
        readings += _read_layer(network, index, layer, shares, points)
    return readings


def _read_layer(
    network: Network, index: int, layer: Layer, shares: Sequence[float], points: int
) -> list[Reading]:
    where = layer_name(network, index)
    if layer.activation is Activation.STEP:
        text = f"{capitalised(where)} uses the step function, whose slope is 0: no gradient gets through it."
        return [Reading("layer", index, None, "dead", text, tuple(range(layer.fan_out)))]
    dead = layer.activation is Activation.RELU
    verdict = "dead" if dead else "saturated"
    bad = [unit for unit, share in enumerate(shares) if share >= (1.0 if dead else MOSTLY)]
    if len(bad) <= SINGLY:
        return [
            Reading(
                "unit", index, unit, verdict, _unit_text(where, unit, dead, shares[unit], points), (unit,)
            )
            for unit in bad
        ]
    why = f"their ReLU gives 0 on all {points} training points" if dead else _flat_on(MOSTLY, " or more")
    whose = "no gradient reaches their weights" if dead else "little gradient gets through them"
    text = f"{len(bad)} of {layer.fan_out} units of {where} are {verdict}: {why}, so {whose}."
    return [Reading("layer", index, None, verdict, text, tuple(bad))]


def _unit_text(where: str, unit: int, dead: bool, share: float, points: int) -> str:
    who = f"Unit {unit + 1} of {where}"
    if dead:
        return f"{who} is dead: its ReLU gives 0 on all {points} training points, so no gradient reaches its weights."
    return f"{who} is saturated: {_flat_on(share)}, so little gradient gets through it."


def _flat_on(share: float, more: str = "") -> str:
    return f"the slope is under {percent(SATURATED)} of the steepest on {percent(share)}{more} of the training points"


def capitalised(words: str) -> str:
    """`words` as they begin a sentence."""
    return words[:1].upper() + words[1:]
