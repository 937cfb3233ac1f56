"""A walk through one step: the step has been taken and told in full, and the session stands before it until the last
stop. There the very step is taken by the session itself, with the same bits, so that history, branches and early
stopping learn of it as of any other.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.engine.ledger import Ledger, record_step
from app.session.equations import stops_of, tell
from app.session.events import Diverged, Event, Phase, Stopped
from app.session.phases import LOOKING
from app.session.snapshot import Arrays, Facts
from app.session.standpoint import Standpoint
from app.session.walk_events import BatchTold, Floats, LayerNumbers, Line, StepNumbers, WalkChanged, WalkStop
from app.vocabulary import Feature

if TYPE_CHECKING:
    from app.session.session import Session

WALKING = frozenset({"walk", "chain"})
MOST_PARAMETERS = 2000
"""Parameters up to which the numbers of each are told."""
COLUMNS = tuple(StepNumbers.model_fields)


@dataclass(frozen=True)
class Walk:
    """`before`: where the run stood; `ids`: the points of the batch in its order; `column`: the chosen one of them;
    `applied`: the session stands after the step."""

    before: Standpoint
    ledger: Ledger
    ids: tuple[int, ...]
    stops: tuple[WalkStop, ...]
    stop: int = 0
    column: int = 0
    applied: bool = False

    @property
    def last(self) -> int:
        """The stop at which the step is taken."""
        return len(self.stops) - 1


def begin(session: "Session") -> Walk | None:
    """Before the next step, which has been recorded; the session is as it was. None where the loss is so bad that there
    is no step to be walked through."""
    before, ids = Standpoint.of(session.run), session.machine.batch_ids()
    ledger, _ = record_step(session.machine.trainer)
    before.take(session.run)
    return Walk(before, ledger, ids, stops_of(session.machine.network)) if ledger else None


def take_step(session: "Session") -> list[Event]:
    """One update, as `step` takes it."""
    session.go_on()
    session.phase, session.pending_steps, session.until = Phase.PLAYING, 1, None
    return session.advance(1)


def arrive(session: "Session", walk: Walk) -> list[Event]:
    """Stand at `walk`'s stop: at the last one after the step, at any other before it."""
    session.walk = walk
    if walk.applied and walk.stop < walk.last:
        session.walk = replace(walk, applied=False)
        return _take_back(session, walk)
    if walk.stop < walk.last or walk.applied:
        return []
    events = take_step(session)
    if any(isinstance(event, Diverged | Stopped) for event in events):
        session.walk = None
        return events
    assert np.array_equal(session.theta, walk.ledger.after), "what was shown is what was applied"
    session.walk = replace(walk, applied=True)
    return events


def _take_back(session: "Session", walk: Walk) -> list[Event]:
    """Before the step again: its row is no longer part of the history, nor its step of the branch."""
    walk.before.take(session.run)
    session.past.rewind(session.run)
    session.past.version += 1
    session.history.rewind(session.step + 1)
    return [session.phase_changed()]


def close_for(session: "Session", command: str) -> list[Event]:
    """After `command` was carried out: whatever changes something ends the walk."""
    if session.walk is None or command in WALKING or command in LOOKING:
        return []
    session.walk = None
    return [told(session)]


# -- telling -----------------------------------------------------------------------------------------------------------


def told(session: "Session") -> WalkChanged:
    """The event that tells where the walk stands."""
    walk = session.walk
    if walk is None:
        return WalkChanged(open=False, step=session.step)
    ledger, stop = walk.ledger, walk.stops[walk.stop]
    text, symbols, numbers = tell(ledger, stop, walk.column).elements()
    return WalkChanged(
        open=True,
        step=walk.before.state.cursor.step,
        stop=walk.stop,
        stops=walk.stops,
        sample=walk.ids[walk.column],
        applied=walk.applied,
        loss=ledger.loss,
        rate=ledger.rate,
        text=text,
        symbols=symbols,
        numbers=numbers,
        layers=_layers(ledger, walk.column),
        parameters=_parameters(ledger) if stop.kind in ("gradient", "update") else None,
        line=_line(session, ledger),
    )


def opened(session: "Session") -> list[Event]:
    """The events that tell of a walk through another step than before: its batch, which is the same at every stop, and
    where it stands. Only the latter where it is closed."""
    walk = session.walk
    if walk is None:
        return [told(session)]
    step, losses = walk.before.state.cursor.step, _floats(walk.ledger.losses)
    return [BatchTold(step=step, samples=walk.ids, losses=losses), told(session)]


def _floats(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Floats:
    return tuple(values.tolist())


def _layers(ledger: Ledger, column: int) -> tuple[LayerNumbers, ...]:
    return tuple(
        LayerNumbers(
            inputs=_floats(layer.inputs[:, column]),
            z=_floats(layer.z[:, column]),
            a=_floats(layer.a[:, column]),
            slope=None if layer.slope is None else _floats(layer.slope[:, column]),
            delta=_floats(layer.delta[:, column]),
        )
        for layer in ledger.layers
    )


def _parameters(ledger: Ledger) -> StepNumbers | None:
    if ledger.update.size > MOST_PARAMETERS:
        return None
    columns = {name: getattr(ledger, name) for name in COLUMNS}
    return StepNumbers(**{name: None if part is None else _floats(part) for name, part in columns.items()})


def _line(session: "Session", ledger: Ledger) -> Line | None:
    """The line of one unit on x1 and x2, in that order."""
    plane = session.board.prepared is None  # a table may have columns of these names, which are scaled
    if not plane or session.spec.input_names != (Feature.X1, Feature.X2) or ledger.update.size != 3:
        return None
    (w1, w2, b), (v1, v2, c) = ledger.before.tolist(), ledger.after.tolist()
    return Line(before=(w1, w2, b), after=(v1, v2, c))


# -- snapshots ---------------------------------------------------------------------------------------------------------


def dump_walk(walk: Walk | None) -> tuple[Facts | None, Arrays]:
    """For a snapshot: where it stands. The step is recorded again on the way back, with the same bits."""
    if walk is None:
        return None, {}
    facts: Facts = {"stop": walk.stop, "column": walk.column, "before": None}
    if not walk.applied:
        return facts, {}
    facts["before"], arrays = walk.before.dump("walk")
    return facts, arrays


def load_walk(session: "Session", facts: Facts | None, arrays: Arrays) -> Walk | None:
    """What `dump_walk` gave; the session is otherwise whole."""
    if facts is None:
        return None
    now, before = Standpoint.of(session.run), facts["before"]
    if before:
        Standpoint.load(before, arrays, "walk").take(session.run)
    walk = begin(session)
    now.take(session.run)
    return walk and replace(walk, stop=facts["stop"], column=facts["column"], applied=before is not None)
