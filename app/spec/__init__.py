"""What can be asked for: frozen pydantic models with names, bounds, defaults, titles and help.

The one definition of the vocabulary's shape. Their JSON Schema builds the page's controls, documents the protocol and
the command line. Knows no NumPy, no engine and no clock.
"""

from app.spec.bounds import BOUNDS, Bounds
from app.spec.data import DataSpec
from app.spec.errors import SpecError
from app.spec.experiment import Experiment, SeedsSpec
from app.spec.network import LayerSpec, NetworkSpec
from app.spec.patch import field_of, merge
from app.spec.training import ClippingSpec, TrainingSpec

__all__ = [
    "BOUNDS",
    "Bounds",
    "ClippingSpec",
    "DataSpec",
    "Experiment",
    "LayerSpec",
    "NetworkSpec",
    "SeedsSpec",
    "SpecError",
    "TrainingSpec",
    "field_of",
    "merge",
]
