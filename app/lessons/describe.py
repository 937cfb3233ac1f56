"""Conditions in words: what is asked of a session, as a sentence of the pages' own language."""

import re

from app.explain import help_titles
from app.lessons.quantities import Condition, Measure, Quantity
from app.lessons.words import Words, filled

OWN_WORDS_FOR_A_BIAS = {
    Quantity.WEIGHT: "bias",
    Quantity.GRADIENT: "gradient_bias",
    Quantity.UPDATE: "update_bias",
    Quantity.SLOPE: "slope_bias",
}
SCORES = {
    Quantity.TRAIN_SCORE: "train_r2",
    Quantity.VALIDATION_SCORE: "validation_r2",
    Quantity.TEST_SCORE: "test_r2",
}
"""What a score is called where the target is a number."""


def describe(condition: Condition, words: Words, layers: int, regression: bool) -> str:
    """The condition as a sentence; `words` are the table [quantities], `layers` how many hidden ones the stage has."""
    what = describe_measure(condition, words, layers, regression)
    said = _words(words)
    if condition.equals is not None:
        shown = number(condition.equals)
        exact = isinstance(condition.equals, str | bool) or condition.tolerance < 1e-6
        return filled(
            said["is" if exact else "is_about"], what=what, value=shown, tolerance=number(condition.tolerance)
        )
    least, most = condition.at_least, condition.at_most
    name = "at_least" if most is None else "at_most" if least is None else "between"
    return filled(said[name], what=what, least=number(least), most=number(most))


def describe_measure(asked: Measure, words: Words, layers: int, regression: bool) -> str:
    """What is measured, as the subject of a sentence."""
    said = _words(words)
    name = asked.measure.value
    if asked.measure in OWN_WORDS_FOR_A_BIAS and asked.input is None:
        name = OWN_WORDS_FOR_A_BIAS[asked.measure]
    elif regression and asked.measure in SCORES:
        name = SCORES[asked.measure]
    elif asked.measure is Quantity.POINTS and asked.part:
        name = f"points_{asked.part.value}"
    elif asked.measure is Quantity.OUTPUT and asked.unit is not None:
        name = "output_unit"
    elif asked.layer is not None and f"{name}_layer" in said:
        name = f"{name}_layer"
    layer = ""
    if asked.layer is not None:
        is_last = asked.layer >= layers
        layer = said["output_layer"] if is_last else filled(said["layer"], layer=asked.layer + 1)
    spot = ""
    if asked.at is not None:
        spot = filled(said["spot_at"], x1=number(asked.at[0]), x2=number(asked.at[1]))
    elif asked.row is not None:
        spot = filled(said["spot_row"], row=asked.row + 1)
    return filled(
        said[name],
        place=filled(said["place"], unit=(asked.unit or 0) + 1, layer=layer),
        layer=layer,
        spot=spot,
        unit=(asked.unit or 0) + 1,
        input=(asked.input or 0) + 1,
        row=(asked.row or 0) + 1,
        below=number(1e-3 if asked.below is None else asked.below),
        actual=filled(said["class"], number=asked.actual),
        predicted=filled(said["class"], number=asked.predicted),
        path=setting(asked.path or "", words),
    )


def setting(path: str, words: Words) -> str:
    """What a path of the spec is called on the page, with its layer's number where it has one; a path that nothing is
    called by stays as it is."""
    parts = path.split(".")
    plain = [part for part in parts if not part.isdigit()]
    titles = help_titles()
    title = titles.get(".".join(plain)) or (titles.get(".".join(plain[:-1])) if plain[-1] == "name" else None)
    layer = next((int(part) for part in parts if part.isdigit()), None)
    if title is None:
        return path
    return title if layer is None else filled(_words(words)["of_layer"], what=title, layer=layer + 1)


def _words(words: Words) -> dict[str, str]:
    return {name: text for name, text in words.items() if isinstance(text, str)}


def number(value: float | str | bool | None) -> str:
    """As the page writes numbers: no needless digits, a minus sign that is one."""
    if value is None or isinstance(value, str | bool):
        return str(value)
    return re.sub(r"e([+-])0*", lambda power: f"e{power[1]}", f"{value:.6g}").replace("-", "\N{MINUS SIGN}")
