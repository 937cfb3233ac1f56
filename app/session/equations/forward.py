"""What is said on the way forward: weighted sums, values, the loss."""

from app.engine.ledger import Ledger
from app.engine.network import Network
from app.explain.steps import Value, applied, fill, formulas, number, products
from app.session.equations.common import UNITS, Told, names_of


def function_of(network: Network, layer: int) -> str:
    """The name of what a layer applies to its sums."""
    last = layer == len(network.layers) - 1
    return (network.output if last else network.layers[layer].activation).value


def _function(network: Network, layer: int, z: Value, place: str) -> str:
    """The activation of `z` in LaTeX, times the mask under dropout."""
    value = applied(formulas()["activation"][function_of(network, layer)], Z=z)
    return rf"m_{{{place}}} \cdot {value}" if network.layers[layer].dropout else value


def weighted_sum(ledger: Ledger, layer: int, unit: int, column: int) -> str:
    """w1 a1 + ... + b of a unit, with numbers."""
    block = ledger.network.block(ledger.before, layer)[unit]
    inputs = ledger.layers[layer].inputs[:, column]
    return products(list(zip(block[:-1].tolist(), inputs.tolist(), strict=True)), [float(block[-1])])


def tell_forward(ledger: Ledger, layer: int, column: int) -> Told:
    network, values = ledger.network, ledger.layers[layer]
    names = names_of(network, layer)
    entry = formulas()["forward_norm" if network.layers[layer].batch_norm else "forward"]
    text = fill(entry["text"], **names)
    if network.layers[layer].dropout:
        text += " Dropout then silences units by chance: their m is 0, and makes up for it in the others."
    symbols = fill(entry["symbols"], **names, f=_function(network, layer, f"z_j^{{({layer + 1})}}", "j"))
    numbers = [
        fill(
            entry["numbers"],
            **names,
            j=str(unit + 1),
            sum=weighted_sum(ledger, layer, unit, column),
            s=float(values.summed[unit, column]),
            z=float(values.z[unit, column]),
            f=_function(network, layer, float(values.z[unit, column]), str(unit + 1)),
            a=float(values.a[unit, column]),
        )
        for unit in range(min(UNITS, len(values.z)))
    ]
    return Told(text, symbols, numbers)


def tell_loss(ledger: Ledger, layer: int, column: int) -> Told:
    entry, rule = formulas()["loss"], formulas()["losses"][ledger.recipe.loss.value]["value"]
    symbols = fill(entry["symbols"], symbols=applied(rule, Y="y", A=r"\hat y", Z="z"))
    output = ledger.layers[-1]
    lines = []
    if len(output.z) == 1 and "_k" not in rule:
        letters = {"Y": ledger.targets, "A": output.a, "Z": output.z}
        lines.append(applied(rule, **{name: float(array[0, column]) for name, array in letters.items()}))
    else:
        lines += [
            rf"y_{{{unit + 1}}} = {number(ledger.targets[unit, column])}, \qquad "
            rf"\hat y_{{{unit + 1}}} = {number(output.a[unit, column])}"
            for unit in range(min(UNITS, len(output.z)))
        ]
    whole = fill(entry["numbers"], loss=float(ledger.losses[column]), total=ledger.loss)
    if len(lines) == 1 and "_k" not in rule:
        whole, lines = whole.replace(r"\ell = ", rf"\ell = {lines[0]} = ", 1), []
    return Told(entry["text"], symbols, [*lines, whole])
