"""All of a session in a snapshot, and back. What each part keeps of itself is the part's to say."""

from typing import TYPE_CHECKING

from app.session import commands as ask
from app.session import snapshot
from app.session.bench import Bench
from app.session.benched import dump_benched, load_benched
from app.session.events import Phase
from app.session.past_snapshot import dump_past, load_past
from app.session.pointing import Pointing
from app.session.snapshot import Arrays, Facts
from app.session.stopping import Stopping
from app.session.walk import dump_walk, load_walk

if TYPE_CHECKING:
    from app.session.session import Session

OWN_FACTS = ("epochs_per_second", "steps_per_second", "pending_steps", "version", "revision", "data_revision")
"""Plain attributes that a snapshot carries as they are."""


def save(session: "Session") -> bytes:
    """`session` as one file."""
    own = {name: getattr(session, name) for name in OWN_FACTS}
    facts, arrays = session.machine.dump()
    stopping, best = session.stopping.dump()
    edits, edited_rows = session.undo.dump()
    past, of_the_past = dump_past(session.past, session.spec, session.step)
    walk, before_it = dump_walk(session.walk)
    bench, benched = session.bench.dump() if session.bench else (None, {})
    mine = {
        "walk": walk,
        "phase": session.phase.value,
        "view": session.view.model_dump(),
        "recorded": session.recorded,
        "pointing": vars(session.pointing),
        "undo": edits,
        "marks": session.marks.dump(),
        "stopping": stopping,
        "past": past,
        "bench": bench,
        "until": session.until.model_dump() if session.until else None,
        "target": session.travel.target if session.travel else None,
    }
    arrays |= session.history.dump() | best | edited_rows | of_the_past | before_it | benched
    arrays |= dump_benched(session.benched)
    return snapshot.pack(facts | own | mine, arrays)


def put_back(session: "Session", facts: Facts, arrays: Arrays) -> None:
    """Everything but the machine, which `session` was made with."""
    session.pointing = Pointing.load(facts["pointing"])
    session.undo.load(facts["undo"], arrays)
    session.history.load(arrays, facts["recorded"])
    session.marks.load(facts["marks"])
    session.run.stopping = Stopping.load(facts["stopping"], arrays)
    session.past = load_past(facts["past"], arrays, session.run, session.tables)
    if facts["target"] is not None:
        session.travel = session.past.travel(facts["target"])
    session.phase = Phase(facts["phase"])
    session.view = ask.View.model_validate(facts["view"], strict=False)
    if facts["until"] is not None:
        session.until = ask.Until.model_validate(facts["until"])
    for name in OWN_FACTS:
        setattr(session, name, facts[name])
    if facts["bench"] is not None:
        session.bench = Bench.load(facts["bench"], arrays, session.spec, session.board)
    session.benched = load_benched(arrays)
    session.walk = load_walk(session, facts["walk"], arrays)
