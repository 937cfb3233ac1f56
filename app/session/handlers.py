"""What each command does, once the table of phases has allowed it: `(session, command) -> (answer, events)`.

A handler checks everything before it changes anything, so that a refusal (SpecError) leaves the session as it was.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.session import commands as ask
from app.session.board import Board
from app.session.describe import describe_change, describe_edit
from app.session.events import Event, Ok, Phase
from app.session.machine import same_data, same_run
from app.session.marks import MarkKind
from app.session.pointing import Pointing, check_unit
from app.spec import BOUNDS, Experiment, SpecError
from app.spec.data import check_label
from app.vocabulary import ScheduleUnit, Task

if TYPE_CHECKING:
    from app.session.session import Session

INLINE_STEPS, INLINE_WORK = 32, 1_000_000
"""A `step` of up to so many updates, and so many times parameters times rows of a batch, is done while answering: a few
milliseconds. A larger one is left to `advance`, slice by slice."""

UNDONE, REDONE = "Edit of points undone", "Edit of points redone"

Answer = tuple[Ok, list[Event]]


def play(session: "Session", command: ask.Play) -> Answer:
    """Train until told otherwise; a bounded `step` in progress loses its bound."""
    _need_points(session, "play")
    session.pending_steps = None
    return Ok(id=command.id), []


def pause(session: "Session", command: ask.Pause) -> Answer:
    """Stand still; what is left of a `step` is forgotten."""
    session.pending_steps = None
    return Ok(id=command.id), []


def step(session: "Session", command: ask.Step) -> Answer:
    """Play for a bounded number of updates."""
    _need_points(session, "step")
    count = command.batches or 0
    if command.epochs:
        count = session.machine.trainer.steps_left_in_epoch + (command.epochs - 1) * session.steps_per_epoch
    session.pending_steps = count
    trainer = session.machine.trainer
    if count > INLINE_STEPS or count * trainer.theta.size * trainer.batch_size > INLINE_WORK:
        return Ok(id=command.id), []
    session.phase = Phase.PLAYING
    return Ok(id=command.id), session.advance(count)


def _need_points(session: "Session", what: str) -> None:
    if not session.machine.trainer.rows:
        raise SpecError(f"cannot {what} without training points; allowed: add_points", (), "not_allowed")


def set_spec(session: "Session", command: ask.SetSpec) -> Answer:
    """Go on in another way where that is possible, else begin anew. With `replace` it is another experiment, which
    begins anew and brings its own points."""
    old = session.spec
    new = (Experiment() if command.replace else old).patched(command.spec)
    if same_data(old, new):
        _check_update(new, session.board)
    if same_run(old, new) and not command.replace:
        session.machine.reconfigure(new)
        _mark_change(session, old, new)
        if _watched(old) != _watched(new):
            session.stopping.forget()
        return Ok(id=command.id), [session.state()]
    keep = same_data(old, new) and not (command.replace and session.board.edited)
    session.begin(new, session.board if keep else None)
    stood = _stand_without_points(session)
    return Ok(id=command.id), [session.state(), *([] if keep else [session.points()]), *stood]


def _mark_change(session: "Session", old: Experiment, new: Experiment) -> None:
    """One mark for all changes of the rate at one step: a slider passes many values."""
    first = session.marks.rate_before(session.step)
    if changed := describe_change(old, new, first):
        rate = first if first is not None else old.training.optimizer.learning_rate
        session.mark(*changed, rate_before=rate if changed[0] is MarkKind.RATE else None)


def _watched(spec: Experiment) -> tuple[object, ...]:
    """What the best weights so far belong to: the rule, whose moments they carry, and what must not move."""
    return spec.training.early_stopping, spec.training.optimizer.name, spec.network.frozen


def reset(session: "Session", command: ask.Reset) -> Answer:
    """The same run again, on the points as they are now."""
    session.pending_steps = None
    session.begin(session.spec, session.board)
    return Ok(id=command.id), [session.state()]


def new_weights(session: "Session", command: ask.NewWeights) -> Answer:
    """Another run: the weights seed changes, and the answer says to what."""
    last = session.spec.seeds.weights
    seed = command.seed if command.seed is not None else (last + 1) % (BOUNDS.seed + 1)
    session.begin(session.spec.patched({"seeds": {"weights": seed}}), session.board)
    return Ok(id=command.id, seed=seed), [session.state()]


def set_weight(session: "Session", command: ask.SetWeight) -> Answer:
    """One entry of theta by hand."""
    network = session.machine.network
    _check_place("layer", command.layer, len(network.layers))
    layer = network.layers[command.layer]
    _check_place("unit", command.unit, layer.fan_out)
    column = layer.fan_in
    if command.input is not None:
        _check_place("input", command.input, layer.fan_in)
        column = command.input
    index = network.offsets[command.layer] + command.unit * (layer.fan_in + 1) + column
    session.machine.set_parameter(index, command.value)
    session.stopping.forget()
    session.mark(MarkKind.WEIGHTS, "Weight set by hand", f"{index}")
    return Ok(id=command.id), []


def _check_place(what: str, asked: int, count: int) -> None:
    if not 0 <= asked < count:
        raise SpecError(f"there is no {what} {asked}; allowed: 0 to {count - 1}", (what,), "unknown_weight")


def set_speed(session: "Session", command: ask.SetSpeed) -> Answer:
    """How fast the host is to play."""
    session.epochs_per_second = command.epochs_per_second
    session.steps_per_second = command.steps_per_second
    return Ok(id=command.id), [session.state()]


def set_view(session: "Session", command: ask.SetView) -> Answer:
    """Which pictures frames carry."""
    session.view = command.view.kept_inside()
    return Ok(id=command.id), [session.state()]


def inspect(session: "Session", command: ask.Inspect) -> Answer:
    """What is pointed at. Frames tell, so that a pointer's moves cost no events."""
    if command.unit is not None:
        check_unit(session.machine.network, command.unit)
    session.pointing = Pointing(command.at, command.unit)
    return Ok(id=command.id), []


