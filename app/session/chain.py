"""How one number of a walked step comes about: a sum of products, term by term, and what follows from it."""

from app.engine.ledger import Ledger
from app.explain.steps import element, fill, formulas, number, products
from app.session import commands as ask
from app.session.equations.backward import gathered, output_delta, output_rule, slope_of
from app.session.equations.forward import weighted_sum
from app.session.equations.learning import mean_factors
from app.session.walk_events import ChainStep, ChainTerm, ChainTold
from app.spec import SpecError

TERMS = 200
"""Samples whose terms are told; the mean is over all of them."""

Steps = tuple[ChainStep, ...]


def check_place(ledger: Ledger, command: ask.Chain) -> None:
    """SpecError (code `unknown_weight`) for a layer, unit or input that is not there."""
    layers = ledger.network.layers
    _check("layer", command.layer, len(layers))
    _check("unit", command.unit, layers[command.layer].fan_out)
    if command.input is not None:
        _check("input", command.input, layers[command.layer].fan_in)


def _check(what: str, asked: int, count: int) -> None:
    if asked >= count:
        raise SpecError(f"there is no {what} {asked}; allowed: 0 to {count - 1}", (what,), "unknown_weight")


def explain(ledger: Ledger, command: ask.Chain, ids: tuple[int, ...], column: int) -> ChainTold:
    """The answer to `command` about the sample at `column` of the batch of points `ids`."""
    if command.of == "weight":
        return _weight(ledger, command, ids, column)
    if command.of == "forward":
        return _forward(ledger, command, column)
    last = command.layer == len(ledger.network.layers) - 1
    return _output(ledger, command, column) if last else _backward(ledger, command, column)


def _told(
    command: ask.Chain,
    kind: str,
    facts: dict[str, float | str],
    terms: list[ChainTerm],
    total: float,
    then: Steps,
) -> ChainTold:
    entry = formulas()["chain"][kind]
    return ChainTold(
        layer=command.layer,
        unit=command.unit,
        input=command.input,
        of=command.of,
        symbols=element(fill(entry["symbols"], **facts)),
        numbers=element(fill(entry["numbers"], **facts)),
        terms=tuple(terms),
        total=total,
        then=then,
    )


def _weight(ledger: Ledger, command: ask.Chain, ids: tuple[int, ...], column: int) -> ChainTold:
    network = ledger.network
    source = network.layers[command.layer].fan_in if command.input is None else command.input
    index = (
        network.offsets[command.layer] + command.unit * (network.layers[command.layer].fan_in + 1) + source
    )
    pairs = mean_factors(ledger, command.layer, command.unit, source)
    terms = [
        ChainTerm(label=f"point {point}", sample=point, factors=pair, product=pair[0] * pair[1])
        for point, pair in zip(ids[:TERMS], pairs, strict=False)
    ]
    delta, a = pairs[column]
    facts: dict[str, float | str] = {"delta": delta, "a": a, "product": delta * a}
    total = float(ledger.data_gradient[index])
    return _told(command, "weight", facts, terms, total, tuple(_after_gradient(ledger, index)))


def _after_gradient(ledger: Ledger, index: int) -> list[ChainStep]:
    steps = [
        ("Gradient of the penalty", ledger.penalty_gradient),
        ("Gradient that the optimiser sees", ledger.clipped_gradient),
        ("Weight before", ledger.before),
        ("Decay taken away", ledger.decay),
        ("Step taken away", ledger.update),
        ("Weight after", ledger.after),
    ]
    return [ChainStep(label=label, value=float(part[index])) for label, part in steps if part is not None]


def _forward(ledger: Ledger, command: ask.Chain, column: int) -> ChainTold:
    network, layer, unit = ledger.network, command.layer, command.unit
    values, block = ledger.layers[layer], network.block(ledger.before, layer)[unit]
    inputs = values.inputs[:, column].tolist()
    terms = [
        ChainTerm(label=f"{_source(layer)} {place + 1}", sample=None, factors=(w, a), product=w * a)
        for place, (w, a) in enumerate(zip(block[:-1].tolist(), inputs, strict=True))
    ]
    terms.append(
        ChainTerm(label="bias", sample=None, factors=(float(block[-1]), 1.0), product=float(block[-1]))
    )
    total, a = float(values.summed[unit, column]), float(values.a[unit, column])
    then = [ChainStep(label="Value a = f(z)", value=a)]
    if network.layers[layer].batch_norm:
        then.insert(0, ChainStep(label="z after batch norm", value=float(values.z[unit, column])))
    facts = {"sum": weighted_sum(ledger, layer, unit, column), "total": number(total), "a": number(a)}
    return _told(command, "forward", dict(facts), terms, total, tuple(then))


def _source(layer: int) -> str:
    return "input" if layer == 0 else "unit"


def _backward(ledger: Ledger, command: ask.Chain, column: int) -> ChainTold:
    layer, unit = command.layer, command.unit
    values, pairs = ledger.layers[layer], gathered(ledger, command.layer, command.unit, column)
    terms = [
        ChainTerm(label=f"unit {place + 1}", sample=None, factors=pair, product=pair[0] * pair[1])
        for place, pair in enumerate(pairs)
    ]
    slope, through = slope_of(values, unit, column), float(values.through[unit, column])
    then = [ChainStep(label="Slope of the activation", value=slope)]
    if ledger.network.layers[layer].batch_norm:
        then.append(ChainStep(label="delta above batch norm", value=through))
    then.append(ChainStep(label="delta", value=float(values.delta[unit, column])))
    facts: dict[str, float | str] = {"slope": slope, "sum": products(pairs), "delta": through}
    total = sum(term.product for term in terms)
    return _told(command, "backward", facts, terms, total, tuple(then))


def _output(ledger: Ledger, command: ask.Chain, column: int) -> ChainTold:
    values, unit = ledger.layers[-1], command.unit
    delta, error = float(values.delta[unit, column]), float(ledger.errors[unit, column])
    rule = output_rule(ledger, Y="y_k", A=r"\hat y_k", Z="z_k")
    then = [ChainStep(label="Target y", value=float(ledger.targets[unit, column]))]
    then.append(ChainStep(label="Output ŷ", value=float(values.a[unit, column])))
    if values.slope is not None:
        then.append(ChainStep(label="Slope of the activation", value=float(values.slope[unit, column])))
    then.append(ChainStep(label="delta", value=delta))
    entry = formulas()["chain"]["output"]
    return ChainTold(
        layer=command.layer,
        unit=unit,
        input=command.input,
        of=command.of,
        symbols=element(fill(entry["symbols"], rule=rule)),
        numbers=element(fill(entry["numbers"], rule=output_delta(ledger, unit, column), delta=delta)),
        terms=(),
        total=error,
        then=tuple(then),
    )
