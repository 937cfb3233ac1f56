"""What web process and engine process say to each other: messages with a small binary header over a stream.

`length, kind, session, viewer, sequence` and then `length` bytes of payload. Session and viewer are numbers given
by the web process; the sequence numbers a session's commands, and whatever answers one carries it back.
"""

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

HEADER = struct.Struct("<IBIIQ")


class Kind(IntEnum):
    """Requests come from the web process, reports from the engine."""

    OPEN = 1  # request: begin a session; payload its spec as JSON
    RESTORE = 2  # request: go on from a snapshot; payload its bytes
    COMMAND = 3  # request: payload the command as JSON text
    JOIN = 4  # request: a viewer looks at the session from now on
    CREDIT = 5  # request: the viewer has drawn a frame
    LEAVE = 6  # request: the viewer is gone
    CLOSE = 7  # request: forget the session
    REPLAY = (
        8  # request: a command of a story; carried out without a word, but whoever joins is told of a refusal
    )
    PING = 9  # request: say something; between two pieces of work, as a command
    TABLE = 10  # request: a table of the session's own, before or after its opening; payload as `kept_tables` makes it
    DROP = 11  # request: forget such a table, which nothing names; payload its name
    SAVE = 12  # request: a snapshot now; sequence and viewer come back with it
    EVENT = 16  # report: an event as JSON; viewer 0 means all of the session's
    FRAME = 17  # report: a frame's bytes, for one viewer
    SNAPSHOT = 18  # report: the session's bytes; sequence is its last command, viewer what came with SAVE
    FAILED = 19  # report: the session has met a mistake of ours and is gone
    PONG = 20  # report: here I am; payload the engine's tally


class Message(NamedTuple):
    """One message; fields that a kind does not use are 0 or empty."""

    kind: Kind
    session: int
    viewer: int = 0
    sequence: int = 0
    payload: bytes = b""


def pack(message: Message) -> bytes:
    """The bytes of a message."""
    header = HEADER.pack(
        len(message.payload), message.kind, message.session, message.viewer, message.sequence
    )
    return header + message.payload


class Unpacker:
    """Bytes in any portions to whole messages. What is not whole yet is put together once it is: a table comes in
    hundreds of portions."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._held, self._wanted = 0, HEADER.size

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that `data` completes."""
        self._parts.append(data)
        self._held += len(data)
        if self._held < self._wanted:
            return
        data = b"".join(self._parts) if len(self._parts) > 1 else data
        start, view = 0, memoryview(data)
        self._wanted = HEADER.size
        while len(data) - start >= HEADER.size:
            length, kind, session, viewer, sequence = HEADER.unpack_from(data, start)
            end = start + HEADER.size + length
            if len(data) < end:
                self._wanted = end - start
                break
            yield Message(Kind(kind), session, viewer, sequence, bytes(view[start + HEADER.size : end]))
            start = end
        self._parts = [data[start:]] if start else [data]
        self._held = len(data) - start
