"""Writes the golden frame, read to the same values by Python and by Node. Run: python -m tests.golden.make_golden

Its output is committed; the tests fail when today's encoder gives other bytes, which would be a change of the protocol.
"""

import json
from pathlib import Path

import numpy as np

from app.session.frame import Frame, Now
from app.session.readings import Curvature, Reading
from app.wire.frames import encode_frame

HERE = Path(__file__).parent


def golden_frame() -> Frame:
    """A small frame whose every entry tells its place."""
    return Frame(
        revision=3,
        data_revision=5,
        step=250,
        epoch=10,
        now=Now(0.25, None, 0.75, None, 0.0, 0.03, 0.375, 0.625),
        boundary=np.arange(9, dtype=np.uint8).reshape(1, 3, 3),
        boundary_range=(0.0, 1.0),
        maps=np.arange(8, dtype=np.uint8).reshape(2, 2, 2) + 100,
        map_ranges=np.array([[-1, 1], [0, 2.5]], np.float32),
        theta=np.array([0.1, -0.2, 1e-300, np.pi]),
        statistics=np.array([0.5, 1.25]),
        gradient=np.array([0.5, -0.25, 0.0, 1.5]),
        predictions=np.array([[0.125, 0.875, 0.5]], np.float32),
        curve=np.array([[-0.5, 0.25, 1.75]], np.float32),
        centre=(1.5, -2.0),
        extent=4.0,
        probe_at=(0.5, -0.25),
        probe=np.array([0.5, -0.25, 0.75], np.float32),
        focus_unit=(0, 1),
        focus=np.arange(9, dtype=np.uint8).reshape(3, 3) + 200,
        focus_range=(-1.0, 2.5),
        figures=True,
        metrics=None,
        cells=np.array([0, 1, 1], np.uint8),
        roc=np.array([[[0, 0], [0.5, 1], [1, 1]], [[0, 0], [0, 0], [0, 0]]], np.float32),
        readings=(Reading("unit", 0, 1, "dead", "Unit 2 of hidden layer 1 is dead.", (1,)),),
        curvature=Curvature(45.5, 66.5, "2 / learning rate", 240, 125, 125),
        health=np.array([0.25, 1.0], np.float32),
        histograms=np.arange(12, dtype=np.float32).reshape(3, 2, 2),
        histogram_ranges=np.array([[[-1, 1], [0, 2.5]]] * 3, np.float32),
        losses=np.array([[250, 10, 0.25, np.nan, 0.75, np.nan, 0.0, 0.03, 0.375, 0.625]]),
        update=np.array([-0.015, 0.0075, 0.0, -0.045], np.float32),
        layer_norms=np.array([[[1.25, 0.001], [np.nan, np.nan]]]),
    )


def expected() -> dict[str, object]:
    """What a reader must find: facts, and each tensor's type, shape and values in row-major order (null for NaN)."""
    nothing = None
    return {
        "number": 7,
        "step": 250,
        "now": {
            "train_loss": 0.25,
            "test_loss": nothing,
            "train_score": 0.75,
            "test_score": nothing,
            "penalty": 0.0,
            "learning_rate": 0.03,
            "validation_loss": 0.375,
            "validation_score": 0.625,
        },
        "tensors": {
            "boundary": ["U8", [1, 3, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8]],
            "maps": ["U8", [2, 2, 2], [100, 101, 102, 103, 104, 105, 106, 107]],
            "map_ranges": ["F32", [2, 2], [-1.0, 1.0, 0.0, 2.5]],
            "theta": ["F64", [4], [0.1, -0.2, 1e-300, 3.141592653589793]],
            "statistics": ["F64", [2], [0.5, 1.25]],
            "gradient": ["F32", [4], [0.5, -0.25, 0.0, 1.5]],
            "predictions": ["F32", [1, 3], [0.125, 0.875, 0.5]],
            "curve": ["F32", [1, 3], [-0.5, 0.25, 1.75]],
            "probe": ["F32", [3], [0.5, -0.25, 0.75]],
            "focus": ["U8", [3, 3], [200, 201, 202, 203, 204, 205, 206, 207, 208]],
            "cells": ["U8", [3], [0, 1, 1]],
            "roc": ["F32", [2, 3, 2], [0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]],
            "health": ["F32", [2], [0.25, 1.0]],
            "histograms": ["F32", [3, 2, 2], [float(value) for value in range(12)]],
            "histogram_ranges": ["F32", [3, 2, 2], [-1.0, 1.0, 0.0, 2.5] * 3],
            "update": ["F32", [4], np.array([-0.015, 0.0075, 0.0, -0.045], np.float32).tolist()],
            "layer_norms": ["F64", [1, 2, 2], [1.25, 0.001, nothing, nothing]],
            "losses": ["F64", [1, 10], [250.0, 10.0, 0.25, nothing, 0.75, nothing, 0.0, 0.03, 0.375, 0.625]],
        },
    }


if __name__ == "__main__":
    (HERE / "frame.safetensors").write_bytes(encode_frame(golden_frame(), 7))
    (HERE / "frame.json").write_text(json.dumps(expected(), indent=1) + "\n")
