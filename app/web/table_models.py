"""What HTTP tells of tables, as OpenAPI describes it. `app.data.told` makes it; a test compares the two."""

from typing import Literal

from pydantic import BaseModel, Field

from app.vocabulary import BundledTable, ColumnKind, Task


class Picture(BaseModel):
    """Of a table of pictures: its size in pixels and the brightest value."""

    width: int
    height: int
    high: float


class Bundled(BaseModel):
    """A bundled table, in a line."""

    name: BundledTable
    title: str
    text: str
    rows: int
    columns: int = Field(description="With the target.")
    target: str
    task: Task
    classes: int = Field(description="0 for regression.")
    image: Picture | None


class ToldColumn(BaseModel):
    """A column; figures are null for text."""

    name: str
    unit: str
    kind: ColumnKind
    missing: int
    distinct: int
    low: float | None
    high: float | None
    mean: float | None
    constant: bool
    unusable: str = Field(description="Why it can be no input; empty where it can.")
    examples: list[str]


class Problem(BaseModel):
    """Something odd about a file."""

    message: str
    line: int | None
    column: str | None


class ToldTable(BaseModel):
    """A table in words and figures."""

    name: str = Field(description="As `data.table.name` of a spec takes it.")
    title: str
    rows: int
    file_rows: int
    columns: list[ToldColumn]
    preview: list[list[str]] = Field(description="At most 20 rows; empty cells are missing.")
    encoding: str
    separator: str
    header: bool
    problems: list[Problem] = Field(description="At most 50 of `problem_count`.")
    problem_count: int
    target: str = Field(description="The column that suggests itself; may be empty.")
    task: Task | None
    image: Picture | None
    points: list[tuple[float, float, float, int]] | None = Field(description="Of a file of the point table.")


FileKind = Literal["table", "images"]
