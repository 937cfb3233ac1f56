"""What each command does, once the table of phases has allowed it: `(session, command) -> (answer, events)`.

A handler checks everything before it changes anything, so that a refusal (SpecError) leaves the session as it was.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.session.handlers import (
    benching,
    checking,
    diagnosing,
    loading,
    looking,
    points,
    stepping,
    training,
    travelling,
)
from app.session.handlers.common import Answer

if TYPE_CHECKING:
    from app.session.session import Session

HANDLERS: dict[str, Callable[["Session", Any], Answer]] = {
    "set_spec": training.set_spec,
    "load": loading.load,
    "add_points": points.add_points,
    "move_points": points.move_points,
    "relabel_points": points.relabel_points,
    "delete_points": points.delete_points,
    "set_part": points.set_part,
    "undo": points.undo,
    "redo": points.redo,
    "play": training.play,
    "pause": training.pause,
    "step": training.step,
    "reset": training.reset,
    "new_weights": training.new_weights,
    "set_weight": training.set_weight,
    "set_speed": training.set_speed,
    "set_view": looking.set_view,
    "inspect": looking.inspect,
    "rows": looking.rows,
    "check_gradient": diagnosing.check_gradient,
    "check": checking.check,
    "bench": benching.bench,
    "seek": travelling.seek,
    "switch_branch": travelling.switch_branch,
    "name_branch": travelling.name_branch,
    "drop_branch": travelling.drop_branch,
    "compare": travelling.compare,
    "walk": stepping.walk,
    "chain": stepping.chain,
}
