"""A word of memory that an engine process and the web process share: at which session the engine works. It is there to
be read when the engine has died, of whatever, in the middle of it."""

import mmap
import os
import sys
import tempfile
from contextlib import suppress

SIZE = 4


class AtWork:
    """`descriptor`: the memory's, to be handed down to the engine. Telling takes a tenth of a microsecond."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._word = memoryview(mmap.mmap(descriptor, SIZE)).cast("I")

    @classmethod
    def new(cls) -> "AtWork":
        """One at which nobody works yet."""
        if sys.platform == "linux":
            descriptor = os.memfd_create("at-work")
        else:
            with tempfile.TemporaryFile() as file:
                descriptor = os.dup(file.fileno())
        os.truncate(descriptor, SIZE)
        return cls(descriptor)

    def tell(self, session: int) -> None:
        """Work at the session of this number begins; 0: it ends."""
        self._word[0] = session

    @property
    def session(self) -> int:
        """The number of the session that is worked at; 0 for none."""
        return self._word[0]

    def close(self) -> None:
        """It need not be handed down any more; it can still be read."""
        with suppress(OSError):
            os.close(self.descriptor)
