"""A session: commands in, events out, steps on request, a frame or a snapshot at any time.

Owns the phase, the history and the revisions. Refuses to know time, sockets and other sessions.
"""

from collections.abc import Callable, Sequence
from typing import Any

from app.engine.numeric import Array
from app.engine.pictures import PictureBuffers
from app.engine.trainer import Checkpoint, Cursor, Divergence
from app.session import commands as ask
from app.session import snapshot
from app.session.board import Board
from app.session.describe import describe_divergence, layouts
from app.session.events import Diverged, Error, Event, Ok, Phase, PhaseChanged, Points, State
from app.session.frame import Frame
from app.session.history import History
from app.session.machine import Machine, draw_board, same_data, same_run
from app.session.phases import next_phase
from app.session.picture import take_frame
from app.spec import BOUNDS, Experiment, SpecError
from app.spec.data import check_label
from app.vocabulary import Task

INLINE_STEPS = 32
"""A `step` of up to so many updates is done while answering; a longer one is left to `advance`, slice by slice."""
Events = list[Event]


class Session:
    """One learner's experiment. Same spec, seeds and commands: same bits, however `advance` is cut."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._history = History()
        self.phase = Phase.PAUSED
        self.epochs_per_second: float | None = 30.0
        self.view = ask.View()
        self.pending_steps: int | None = None
        self.version = self.revision = self.data_revision = 0

    @classmethod
    def create(cls, spec: Experiment) -> "Session":
        """A fresh session, paused at step 0."""
        session = cls(Machine(spec))
        session._record()
        return session

    # -- what stands ---------------------------------------------------------------------------------------------------

    @property
    def spec(self) -> Experiment:
        """The spec in force."""
        return self._machine.spec

    @property
    def board(self) -> Board:
        """The points."""
        return self._machine.board

    @property
    def theta(self) -> Array:
        """(P,) the live parameters; look, do not touch."""
        return self._machine.trainer.theta

    @property
    def step(self) -> int:
        """Updates done in this run."""
        return self._machine.trainer.cursor.step

    @property
    def epoch(self) -> int:
        """Whole passes done in this run."""
        return self._machine.trainer.cursor.epoch

    @property
    def steps_per_epoch(self) -> int:
        """Updates of a whole epoch; 0 without points to train on."""
        trainer = self._machine.trainer
        return -(-trainer.rows // trainer.batch_size) if trainer.rows else 0

    @property
    def recorded(self) -> int:
        """Loss rows recorded so far, over all runs."""
        return self._history.recorded

    def greet(self) -> Events:
        """What somebody who joins must know."""
        return [self._state(), self._points()]

    def frame(self, buffers: PictureBuffers, since: int) -> Frame:
        """The newest picture, with the loss rows numbered `since` and up."""
        return take_frame(
            self._machine, self.view, buffers, self._history.since(since), self.revision, self.data_revision
        )

    # -- commands ------------------------------------------------------------------------------------------------------

    def handle(self, command: ask.Command) -> Events:
        """Carry out `command`; the first event answers it. A refused one changes nothing."""
        try:
            phase = next_phase(self.phase, command.type)
            answer, events = HANDLERS[command.type](self, command)
        except SpecError as error:
            return [Error(id=command.id, code=error.code, message=error.message, path=error.path)]
        self.version += 1
        return [answer, *self._enter(phase, events)]

    def _enter(self, phase: Phase, events: Events) -> Events:
        """Go to `phase`, unless what was just done has decided on another one."""
        decided = [event for event in events if isinstance(event, PhaseChanged)]
        if decided or phase is self.phase:
            return events
        self.phase = phase
        return [*events, self._phase_changed()]

    def _play(self, command: ask.Play) -> tuple[Ok, Events]:
        self._need_points("play")
        self.pending_steps = None
        return Ok(id=command.id), []

    def _pause(self, command: ask.Pause) -> tuple[Ok, Events]:
        self.pending_steps = None
        return Ok(id=command.id), []

    def _step(self, command: ask.Step) -> tuple[Ok, Events]:
        self._need_points("step")
        count = command.batches or 0
        if command.epochs:
            count = self._machine.trainer.steps_left_in_epoch + (command.epochs - 1) * self.steps_per_epoch
        self.pending_steps = count
        if count > INLINE_STEPS:
            return Ok(id=command.id), []
        self.phase = Phase.PLAYING
        return Ok(id=command.id), self.advance(count)

    def _need_points(self, what: str) -> None:
        if not self._machine.trainer.rows:
            raise SpecError(f"cannot {what} without training points; allowed: add_points", (), "not_allowed")

    def _set_spec(self, command: ask.SetSpec) -> tuple[Ok, Events]:
        old = self.spec
        new = (Experiment() if command.replace else old).patched(command.spec)
        if same_run(old, new):
            self._machine.reconfigure(new)
            return Ok(id=command.id), [self._state()]
        keep = same_data(old, new)
        self._begin(new, self.board if keep else None)
        return Ok(id=command.id), [self._state()] if keep else [self._state(), self._points()]

    def _reset(self, command: ask.Reset) -> tuple[Ok, Events]:
        self.pending_steps = None
        self._begin(self.spec, self.board)
        return Ok(id=command.id), [self._state()]

    def _new_weights(self, command: ask.NewWeights) -> tuple[Ok, Events]:
        last = self.spec.seeds.weights
        seed = command.seed if command.seed is not None else (last + 1) % (BOUNDS.seed + 1)
        self._begin(self.spec.patched({"seeds": {"weights": seed}}), self.board)
        return Ok(id=command.id, seed=seed), [self._state()]

    def _begin(self, spec: Experiment, board: Board | None) -> None:
        """Training begins anew."""
        drawn = board or draw_board(spec)
        self._machine = Machine(spec, drawn)
        self._history.clear()
        self.revision += 1
        self.data_revision += board is None
        self._record()

    def _set_weight(self, command: ask.SetWeight) -> tuple[Ok, Events]:
        layers = self._machine.network.layers
        if command.layer >= len(layers):
            raise self._unknown("layer", command.layer, len(layers))
        layer = layers[command.layer]
        if command.unit >= layer.fan_out:
            raise self._unknown("unit", command.unit, layer.fan_out)
        if command.input is not None and not 0 <= command.input < layer.fan_in:
            raise self._unknown("input", command.input, layer.fan_in)
        column = layer.fan_in if command.input is None else command.input
        offset = self._machine.network.offsets[command.layer]
        self._machine.set_parameter(offset + command.unit * (layer.fan_in + 1) + column, command.value)
        return Ok(id=command.id), []

    @staticmethod
    def _unknown(what: str, asked: int, count: int) -> SpecError:
        return SpecError(f"there is no {what} {asked}; allowed: 0 to {count - 1}", (what,), "unknown_weight")

    def _set_speed(self, command: ask.SetSpeed) -> tuple[Ok, Events]:
        self.epochs_per_second = command.epochs_per_second
        return Ok(id=command.id), [self._state()]

    def _set_view(self, command: ask.SetView) -> tuple[Ok, Events]:
        self.view = command.view
        return Ok(id=command.id), [self._state()]

    # -- points --------------------------------------------------------------------------------------------------------

    def _add_points(self, command: ask.AddPoints) -> tuple[Ok, Events]:
        for row, point in enumerate(command.points):
            self._check_target(point[2], ("points", row, 2))
        first = self.board.next_id
        events = self._edit(self.board.added(command.points, command.test))
        return Ok(id=command.id, ids=tuple(range(first, self.board.next_id))), events

    def _move_points(self, command: ask.MovePoints) -> tuple[Ok, Events]:
        return Ok(id=command.id), self._edit(self.board.moved(command.points))

    def _relabel_points(self, command: ask.RelabelPoints) -> tuple[Ok, Events]:
        self._check_target(command.label, ("label",))
        return Ok(id=command.id), self._edit(self.board.relabelled(command.ids, command.label))

    def _delete_points(self, command: ask.DeletePoints) -> tuple[Ok, Events]:
        events = self._edit(self.board.without(command.ids))
        if not self._machine.trainer.rows and self.phase is Phase.PLAYING:
            self.phase, self.pending_steps = Phase.PAUSED, None
            events.append(self._phase_changed())
        return Ok(id=command.id), events

    def _check_target(self, target: float, path: Sequence[str | int]) -> None:
        if self.spec.task is Task.CLASSIFICATION:
            check_label(target, self.spec.data.classes, tuple(path))

    def _edit(self, board: Board) -> Events:
        first = not self.board.edited
        self._machine.set_board(board)
        self.data_revision += 1
        return [self._state(), self._points()] if first else [self._points()]

    # -- training ------------------------------------------------------------------------------------------------------

    def advance(self, steps: int) -> Events:
        """Train up to `steps` updates while playing; the rows of whole epochs are recorded on the way."""
        while steps > 0 and self.phase is Phase.PLAYING:
            trainer = self._machine.trainer
            count = min(steps, trainer.steps_left_in_epoch, self.pending_steps or steps)
            ends_epoch = count == trainer.steps_left_in_epoch
            divergence = self._machine.run(count)
            self.version += 1
            if divergence:
                return self._diverged(divergence)
            steps -= count
            if self.pending_steps is not None:
                self.pending_steps -= count
            if ends_epoch or self.pending_steps == 0:
                self._record()
            if self.pending_steps == 0:
                self.phase, self.pending_steps = Phase.PAUSED, None
                return [self._phase_changed()]
        return []

    def _diverged(self, divergence: Divergence) -> Events:
        self.phase, self.pending_steps = Phase.DIVERGED, None
        self._record()
        message = describe_divergence(divergence, self._machine)
        told = Diverged(step=self.step, cause=divergence.cause.value, layer=divergence.layer, message=message)
        return [told, self._phase_changed()]

    def _record(self) -> None:
        now = self._machine.standing()
        self._history.record(
            (
                self.step,
                self.epoch,
                float(now.train.loss),
                float(now.test.loss),
                float(now.train.score),
                float(now.test.score),
                now.penalty,
                now.learning_rate,
            )
        )

    # -- events --------------------------------------------------------------------------------------------------------

    def _phase_changed(self) -> PhaseChanged:
        return PhaseChanged(phase=self.phase, step=self.step, epoch=self.epoch)

    def _points(self) -> Points:
        return Points(data_revision=self.data_revision, points=self.board.rows())

    def _state(self) -> State:
        spec = self.spec
        return State(
            revision=self.revision,
            phase=self.phase,
            spec=spec,
            task=spec.task,
            output=spec.output,
            loss=spec.loss,
            layers=layouts(self._machine.network),
            parameters=self._machine.network.parameters,
            epochs_per_second=self.epochs_per_second,
            view=self.view,
            step=self.step,
            epoch=self.epoch,
            edited=self.board.edited,
        )

    # -- snapshots -----------------------------------------------------------------------------------------------------

    def snapshot(self) -> bytes:
        """All of the session, for `restore`."""
        checkpoint = self._machine.trainer.checkpoint()
        board, cursor = self.board, checkpoint.cursor
        rows, numbers = self._history.dump()
        facts = snapshot.Facts(
            spec=self.spec.model_dump(mode="json"),
            phase=self.phase.value,
            epochs_per_second=self.epochs_per_second,
            view=self.view.model_dump(),
            revision=self.revision,
            data_revision=self.data_revision,
            version=self.version,
            recorded=self.recorded,
            next_id=board.next_id,
            edited=board.edited,
            pending_steps=self.pending_steps,
            limit=float(self._machine.trainer.limit),
            clock=checkpoint.clock,
            step=cursor.step,
            epoch=cursor.epoch,
            row=cursor.row,
            drawn=cursor.drawn,
        )
        arrays = {"vectors": checkpoint.vectors, "statistics": checkpoint.statistics, "history": rows}
        points = {"ids": board.ids, "x": board.x, "target": board.target, "test": board.test}
        return snapshot.pack(facts, arrays | points | {"history_numbers": numbers})

    @classmethod
    def restore(cls, data: bytes) -> "Session":
        """The session that gave `data`; it goes on with the same bits. ValueError for a snapshot of another format."""
        facts, arrays = snapshot.unpack(data)
        board = Board(
            arrays["ids"], arrays["x"], arrays["target"], arrays["test"], facts.next_id, edited=facts.edited
        )
        machine = Machine(Experiment.parse(facts.spec), board)
        cursor = Cursor(facts.step, facts.epoch, facts.row, facts.drawn)
        machine.trainer.restore(Checkpoint(arrays["vectors"], arrays["statistics"], facts.clock, cursor))
        machine.trainer.limit = machine.trainer.limit * 0 + facts.limit
        machine.changed()
        session = cls(machine)
        session._history.load(arrays["history"], arrays["history_numbers"], facts.recorded)
        session.phase, session.pending_steps = Phase(facts.phase), facts.pending_steps
        session.epochs_per_second, session.view = facts.epochs_per_second, ask.View(**facts.view)
        session.revision, session.data_revision, session.version = (
            facts.revision,
            facts.data_revision,
            facts.version,
        )
        return session


HANDLERS: dict[str, Callable[[Session, Any], tuple[Ok, Events]]] = {
    "set_spec": Session._set_spec,
    "add_points": Session._add_points,
    "move_points": Session._move_points,
    "relabel_points": Session._relabel_points,
    "delete_points": Session._delete_points,
    "play": Session._play,
    "pause": Session._pause,
    "step": Session._step,
    "reset": Session._reset,
    "new_weights": Session._new_weights,
    "set_weight": Session._set_weight,
    "set_speed": Session._set_speed,
    "set_view": Session._set_view,
}
"""Each command's work, after the table has allowed it."""
