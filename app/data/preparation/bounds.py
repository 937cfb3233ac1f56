"""How much a table may ask of an engine."""

MOST_CLASSES = 10
MOST_CATEGORIES = 32
"""Of a text column that becomes indicators."""

MOST_INPUTS = 784
"""Of the network: the pixels of a picture of 28 by 28."""

MOST_VALUES = 8_000_000
"""Inputs times rows, copies counted: 64 MB of float64."""

MOST_LETTERS = 80
"""Of a class's or an input's name; longer ones are cut."""

LARGEST = 1e30
"""Of a number's magnitude: its square and sums of many squares are still finite, and it is itself as float32."""

SMALLEST_SPAN = 1e-30
"""A column that varies by less counts as constant: dividing by less could overflow."""
