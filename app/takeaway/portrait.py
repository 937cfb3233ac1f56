"""A session as it stands, in the arrays that everything taken home is made of."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app import assemble
from app.data.preparation import Prepared
from app.engine.network import Network
from app.engine.pictures import PictureBuffers
from app.session.commands import View
from app.session.events import State
from app.session.frame import LOSS_COLUMNS, Frame
from app.session.picture import take_frame
from app.session.pointing import Pointing
from app.session.session import Session
from app.spec import Experiment

Floats = NDArray[np.float64]
GRID = 100
"""Cells of the boundary's picture both ways."""


@dataclass(frozen=True)
class Portrait:
    """N points of D coordinates or encoded columns, I inputs of the network, P parameters, T outputs.

    `points` (N, 4): place on the board, label or target, part (0 train, 1 validation, 2 test), in the order of the
    board. `x` (D, N) in the table's own units, encoded but not scaled, or x1 and x2. `seen` (I, N): what the first
    layer sees of them. `outputs` (T, N) of the network at the points, in the target's units. `history` (k, 10): all
    rows that are kept, by `columns`. `frame`: pictures of the whole board (GRID cells both ways), and of what each
    hidden unit sees of it. `shown` (n,): which of the points are told as points, as `Board.shown`."""

    spec: Experiment
    state: State
    network: Network
    theta: Floats
    statistics: Floats
    ids: NDArray[np.int64]
    points: Floats
    x: Floats
    seen: Floats
    target: Floats
    part: NDArray[np.uint8]
    shown: NDArray[np.intp]
    outputs: Floats
    prepared: Prepared | None
    history: Floats
    frame: Frame
    step: int
    epoch: int
    columns: tuple[str, ...] = LOSS_COLUMNS

    @classmethod
    def of(cls, session: Session) -> Self:
        """What `session` is now; arrays are copies."""
        machine, board, spec = session.machine, session.board, session.spec
        view = View(plane=session.view.plane, grid=GRID)
        rows = session.history.since(0)
        none = np.empty((0, len(machine.network.layers), 2))
        frame = take_frame(machine, view, Pointing(), PictureBuffers(), rows, none, 0, 0)
        places = session.chart.places(board)
        return cls(
            spec=spec,
            state=session.state(),
            network=machine.network,
            theta=machine.trainer.theta.copy(),
            statistics=machine.trainer.statistics.copy(),
            ids=board.ids,
            points=np.stack([*places, board.target, board.part.astype(np.float64)], axis=1),
            x=board.x,
            seen=assemble.inputs_of(spec, board.x, board.prepared)[:-1],
            target=board.target,
            part=board.part,
            shown=board.shown,
            outputs=assemble.raw_outputs(machine.standing().outputs, board.prepared),
            prepared=board.prepared,
            history=rows,
            frame=frame,
            step=session.step,
            epoch=session.epoch,
        )
