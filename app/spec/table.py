"""Which table, what of it is predicted from what, and how it is prepared."""

from typing import Annotated

from pydantic import Field

from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.vocabulary import Missing, Scaling

Name = Annotated[str, Field(max_length=BOUNDS.name)]


class TableSpec(Model):
    """A table and its preparation, in the order in which it is done. `encoded` and `labels` are what the table makes of
    it: the server fills them in, whatever they were."""

    name: Name = Field(
        "iris",
        title="Table",
        description="A bundled one by its name, or one that was uploaded to this session.",
    )
    target: Name = Field(
        "", title="Target", description="The column to be predicted; empty: the table's own choice."
    )
    inputs: tuple[Name, ...] = Field(
        (),
        max_length=BOUNDS.encoded,
        title="Columns",
        description="What it is predicted from; none named: every other column.",
    )
    missing: Missing = Field(
        Missing.DROP,
        title="Missing values",
        description="Rows with a gap are left out, or the gap is filled.",
    )
    stratify: bool = Field(
        True, title="Stratified split", description="Each part gets its share of every class."
    )
    label_noise: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Label noise",
        description="Share of the training labels that are changed to another class.",
    )
    feature_noise: float = Field(
        0.0,
        ge=0,
        le=2,
        title="Input noise",
        description="Added to every row, in standard deviations of the column.",
    )
    copies: int = Field(
        0, ge=0, le=BOUNDS.copies, title="Copies", description="Changed copies of each training row."
    )
    jitter: float = Field(
        0.1,
        ge=0,
        le=1,
        title="Jitter",
        description="How far a copy's values lie from the row's, in standard deviations.",
    )
    shift: int = Field(
        0, ge=0, le=4, title="Shift", description="Pixels that a copy of an image is moved by, at most."
    )
    rotate: float = Field(
        0.0, ge=0, le=45, title="Rotate", description="Degrees that a copy of an image is turned by, at most."
    )
    scaling: Scaling = Field(
        Scaling.STANDARDISE,
        title="Scaling",
        description="By figures of the training part alone; the same for validation and test.",
    )
    encoded: tuple[str, ...] = Field(
        (),
        max_length=BOUNDS.encoded,
        title="Inputs of the network",
        description="Filled in by the server: numbers, and a column for each category of a text.",
    )
    labels: tuple[str, ...] = Field(
        (),
        max_length=BOUNDS.classes,
        title="Classes",
        description="Filled in by the server; none for regression.",
    )
