"""A session's numbers as NumPy arrays with rows as notebooks have them: one row a sample."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.assemble import inputs_of, raw_outputs
from app.engine.forward import forward
from app.playground.given import rows_of
from app.session.frame import LOSS_COLUMNS
from app.session.session import Session

Floats = NDArray[np.float64]
History = dict[str, NDArray[Any]]
"""Arrays (k,) by name, one value for each row recorded: `step` and `epoch` whole numbers, the others float64, NaN
where a part has no points."""
WHOLE = {"step", "epoch"}


def history_of(session: Session) -> History:
    """Every row that is kept, by column."""
    rows = session.history.since(0)
    return {
        name: rows[:, column].astype(np.int64 if name in WHOLE else np.float64)
        for column, name in enumerate(LOSS_COLUMNS)
    }


def weights_of(session: Session) -> list[tuple[Floats, Floats]]:
    """Copies of each layer's weights (fan_out, fan_in) and biases (fan_out,)."""
    network, theta = session.machine.network, session.theta
    blocks = [network.block(theta, layer) for layer in range(len(network.layers))]
    return [(block[:, :-1].copy(), block[:, -1].copy()) for block in blocks]


def outputs_of(session: Session, x: ArrayLike) -> Floats:
    """(N, T) what the network says of rows `x`; SpecError where they have another width than its data."""
    machine, spec = session.machine, session.spec
    prepared, is_curve = machine.board.prepared, spec.data.is_curve
    rows = rows_of(x, len(spec.input_names) if prepared else 1 if is_curve else 2, "x")
    if is_curve:
        rows = np.column_stack([rows, np.zeros(len(rows))])
    seen = inputs_of(spec, np.ascontiguousarray(rows.T), prepared)
    said = forward(machine.network, machine.trainer.theta, machine.trainer.statistics, seen)[-1]
    return np.ascontiguousarray(raw_outputs(said, prepared).T)
