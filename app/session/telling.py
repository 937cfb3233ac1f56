"""The event that tells the whole of a session but points and pictures."""

from typing import TYPE_CHECKING

from app.assemble import class_middle, schedule_preview
from app.session.data_told import about_data
from app.session.describe import layouts
from app.session.events import State

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
        edited=session.board.edited,
        undo=session.undo.undo,
        redo=session.undo.redo,
        **about_data(spec, session.board, session.chart),
    )
