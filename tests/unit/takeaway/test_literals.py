"""Values as Python source: whatever stands in them, they come back and nothing else is run."""

import ast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.takeaway.code.literals import array_literal, number_literal, text_literal, texts_literal
from app.takeaway.code.template import render, spaced
from tests.unit.takeaway.hostile import TEXTS


@pytest.mark.parametrize("text", [*TEXTS, "new\nline", "\r", "\0", "\ud800", "\x85", "Länge", "😀", ""])
def test_a_text_cannot_leave_its_quotes(text: str) -> None:
    """It is one line, one expression, and what is not printable stands there by its code."""
    source = text_literal(text)
    assert ast.literal_eval(source) == text
    assert len(source.splitlines()) == 1
    assert source.isprintable()
    assert ast.literal_eval(texts_literal([text] * 30)) == [text] * 30


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    """Also in a program's file."""
    assert ast.literal_eval(text_literal(text).encode().decode()) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_comes_back_to_the_bit(value: float) -> None:
    """Zero keeps its sign."""
    assert np.float64(ast.literal_eval(number_literal(value))).tobytes() == np.float64(value).tobytes()


def test_a_short_array_is_written_out_and_a_long_one_packed() -> None:
    """Both give every bit back."""
    short, long = np.array([[0.1, 2.0], [-3.0, 1e-17]]), np.random.default_rng(1).normal(size=(3000, 2))
    assert array_literal(short) == "np.array([\n    [0.1, 2],\n    [-3, 1e-17],\n], dtype=float)"
    assert array_literal(long).startswith('unpack(3000, 2, """\n')
    assert array_literal(np.zeros((0, 4))) == "np.zeros((0, 4))"


def test_a_value_that_is_put_in_is_not_looked_at_again() -> None:
    """Neither its dollars nor what looks like a condition."""
    assert render("a = $a", (), {"a": "'$b ${c} ?norm|'"}) == "a = '$b ${c} ?norm|'\n"


def test_lines_hang_on_what_the_experiment_has() -> None:
    """`?name|`, `?!name|`, `?a,b|`."""
    template = "\n".join(["?norm|has norm", "?!norm|has none", "?l1,l2|has a penalty", "always"])
    assert render(template, {"norm", "l2"}, {}) == "has norm\nhas a penalty\nalways\n"
    assert render(template, (), {}) == "has none\nalways\n"


def test_functions_have_two_empty_lines_around_them() -> None:
    """As is usual in Python."""
    assert spaced("a = 1\n\n\n\n\nb = 2\n\ndef f():\n    pass\n\nc = 3\n") == (
        "a = 1\n\nb = 2\n\n\ndef f():\n    pass\n\n\nc = 3\n"
    )
