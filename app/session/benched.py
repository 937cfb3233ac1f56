"""What a bench has shown, kept with the session after the bench is done or left off: figures, and whether they are
still about the points, settings and first weights there are."""

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.session.beginning import Beginning
from app.session.bench_events import BenchTold
from app.session.board import Board
from app.session.snapshot import Arrays
from app.spec import Experiment

if TYPE_CHECKING:
    from app.session.session import Session

NAME = "benched"
"""Of a snapshot's array."""
MARK = 16
"""Bytes by which points and settings are known again."""


@dataclass(frozen=True)
class Benched:
    """`mark` of what it was done with; `news`: the event that told it last, as deflated JSON. Every snapshot holds it,
    several a second, so that it is made small once: some 10 kB for ten trainings."""

    mark: bytes
    news: bytes

    def told(self, spec: Experiment, board: Board, beginning: Beginning | None) -> BenchTold:
        """The event for whoever joins a session that now has `spec` and `board`, and begins so."""
        told = BenchTold.model_validate_json(zlib.decompress(self.news))
        return told.model_copy(update={"stale": self.mark != mark_of(spec, board, beginning)})


def put_away(session: "Session") -> None:
    """No bench works any more; what one that did has shown is kept, in the place of what one before it had."""
    if (bench := session.bench) is None:
        return
    session.bench, session.benched = None, None
    if bench.results:
        news = zlib.compress(bench.told().model_dump_json().encode())
        session.benched = Benched(mark_of(bench.spec, bench.board, bench.beginning), news)


def told_again(session: "Session") -> list[BenchTold]:
    """What whoever joins must know of the bench that works, or else of the last one."""
    if session.bench:
        return [session.bench.told()]
    beginning = session.past.shown.beginning
    return [session.benched.told(session.spec, session.board, beginning)] if session.benched else []


def mark_of(spec: Experiment, board: Board, beginning: Beginning | None) -> bytes:
    """The same for the same settings, points and first weights, and for no others."""
    mark = hashlib.blake2b(spec.model_dump_json().encode(), digest_size=MARK)
    first = () if beginning is None else (beginning.theta, beginning.statistics)
    for array in (board.x, board.target, board.part, *first):
        mark.update(array.tobytes())
    return mark.digest()


def dump_benched(benched: Benched | None) -> Arrays:
    """For a snapshot."""
    return {NAME: np.frombuffer(benched.mark + benched.news, np.uint8)} if benched else {}


def load_benched(arrays: Arrays) -> Benched | None:
    """What `dump_benched` was given."""
    if NAME not in arrays:
        return None
    data = arrays[NAME].tobytes()
    return Benched(data[:MARK], data[MARK:])
