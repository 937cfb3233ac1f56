"""Taking the picture of a session: the arrays of a frame from the machine as it stands."""

import math
from typing import Any, SupportsFloat

import numpy as np
from numpy.typing import NDArray

from app import assemble
from app.data.preparation import Prepared
from app.engine.forward import forward
from app.engine.numeric import quiet
from app.engine.pictures import PictureBuffers, take_pictures
from app.session.board import Board
from app.session.charts import Chart, chart_of
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
    diagnosis: Diagnosis | None = NO_DIAGNOSIS,
) -> Frame:
    """A frame of `machine` as `view` asks, with what is pointed at; `losses` (k, 10) and `layer_norms` (k, L, 2)
    travel with it. A `diagnosis` of None leaves out the results as well: the frame tells no figures."""
    spec, trainer, standing, board = machine.spec, machine.trainer, machine.standing(), machine.board
    prepared = board.prepared
    shown = assemble.shown_range(spec, board.drawn.target if prepared else board.target, prepared)
    map_grid = view.map_grid if view.maps else 0
    chart = chart_of(spec, board, view.plane)
    network, theta, features = chart.folded(machine.network, trainer.theta)
    grids = view.grid, map_grid
    pictures = take_pictures(
        network,
        theta,
        trainer.statistics,
        buffers.inputs(
            (features, *grids, view.extent, view.centre),
            lambda: assemble.board_inputs(grids, view.extent, view.centre, features),
        ),
        view.grid**2,
        buffers,
        shown,
        pointing.unit,
    )
    figures = diagnosis is not None
    diagnosis = diagnosis or NO_DIAGNOSIS
    results = take_results(machine) if view.metrics and figures else NO_RESULTS
    return Frame(
        revision=revision,
        data_revision=data_revision,
        step=trainer.step,
        epoch=trainer.epoch,
        now=_now(standing),
        boundary=pictures.boundary.reshape(-1, view.grid, view.grid),
        boundary_range=_raw(shown, prepared),
        maps=pictures.maps.reshape(len(pictures.maps), map_grid, map_grid),
        map_ranges=pictures.ranges,
        theta=trainer.theta,
        statistics=trainer.statistics,
        gradient=trainer.gradient,
        update=trainer.update.astype(np.float32),
        predictions=_of_shown(assemble.raw_outputs(standing.outputs, prepared), board).astype(np.float32),
        curve=_curve(machine, chart, view),
        centre=view.centre,
        extent=view.extent,
        probe_at=pointing.at,
        probe=probe(machine, chart, pointing),
        focus_unit=pointing.unit,
        focus=pictures.focus.reshape((view.grid, view.grid) if pointing.unit else (0, 0)),
        focus_range=_range(pictures.focus_range),
        figures=figures,
        metrics=results.metrics,
        cells=_of_shown(results.cells, board) if results.cells.size else results.cells,
        roc=results.roc,
        readings=diagnosis.readings,
        curvature=diagnosis.curvature,
        health=diagnosis.health,
        histograms=diagnosis.histograms,
        histogram_ranges=diagnosis.ranges,
        losses=losses,
        layer_norms=layer_norms,
    )


def _raw(ends: tuple[float, float], prepared: Prepared | None) -> tuple[float, float]:
    if prepared is None:  # most often, and arrays of two numbers are dear
        return ends
    low, high = assemble.raw_outputs(np.array(ends), prepared)
    return float(low), float(high)


def _of_shown(values: NDArray[Any], board: Board) -> NDArray[Any]:
    """The columns of the points that are told."""
    shown = board.shown
    return values if shown.size == board.size else values[..., shown]


@quiet
def _curve(machine: Machine, chart: Chart, view: View) -> NDArray[np.float32]:
    """(T, G) the outputs at the cells' centres along a curve's one input; (0, 0) for other charts."""
    if chart.kind != "curve":
        return np.empty((0, 0), np.float32)
    across = view.centre[0] + ((np.arange(view.grid) + 0.5) / view.grid * 2 - 1) * view.extent
    inputs = chart.seen(np.stack([across, np.zeros(view.grid)]))
    trainer = machine.trainer
    outputs = forward(machine.network, trainer.theta, trainer.statistics, inputs)[-1]
    return assemble.raw_outputs(outputs, machine.board.prepared).astype(np.float32)


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
        validation_loss=figure(standing.validation.loss),
        validation_score=figure(standing.validation.score),
    )
