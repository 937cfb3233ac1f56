"""Weight files: the names and shapes of PyTorch's state dict, there and back."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load, save

from app import assemble
from app.engine.network import Network
from app.spec import Experiment, SpecError
from app.wire.weights import decode_weights, encode_weights

Floats = NDArray[np.float64]
SPEC: dict[str, Any] = {"inputs": ["x1", "x2"], "network": {"layers": [{"units": 4}, {"units": 3}]}}


def written(tree: dict[str, Any]) -> tuple[Network, Floats, Floats, dict[str, Floats]]:
    """A spec's network, its first parameters, and what a weights file holds of them."""
    spec = Experiment.parse(tree)
    network = assemble.make_network(spec)
    theta = assemble.draw_theta(spec, network)
    statistics = network.fresh_statistics()
    return network, theta, statistics, load(encode_weights(network, theta, statistics))


def test_a_plain_network_has_the_names_and_shapes_of_its_sequential() -> None:
    _, _, _, tensors = written(SPEC)
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "0.weight": (4, 2),
        "0.bias": (4,),
        "2.weight": (3, 4),
        "2.bias": (3,),
        "4.weight": (1, 3),
        "4.bias": (1,),
    }


def test_batch_norm_and_dropout_take_their_places_in_the_sequential() -> None:
    layers = [{"units": 4, "batch_norm": True, "dropout": 0.2}, {"units": 3}]
    _, _, _, tensors = written({**SPEC, "network": {"layers": layers}})
    norm = ["1.bias", "1.num_batches_tracked", "1.running_mean", "1.running_var", "1.weight"]
    assert sorted(tensors) == ["0.bias", "0.weight", *norm, "4.bias", "4.weight", "6.bias", "6.weight"]


def test_each_weight_is_where_its_name_says() -> None:
    network, theta, _, tensors = written(SPEC)
    assert tensors["2.weight"][1, 3] == network.block(theta, 1)[1, 3]
    assert tensors["2.bias"][2] == network.block(theta, 1)[2, 4]


def test_what_was_written_is_read_again_to_the_bit() -> None:
    layers = [{"units": 4, "batch_norm": True}]
    network, theta, statistics, _ = written({**SPEC, "network": {"layers": layers}})
    statistics += 0.25
    again, running = decode_weights(encode_weights(network, theta, statistics), network)
    assert np.array_equal(again, theta)
    assert np.array_equal(running, statistics)


def test_a_file_for_another_network_is_refused_by_name() -> None:
    network, _, _, tensors = written(SPEC)
    del tensors["4.bias"]
    with pytest.raises(
        SpecError, match=r"this network has 0.bias, 0.weight, 2.bias, 2.weight, 4.bias, 4.weight"
    ):
        decode_weights(save(tensors), network)


def test_a_wrong_shape_is_refused_with_both_shapes() -> None:
    network, _, _, tensors = written(SPEC)
    tensors["2.weight"] = np.zeros((4, 3))
    with pytest.raises(SpecError, match=r"2.weight has shape \(4, 3\); this network's is \(3, 4\)"):
        decode_weights(save(tensors), network)


def test_a_value_that_is_not_finite_is_refused() -> None:
    network, _, _, tensors = written(SPEC)
    tensors["4.bias"] = np.array([np.nan])
    with pytest.raises(SpecError, match=r"4.bias holds a value that is not finite"):
        decode_weights(save(tensors), network)


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff" * 64, (2**62).to_bytes(8, "little") + b"{}"])
def test_what_is_no_weights_file_is_refused(data: bytes) -> None:
    network, _, _, _ = written(SPEC)
    with pytest.raises(SpecError, match="this is no safetensors file"):
        decode_weights(data, network)
