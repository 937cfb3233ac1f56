"""Drawings by mouse or finger as rows of an image table. Knows no network and no browser."""

from app.data.drawn.picture import picture
from app.data.drawn.strokes import MOST_POINTS, MOST_STROKES, DrawingError, Stroke, checked

__all__ = ["MOST_POINTS", "MOST_STROKES", "DrawingError", "Stroke", "checked", "picture"]
