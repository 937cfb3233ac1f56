"""The ONNX model of every kind of experiment, run by ONNX Runtime."""

import json
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

from app.takeaway.onnx_model import make_onnx
from app.takeaway.portrait import Portrait
from tests.unit.takeaway.experiments import SESSIONS

FEATURELESS = ("schedule", "optimizer", "clipped", "frozen-", "penalties", "nesterov")
"""Experiments that differ in how they learn, which is nothing to the model."""
NAMES = [name for name in SESSIONS if not name.startswith(FEATURELESS)]


def run(content: bytes, x: NDArray[np.float64]) -> list[NDArray[Any]]:
    """All outputs for points x (N, D), of which the model takes as many columns as it has."""
    model = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (given,) = model.get_inputs()
    return list(model.run(None, {given.name: np.ascontiguousarray(x[:, : given.shape[1]])}))


@pytest.mark.parametrize("name", NAMES)
def test_the_model_predicts_as_the_engine_does(name: str) -> None:
    """Outputs in the target's units from the points as they are, to rounding."""
    portrait = Portrait.of(SESSIONS[name]())
    outputs = run(make_onnx(portrait), portrait.x.T)[0]
    np.testing.assert_allclose(outputs, portrait.outputs.T, rtol=1e-11, atol=1e-12)


def test_it_names_the_class_that_the_outputs_speak_for() -> None:
    """One unit past its middle, several by the largest."""
    portrait = Portrait.of(SESSIONS["iris"]())
    _, chosen = run(make_onnx(portrait), portrait.x.T)
    np.testing.assert_array_equal(chosen, portrait.outputs.argmax(axis=0))
    portrait = Portrait.of(SESSIONS["hinge"]())
    _, chosen = run(make_onnx(portrait), portrait.x.T)
    np.testing.assert_array_equal(chosen, (portrait.outputs[0] >= 0).astype(np.int64))
    assert chosen.dtype == np.int64


def test_a_value_has_no_class() -> None:
    """Regression gives one output alone."""
    portrait = Portrait.of(SESSIONS["diabetes"]())
    assert len(run(make_onnx(portrait), portrait.x.T)) == 1


def test_it_says_what_its_columns_and_classes_are() -> None:
    """For whoever finds the file a year later."""
    model = onnx.load_from_string(make_onnx(Portrait.of(SESSIONS["iris"]())))
    facts = {entry.key: entry.value for entry in model.metadata_props}
    assert facts["title"] == "Gradient Playground: iris, 4-4-3-3"
    assert json.loads(facts["inputs"]) == ["sepal length", "sepal width", "petal length", "petal width"]
    assert json.loads(facts["classes"]) == ["setosa", "versicolor", "virginica"]
    assert facts["target"] == "species"
    assert (model.ir_version, model.opset_import[0].version) == (8, 15)


def test_far_from_zero_nothing_overflows() -> None:
    """A point far beyond the board, through every activation that grows."""
    for kind in ("softplus", "elu", "gelu", "silu"):
        portrait = Portrait.of(SESSIONS[f"activation-{kind}"]())
        outputs = run(make_onnx(portrait), np.array([[1e4, -1e4], [-1e4, 1e4]]))[0]
        assert np.isfinite(outputs).all()
