"""The pictures of the network's inputs as bytes: safetensors, for the page draws inputs as it draws units."""

import json
from typing import Any

from numpy.typing import NDArray

from app.assemble import draw_feature_maps
from app.container import pack

CELLS, EXTENT = 32, 6.0
"""A unit map's size and the first view's extent, as `View` has them."""


def encode_feature_maps() -> bytes:
    """`maps` (F, 32, 32) uint8 and `ranges` (F, 2) float32 as unit maps have them, over [-6, 6]; the metadata's
    `features` is a JSON list of their names."""
    names, maps, ranges = draw_feature_maps(CELLS, EXTENT)
    tensors: dict[str, NDArray[Any]] = {"maps": maps.reshape(-1, CELLS, CELLS), "ranges": ranges}
    return pack(tensors, {"features": json.dumps(names), "extent": json.dumps(EXTENT)})
