"""Points that a command brings, in place of those that a spec draws."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.session.board import Board
from app.session.charts import chart_of
from app.session.commands import PlaneShown
from app.spec import Experiment

Given = tuple[float, float, float, int]
"""x1, x2 in board units, label or target, part."""


def of_own_points(spec: Experiment, drawn: Board, points: Sequence[Given]) -> Board:
    """The points given, in their order, where `spec` draws others. Their targets have been checked."""
    rows = np.array(points, np.float64).reshape(-1, 4)
    x, target = chart_of(spec, drawn, PlaneShown()).placed(rows[:, :3].T)
    ids = drawn.next_id + np.arange(target.size)
    part = rows[:, 3].astype(np.uint8)
    edited = replace(drawn, ids=ids, x=x, target=target, part=part, next_id=drawn.next_id + target.size)
    return replace(edited, edited=True, origin=drawn)
