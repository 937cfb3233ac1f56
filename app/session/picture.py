"""Taking the picture of a session: the arrays of a frame from the machine as it stands."""

import numpy as np
from numpy.typing import NDArray

from app import assemble
from app.engine.pictures import PictureBuffers, UnitMaps, boundary, unit_maps
from app.session.commands import View
from app.session.frame import Frame, Now
from app.session.machine import Machine, Standing

NO_MAPS = UnitMaps(np.empty((0, 1), np.uint8), np.empty((0, 2), np.float32))


def take_frame(
    machine: Machine,
    view: View,
    buffers: PictureBuffers,
    losses: NDArray[np.float64],
    revision: int,
    data_revision: int,
) -> Frame:
    """A frame of `machine` as `view` asks; `losses` (k, 8) travels with it."""
    spec, trainer, standing = machine.spec, machine.trainer, machine.standing()

    def inputs(cells: int) -> NDArray[np.float32]:
        key = (spec.inputs, cells, view.extent)
        return buffers.inputs(key, lambda: assemble.grid_inputs(spec, cells, view.extent))

    weights = (machine.network, trainer.theta.astype(np.float32), trainer.statistics.astype(np.float32))
    shown = assemble.shown_range(spec, machine.board.target)
    maps = unit_maps(*weights, inputs(view.map_grid), buffers) if view.maps else NO_MAPS
    return Frame(
        revision=revision,
        data_revision=data_revision,
        step=trainer.cursor.step,
        epoch=trainer.cursor.epoch,
        now=_now(standing),
        boundary=boundary(*weights, inputs(view.grid), buffers, shown).reshape(-1, view.grid, view.grid),
        boundary_range=shown,
        maps=maps.pictures.reshape(-1, *((view.map_grid,) * 2 if view.maps else (1, 1))),
        map_ranges=maps.ranges,
        theta=trainer.theta,
        gradient=trainer.gradient,
        predictions=standing.outputs.astype(np.float32),
        losses=losses,
    )


def _now(standing: Standing) -> Now:
    def figure(value: object) -> float | None:
        number = float(value)  # type: ignore[arg-type]  # a 0-d array
        return number if np.isfinite(number) else None

    return Now(
        train_loss=figure(standing.train.loss),
        test_loss=figure(standing.test.loss),
        train_score=figure(standing.train.score),
        test_score=figure(standing.test.score),
        penalty=figure(standing.penalty),
        learning_rate=figure(standing.learning_rate),
    )
