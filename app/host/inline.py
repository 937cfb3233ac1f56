"""The line to an engine that is none: a scheduler inside the web process, for development and tests (ENGINES=0)."""

import asyncio
import time

from app.host.lines import Deliver
from app.host.link import Message
from app.host.scheduler import Scheduler
from app.host.tally import Tally


class InlineLine:
    """A scheduler driven by the event loop between its other work."""

    def __init__(self, deliver: Deliver, frames_per_second: float) -> None:
        self._scheduler = Scheduler(self._report, time.monotonic, frames_per_second)
        self._deliver = deliver
        self._timer: asyncio.Handle | None = None
        self._stopped = False

    async def start(self) -> None:
        """Nothing to bring up."""

    @property
    def tally(self) -> Tally:
        """What it has done."""
        return self._scheduler.tally

    def _report(self, message: Message) -> None:
        """Later, so that no request is answered before whoever sent it has finished sending."""
        asyncio.get_running_loop().call_soon(self._deliver, message)

    def send(self, message: Message) -> None:
        """Carry the request out now and look for work at once."""
        self._scheduler.receive(message)
        self._schedule(0.0)

    def _schedule(self, wait: float | None) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None
        if wait is not None and not self._stopped:
            self._timer = asyncio.get_running_loop().call_later(wait, self._work)

    def _work(self) -> None:
        self._schedule(self._scheduler.work())

    async def stop(self) -> None:
        """No more work."""
        self._stopped = True
        self._schedule(None)
