"""What a session tells of its data, as parts of its events."""

from pydantic import BaseModel, ConfigDict, Field


class InputTold(BaseModel):
    """One input of the network. What the network sees is (raw - shift) / scale."""

    model_config = ConfigDict(frozen=True)

    name: str
    unit: str
    column: str = Field(description="The table's; of points the input's own name.")
    low: float
    high: float
    middle: float
    shift: float
    scale: float
    indicator: bool = Field(description="1 for one category of a text column, else 0.")


class TargetTold(BaseModel):
    """What is predicted. The network's output stands for shift + scale times it."""

    model_config = ConfigDict(frozen=True)

    name: str
    unit: str
    shift: float
    scale: float


class AxisTold(BaseModel):
    """One direction of the board: raw value = middle + scale times the place."""

    model_config = ConfigDict(frozen=True)

    name: str
    unit: str
    input: int | None = Field(description="Which input; null for a target or a component.")
    middle: float
    scale: float


class ImageTold(BaseModel):
    """The inputs are the pixels of a picture, row by row from the top left; `high` is the brightest."""

    model_config = ConfigDict(frozen=True)

    width: int
    height: int
    high: float


class NoteTold(BaseModel):
    """One thing that was done to a table."""

    model_config = ConfigDict(frozen=True)

    step: str
    text: str


class BalanceTold(BaseModel):
    """Points of each class; for regression one number, all."""

    model_config = ConfigDict(frozen=True)

    train: tuple[int, ...]
    validation: tuple[int, ...]
    test: tuple[int, ...]


class PreparationTold(BaseModel):
    """How a table became points."""

    model_config = ConfigDict(frozen=True)

    rows: int = Field(description="Of the table.")
    used: int = Field(description="Points on the board, copies counted.")
    notes: tuple[NoteTold, ...]
    balance: BalanceTold


class RowTold(BaseModel):
    """One point with all its inputs, raw, in the order of `state.inputs`."""

    model_config = ConfigDict(frozen=True)

    id: int
    values: tuple[float, ...]
    label: float
    part: int
