"""How often each caller may ask over HTTP for something that costs: 429 with Retry-After for whoever asks too often."""

from app.web.limits import TokenBucket
from app.web.refusals import RefusalError

MOST_KEPT = 2000


class Rate:
    """`a_minute` on average and at once, for each caller. `what` names them in the refusal: "files"."""

    def __init__(self, what: str, a_minute: int) -> None:
        self._what, self._most = what, a_minute
        self._buckets: dict[str, TokenBucket] = {}

    def take(self, caller: str) -> None:
        """Let one more of `caller`, whose key or address this is, through; else RefusalError."""
        if len(self._buckets) > MOST_KEPT:
            self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.idle}
        bucket = self._buckets.setdefault(caller, TokenBucket(self._most / 60, self._most))
        if not bucket.take():
            message = f"{self._what} come too fast; allowed: {self._most} a minute"
            raise RefusalError(429, "too_fast", message, wait=bucket.wait)
