"""The weights as safetensors: PyTorch's names and shapes, read back to the bit."""

import numpy as np
from safetensors.numpy import load

from app.takeaway.portrait import Portrait
from app.takeaway.weights import make_weights
from app.wire.weights import decode_weights
from tests.unit.takeaway.experiments import SESSIONS


def test_the_names_and_shapes_are_those_of_the_pytorch_program() -> None:
    """Linear, BatchNorm1d and activation of each layer count."""
    tensors = load(make_weights(Portrait.of(SESSIONS["batch-norm"]())))
    shapes = {name: tensor.shape for name, tensor in tensors.items() if "weight" in name or "running" in name}
    assert shapes == {
        "0.weight": (4, 2), "1.weight": (4,), "1.running_mean": (4,), "1.running_var": (4,),
        "3.weight": (3, 4), "4.weight": (3,), "4.running_mean": (3,), "4.running_var": (3,),
        "6.weight": (1, 3),
    }  # fmt: skip
    assert {tensor.dtype for name, tensor in tensors.items() if "num" not in name} == {np.dtype(np.float64)}


def test_they_come_back_to_the_bit() -> None:
    """Parameters and running statistics."""
    portrait = Portrait.of(SESSIONS["frozen"]())
    theta, statistics = decode_weights(make_weights(portrait), portrait.network)
    np.testing.assert_array_equal(theta, portrait.theta)
    np.testing.assert_array_equal(statistics, portrait.statistics)
