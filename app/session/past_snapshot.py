"""The past of a session as facts and arrays and back, for its snapshot: every input, and a few anchors.

An anchor more or less changes how long the way to a step is, never what is found there, so a snapshot carries no more
than FEW of each branch.
"""

from dataclasses import replace

from app.assemble import Tables
from app.engine.trainer import Checkpoint, Cursor
from app.session.beginning import dump_beginnings, load_beginnings
from app.session.branch import Branch
from app.session.inputs import Configure, PutBoard, dump_log, load_log, size_of
from app.session.machine import Machine, draw_board
from app.session.run import Anchor, Run
from app.session.snapshot import Arrays, Facts
from app.session.stopping import Stopping
from app.session.stowing import Stowed, dump_stowed, load_stowed
from app.session.timeline import Past
from app.spec import Experiment

FEW = 4
"""Anchors of a branch that a snapshot carries."""
LONG_LOG = 60_000
"""Bytes of inputs of a branch that a snapshot carries, unless more came since its last anchor; the beginning goes."""


def dump_past(past: Past, spec: Experiment, step: int) -> tuple[Facts, Arrays]:
    """All branches of a session that stands at `step` with `spec`; the arrays of one have its id in their names."""
    facts: Facts = {"current": past.current, "next_id": past.next_id, "position": past.position}
    facts["interval"], arrays = past.interval, Arrays()
    facts["branches"] = []
    for branch in past.branches.values():
        row = _dump_branch(branch, arrays, spec)
        shown = branch.id == past.current
        if not shown:
            row |= _dump_course(branch, arrays)
        if not shown or past.is_past(step):
            row["undo"], edits = branch.undo.dump()
            arrays |= {f"branch_{branch.id}_{key}": value for key, value in edits.items()}
        facts["branches"].append(row)
    facts["beginnings"] = dump_beginnings((branch.beginning for branch in past.branches.values()), arrays)
    return facts, arrays


def _dump_branch(branch: Branch, arrays: Arrays, spec: Experiment) -> Facts:
    """What leads to its steps. The session keeps history and marks of the one that is shown itself, and, at its newest
    step, the edits that can be taken back."""
    branch.settle()  # so that this session and a restored one go on alike
    anchors = _few(branch)
    first, name = anchors[0], f"branch_{branch.id}"
    log, arrays[f"{name}_rows"] = dump_log(branch.log[first.position - branch.forgotten :])
    facts: Facts = {
        "id": branch.id,
        "name": branch.name,
        "parent": branch.parent,
        "from_step": branch.from_step,
        "last": branch.last,
        "forgotten": first.position,
        "log": log,
        "spec": None if first.spec == spec else first.spec.model_dump(mode="json"),
        "board": dump_stowed(first.stowed, f"{name}_board", arrays),
        "anchors": [_dump_anchor(kept, f"{name}_{row}", arrays) for row, kept in enumerate(anchors)],
    }
    return facts


def _dump_course(branch: Branch, arrays: Arrays) -> Facts:
    arrays |= {f"branch_{branch.id}_{key}": value for key, value in branch.history.dump().items()}
    return {"marks": branch.marks.dump(), "recorded": branch.history.recorded}


def _few(branch: Branch) -> list[Anchor]:
    """The anchors that are carried: some of all, evenly, from the earliest with a log that is not too long."""
    anchors, room = branch.anchors, LONG_LOG
    first, end = len(anchors) - 1, len(branch.log)
    while first > 0:
        begin = anchors[first - 1].position - branch.forgotten
        room -= sum(size_of(change) for _, change in branch.log[max(begin, 0) : end])
        if room < 0:
            break
        first, end = first - 1, begin
    span = len(anchors) - 1 - first
    return [anchors[row] for row in sorted({first + round(span * part / (FEW - 1)) for part in range(FEW)})]


def _dump_anchor(anchor: Anchor, name: str, arrays: Arrays) -> Facts:
    if anchor.drawn:
        return {"position": anchor.position, "limit": anchor.limit}
    stopping, best = anchor.stopping.dump()
    arrays |= {f"{name}_{key}": value for key, value in best.items()}
    arrays |= {f"{name}_vectors": anchor.state.vectors, f"{name}_statistics": anchor.state.statistics}
    return {
        "position": anchor.position,
        "clock": anchor.state.clock,
        "cursor": anchor.state.cursor._asdict(),
        "rate": anchor.rate,
        "limit": anchor.limit,
        "stopping": stopping,
    }


def load_past(facts: Facts, arrays: Arrays, run: Run, tables: Tables) -> Past:
    """What `dump_past` gave; `run` is the one that is shown."""
    past = Past(run)
    past.branches = {
        row["id"]: _load_branch(row, arrays, run.machine.spec, tables) for row in facts["branches"]
    }
    for branch, beginning in zip(
        past.branches.values(), load_beginnings(facts["beginnings"], arrays), strict=True
    ):
        branch.beginning = beginning
    past.current, past.next_id = facts["current"], facts["next_id"]
    past.position, past.interval = facts["position"], facts["interval"]
    return past


def _load_branch(facts: Facts, arrays: Arrays, spec: Experiment, tables: Tables) -> Branch:
    name = f"branch_{facts['id']}"
    spec = Experiment.parse(facts["spec"]) if facts["spec"] else spec
    stowed = load_stowed(facts["board"], f"{name}_board", arrays, draw_board(spec, tables))
    log = load_log(facts["log"], arrays[f"{name}_rows"])
    anchors: list[Anchor] = []
    position, board = facts["forgotten"], stowed.board
    for row, kept in enumerate(facts["anchors"]):
        before = board
        for _, change in log[position - facts["forgotten"] : kept["position"] - facts["forgotten"]]:
            if isinstance(change, PutBoard):
                board = change.board(board)
            elif isinstance(change, Configure):
                spec = change.spec
        position, stowed = kept["position"], stowed if board is before else Stowed.of(board)
        anchors.append(_load_anchor(kept, f"{name}_{row}", arrays, spec, stowed))
    branch = Branch(facts["id"], facts["name"], facts["parent"], facts["from_step"], anchors, log)
    branch.forgotten, branch.last = facts["forgotten"], facts["last"]
    own = {key.removeprefix(f"{name}_"): array for key, array in arrays.items() if key.startswith(f"{name}_")}
    if "marks" in facts:
        branch.history.load(own, facts["recorded"])
        branch.marks.load(facts["marks"])
    if "undo" in facts:
        branch.undo.load(facts["undo"], own)
    return branch


def _load_anchor(facts: Facts, name: str, arrays: Arrays, spec: Experiment, stowed: Stowed) -> Anchor:
    if "cursor" not in facts:
        fresh = Run(Machine(spec, stowed.board)).anchor(facts["position"], drawn=True)
        return replace(fresh, limit=facts["limit"])
    cursor = Cursor(**facts["cursor"])
    state = Checkpoint(arrays[f"{name}_vectors"], arrays[f"{name}_statistics"], facts["clock"], cursor)
    best = {
        key: arrays[f"{name}_{key}"]
        for key in ("best_vectors", "best_statistics")
        if f"{name}_{key}" in arrays
    }
    stopping = Stopping.load(facts["stopping"], best)
    rate, limit = facts["rate"], facts["limit"]
    return Anchor(cursor.step, facts["position"], spec, stowed, state, rate, limit, stopping)
