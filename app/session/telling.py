"""The events that tell the whole of a session but pictures: its points, and all else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.assemble import class_middle, schedule_preview
from app.session.data_told import about_data, point_rows
from app.session.describe import layouts
from app.session.events import Points, State

if TYPE_CHECKING:
    from app.session.session import Session


def state_of(session: "Session") -> State:
    """`session` as it stands."""
    spec, network = session.spec, session.machine.network
    return State(
        revision=session.revision,
        phase=session.phase,
        spec=spec,
        task=spec.task,
        output=spec.output,
        loss=spec.loss,
        middle=class_middle(spec),
        layers=layouts(network),
        parameters=network.parameters,
        epochs_per_second=session.epochs_per_second,
        steps_per_second=session.steps_per_second,
        schedule_preview=schedule_preview(spec, session.steps_per_epoch),
        view=session.view,
        step=session.step,
        epoch=session.epoch,
        **_edits(session),
        **about_data(spec, session.board, session.chart),
    )


def points_of(session: "Session", changed: Sequence[int] | None = None) -> Points:
    """The points of `session`: all, or since the last edit only those of the ids `changed`. Few of many are told alone;
    of a table always all, as the board may lie otherwise through the changed points."""
    board, revision = session.board, session.data_revision
    if changed is None or board.prepared or 2 * len(changed) > board.size:
        rows, since = point_rows(board, session.chart), None
    else:
        rows, since = point_rows(board, session.chart, board.columns(changed, "ids")), revision - 1
    return Points(data_revision=revision, since=since, points=rows, **_edits(session))


def _edits(session: "Session") -> dict[str, Any]:
    """How the board stands to the one that was drawn."""
    return {
        "edited": session.board.edited,
        "undo": session.undo.undo,
        "redo": session.undo.redo,
    }