def add_points(session: "Session", command: ask.AddPoints) -> Answer:
    """More points; the answer names their ids."""
    for row, point in enumerate(command.points):
        _check_target(session, point[2], ("points", row, 2))
    first = session.board.next_id
    events = _edit(session, session.board.added(command.points, command.test), command.gesture)
    return Ok(id=command.id, ids=tuple(range(first, session.board.next_id))), events


def move_points(session: "Session", command: ask.MovePoints) -> Answer:
    """Points at other places."""
    return Ok(id=command.id), _edit(session, session.board.moved(command.points), command.gesture)


def relabel_points(session: "Session", command: ask.RelabelPoints) -> Answer:
    """Points of another class or value."""
    _check_target(session, command.label, ("label",))
    board = session.board.relabelled(command.ids, command.label)
    return Ok(id=command.id), _edit(session, board, command.gesture)


def delete_points(session: "Session", command: ask.DeletePoints) -> Answer:
    """Fewer points."""
    return Ok(id=command.id), _edit(session, session.board.without(command.ids), command.gesture)


def set_part(session: "Session", command: ask.SetPart) -> Answer:
    """Points that only test, or are trained on."""
    board = session.board.with_part(command.ids, command.test)
    return Ok(id=command.id), _edit(session, board, command.gesture)


def undo(session: "Session", command: ask.Undo) -> Answer:
    """The points as they were before the last edit."""
    if not session.undo.undo:
        raise SpecError("cannot undo: there is no edit of points to take back", (), "not_allowed")
    _check_update(session.spec, session.undo.past(session.board))
    return Ok(id=command.id), _put(session, lambda: session.undo.take_back(session.board), text=UNDONE)


def redo(session: "Session", command: ask.Redo) -> Answer:
    """The points as they were before the last undo."""
    if not session.undo.redo:
        raise SpecError("cannot redo: there is no edit that was taken back", (), "not_allowed")
    _check_update(session.spec, session.undo.future(session.board))
    return Ok(id=command.id), _put(session, lambda: session.undo.do_again(session.board), text=REDONE)


def _check_target(session: "Session", target: float, path: Sequence[str | int]) -> None:
    if session.spec.task is Task.CLASSIFICATION:
        check_label(target, session.spec.data.classes, tuple(path))


def _stand_without_points(session: "Session") -> list[Event]:
    """Where nothing is left to train on, training stands, whatever the table says."""
    if session.machine.trainer.rows or session.phase is not Phase.PLAYING:
        return []
    session.phase, session.pending_steps = Phase.PAUSED, None
    return [session.phase_changed()]


def _check_update(spec: Experiment, board: Board) -> None:
    spec.check_update(int(board.size - board.test.sum()))


def _edit(session: "Session", board: Board, gesture: int | None) -> list[Event]:
    _check_update(session.spec, board)
    return _put(session, lambda: session.undo.record(session.board, board, gesture), gesture)


def _put(
    session: "Session", change: Callable[[], Board], gesture: int | None = None, text: str | None = None
) -> list[Event]:
    """Learn from the board that `change` gives. The state is told only where it has changed: in a drag of hundreds of
    moves once. `text`: what the mark says, where it does not tell of an edit just recorded."""
    before = _edits(session)
    session.machine.set_board(change())
    session.data_revision += 1
    session.stopping.forget()
    if text is None and (edit := session.undo.latest):
        text = describe_edit(edit)
    if text:
        session.mark(MarkKind.POINTS, text, None if gesture is None else str(gesture))
    told = [] if _edits(session) == before else [session.state()]
    return [*told, session.points(), *_stand_without_points(session)]


def _edits(session: "Session") -> tuple[int, int, bool, int]:
    """What of a state an edit can change; the steps of an epoch only where the preview of a schedule counts in them."""
    in_steps = session.spec.training.schedule.unit is ScheduleUnit.STEP
    per_epoch = session.steps_per_epoch if in_steps else 0
    return session.undo.undo, session.undo.redo, session.board.edited, per_epoch


HANDLERS: dict[str, Callable[["Session", Any], Answer]] = {
    "set_spec": set_spec,
    "add_points": add_points,
    "move_points": move_points,
    "relabel_points": relabel_points,
    "delete_points": delete_points,
    "set_part": set_part,
    "undo": undo,
    "redo": redo,
    "play": play,
    "pause": pause,
    "step": step,
    "reset": reset,
    "new_weights": new_weights,
    "set_weight": set_weight,
    "set_speed": set_speed,
    "set_view": set_view,
    "inspect": inspect,
}
