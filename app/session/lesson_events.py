"""What a session says about a lesson's task."""

from typing import Literal

from pydantic import Field

from app.session.message import Message, Value


class VerdictItem(Value):
    """One thing that was looked at."""

    kind: Literal["field", "option", "item", "condition", "keep"]
    name: str = Field(
        description="Of the field, option or item; the number of the condition; what was to be kept."
    )
    right: bool
    measured: float | str | bool | None = Field(
        None, description="The session's own number or name now; null where there is none."
    )


class Verdict(Message):
    """Answers `check`. It never tells the right answer, only whether this one is."""

    type: Literal["verdict"] = "verdict"
    lesson: str
    task: str
    right: bool
    items: tuple[VerdictItem, ...] = Field(
        description="Fields, then options chosen, items place by place, conditions, and what was to be kept."
    )
