"""An engine process: one scheduler between the two ends of a select loop. python -m app.host.engine_process FD FPS WORD

Ends when the web process is gone, which it learns from the end of the stream.
"""

import selectors
import signal
import socket
import sys
import time
from collections import deque

from app.host import logs
from app.host.at_work import AtWork
from app.host.link import Kind, Message, Unpacker, pack
from app.host.scheduler import Scheduler

READ_AT_ONCE = 1 << 18
HELD_ABOVE = 1 << 21
"""Bytes waiting for the web process above which no more frames are made."""


class Outbox:
    """Bytes on their way to the web process; never blocks."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._parts: deque[memoryview] = deque()
        self.size = 0

    def put(self, message: Message) -> None:
        """Queue a report."""
        data = pack(message)
        self._parts.append(memoryview(data))
        self.size += len(data)

    def flush(self) -> None:
        """Send what the line takes."""
        while self._parts:
            try:
                sent = self._line.send(self._parts[0])
            except BlockingIOError:
                return
            self.size -= sent
            if sent == len(self._parts[0]):
                self._parts.popleft()
            else:
                self._parts[0] = self._parts[0][sent:]


def serve(line: socket.socket, frames_per_second: float, at_work: AtWork) -> None:
    """Work until the web process closes its end."""
    line.setblocking(False)
    outbox, unpacker = Outbox(line), Unpacker()
    scheduler = Scheduler(outbox.put, time.monotonic, frames_per_second, at_work.tell)
    selector = selectors.DefaultSelector()
    selector.register(line, selectors.EVENT_READ)
    wait: float | None = None
    while True:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if outbox.size else 0)
        selector.modify(line, wanted)
        if any(events & selectors.EVENT_READ for _, events in selector.select(wait)):
            data = line.recv(READ_AT_ONCE)
            if not data:
                return
            for message in unpacker.feed(data):
                if message.kind is Kind.PING:
                    outbox.put(Message(Kind.PONG, 0, payload=scheduler.tally.pack()))
                else:
                    scheduler.receive(message)
            outbox.flush()  # an answer does not wait for the next piece of work
        scheduler.frames_held = outbox.size > HELD_ABOVE
        wait = scheduler.work()
        outbox.flush()


def main() -> None:
    """Take the line that was handed down. Signals to end are the web process's to handle: its end ends the line."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    logs.configure()
    line = socket.socket(fileno=int(sys.argv[1]))
    try:
        serve(line, float(sys.argv[2]), AtWork(int(sys.argv[3])))
    except (ConnectionResetError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
