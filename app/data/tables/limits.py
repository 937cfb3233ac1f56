"""How large a file may be. The figures belong to `app.spec.bounds`; whoever reads a file hands them in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`rows`, `columns`, `size` (bytes): of a table as text. `name`: characters of a column's name.

    Of pictures: `image_size` bytes of the file, `image_expanded` bytes of what is unpacked from it, `image_values`
    pixels kept of all pictures together, `image_side` pixels of a picture's side.

    `classes`: distinct texts of a column that suggests itself as a target. `points`: of a points file."""

    rows: int
    columns: int
    size: int
    name: int
    image_size: int
    image_expanded: int
    image_values: int
    image_side: int
    classes: int
    points: int
