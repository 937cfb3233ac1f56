"""Tables: columns of numbers and text as they stand in a file. Knows no network, no split and no browser."""

from app.data.tables.shelf import BUNDLED, Shelf
from app.data.tables.table import Column, Image, Table

__all__ = ["BUNDLED", "Column", "Image", "Shelf", "Table"]
