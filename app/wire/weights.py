"""Weights as a file: safetensors with the names and shapes of the equivalent `torch.nn.Sequential`'s state dict.

The equivalent Sequential has, for each hidden layer, Linear, BatchNorm1d if there is batch norm, the activation,
and Dropout if there is dropout; last the output's Linear, which gives the weighted sums under the output function.
So without norm and dropout the names are "0.weight" (fan_out, fan_in), "0.bias", "2.weight", ... and
`load_state_dict` takes them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from app.engine.network import Network
from app.spec import SpecError

Floats = NDArray[np.float64]


def state_dict(network: Network, theta: Floats, statistics: Floats) -> dict[str, Floats]:
    """Views of `theta` (P,) and `statistics` (R,) by the names of the state dict."""
    tensors: dict[str, Floats] = {}
    for index, linear in _positions(network):
        block = network.block(theta, index)
        tensors[f"{linear}.weight"], tensors[f"{linear}.bias"] = block[:, :-1], block[:, -1]
        if network.layers[index].batch_norm:
            gamma, beta = network.norm(theta, index)
            mean, variance = network.running(statistics, index)
            norm = f"{linear + 1}."
            tensors |= {norm + "weight": gamma[:, 0], norm + "bias": beta[:, 0]}
            tensors |= {norm + "running_mean": mean[:, 0], norm + "running_var": variance[:, 0]}
    return tensors


def _positions(network: Network) -> Iterator[tuple[int, int]]:
    """(layer, where its Linear stands in the Sequential)."""
    place = 0
    for index, layer in enumerate(network.layers):
        yield index, place
        place += 2 + layer.batch_norm + (layer.dropout > 0)


def encode_weights(network: Network, theta: Floats, statistics: Floats) -> bytes:
    """A weights file; batch norm's batch count, which PyTorch only counts, is 0."""
    tensors = {
        name: np.ascontiguousarray(view) for name, view in state_dict(network, theta, statistics).items()
    }
    counts = {
        name.replace("running_mean", "num_batches_tracked"): np.zeros((), np.int64)
        for name in tensors
        if name.endswith("running_mean")
    }
    return save({**tensors, **counts})


def decode_weights(data: bytes, network: Network) -> tuple[Floats, Floats]:
    """`theta` and `statistics` from a weights file; SpecError (code `bad_weights`) unless it fits `network`
    exactly."""
    theta, statistics = np.zeros(network.parameters), network.fresh_statistics()
    wanted = state_dict(network, theta, statistics)
    try:
        found = load(data)
    except (SafetensorError, ValueError, KeyError) as error:
        raise SpecError(f"this is no safetensors file: {error}", (), "bad_weights") from error
    found = {name: tensor for name, tensor in found.items() if not name.endswith("num_batches_tracked")}
    if found.keys() != wanted.keys():
        message = f"the file holds {', '.join(sorted(found))}; this network has {', '.join(sorted(wanted))}"
        raise SpecError(message, (), "bad_weights")
    for name, view in wanted.items():
        _copy(name, found[name], view)
    return theta, statistics


def _copy(name: str, tensor: NDArray[np.generic], view: Floats) -> None:
    if tensor.shape != view.shape:
        raise SpecError(
            f"{name} has shape {tensor.shape}; this network's is {view.shape}", (name,), "bad_weights"
        )
    if not np.isfinite(tensor.astype(np.float64)).all():
        raise SpecError(f"{name} holds a value that is not finite", (name,), "bad_weights")
    view[...] = tensor
