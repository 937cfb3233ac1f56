"""A lesson's task held against an answer and a session as it stands, piece by piece."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from app.assemble import settle
from app.lessons.quantities import Condition
from app.lessons.structure import POINTS, Choose, FindBug, Order, Predict, Stage
from app.session.board import Board
from app.session.lesson_events import VerdictItem
from app.session.machine import draw_board
from app.session.measuring import measure
from app.session.own_points import of_own_points
from app.spec import Experiment, SpecError, field_of

if TYPE_CHECKING:
    from app.session.session import Session

Given = dict[str, float] | list[str] | None


def check_numbers(session: "Session", task: Predict, answer: Given) -> list[VerdictItem]:
    """Each field of a prediction; a field without a number is wrong. SpecError for an answer of another kind."""
    if not isinstance(answer, dict):
        raise SpecError("a prediction is answered by a number for each field", ("answer",), "bad_command")
    known = [field.id for field in task.fields]
    if strange := [name for name in answer if name not in known]:
        raise SpecError(
            f"{strange[0]} is no field of {task.id}; allowed: {', '.join(known)}", ("answer",), "bad_command"
        )
    return [
        VerdictItem(
            kind="field",
            name=field.id,
            right=field.id in answer and abs(answer[field.id] - field.value) <= field.tolerance,
            measured=measure(session, field.measure) if field.measure else None,
        )
        for field in task.fields
    ]


def check_choice(task: Choose | FindBug, answer: Given) -> list[VerdictItem]:
    """Each option that was chosen, of which there is one, or where there may be several at least one."""
    chosen = _names(task.id, "option", task.options, answer)
    if not chosen or (len(chosen) > 1 and not task.several):
        asked = "at least one option" if task.several else "one option"
        raise SpecError(f"{task.id} is answered by {asked}, not {len(chosen)}", ("answer",), "bad_command")
    return [VerdictItem(kind="option", name=name, right=name in task.right) for name in chosen]


def check_order(task: Order, answer: Given) -> list[VerdictItem]:
    """Place by place, whether the item that stands there belongs there."""
    given = _names(task.id, "item", task.items, answer)
    if len(given) != len(task.items):
        raise SpecError(
            f"{task.id} has {len(task.items)} items, not {len(given)}", ("answer",), "bad_command"
        )
    return [
        VerdictItem(kind="item", name=name, right=name == wanted)
        for name, wanted in zip(given, task.items, strict=True)
    ]


def _names(task: str, what: str, known: Sequence[str], answer: Given) -> list[str]:
    if not isinstance(answer, list):
        raise SpecError(f"{task} is answered by a list of {what}s", ("answer",), "bad_command")
    for at, name in enumerate(answer):
        if name not in known or name in answer[:at]:
            said = "is named twice" if name in known else f"is no {what} of {task}"
            allowed = f"allowed: {', '.join(known)}"
            raise SpecError(f"{name} {said}; {allowed}", ("answer", at), "bad_command")
    return answer


def check_reached(session: "Session", conditions: Sequence[Condition]) -> list[VerdictItem]:
    """Each condition, by its number, with what was measured."""
    measured = [measure(session, condition) for condition in conditions]
    return [
        VerdictItem(kind="condition", name=str(at), right=condition.holds(found), measured=found)
        for at, (condition, found) in enumerate(zip(conditions, measured, strict=True))
    ]


# -- what was to be left alone -----------------------------------------------------------------------------------------


def check_kept(session: "Session", stage: Stage, keep: Sequence[str]) -> list[VerdictItem]:
    """Whether the spec has at each path what the stage has there, and `points` are the stage's."""
    asked = stage_spec(stage, session) if keep else session.spec
    return [VerdictItem(kind="keep", name=name, right=_is_kept(session, stage, asked, name)) for name in keep]


def _is_kept(session: "Session", stage: Stage, asked: Experiment, name: str) -> bool:
    if name == POINTS:
        return _same_points(session.board, stage_board(stage, session))
    return bool(_value(session.spec, name) == _value(asked, name))


def _value(spec: Experiment, path: str) -> Any:
    try:
        return field_of(spec.model_dump(mode="json"), path)
    except (KeyError, IndexError, ValueError):
        return None


def _same_points(board: Board, given: Board) -> bool:
    return all(np.array_equal(getattr(board, name), getattr(given, name)) for name in ("x", "target", "part"))


def stage_spec(stage: Stage, session: "Session") -> Experiment:
    """The spec with which `stage` begins. A table that the lesson brings is the session's own by now."""
    asked = stage.spec
    if stage.table:
        data = asked.get("data", {})
        table = data.get("table", {}) | {"name": session.spec.data.table.name}
        asked = asked | {"data": data | {"table": table}}
    return Experiment().patched(asked, lambda tree: settle(tree, session.tables))


def stage_board(stage: Stage, session: "Session") -> Board:
    """The points with which `stage` begins."""
    spec = stage_spec(stage, session)
    drawn = draw_board(spec, session.tables)
    return drawn if stage.points is None else of_own_points(spec, drawn, stage.points)
