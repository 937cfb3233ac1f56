"""A session: commands in, events out, steps on request, a frame or a snapshot at any time.

Owns the phase, the history and the revisions. Refuses to know time, sockets and other sessions.
"""

from dataclasses import asdict

from app.assemble import class_middle, schedule_preview
from app.engine.numeric import Array
from app.engine.pictures import PictureBuffers
from app.engine.trainer import Divergence
from app.session import commands as ask
from app.session import snapshot
from app.session.board import Board
from app.session.describe import describe_divergence, describe_stop, layouts
from app.session.events import (
    Diverged,
    Error,
    Event,
    MarkRow,
    MarksChanged,
    Phase,
    PhaseChanged,
    Points,
    State,
    Stopped,
)
from app.session.frame import Frame
from app.session.handlers import HANDLERS
from app.session.history import History
from app.session.machine import Machine, draw_board
from app.session.marks import Mark, MarkKind, Marks
from app.session.phases import next_phase
from app.session.picture import take_frame
from app.session.pointing import Pointing
from app.session.stopping import Stopping
from app.session.undo import UndoStack
from app.spec import Experiment, SpecError

Events = list[Event]


class Session:
    """One learner's experiment. Same spec, seeds and commands: same bits, however `advance` is cut."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.history = History(len(machine.network.layers))
        self.marks, self.stopping = Marks(), Stopping()
        self.phase = Phase.PAUSED
        self.epochs_per_second: float | None = 30.0
        self.view = ask.View()
        self.pointing = Pointing()
        self.undo = UndoStack()
        self.steps_per_second: float | None = None
        self.pending_steps: int | None = None
        self.version = self.revision = self.data_revision = 0

    @classmethod
    def create(cls, spec: Experiment) -> "Session":
        """A fresh session, paused at step 0."""
        session = cls(Machine(spec))
        session.record()
        return session

    # -- what stands ---------------------------------------------------------------------------------------------------

    @property
    def spec(self) -> Experiment:
        """The spec in force."""
        return self.machine.spec

    @property
    def board(self) -> Board:
        """The points."""
        return self.machine.board

    @property
    def theta(self) -> Array:
        """(P,) the live parameters; look, do not touch."""
        return self.machine.trainer.theta

    @property
    def step(self) -> int:
        """Updates done in this run."""
        return self.machine.trainer.cursor.step

    @property
    def epoch(self) -> int:
        """Whole passes done in this run."""
        return self.machine.trainer.cursor.epoch

    @property
    def steps_per_epoch(self) -> int:
        """Updates of a whole epoch; 0 without points to train on."""
        trainer = self.machine.trainer
        return -(-trainer.rows // trainer.batch_size) if trainer.rows else 0

    @property
    def steps_left_in_epoch(self) -> int:
        """Updates until the epoch in progress is complete; 0 without points to train on."""
        return self.machine.trainer.steps_left_in_epoch

    @property
    def recorded(self) -> int:
        """Loss rows recorded so far, over all runs."""
        return self.history.recorded

    def greet(self) -> Events:
        """What somebody who joins must know."""
        return [self.state(), self.points(), self.marks_changed()]

    def frame(self, buffers: PictureBuffers, since: int) -> Frame:
        """The newest picture, with the loss rows numbered `since` and up."""
        return take_frame(
            self.machine,
            self.view,
            self.pointing,
            buffers,
            self.history.since(since),
            self.history.norms_since(since),
            self.revision,
            self.data_revision,
        )

    # -- commands ------------------------------------------------------------------------------------------------------

    def handle(self, command: ask.Command) -> Events:
        """Carry out `command`; the first event answers it. A refused one changes nothing."""
        marked = self.marks.version
        try:
            phase = next_phase(self.phase, command.type)
            answer, events = HANDLERS[command.type](self, command)
        except SpecError as error:
            return [Error(id=command.id, code=error.code, message=error.message, path=error.path)]
        self.version += 1
        if self.marks.version != marked and not any(isinstance(event, MarksChanged) for event in events):
            events = [*events, self.marks_changed()]
        return [answer, *self._enter(phase, events)]

    def _enter(self, phase: Phase, events: Events) -> Events:
        """Go to `phase`, unless what was just done has decided on another one."""
        decided = [event for event in events if isinstance(event, PhaseChanged)]
        if decided or phase is self.phase:
            return events
        self.phase = phase
        return [*events, self.phase_changed()]

    def begin(self, spec: Experiment, board: Board | None) -> None:
        """Training begins anew, on `board` or else on freshly drawn points."""
        drawn = board or draw_board(spec)
        self.machine = Machine(spec, drawn)
        self.pointing = self.pointing.within(self.machine.network)
        if board is None:
            self.undo.clear()
        self.history.clear(len(self.machine.network.layers))
        self.marks.clear()
        self.stopping.forget()
        self.revision += 1
        self.data_revision += board is None
        self.record()

    # -- training ------------------------------------------------------------------------------------------------------

    def advance(self, steps: int) -> Events:
        """Train up to `steps` updates while playing; the rows of whole epochs are recorded on the way."""
        while steps > 0 and self.phase is Phase.PLAYING:
            trainer = self.machine.trainer
            count = min(steps, trainer.steps_left_in_epoch, self.pending_steps or steps)
            ends_epoch = count == trainer.steps_left_in_epoch
            divergence = self.machine.run(count)
            self.version += 1
            if divergence:
                return self._diverged(divergence)
            steps -= count
            if self.pending_steps is not None:
                self.pending_steps -= count
            if ends_epoch or self.pending_steps == 0:
                self.record()
            if ends_epoch and (stopped := self._stopped()):
                return stopped
            if self.pending_steps == 0:
                self.phase, self.pending_steps = Phase.PAUSED, None
                return [self.phase_changed()]
        return []

    def _stopped(self) -> Events:
        """Where early stopping says so, training stands; nothing else."""
        rule = self.spec.training.early_stopping
        if rule is None:
            return []
        now, tests = self.machine.standing(), bool(self.board.test.any())
        loss = float(now.test.loss if tests else now.train.loss)
        if not self.stopping.watch(rule, loss, self.machine):
            return []
        best, kept = self.stopping.best_epoch, self.stopping.kept
        if kept is not None:
            self.machine.bring_back(kept)
        self.stopping.forget()
        self.phase, self.pending_steps = Phase.PAUSED, None
        message = describe_stop(rule.patience, best, "test" if tests else "train", kept is not None)
        self.mark(MarkKind.STOPPED, f"Stopped early; best after epoch {best}")
        told = Stopped(
            step=self.step,
            epoch=self.epoch,
            best_epoch=best,
            loss_part="test" if tests else "train",
            restored=kept is not None,
            message=message,
        )
        return [told, self.marks_changed(), self.phase_changed()]

    def mark(
        self, kind: MarkKind, text: str, key: str | None = None, rate_before: float | None = None
    ) -> None:
        """Remember for the charts that something happened at this step."""
        self.marks.add(Mark(self.step, self.epoch, kind, text, key, rate_before))

    def _diverged(self, divergence: Divergence) -> Events:
        self.phase, self.pending_steps = Phase.DIVERGED, None
        if self.stopping.best_epoch > self.epoch:
            self.stopping.forget()
        self.history.rewind(self.step)
        self.record()
        message = describe_divergence(divergence, self.machine)
        told = Diverged(
            step=self.step,
            cause=divergence.cause.value,
            layer=divergence.layer,
            rate=float(self.machine.trainer.rate),
            message=message,
        )
        marked = self.marks.version
        self.marks.rewind(self.step)
        self.mark(MarkKind.DIVERGED, "Diverged")
        marks = [self.marks_changed()] if self.marks.version != marked else []
        return [told, *marks, self.phase_changed()]

    def record(self) -> None:
        """Add a row to the history: how the network does now."""
        now = self.machine.standing()
        self.history.record(
            (
                self.step,
                self.epoch,
                float(now.train.loss),
                float(now.test.loss),
                float(now.train.score),
                float(now.test.score),
                now.penalty,
                now.learning_rate,
            ),
            self.machine.layer_norms(),
        )

    # -- events --------------------------------------------------------------------------------------------------------

    def phase_changed(self) -> PhaseChanged:
        """The event that tells the phase."""
        return PhaseChanged(phase=self.phase, step=self.step, epoch=self.epoch)

    def marks_changed(self) -> MarksChanged:
        """The event that tells all marks."""
        rows = [
            MarkRow(step=mark.step, epoch=mark.epoch, kind=mark.kind, text=mark.text)
            for mark in self.marks.rows
        ]
        return MarksChanged(marks=tuple(rows))

    def points(self) -> Points:
        """The event that tells all points."""
        return Points(data_revision=self.data_revision, points=self.board.rows())

    def state(self) -> State:
        """The event that tells everything but points and pictures."""
        spec = self.spec
        return State(
            revision=self.revision,
            phase=self.phase,
            spec=spec,
            task=spec.task,
            output=spec.output,
            loss=spec.loss,
            middle=class_middle(spec),
            layers=layouts(self.machine.network),
            parameters=self.machine.network.parameters,
            epochs_per_second=self.epochs_per_second,
            steps_per_second=self.steps_per_second,
            schedule_preview=schedule_preview(spec, self.steps_per_epoch),
            view=self.view,
            step=self.step,
            epoch=self.epoch,
            edited=self.board.edited,
            undo=self.undo.undo,
            redo=self.undo.redo,
        )

    # -- snapshots -----------------------------------------------------------------------------------------------------

    def snapshot(self) -> bytes:
        """All of the session, for `restore`."""
        own = {name: getattr(self, name) for name in OWN_FACTS}
        facts, arrays = self.machine.dump()
        stopping, best = self.stopping.dump()
        edits, edited_rows = self.undo.dump()
        mine = {
            "phase": self.phase.value,
            "view": self.view.model_dump(),
            "recorded": self.recorded,
            "pointing": asdict(self.pointing),
            "undo": edits,
            "marks": self.marks.dump(),
            "stopping": stopping,
        }
        arrays |= self.history.dump() | best
        return snapshot.pack(facts | own | mine, arrays | edited_rows)

    @classmethod
    def restore(cls, data: bytes) -> "Session":
        """The session that gave `data`; it goes on with the same bits. ValueError for another format."""
        facts, arrays = snapshot.unpack(data)
        session = cls(Machine.load(facts, arrays))
        session.pointing = Pointing.load(facts["pointing"])
        session.undo.load(facts["undo"], arrays)
        session.history.load(arrays, facts["recorded"])
        session.marks.load(facts["marks"])
        session.stopping = Stopping.load(facts["stopping"], arrays)
        session.phase = Phase(facts["phase"])
        session.view = ask.View.model_validate(facts["view"], strict=False)
        for name in OWN_FACTS:
            setattr(session, name, facts[name])
        return session


OWN_FACTS = ("epochs_per_second", "steps_per_second", "pending_steps", "version", "revision", "data_revision")
"""Plain attributes that a snapshot carries as they are."""
