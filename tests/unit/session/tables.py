"""Sessions on bundled tables for the tests, and what a page can compute from what it is told. Holds no expectation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.forward import forward
from app.session.data_events import InputTold
from app.session.events import Rows, State
from app.session.session import Session
from app.spec import Experiment
from tests.unit.session.building import do

Floats = NDArray[np.float64]
LAYERS: dict[str, Any] = {"layers": [{"units": 4}]}


def on_table(name: str, /, data: dict[str, Any] | None = None, **table: Any) -> Session:
    """A little session on a table, `table` and `data` as asked."""
    choice = {"source": "table", "table": {"name": name} | table} | (data or {})
    return Session.create(Experiment.parse({"data": choice, "network": LAYERS}))


def choose(name: str, **table: Any) -> dict[str, Any]:
    """A change of spec to a table."""
    return {"spec": {"data": {"source": "table", "table": {"name": name} | table}}}


def seen(session: Session, raw: Floats) -> Floats:
    """(I + 1, K): what the network sees of raw inputs (D, K), by the shifts and scales that are told, and ones."""
    told: tuple[InputTold, ...] = session.state().inputs
    rows = [(row - column.shift) / column.scale for row, column in zip(raw, told, strict=True)]
    return np.array([*rows, np.ones(raw.shape[1])])


def outputs(session: Session, raw: Floats) -> Floats:
    """(T, K): the network's outputs for raw inputs, in the units of the target: a plain pass in float64."""
    trainer, target = session.machine.trainer, session.state().target
    plain = forward(session.machine.network, trainer.theta, trainer.statistics, seen(session, raw))[-1]
    return np.asarray(plain * target.scale + target.shift)


def values(session: Session, ids: list[int]) -> Floats:
    """(D, K): the raw inputs of points, as `rows` tells them."""
    answer = do(session, "rows", ids=ids)[1]
    assert isinstance(answer, Rows)
    return np.array([row.values for row in answer.rows]).T


def cells(session: Session) -> tuple[Floats, Floats]:
    """Raw values across and up at the centres of the picture's cells, row by row from the bottom."""
    state: State = session.state()
    view = state.view
    steps = ((np.arange(view.grid) + 0.5) / view.grid * 2 - 1) * view.extent
    across, up = np.meshgrid(view.centre[0] + steps, view.centre[1] + steps)
    raw = [
        axis.middle + axis.scale * place.ravel() for axis, place in zip(state.axes, (across, up), strict=True)
    ]
    return raw[0], raw[1]
