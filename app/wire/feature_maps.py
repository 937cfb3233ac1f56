"""The pictures of the network's inputs as bytes: safetensors, for the page draws inputs as it draws units."""

import json
from functools import lru_cache
from typing import Any

from numpy.typing import NDArray

from app.assemble import draw_feature_maps
from app.container import pack

CELLS, EXTENT = 32, 6.0
"""A unit map's size and the first view's extent, as `View` has them."""


@lru_cache(64)
def encode_feature_maps(extent: float = EXTENT, centre: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """`maps` (F, 32, 32) uint8 and `ranges` (F, 2) float32 as unit maps have them, over `centre` +/- `extent`; the
    metadata's `features` is a JSON list of their names, `extent` and `centre` say where they belong."""
    names, maps, ranges = draw_feature_maps(CELLS, extent, centre)
    tensors: dict[str, NDArray[Any]] = {"maps": maps.reshape(-1, CELLS, CELLS), "ranges": ranges}
    told = {"features": names, "extent": extent, "centre": centre}
    return pack(tensors, {name: json.dumps(value) for name, value in told.items()})
