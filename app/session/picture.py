"""Taking the picture of a session: the arrays of a frame from the machine as it stands."""

import math
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from app import assemble
from app.engine.pictures import PictureBuffers, take_pictures
from app.session.commands import View
from app.session.frame import Frame, Now
from app.session.machine import Machine, Standing
from app.session.pointing import Pointing, probe
from app.session.readings import NO_DIAGNOSIS, Diagnosis
from app.session.results import NO_RESULTS, take_results


def take_frame(
    machine: Machine,
    view: View,
    pointing: Pointing,
    buffers: PictureBuffers,
    losses: NDArray[np.float64],
    layer_norms: NDArray[np.float64],
    revision: int,
    data_revision: int,
    diagnosis: Diagnosis = NO_DIAGNOSIS,
) -> Frame:
    """A frame of `machine` as `view` asks, with what is pointed at; `losses` (k, 8) and `layer_norms` (k, L, 2)
    travel with it."""
    spec, trainer, standing = machine.spec, machine.trainer, machine.standing()
    shown = assemble.shown_range(spec, machine.board.target)
    map_grid = view.map_grid if view.maps else 0
    key = (spec.inputs, view.grid, map_grid, view.extent, view.centre)
    pictures = take_pictures(
        machine.network,
        trainer.theta,
        trainer.statistics,
        buffers.inputs(
            key, lambda: assemble.picture_inputs(spec, (view.grid, map_grid), view.extent, view.centre)
        ),
        view.grid**2,
        buffers,
        shown,
        pointing.unit,
    )
    results = take_results(machine) if view.metrics else NO_RESULTS
    return Frame(
        revision=revision,
        data_revision=data_revision,
        step=trainer.cursor.step,
        epoch=trainer.cursor.epoch,
        now=_now(standing),
        boundary=pictures.boundary.reshape(-1, view.grid, view.grid),
        boundary_range=shown,
        maps=pictures.maps.reshape(len(pictures.maps), map_grid, map_grid),
        map_ranges=pictures.ranges,
        theta=trainer.theta,
        gradient=trainer.gradient,
        update=trainer.update.astype(np.float32),
        predictions=standing.outputs.astype(np.float32),
        centre=view.centre,
        extent=view.extent,
        probe_at=pointing.at,
        probe=probe(machine, pointing.at),
        focus_unit=pointing.unit,
        focus=pictures.focus.reshape((view.grid, view.grid) if pointing.unit else (0, 0)),
        focus_range=_range(pictures.focus_range),
        metrics=results.metrics,
        cells=results.cells,
        roc=results.roc,
        readings=diagnosis.readings,
        curvature=diagnosis.curvature,
        health=diagnosis.health,
        histograms=diagnosis.histograms,
        histogram_ranges=diagnosis.ranges,
        losses=losses,
        layer_norms=layer_norms,
    )


def _range(rows: NDArray[np.float32]) -> tuple[float, float] | None:
    return (float(rows[0, 0]), float(rows[0, 1])) if len(rows) else None


def _now(standing: Standing) -> Now:
    def figure(value: SupportsFloat) -> float | None:
        number = float(value)
        return number if math.isfinite(number) else None

    return Now(
        train_loss=figure(standing.train.loss),
        test_loss=figure(standing.test.loss),
        train_score=figure(standing.train.score),
        test_score=figure(standing.test.score),
        penalty=figure(standing.penalty),
        learning_rate=figure(standing.learning_rate),
    )
