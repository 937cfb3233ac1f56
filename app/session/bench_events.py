"""What a session tells of its regularisation bench."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.session.message import Message
from app.vocabulary import Task


class BenchCurve(BaseModel):
    """How one training stood after an epoch; null where a figure is not finite."""

    model_config = ConfigDict(frozen=True)

    epoch: int
    train_loss: float | None
    test_loss: float | None


class BenchResult(BaseModel):
    """One training: on `size` points, with what regularises in the spec or (`regularised` false) without it."""

    model_config = ConfigDict(frozen=True)

    size: int
    regularised: bool
    train_loss: float | None
    test_loss: float | None
    train_score: float | None
    test_score: float | None
    diverged: bool = Field(description="It stopped at the last good step before all epochs were done.")
    curve: tuple[BenchCurve, ...] = Field(description="At most 64 of its epochs.")


class BenchTold(Message):
    """All that is done of the bench."""

    type: Literal["bench"] = "bench"
    epochs: int
    total: int = Field(description="How many trainings there are to be.")
    results: tuple[BenchResult, ...]
    done: bool
    text: str = Field(
        description="What they show, in words; empty where two sizes have not been trained on yet."
    )
    task: Task = Field(description="What the scores are of.")
    brought: bool = Field(
        False, description="Each began with weights that were brought, not with the seed's, as a reset does."
    )
    stale: bool = Field(False, description="Points or settings have changed since.")
