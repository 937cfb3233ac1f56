"""Frames as bytes: safetensors, with the small facts as JSON under the metadata key `frame`."""

import json
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.container import pack
from app.session.frame import LOSS_COLUMNS, Frame

_encode = json.JSONEncoder(separators=(",", ":")).encode
LOSS_COLUMNS_TOLD = _encode({"loss_columns": LOSS_COLUMNS})[1:-1]
"""The same in every frame, written once."""


def encode_frame(frame: Frame, number: int) -> bytes:
    """`frame` as one safetensors file. `number` (>= 1) counts a viewer's frames; its acknowledgement names it."""
    facts = {
        "number": number,
        "revision": frame.revision,
        "data_revision": frame.data_revision,
        "step": frame.step,
        "epoch": frame.epoch,
        "now": vars(frame.now),
        "boundary_range": frame.boundary_range,
        "centre": frame.centre,
        "extent": frame.extent,
        "probe_at": frame.probe_at,
        "focus_unit": frame.focus_unit,
        "focus_range": frame.focus_range,
        "figures": frame.figures,
        "metrics": frame.metrics and asdict(frame.metrics),
        "readings": frame.readings and [vars(reading) for reading in frame.readings],
        "curvature": frame.curvature and vars(frame.curvature),
    }
    tensors: dict[str, NDArray[Any]] = {
        "theta": frame.theta,
        "statistics": frame.statistics,
        "losses": frame.losses,
        "layer_norms": frame.layer_norms,
        "gradient": frame.gradient.astype(np.float32),
        "update": frame.update,
        "map_ranges": frame.map_ranges,
        "predictions": frame.predictions,
        "curve": frame.curve,
        "health": frame.health,
        "histograms": frame.histograms,
        "histogram_ranges": frame.histogram_ranges,
        "probe": frame.probe,
        "focus": frame.focus,
        "roc": frame.roc,
        "cells": frame.cells,
        "boundary": frame.boundary,
        "maps": frame.maps,
    }
    return pack(tensors, {"frame": f"{_encode(facts)[:-1]},{LOSS_COLUMNS_TOLD}}}"})
