"""Numbers and sums as the step's formulas write them."""

import pytest

from app.explain.steps import applied, bracketed, fill, formulas, number, products
from app.vocabulary import Activation, Loss, Optimizer, Output


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-0.02, "-0.02"),
        (0.4950001, "0.495"),
        (0.122045, "0.122"),
        (1234.56, "1235"),
        (999999.4, "999999"),
        (0.99996, "1"),
        (0.00012345, "0.0001234"),
        (0.0000123, r"1.23 \times 10^{-5}"),
        (-2.5e7, r"-2.5 \times 10^{7}"),
        (float("inf"), r"\infty"),
        (float("-inf"), r"-\infty"),
        (float("nan"), r"\text{NaN}"),
    ],
)
def test_four_significant_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_brackets_only_where_a_sign_or_a_power_needs_them() -> None:
    assert bracketed(0.5) == "0.5"
    assert bracketed(-0.5) == r"\left(-0.5\right)"
    assert bracketed(1e-9) == r"\left(1 \times 10^{-9}\right)"
    assert fill("<a> - <(b)>", a=-1.0, b=-2.0) == r"-1 - \left(-2\right)"


def test_letters_of_a_rule_are_replaced_and_commands_are_not() -> None:
    assert applied(r"\tanh(Z)", Z=-1.0) == r"\tanh(-1)"
    assert applied(r"A - Y", A=0.25, Y=-1.0) == r"0.25 - \left(-1\right)"
    assert applied(r"Z \cdot \Phi(Z)", Z="z_j") == r"z_j \cdot \Phi(z_j)"


def test_a_long_sum_shows_its_first_terms_and_its_last() -> None:
    assert products([(0.5, 2.0), (-1.0, -3.0)], [0.25]) == (
        r"0.5 \cdot 2 + \left(-1\right) \cdot \left(-3\right) + 0.25"
    )
    terms = products([(float(place), 1.0) for place in range(20)], [7.0]).split(" + ")
    assert len(terms) == 8
    assert terms[-2:] == [r"\cdots", "7"]


def test_there_is_a_formula_for_every_name() -> None:
    known = formulas()
    assert set(known["activation"]) == {*Activation, *Output}
    assert set(known["losses"]) == set(Loss)
    assert set(known["update"]) - {"text", "frozen"} == set(Optimizer)
