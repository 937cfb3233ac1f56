"""What has gone to browsers since the server began, for whoever watches it."""

import re
from collections import Counter
from dataclasses import dataclass, field

CODE = re.compile(rb'"code":"(\w+)"')


@dataclass
class Counts:
    """Frames and their bytes; refusals by code."""

    frames: int = 0
    frame_bytes: int = 0
    rejected: Counter[str] = field(default_factory=Counter)

    def frame(self, size: int) -> None:
        """One more frame."""
        self.frames += 1
        self.frame_bytes += size

    def refusal(self, payload: bytes) -> None:
        """One more `error`, as JSON."""
        found = CODE.search(payload)
        self.rejected[found[1].decode() if found else "unknown"] += 1
