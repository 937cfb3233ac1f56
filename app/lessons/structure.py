"""What a lesson is made of, apart from its words: the models of `lesson.toml`. docs/lessons.md explains every field."""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from app.lessons.quantities import Condition, Measure
from app.spec.base import Model

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Command = dict[str, Any]
"""A session's command without its id; the loader is told how to check one."""
Answer = dict[str, float] | list[str] | None
PagePart = Literal[
    "bar",
    "transport",
    "counters",
    "data",
    "inputs",
    "network",
    "training",
    "board",
    "tools",
    "chart",
    "timeline",
    "drawer",
    "presets",
    "experiments",
    "help",
]
"""Parts of the page that a stage may show alone."""
DrawerTab = Literal["walk", "diagnostics", "results", "drawing", "gradient-check", "bench", "branches"]
ChartKind = Literal["loss", "score", "gradient", "update", "rate"]
EdgeMode = Literal["weight", "gradient", "update"]
POINTS = "points"
"""What `keep` calls the points themselves."""


class Kind(StrEnum):
    """What a task asks of the learner."""

    PREDICT = "predict"
    CHOOSE = "choose"
    REACH = "reach"
    BREAK = "break"
    FIND_BUG = "find_bug"
    ORDER = "order"


class Play(Model):
    """What somebody does and says: `commands` from the stage's beginning, then an answer."""

    commands: tuple[Command, ...] = ()
    answer: Answer = None


class _Task(Model):
    id: Id
    wrong: Play
    """A typical wrong answer."""


class PredictedNumber(Model):
    """One number that is asked for. `value` is right, within `tolerance`; `measure` says what it is of the session once
    the task's `run` was played."""

    id: Id
    value: float
    tolerance: float = Field(gt=0)
    measure: Measure | None = None


class Predict(_Task):
    """Say numbers first, then run."""

    kind: Literal["predict"]
    fields: list[PredictedNumber] = Field(min_length=1, max_length=8)
    run: tuple[Command, ...] = ()

    @property
    def answer(self) -> Answer:
        """What is right."""
        return {field.id: field.value for field in self.fields}


class _Choice(_Task):
    options: list[Id] = Field(min_length=2, max_length=8)
    right: list[Id] = Field(min_length=1)

    @property
    def answer(self) -> Answer:
        """What is right."""
        return list(self.right)

    @model_validator(mode="after")
    def _check_right(self) -> Self:
        if unknown := [option for option in self.right if option not in self.options]:
            raise ValueError(
                f"right: {unknown[0]} is none of the options; allowed: {', '.join(self.options)}"
            )
        return self


class Choose(_Choice):
    """One of several answers, or where `several` all that are right."""

    kind: Literal["choose"]
    several: bool = False


class Reach(_Task):
    """Bring the session to where all conditions hold. `keep` names what must stay as the stage has it: paths of the
    spec, or `points`."""

    kind: Literal["reach", "break"]
    conditions: list[Condition] = Field(min_length=1, max_length=8)
    keep: tuple[str, ...] = ()
    solution: Play

    @property
    def answer(self) -> Answer:
        """There is nothing to say."""
        return None


class FindBug(_Choice):
    """A prepared run has something wrong: say what, and mend it where there are conditions."""

    kind: Literal["find_bug"]
    several: bool = False
    conditions: tuple[Condition, ...] = Field((), max_length=8)
    keep: tuple[str, ...] = ()
    solution: Play = Play()


class Order(_Task):
    """Put the steps in order; `items` are in the right one."""

    kind: Literal["order"]
    items: list[Id] = Field(min_length=3, max_length=9)

    @property
    def answer(self) -> Answer:
        """The items as they should be."""
        return list(self.items)


Task = Annotated[Predict | Choose | Reach | FindBug | Order, Field(discriminator="kind")]


class Stage(Model):
    """One experiment of a lesson and what is asked about it."""

    id: Id
    spec: dict[str, Any] = Field(default_factory=dict)
    points: list[tuple[float, float, float, int]] | None = None
    weights: list[float] | None = None
    statistics: list[float] | None = None
    table: str | None = Field(None, pattern=r"^[a-z0-9-]+\.csv$")
    """A file of the lesson's folder that the spec's table stands for."""
    commands: tuple[Command, ...] = ()
    speed: dict[str, float | None] | None = None
    view: dict[str, Any] | None = None
    show: list[PagePart] | None = None
    hide: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    panel: DrawerTab | None = None
    chart: ChartKind | None = None
    edges: EdgeMode | None = None
    tasks: tuple[Task, ...] = Field((), max_length=8)

    @property
    def load(self) -> Command:
        """The command that begins it."""
        given = {"points": self.points, "weights": self.weights, "statistics": self.statistics}
        return {"type": "load", "spec": self.spec} | {
            name: value for name, value in given.items() if value is not None
        }


class Structure(Model):
    """`lesson.toml`: which lessons it `needs`, how long it takes, its stages."""

    chapter: Literal["decide", "learn", "deep", "train", "practice"]
    minutes: int = Field(ge=5, le=240)
    needs: tuple[Id, ...] = ()
    stages: list[Stage] = Field(min_length=1, max_length=12)

    @property
    def tasks(self) -> list[Task]:
        """All of them, in their order."""
        return [task for stage in self.stages for task in stage.tasks]

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        for ids in ([stage.id for stage in self.stages], [task.id for task in self.tasks]):
            twice = [name for at, name in enumerate(ids) if name in ids[:at]]
            if twice:
                raise ValueError(
                    f"{twice[0]} is named twice; each stage, and each task, has an id of its own"
                )
        return self


FOLDER_NAME = re.compile(r"^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$")
"""A lesson's folder: its number and its id."""
