"""What a session says about the correctness of its gradient. Numbers that are not finite travel as null."""

from typing import Literal

from pydantic import Field

from app.session.message import Message, Value

Kind = Literal["weight", "bias", "gamma", "beta"]
Verdict = Literal["right", "doubtful", "wrong"]


class GradientRow(Value):
    """One parameter's derivative of the training loss, penalty included, told twice."""

    index: int = Field(description="Its place in theta.")
    layer: int
    unit: int
    input: int | None = Field(description="Null for a bias, and for batch norm's gamma and beta.")
    kind: Kind
    analytic: float = Field(description="By the backward pass that trains.")
    numeric: float = Field(description="By a central difference of the loss.")
    error: float = Field(
        description="Relative, in [0, 1]; tiny derivatives are measured against what rounding lets see."
    )
    kink: bool = Field(
        description="The difference reaches across a kink, where there is no derivative; it does not count."
    )


class GradientCheck(Message):
    """Answers `check_gradient`."""

    type: Literal["gradient_check"] = "gradient_check"
    step: int = Field(description="Updates done before the weights that were checked.")
    parameters: int = Field(description="Of the network.")
    checked: int = Field(description="So many of them were checked.")
    points: int = Field(description="So many training points made the loss.")
    h: float = Field(description="Each parameter went so far to either side.")
    distance: float | None = Field(
        description="|analytic - numeric| / (|analytic| + |numeric|) of the vectors of all that count; null "
        "where none does."
    )
    verdict: Verdict
    text: str
    rows: tuple[GradientRow, ...] = Field(description="Worst first, at most 200; kinks last.")
