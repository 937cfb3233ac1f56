"""What the session's tests are built from: little sessions, commands, refusals. Holds no expectation but that a
refusal changes nothing."""

import json
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine.pictures import PictureBuffers
from app.session.commands import parse_command
from app.session.events import Error, Event, Phase
from app.session.frame import Frame
from app.session.session import Session
from app.session.walk_events import BatchTold
from app.spec import Experiment

BUFFERS = PictureBuffers()
SMALL: dict[str, Any] = {
    "data": {"source": "xor", "samples": 40},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 3}]},
    "training": {"batch_size": 8},
}
"""20 points to train on in 3 batches, 20 to test on; ids 0 .. 39."""
STEEP: dict[str, Any] = {
    "data": {"source": "xor", "samples": 40},
    "inputs": ["x1", "x2", "x1^2", "x2^2"],
    "network": {"layers": [], "output": "linear"},
    "training": {"batch_size": 8, "optimizer": {"name": "sgd", "learning_rate": 10.0}},
}
"""Too large a rate: training stops itself."""
OWN: dict[str, Any] = {"source": "points", "points": [], "train_fraction": 1.0}
EXAMPLES: dict[str, dict[str, Any]] = {
    "set_spec": {"spec": {"training": {"l2": 0.001}}},
    "load": {"spec": {"network": {"layers": [{"units": 2}]}}, "points": [[1, 2, 1, 0], [-1, 0, 0, 0]]},
    "add_points": {"points": [[1, 2, 1]]},
    "move_points": {"points": [[0, 1, 1]]},
    "relabel_points": {"ids": [0], "label": 0},
    "delete_points": {"ids": [39]},
    "set_part": {"ids": [0, 1], "part": "test"},
    "undo": {},
    "redo": {},
    "play": {},
    "pause": {},
    "step": {"batches": 1},
    "reset": {},
    "new_weights": {},
    "set_weight": {"layer": 0, "unit": 0, "input": 0, "value": 0.5},
    "set_speed": {"epochs_per_second": 5.0},
    "set_view": {"view": {"grid": 20}},
    "inspect": {"at": [1, 2], "unit": [0, 0]},
    "rows": {"ids": [0, 1]},
    "check_gradient": {},
    "check": {"lesson": "perceptron-trick", "task": "first-pull", "answer": {"w1": 3.1}},
    "bench": {"epochs": 2},
    "seek": {"step": 0},
    "switch_branch": {"branch": 1},
    "name_branch": {"branch": 1, "name": "First"},
    "drop_branch": {"branch": 2},
    "compare": {"branches": [1]},
    "walk": {"by": "phase"},
    "chain": {"layer": 0, "unit": 0, "of": "forward"},
}
"""One good command of each kind, for a session with `edits`."""


def small(**changes: Any) -> Session:
    """A little session; `changes` take the place of parts of SMALL."""
    return Session.create(Experiment.parse(SMALL | changes))


def do(session: Session, kind: str, **fields: Any) -> list[Event]:
    """What a session says to a command."""
    return session.handle(parse_command(json.dumps({"id": 7, "type": kind, **fields})))


def refused(session: Session, kind: str, **fields: Any) -> Error:
    """The refusal of a command, which must have changed nothing."""
    before = session.snapshot()
    (answer,) = do(session, kind, **fields)
    assert isinstance(answer, Error)
    assert answer.id == 7
    assert session.snapshot() == before
    return answer


def steep(rate: float = 10.0) -> Session:
    """A session that will stop itself: at rates of 0.003, 0.005 and 10 after 23, 7 and 0 steps."""
    optimizer = {"name": "sgd", "learning_rate": rate}
    return Session.create(Experiment.parse(STEEP | {"training": {"batch_size": 8, "optimizer": optimizer}}))


def edits(session: Session) -> Session:
    """Two edits, one of them taken back: one to undo and one to redo. A branch to be dropped."""
    do(session, "move_points", points=[[0, 1, 2]])
    do(session, "move_points", points=[[0, 2, 1]])
    do(session, "undo")
    session.past.branches[2] = replace(session.past.shown, id=2)
    return session


def ready_for(kind: str, session: Session) -> Session:
    """With a walk open, where a command needs one."""
    if kind == "chain":
        do(session, "walk", by="phase")
    return session


def diverged(session: Session | None = None) -> Session:
    """A session that has stopped itself."""
    session = session or steep()
    do(session, "play")
    session.advance(1000)
    assert session.phase is Phase.DIVERGED
    return session


def in_phase(phase: Phase, edited: bool = False) -> Session:
    """A session in a phase, with `edits` or without."""
    session = steep() if phase is Phase.DIVERGED else small()
    session = edits(session) if edited else session
    if phase is Phase.DIVERGED:
        diverged(session)
    if phase is Phase.PLAYING:
        do(session, "play")
    if phase is Phase.BENCHING:
        do(session, "bench", epochs=5)
    return seeking(session) if phase is Phase.SEEKING else session


def seeking(session: Session) -> Session:
    """A session on a long way to step 999: its only anchor is the start."""
    session.past.interval = 100_000
    do(session, "play")
    session.advance(1000)
    do(session, "seek", step=999)
    assert session.phase is Phase.SEEKING
    return session


def part(session: Session, test: bool) -> list[int]:
    """The ids of the training points or of the test points."""
    return [row[0] for row in session.points().points if bool(row[4]) is test]


def kinds(events: list[Event]) -> list[str]:
    """The `type` of each event."""
    return [event.type for event in events]


def picture(session: Session) -> Frame:
    """A frame with all loss rows that are kept."""
    return session.frame(BUFFERS, 0)


def batch_of(session: Session) -> tuple[int, ...]:
    """The points of the step that is walked through, as whoever joins is told."""
    (batch,) = [event for event in session.greet() if isinstance(event, BatchTold)]
    assert session.walk
    assert batch.step == session.walk.before.state.cursor.step
    return batch.samples


def assert_same_frames(one: Frame, other: Frame) -> None:
    """Every fact and every array agrees to the bit; NaN equals NaN."""
    for name, value in vars(one).items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(value, getattr(other, name), err_msg=name, strict=True)
        else:
            assert value == getattr(other, name), name
