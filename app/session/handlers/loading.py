"""Handler of whole experiments."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.assemble import settle
from app.session import commands as ask
from app.session.events import Ok
from app.session.handlers.common import Answer, check_target, check_update, stand_without_points
from app.session.machine import Machine, draw_board
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
    machine = Machine(spec, board)
    if command.weights is not None:
        machine.set_parameters(*_parameters(machine, command))
    session.view = session.view.model_copy(update={"plane": ask.PlaneShown()})
    session.begin_with(machine, keep=False, drawn=command.weights is None)
    stood = stand_without_points(session)
    return Ok(id=command.id), [session.state(), session.points(), *stood]


def _parameters(machine: Machine, command: ask.Load) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Parameters and running statistics; without any of these, those of a network that has seen nothing."""
    assert command.weights is not None, "asked for only where there are some"
    theta, statistics = machine.trainer.theta, machine.trainer.statistics
    _check_count("weights", len(command.weights), theta.size)
    if not command.statistics:
        return np.array(command.weights), statistics.copy()
    _check_count("statistics", len(command.statistics), statistics.size)
    return np.array(command.weights), np.array(command.statistics)


def _check_count(what: str, asked: int, count: int) -> None:
    if asked != count:
        raise SpecError(f"there are {asked:,} {what}; this network has {count:,}", (what,), "invalid_spec")
