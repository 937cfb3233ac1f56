"""The equations of every stop: their numbers are the ledger's, and all of them can be drawn."""

import ast
import math
import operator
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from app.session.equations import tell
from app.session.equations.learning import update_of
from app.session.session import Session
from app.session.walk_events import WalkChanged
from app.vocabulary import Activation, Optimizer
from tests.unit.session.building import do, small

REGRESSION = {"source": "plane", "samples": 40}


def told(session: Session, stop: int, sample: int = 0) -> tuple[str, list[str]]:
    """The LaTeX at a stop: symbols and numbers."""
    do(session, "walk", stop=stop)
    assert session.walk is not None
    said = tell(session.walk.ledger, session.walk.stops[stop], sample)
    return said.symbols, said.numbers


def read(latex: str) -> float:
    """The number at the end of a line of LaTeX."""
    last = latex.split("=")[-1]
    number = re.search(r"(-?[\d.]+)(?: \\times 10\^\{(-?\d+)\})?\s*$", last)
    assert number, latex
    return float(number[1]) * 10.0 ** int(number[2] or 0)


def math_of(latex: str) -> float:
    """The value of the right-hand side's last but one part, worked out."""
    *_, formula, _ = latex.split("=")
    text = re.sub(r"\\(?:left|right|bigl|bigr)", "", formula).replace(r"\times 10^", r"*10**")
    text = text.replace(r"\cdot", "*").replace("{", "(").replace("}", ")").replace("^", "**")
    inner = r"(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))"
    text = re.sub(rf"\\frac{inner}{inner}", r"(\1/\2)", text)
    return worked_out(ast.parse(text.replace("\\", "").strip(), mode="eval").body)


def worked_out(node: ast.expr) -> float:
    """An expression of numbers, the five operations, sqrt and tanh."""
    match node:
        case ast.Constant(value=float() | int() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -worked_out(operand)
        case ast.BinOp(left=left, op=operation, right=right):
            return OPERATIONS[type(operation)](worked_out(left), worked_out(right))
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return FUNCTIONS[name](worked_out(argument))
    raise AssertionError(ast.dump(node))


OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[[float], float]] = {"sqrt": math.sqrt, "tanh": math.tanh}


def test_forward_numbers_add_up() -> None:
    _, numbers = told(small(), 0)
    assert len(numbers) == 3
    for line in numbers:
        summed, value = line.split(r", \qquad ")
        assert math_of(summed) == pytest.approx(read(summed), rel=2e-3, abs=2e-3)
        assert math_of(value) == pytest.approx(read(value), rel=2e-3, abs=2e-3)


def test_a_hidden_delta_s_numbers_multiply_out() -> None:
    _, numbers = told(small(), 4)
    for line in numbers:
        assert math_of(line) == pytest.approx(read(line), rel=5e-3)


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_the_update_s_numbers_work_out_for_every_optimiser(optimizer: Optimizer) -> None:
    changes: dict[str, Any] = {"training": {"batch_size": 8, "optimizer": {"name": optimizer}}}
    if optimizer is Optimizer.PERCEPTRON:
        changes["network"] = {"layers": [], "output": "step"}
    session = small(**changes)
    do(session, "step", batches=2)
    do(session, "walk", stop=0)
    assert session.walk is not None
    ledger = session.walk.ledger
    index = int(np.argmax(np.abs(ledger.before - ledger.after)))
    lines = [part for line in update_of(ledger, index) for part in line.split(r", \qquad ")]
    for line in lines:
        assert math_of(line) == pytest.approx(read(line), rel=1e-2, abs=1e-4), line
    assert read(lines[-1]) == pytest.approx(ledger.after[index], rel=1e-3)


def test_few_parameters_are_told_one_by_one_and_of_many_the_one_that_moves_most() -> None:
    _, numbers = told(small(network={"layers": []}, training={"optimizer": {"name": "sgd"}}), 4)
    assert [line.split(" = ")[0] for line in numbers] == ["w_{11}^{(1)}", "w_{12}^{(1)}", "b_{1}^{(1)}"]
    session = small(training={"optimizer": {"name": "sgd"}})
    _, (line,) = told(session, 6)
    assert session.walk is not None
    moved = np.abs(session.walk.ledger.update).max()
    before, after = float(line.split(" = ")[1].split(" - ")[0]), read(line)
    assert abs(after - before) == pytest.approx(moved, rel=0.05, abs=1e-3)


def test_penalty_and_clipping_are_told_where_there_are_any() -> None:
    plain, _ = told(small(), 5)
    training = {"batch_size": 8, "l2": 0.1, "clipping": {"name": "global_norm", "limit": 0.01}}
    symbols, numbers = told(small(training=training), 5)
    assert r"\lambda_2" not in plain
    assert r"\lambda_2" in symbols
    assert r"\lVert g \rVert" in symbols
    assert len(numbers) == 3
    assert r"\to" in numbers[-1]


def test_a_frozen_weight_is_said_to_stand_still() -> None:
    frozen = [{"layer": 0, "unit": None, "input": None}]
    session = small(network={"layers": [], "frozen": frozen})
    assert all("frozen" in line for line in told(session, 4)[1])
    assert sum("frozen" in line for line in told(session, 3)[1]) == 3


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def words(formula: str) -> str:
    """What a MathML element shows; every element of it must be closed."""
    parser = _Words()
    parser.feed(formula)
    parser.close()
    assert not parser.open
    return parser.words


CASES: list[dict[str, Any]] = [
    *({"network": {"layers": [{"units": 2, "activation": name}]}} for name in Activation if name != "step"),
    {"network": {"layers": [{"units": 20, "batch_norm": True, "dropout": 0.5}]}},
    {"network": {"layers": [{"units": 2}], "output": "tanh"}},
    {"network": {"layers": [{"units": 2}], "output": "linear"}, "training": {"loss": "hinge"}},
    {"network": {"layers": [], "output": "step"}, "training": {"optimizer": {"name": "perceptron"}}},
    {"data": {"source": "blobs", "classes": 3, "samples": 60}},
    {"data": {"source": "blobs", "classes": 3, "samples": 60}, "training": {"loss": "mean_squared_error"}},
    *(
        {"data": REGRESSION, "training": {"loss": loss}}
        for loss in ("mean_squared_error", "half_squared_error", "huber", "mean_absolute_error")
    ),
    {"training": {"loss": "mean_squared_error"}},
    {"training": {"batch_size": 1, "l1": 0.1, "clipping": {"name": "value", "limit": 0.1}}},
]


@pytest.mark.parametrize("changes", CASES, ids=str)
def test_every_stop_of_every_kind_of_network_can_be_drawn(changes: dict[str, Any]) -> None:
    session = small(**changes)
    first = do(session, "walk", stop=0)[-1]
    assert isinstance(first, WalkChanged)
    for stop in range(len(first.stops)):
        now = do(session, "walk", stop=stop)[-1]
        assert isinstance(now, WalkChanged)
        assert now.text.endswith(".")
        assert 1 <= len(now.numbers) <= 17
        for formula in (now.symbols, *now.numbers):
            drawn = words(formula)
            assert drawn
            assert not re.search(r"<\(?[a-z_]|\\|(?<!\w)[ZAY](?!\w)", drawn), drawn
