"""What a viewer may do in what time."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The settings that a socket needs; see `app.settings` for their meaning."""

    max_message_bytes: int
    commands_per_second: float
    command_burst: int
    open_seconds: float
    silent_seconds: float
    allowed_origins: tuple[str, ...]


class TokenBucket:
    """Lets through `rate` a second on average and `burst` at once."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, float(burst)
        self._tokens, self._at = float(burst), time.monotonic()

    def take(self) -> bool:
        """Whether one more is let through now."""
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def wait(self) -> float:
        """Seconds until one more is let through."""
        return max(0.0, (1 - self._tokens) / self._rate)

    @property
    def idle(self) -> bool:
        """As much is let through as if nobody had ever asked."""
        return self._tokens + (time.monotonic() - self._at) * self._rate >= self._burst
