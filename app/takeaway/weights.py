"""Weights as a safetensors file that PyTorch loads by name."""

from app.takeaway.portrait import Portrait
from app.wire.weights import encode_weights


def make_weights(portrait: Portrait) -> bytes:
    """The state dict of the equivalent `torch.nn.Sequential`; see `app.wire.weights`."""
    return encode_weights(portrait.network, portrait.theta, portrait.statistics)
