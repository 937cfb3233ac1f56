"""What a session tells of its data: inputs, target, classes, axes, how a table became points."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.data.preparation import Prepared
from app.data.split import TEST, TRAIN, VALIDATION
from app.session.board import Board
from app.session.charts import Axis, Chart
from app.session.data_events import (
    AxisTold,
    BalanceTold,
    ImageTold,
    InputTold,
    NoteTold,
    PreparationTold,
    RowTold,
    TargetTold,
)
from app.session.events import PointRow
from app.spec import Experiment
from app.vocabulary import Task


def point_rows(board: Board, chart: Chart, columns: NDArray[np.intp] | None = None) -> tuple[PointRow, ...]:
    """The points at `columns`, or all that are shown, as the page reads them."""
    shown, places = board.shown if columns is None else columns, chart.places(board)
    facts = (board.ids[shown], *places[:, shown], board.target[shown], board.part[shown])
    return tuple(zip(*(fact.tolist() for fact in facts), strict=True))


def about_data(spec: Experiment, board: Board, chart: Chart) -> dict[str, Any]:
    """The fields of State that are about data."""
    prepared = board.prepared
    return {
        "inputs": _inputs_of_table(prepared) if prepared else _inputs_of_points(spec),
        "target": _target(prepared, chart),
        "labels": _labels(spec, prepared),
        "image": ImageTold(**vars(prepared.image)) if prepared and prepared.image else None,
        "chart": chart.kind,
        "axes": tuple(_axis(axis) for axis in chart.axes),
        "preparation": _preparation(board, prepared) if prepared else None,
        "shown": None if board.shown.size == board.size else int(board.shown.size),
    }


def told_rows(board: Board, columns: Any) -> tuple[RowTold, ...]:
    """The points at `columns` with all that is known of them."""
    return tuple(
        RowTold(
            id=int(board.ids[column]),
            values=tuple(board.x[:, column].tolist()),
            label=float(board.target[column]),
            part=int(board.part[column]),
        )
        for column in columns
    )


def _inputs_of_points(spec: Experiment) -> tuple[InputTold, ...]:
    plain = {
        "unit": "",
        "low": -6.0,
        "high": 6.0,
        "middle": 0.0,
        "shift": 0.0,
        "scale": 1.0,
        "indicator": False,
    }
    return tuple(InputTold(name=feature, column=feature, **plain) for feature in spec.features)


def _inputs_of_table(prepared: Prepared) -> tuple[InputTold, ...]:
    return tuple(
        InputTold(**vars(column), shift=float(shift), scale=float(scale))
        for column, shift, scale in zip(prepared.inputs, prepared.shift, prepared.scale, strict=True)
    )


def _target(prepared: Prepared | None, chart: Chart) -> TargetTold:
    if prepared:
        return TargetTold(
            name=prepared.target,
            unit=prepared.target_unit,
            shift=prepared.target_shift,
            scale=prepared.target_scale,
        )
    return TargetTold(
        name=chart.axes[1].name if chart.kind == "curve" else "label", unit="", shift=0.0, scale=1.0
    )


def _labels(spec: Experiment, prepared: Prepared | None) -> tuple[str, ...]:
    if prepared:
        return prepared.labels
    return tuple(str(label) for label in range(spec.data.classes)) if spec.task is Task.CLASSIFICATION else ()


def _axis(axis: Axis) -> AxisTold:
    return AxisTold(**vars(axis))


def _preparation(board: Board, prepared: Prepared) -> PreparationTold:
    counts = (_counted(board, part, len(prepared.labels)) for part in (TRAIN, VALIDATION, TEST))
    train, validation, test = counts
    return PreparationTold(
        rows=prepared.rows,
        used=board.size,
        notes=tuple(NoteTold(**vars(note)) for note in prepared.notes),
        balance=BalanceTold(train=train, validation=validation, test=test),
    )


def _counted(board: Board, part: int, classes: int) -> tuple[int, ...]:
    targets = board.target[board.part == part]
    if not classes:
        return (int(targets.size),)
    return tuple(np.bincount(targets.astype(np.intp), minlength=classes).tolist())
