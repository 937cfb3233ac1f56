"""Handler of whole experiments."""

from typing import TYPE_CHECKING

import numpy as np

from app.assemble import make_network, settle
from app.session import commands as ask
from app.session.beginning import Beginning
from app.session.events import Ok
from app.session.handlers.common import Answer, check_target, check_update, stand_without_points
from app.session.machine import draw_board
from app.session.own_points import of_own_points
from app.spec import Experiment, SpecError
from app.vocabulary import Source

if TYPE_CHECKING:
    from app.session.session import Session


def load(session: "Session", command: ask.Load) -> Answer:
    """Another experiment from step 0, with points and weights of its own where they are given."""
    spec = Experiment().patched(command.spec, lambda tree: settle(tree, session.tables))
    board = draw_board(spec, session.tables)
    if command.points is not None:
        if spec.data.source is Source.TABLE:
            raise SpecError(
                "the points of a table are its rows; allowed: no points", ("points",), "invalid_spec"
            )
        for row, point in enumerate(command.points):
            check_target(spec, point[2], ("points", row, 2))
        board = of_own_points(spec, board, command.points)
    check_update(spec, board)
    beginning = _beginning(spec, command)
    session.view = session.view.model_copy(update={"plane": ask.PlaneShown()})
    session.begin(spec, board, keep=False, beginning=beginning)
    stood = stand_without_points(session)
    return Ok(id=command.id), [session.state(), session.points(), *stood]


def _beginning(spec: Experiment, command: ask.Load) -> Beginning | None:
    """The weights that were brought, None where there are none; without running statistics, with those of a network
    that has seen nothing."""
    if command.weights is None:
        return None
    network = make_network(spec)
    _check_count("weights", len(command.weights), network.parameters)
    if not command.statistics:
        return Beginning(np.array(command.weights), network.fresh_statistics())
    _check_count("statistics", len(command.statistics), network.running_size)
    return Beginning(np.array(command.weights), np.array(command.statistics))


def _check_count(what: str, asked: int, count: int) -> None:
    if asked != count:
        raise SpecError(f"there are {asked:,} {what}; this network has {count:,}", (what,), "invalid_spec")
