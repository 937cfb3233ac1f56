"""What is said on the way back: deltas, from the loss to the first layer."""

from app.engine.ledger import LayerLedger, Ledger
from app.engine.losses import LOSSES
from app.explain.steps import Value, applied, fill, formulas, number, products
from app.session.equations.common import UNITS, Told, names_of
from app.vocabulary import Output


def output_rule(ledger: Ledger, **letters: Value) -> str:
    """delta of an output unit in LaTeX, of target Y, output A, sum Z."""
    loss, output = ledger.recipe.loss, ledger.network.output
    rule = formulas()["losses"][loss.value]["slope"].replace("{K}", f"{{{ledger.network.fan_out}}}")
    if LOSSES[loss].by_score:
        return applied(rule, **letters)
    if output is Output.SOFTMAX:
        return r"\hat y_k \Bigl(e_k - \sum_m e_m \hat y_m\Bigr), \qquad e_k = " + applied(rule, **letters)
    slope = formulas()["slope"][output.value]
    return applied(rule if slope == "1" else rf"{rule} \cdot {slope}", **letters)


def output_delta(ledger: Ledger, unit: int, column: int) -> str:
    """`output_rule` with one sample's numbers."""
    output = ledger.layers[-1]
    if ledger.network.output is Output.SOFTMAX and not LOSSES[ledger.recipe.loss].by_score:
        errors = ledger.layers[-1].a[:, column] * ledger.errors[:, column]
        share = 1.0 / ledger.network.fan_out if LOSSES[ledger.recipe.loss].mean_over_outputs else 1.0
        own = number(share * ledger.errors[unit, column]), number(share * float(errors.sum()))
        return rf"{number(output.a[unit, column])} \cdot \Bigl({own[0]} - {own[1]}\Bigr)".replace("- -", "+ ")
    letters = {"Y": ledger.targets, "A": output.a, "Z": output.z}
    return output_rule(ledger, **{name: float(array[unit, column]) for name, array in letters.items()})


def gathered(ledger: Ledger, layer: int, unit: int, column: int) -> list[tuple[float, float]]:
    """(weight, delta) of every unit of the next layer."""
    weights = ledger.network.block(ledger.before, layer + 1)[:, unit]
    deltas = ledger.layers[layer + 1].delta[:, column]
    return list(zip(weights.tolist(), deltas.tolist(), strict=True))


def tell_backward(ledger: Ledger, layer: int, column: int) -> Told:
    network, values = ledger.network, ledger.layers[layer]
    names = names_of(network, layer)
    if layer == len(network.layers) - 1:
        entry = formulas()["backward_output"]
        place = f"_k^{{({layer + 1})}}"
        symbols = fill(
            entry["symbols"], **names, rule=output_rule(ledger, Y="y_k", A=r"\hat y_k", Z=f"z{place}")
        )
        rules = [output_delta(ledger, unit, column) for unit in range(min(UNITS, len(values.z)))]
        numbers = [
            fill(
                entry["numbers"], **names, j=str(unit + 1), rule=rule, delta=float(values.delta[unit, column])
            )
            for unit, rule in enumerate(rules)
        ]
        return Told(entry["text"], symbols, numbers)
    entry = formulas()["backward_norm" if network.layers[layer].batch_norm else "backward_hidden"]
    numbers = [
        _hidden_delta(ledger, layer, unit, column, entry["numbers"])
        for unit in range(min(UNITS, len(values.z)))
    ]
    return Told(fill(entry["text"], **names), fill(entry["symbols"], **names), numbers)


def _hidden_delta(ledger: Ledger, layer: int, unit: int, column: int, template: str) -> str:
    values = ledger.layers[layer]
    return fill(
        template,
        **names_of(ledger.network, layer),
        j=str(unit + 1),
        slope=slope_of(values, unit, column),
        sum=products(gathered(ledger, layer, unit, column)),
        through=float(values.through[unit, column]),
        delta=float(values.delta[unit, column]),
    )


def slope_of(values: LayerLedger, unit: int, column: int) -> float:
    """f'(z) of a hidden unit."""
    assert values.slope is not None, "the pass has the slope of every hidden layer"
    return float(values.slope[unit, column])
