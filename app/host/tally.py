"""What an engine has done since it began, for whoever watches the server."""

import struct
from dataclasses import astuple, dataclass
from typing import Self

FORM = struct.Struct("<QQd")


@dataclass
class Tally:
    """Slices of work, updates of the sessions' own networks in them (not those of a bench or of a way back), and
    seconds that they took."""

    slices: int = 0
    steps: int = 0
    seconds: float = 0.0

    def add(self, steps: int, seconds: float) -> None:
        """One more slice."""
        self.slices += 1
        self.steps += steps
        self.seconds += seconds

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.slices + other.slices, self.steps + other.steps, self.seconds + other.seconds)

    def pack(self) -> bytes:
        """As a line carries it."""
        return FORM.pack(*astuple(self))

    @classmethod
    def unpack(cls, payload: bytes) -> Self:
        """What `pack` gave."""
        return cls(*FORM.unpack(payload))
