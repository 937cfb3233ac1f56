"""The bounds that protect the server, in one place; every model and every limit takes them from here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """Largest and smallest values a spec or a command may ask for."""

    points: int = 5000
    coordinate: float = 100.0
    target: float = 1000.0
    rows: int = 20_000
    """Of a table, and points on a board that shows one."""
    columns: int = 64
    name: int = 80
    """Characters of a table's or column's name in a spec."""
    encoded: int = 784
    """Inputs of the network that a table's columns become."""
    copies: int = 4
    table_bytes: int = 10_000_000
    """Of a file of text."""
    image_bytes: int = 128_000_000
    """Of a file of pictures."""
    image_expanded_bytes: int = 512_000_000
    """Of what is unpacked from it."""
    image_values: int = 4_000_000
    """Pixels of all pictures together that are kept of a file."""
    image_side: int = 28
    uploads: int = 4
    """Tables of a session's own."""
    uploads_bytes: int = 40_000_000
    """All of them together, as they are kept."""
    classes: int = 10
    layers: int = 10
    units: int = 64
    hidden_units: int = 256
    batch_size: int = 5000
    update: int = 10_000_000
    """Parameters times points of a batch: a twentieth to a fifth of a second (deep networks take longest), which a
    command has to wait."""
    learning_rate: float = 10.0
    penalty: float = 10.0
    weight: float = 1e6
    grid_least: int = 8
    grid: int = 200
    map_grid: int = 100
    extent_least: float = 0.05
    steps_at_once: int = 100_000
    epochs_at_once: int = 1_000
    epochs_per_second_least: float = 0.01
    epochs_per_second: float = 1_000.0
    steps_per_second_least: float = 0.1
    steps_per_second: float = 1_000.0
    frozen: int = 1_000
    branches: int = 12
    branch_name: int = 60
    code_address: int = 800
    """Characters of an address that a QR code holds and a telephone still reads from a wall."""
    experiments: int = 200
    """Saved ones of one owner."""
    experiments_bytes: int = 200_000_000
    """All of them together, with the uploaded tables that they need."""
    title: int = 120
    notes: int = 4000
    """Characters of a saved experiment's title and notes."""
    seed: int = 2**32 - 1


BOUNDS = Bounds()
