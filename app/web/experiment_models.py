"""What is asked and told of saved experiments, as the API's description shows it."""

import unicodedata
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.spec import BOUNDS
from app.vocabulary import Task

UNWRITTEN = frozenset({"Cc", "Cs"})
"""Unicode's categories of what no text of a person has, and some databases refuse."""


def written(text: Any) -> Any:
    """Without characters that no person has typed."""
    if not isinstance(text, str):
        return text
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in UNWRITTEN)


def in_one_line(text: str) -> str:
    """Words with single spaces between them."""
    return " ".join(text.split())


def not_empty(text: str) -> str:
    """`text`, if there is any."""
    if not text:
        raise PydanticCustomError("empty", "a title has at least one letter")
    return text


Title = Annotated[
    str,
    Field(max_length=BOUNDS.title, description="One line; spaces around and between words are made one."),
    BeforeValidator(written),
    AfterValidator(in_one_line),
    AfterValidator(not_empty),
]
Notes = Annotated[str, Field(max_length=BOUNDS.notes, description="Plain text."), BeforeValidator(written)]


class Asked(BaseModel):
    """Nothing but what is named."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Saving(Asked):
    """How the present state of a session is to be called."""

    title: Title
    notes: Notes = ""


class Change(Asked):
    """What is to be called otherwise."""

    title: Title | None = None
    notes: Notes | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.title is None and self.notes is None:
            raise PydanticCustomError("empty", "nothing is asked; allowed: title, notes")
        return self

    @property
    def words(self) -> dict[str, str]:
        """Those that are given."""
        return self.model_dump(exclude_none=True)


class Figures(BaseModel):
    """How it stood. Scores are accuracy, or R squared of a regression; null where a part has no points."""

    step: int
    epoch: int
    train_loss: float | None
    test_loss: float | None
    train_score: float | None
    test_score: float | None
    validation_loss: float | None = Field(None, description="Null also in one saved before it was kept.")
    validation_score: float | None = None
    task: Task
    parameters: int
    points: int


class Summary(BaseModel):
    """One of a list."""

    id: str
    title: str
    notes: str
    made_at: int = Field(description="In seconds since 1970, as all times.")
    changed_at: int
    figures: Figures


class Found(BaseModel):
    """A page of the owner's experiments."""

    total: int = Field(description="How many were found, on all pages.")
    page: int
    size: int = Field(description="Of a page.")
    experiments: list[Summary]


class Details(Summary):
    """All that is told of one."""

    spec: dict[str, Any] = Field(description="Every field, also those at their defaults.")
    columns: list[str]
    curves: list[list[float | None]] = Field(description="Rows of `columns`, at most 256.")


class Deleted(BaseModel):
    """What has been taken away."""

    id: str
    until: int = Field(description="Until when `restore` gives it back.")


class Opened(BaseModel):
    """A session that goes on from a saved experiment."""

    session: str = Field(description="For `open` on the socket.")
    notes: list[str] = Field(description="What could not be brought back, in sentences.")
