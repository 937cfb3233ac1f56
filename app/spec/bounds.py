"""The bounds that protect the server, in one place; every model and every limit takes them from here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """Largest and smallest values a spec or a command may ask for."""

    points: int = 5000
    coordinate: float = 100.0
    target: float = 1000.0
    classes: int = 6
    layers: int = 10
    units: int = 64
    hidden_units: int = 256
    batch_size: int = 5000
    update: int = 10_000_000
    """Parameters times points of a batch: a twentieth of a second, which a command has to wait."""
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
    seed: int = 2**32 - 1


BOUNDS = Bounds()
