"""Data sets as arrays: where the points lie, which of them are trained on, and what the network sees of them.

Pure functions of their arguments; randomness is an argument. Knows nothing of specs, files, networks or the browser.
"""

from app.data.features import FEATURES, design_matrix
from app.data.points import Points
from app.data.registry import GENERATORS, generate
from app.data.split import parts

__all__ = ["FEATURES", "GENERATORS", "Points", "design_matrix", "generate", "parts"]
