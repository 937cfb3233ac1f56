"""What a ready experiment is."""

from dataclasses import dataclass
from typing import Any

COORDINATES = ["x1", "x2"]
"""The inputs of a network that is given nothing but the place of a point."""


@dataclass(frozen=True)
class Preset:
    """One ready experiment; `name` is unique and fits a file name.

    `text` says what to watch and what to try. `spec` replaces the whole spec (what it leaves out is the default) and
    `speed` holds the fields of `set_speed`. After `epochs` epochs the experiment shows what its text says.
    """

    name: str
    title: str
    text: str
    epochs: int
    speed: dict[str, float]
    spec: dict[str, Any]

    @property
    def picture(self) -> str:
        """The address of its picture."""
        return f"/static/presets/{self.name}.png"

    @property
    def picture_dark(self) -> str:
        """The same in the colours of a dark page."""
        return f"/static/presets/{self.name}-dark.png"

    def as_json(self) -> dict[str, Any]:
        """What a page needs to offer it and to load it."""
        return {
            "name": self.name,
            "title": self.title,
            "text": self.text,
            "picture": self.picture,
            "picture_dark": self.picture_dark,
            "spec": self.spec,
            "speed": self.speed,
        }
