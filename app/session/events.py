"""What a session says: answers to commands and news. Small, JSON, none is ever dropped.

Pictures and losses travel in frames (`app.session.frame`), not here.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.session.bench_events import BenchTold
from app.session.commands import View
from app.session.data_events import AxisTold, ImageTold, InputTold, PreparationTold, RowTold, TargetTold
from app.session.diagnosis_events import GradientCheck
from app.session.lesson_events import Verdict
from app.session.marks import MarkKind
from app.session.message import Message
from app.session.walk_events import BatchTold, ChainTold, WalkChanged
from app.spec import Experiment
from app.vocabulary import Activation, Loss, Output, Task

PointRow = tuple[int, float, float, float, int]
"""id, place on the board (x1, x2), label, part: 0 train, 1 validation, 2 test."""

Edited = Annotated[bool, Field(description="Points were edited by hand since they were drawn.")]
Undo = Annotated[int, Field(description="How many edits of points can be taken back.")]
Redo = Annotated[int, Field(description="How many edits taken back can be done again.")]


class Phase(StrEnum):
    """What a session is doing."""

    PAUSED = "paused"
    PLAYING = "playing"
    DIVERGED = "diverged"
    SEEKING = "seeking"
    BENCHING = "benching"


class Ok(Message):
    """The command was carried out."""

    type: Literal["ok"] = "ok"
    id: int
    ids: tuple[int, ...] = Field((), description="The ids of points just added.")
    seed: int | None = Field(None, description="The weights seed now in force, after new_weights.")


class Error(Message):
    """The command was refused; nothing has changed."""

    type: Literal["error"] = "error"
    id: int | None = Field(description="The refused command; null if its id could not be read.")
    code: str
    message: str
    path: tuple[str | int, ...] = ()


class LayerLayout(BaseModel):
    """Where one layer's parameters lie in `theta`."""

    model_config = ConfigDict(frozen=True)

    fan_in: int
    fan_out: int
    activation: Activation | Output
    offset: int = Field(
        description="theta[offset + unit * (fan_in + 1) + input]; the bias is input = fan_in."
    )
    batch_norm: int | None = Field(
        description="Offset of gamma (fan_out values), then beta; null without batch norm."
    )


class State(Message):
    """The whole of what a page must know besides pictures; sent on joining and whenever part of it changes."""

    type: Literal["state"] = "state"
    revision: int = Field(
        description="Grows whenever training begins anew; frames of another revision are stale."
    )
    phase: Phase
    spec: Experiment = Field(description="Every field, also those at their defaults.")
    task: Task
    output: Output = Field(description="After `auto` is decided.")
    loss: Loss = Field(description="After `auto` is decided.")
    middle: float | None = Field(
        description="From which output on a point counts as class 1; null for regression and for several output units, "
        "of which the largest wins."
    )
    layers: tuple[LayerLayout, ...] = Field(description="Hidden layers, then the output layer.")
    parameters: int
    epochs_per_second: float | None
    steps_per_second: float | None = Field(description="Both speeds null: as fast as possible.")
    schedule_preview: tuple[tuple[float, float], ...] = Field(
        description="(epoch, learning rate) pairs of the schedule's course from its start."
    )
    view: View
    step: int
    epoch: int
    edited: Edited
    undo: Undo
    redo: Redo
    inputs: tuple[InputTold, ...]
    target: TargetTold
    labels: tuple[str, ...] = Field(description="The names of the classes; none for regression.")
    image: ImageTold | None
    chart: Literal["plane", "slice", "pca", "curve"] = Field(description="What the board shows.")
    axes: tuple[AxisTold, AxisTold] = Field(description="To the right, and up.")
    preparation: PreparationTold | None = Field(description="null where the points are no table's.")
    shown: int | None = Field(description="How many of a long table's rows are told as points; null: all.")


class Rows(Message):
    """The points that were asked for."""

    type: Literal["rows"] = "rows"
    rows: tuple[RowTold, ...]


