"""Handlers of what is learnt, how, and when."""

from typing import TYPE_CHECKING

from app.assemble import settle
from app.session import commands as ask
from app.session.beginning import kept
from app.session.describe import describe_change
from app.session.events import Ok, Phase
from app.session.handlers.common import Answer, check_update, need_points, stand_without_points
from app.session.inputs import Configure, SetParameter
from app.session.machine import draw_board, same_data, same_run
from app.session.marks import MarkKind
from app.session.until import check_until
from app.spec import BOUNDS, Experiment, SpecError

if TYPE_CHECKING:
    from app.session.session import Session

INLINE_STEPS, INLINE_WORK = 32, 1_000_000
"""A `step` of up to so many updates, and so many times parameters times rows of a batch, is done while answering: a few
milliseconds. A larger one is left to `advance`, slice by slice."""


def play(session: "Session", command: ask.Play) -> Answer:
    """Train until told otherwise; a bounded `step` in progress loses its bound."""
    need_points(session, "play")
    session.go_on()
    session.pending_steps = None
    return Ok(id=command.id), []


def pause(session: "Session", command: ask.Pause) -> Answer:
    """Stand still; what is left of a `step` is forgotten."""
    session.pending_steps = None
    return Ok(id=command.id), []


def step(session: "Session", command: ask.Step) -> Answer:
    """Play for a bounded number of updates."""
    need_points(session, "step")
    check_until(session, command.until)
    session.go_on()
    session.until = command.until
    count = command.batches or 0
    if command.epochs:
        count = session.machine.trainer.steps_left_in_epoch + (command.epochs - 1) * session.steps_per_epoch
    session.pending_steps = count
    trainer = session.machine.trainer
    if count > INLINE_STEPS or count * trainer.theta.size * trainer.batch_size > INLINE_WORK:
        return Ok(id=command.id), []
    session.phase = Phase.PLAYING
    return Ok(id=command.id), session.advance(count)


def set_spec(session: "Session", command: ask.SetSpec) -> Answer:
    """Go on in another way where that is possible, else begin anew. With `replace` it is another experiment, which
    begins anew and brings its own points."""
    old = session.spec
    base = Experiment() if command.replace else old
    new = base.patched(command.spec, lambda tree: settle(tree, session.tables))
    keep = same_data(old, new) and not (command.replace and session.board.edited)
    board = session.board if keep else draw_board(new, session.tables)
    check_update(new, board)
    if same_run(old, new) and not command.replace:
        session.put(Configure(new))
        _mark_change(session, old, new)
        return Ok(id=command.id), [session.state()]
    if (old.data.source, old.input_names) != (new.data.source, new.input_names):
        session.view = session.view.model_copy(update={"plane": ask.PlaneShown()})
    beginning = None if command.replace else kept(session.past.shown.beginning, old, new)
    session.begin(new, board, keep, beginning)
    stood = stand_without_points(session)
    return Ok(id=command.id), [session.state(), *([] if keep else [session.points()]), *stood]


def _mark_change(session: "Session", old: Experiment, new: Experiment) -> None:
    """One mark for all changes of the rate at one step: a slider passes many values."""
    first = session.marks.rate_before(session.step)
    if changed := describe_change(old, new, first):
        rate = first if first is not None else old.training.optimizer.learning_rate
        session.mark(*changed, rate_before=rate if changed[0] is MarkKind.RATE else None)


def reset(session: "Session", command: ask.Reset) -> Answer:
    """The same run again, from the same first weights, on the points as they are now."""
    session.pending_steps = None
    session.begin(session.spec, session.board, True, session.past.shown.beginning)
    return Ok(id=command.id), [session.state()]


def new_weights(session: "Session", command: ask.NewWeights) -> Answer:
    """Another run: the weights seed changes, and the answer says to what. Playing goes on; a bounded step was the last
    run's, and ends with it."""
    last = session.spec.seeds.weights
    seed = command.seed if command.seed is not None else (last + 1) % (BOUNDS.seed + 1)
    session.begin(session.spec.patched({"seeds": {"weights": seed}}), session.board, keep=True)
    if session.pending_steps is None:
        return Ok(id=command.id, seed=seed), [session.state()]
    session.phase, session.pending_steps = Phase.PAUSED, None
    return Ok(id=command.id, seed=seed), [session.state(), session.phase_changed()]


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
    session.put(SetParameter(index, command.value))
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
