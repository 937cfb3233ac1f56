"""Ready experiments, as data: what each shows, its spec and its speed. Knows no model, no engine and no page.

Their specs are written as a person would type them, over the defaults. Tests, not the running server, hold them
against the `Experiment` model and train each to see that it does what its text says.
"""

from app.presets.descent import DESCENT
from app.presets.points import POINTS
from app.presets.preset import Preset
from app.presets.shapes import SHAPES
from app.presets.tables import TABLES

PRESETS: tuple[Preset, ...] = (*SHAPES, *TABLES, *POINTS, *DESCENT)
"""All of them, in the order in which a page offers them."""

__all__ = ["PRESETS", "Preset"]