class Points(Message):
    """All points, in the order of the frames' predictions, or those that an edit has changed."""

    type: Literal["points"] = "points"
    data_revision: int = Field(
        description="Grows with each edit; a frame's predictions belong to the one it names."
    )
    since: int | None = Field(
        None,
        description="null: these are all points. Else those that may differ from the points of that data_revision, "
        "each to be put in place of the one of its id.",
    )
    points: tuple[PointRow, ...]
    edited: Edited
    undo: Undo
    redo: Redo


class PhaseChanged(Message):
    """Training began or stopped."""

    type: Literal["phase"] = "phase"
    phase: Phase
    step: int
    epoch: int


class Diverged(Message):
    """Training stopped itself before a bad update was kept."""

    type: Literal["diverged"] = "diverged"
    step: int = Field(description="The last good step; its weights stand.")
    cause: Literal["loss_not_finite", "parameters_not_finite", "loss_exploded"]
    layer: int | None = Field(description="The layer whose update grew most; null where none can be named.")
    rate: float = Field(description="The learning rate that was in use.")
    message: str


class Stopped(Message):
    """Early stopping ended training."""

    type: Literal["stopped"] = "stopped"
    step: int
    epoch: int
    best_epoch: int = Field(description="The epoch after which the watched loss was lowest.")
    loss_part: Literal["train", "validation", "test"] = Field(description="Whose loss was watched.")
    restored: bool = Field(description="The weights of the best epoch are back; step and epoch count on.")
    message: str


class Reached(Message):
    """A `step` with `until` has ended by itself: it is true now, or all epochs are done."""

    type: Literal["reached"] = "reached"
    step: int
    epoch: int
    reached: bool
    message: str


class MarkRow(BaseModel):
    """Something that happened to the run from outside, for the charts."""

    model_config = ConfigDict(frozen=True)

    step: int
    epoch: int
    kind: MarkKind
    text: str


class MarksChanged(Message):
    """All marks of the run, oldest first; sent on joining and whenever they change."""

    type: Literal["marks"] = "marks"
    marks: tuple[MarkRow, ...]


class BranchRow(BaseModel):
    """One branch: a course of training from a start of its own, or from a step of another branch."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    parent: int | None = Field(description="The branch it left; null for one with a start of its own.")
    from_step: int = Field(description="The step at which it left; 0 for one with a start of its own.")
    last: int = Field(description="The newest step it has.")
    epoch: int
    train_loss: float | None
    validation_loss: float | None
    test_loss: float | None
    summary: str = Field(description="What was done differently since it left.")


class Timeline(Message):
    """Which steps can be gone to, and the branches; sent on joining and when any of it but `last` changes."""

    type: Literal["timeline"] = "timeline"
    first: int = Field(description="The earliest step that can be gone to.")
    last: int = Field(description="The newest step of this branch; while training, frames tell it.")
    at: int = Field(description="The step that is shown.")
    branch: int = Field(description="The id of the branch that is shown.")
    branches: tuple[BranchRow, ...]


Figure = float | None
CurveRow = tuple[int, int, Figure, Figure, Figure, Figure, Figure, Figure]


class Curve(BaseModel):
    """How one branch did: rows of step, epoch, train loss, test loss, train score, test score, validation loss,
    validation score."""

    model_config = ConfigDict(frozen=True)

    branch: int
    rows: tuple[CurveRow, ...]


class Curves(Message):
    """Answers `compare`."""

    type: Literal["curves"] = "curves"
    curves: tuple[Curve, ...]


Event = Annotated[
    Ok
    | Error
    | State
    | Points
    | Rows
    | PhaseChanged
    | Diverged
    | Stopped
    | Reached
    | MarksChanged
    | Timeline
    | Curves
    | BatchTold
    | WalkChanged
    | ChainTold
    | GradientCheck
    | Verdict
    | BenchTold,
    Field(discriminator="type"),
]
