"""A session: commands in, events out, steps on request, a frame or a snapshot at any time.

Owns the phase, the history and the revisions. Refuses to know time, sockets and other sessions.
"""

from sys import intern

from app.assemble import Tables, settled
from app.data.tables import BUNDLED
from app.engine.numeric import Array
from app.engine.pictures import PictureBuffers
from app.session import commands as ask
from app.session import snapshot
from app.session.beginning import Beginning
from app.session.bench import Bench
from app.session.bench import advance as advance_bench
from app.session.benched import Benched, put_away, told_again
from app.session.board import Board
from app.session.branch import Travel
from app.session.charts import Chart, chart_of
from app.session.diagnosis import Diagnostician, diagnosis_of
from app.session.endings import diverged, stopped
from app.session.events import (
    Error,
    Event,
    MarkRow,
    MarksChanged,
    Phase,
    PhaseChanged,
    Points,
    State,
    Timeline,
)
from app.session.frame import Frame
from app.session.handlers import HANDLERS
from app.session.history import History
from app.session.inputs import Input, NewBoard
from app.session.journey import approach
from app.session.machine import Machine, draw_board
from app.session.marks import Mark, MarkKind, Marks
from app.session.phases import LOOKING, next_phase
from app.session.picture import take_frame
from app.session.pointing import Pointing
from app.session.run import Run
from app.session.saving import put_back, save
from app.session.stopping import Stopping
from app.session.telling import points_of, state_of
from app.session.timeline import Past
from app.session.undo import Kept, UndoStack
from app.session.until import look
from app.session.walk import Walk, close_for
from app.session.walk import opened as walk_opened
from app.spec import Experiment, SpecError

Events = list[Event]
WATCHED_PACE = 10.0
"""Steps a second up to which each is a row of the history."""


class Session:
    """One learner's experiment. Same spec, seeds and commands: same bits, however `advance` is cut."""

    def __init__(self, machine: Machine, tables: Tables) -> None:
        self.tables = tables
        self.run = Run(machine)
        self.past = Past(self.run)
        self.travel: Travel | None = None
        self.history = History(len(machine.network.layers))
        self.marks = Marks()
        self.phase = Phase.PAUSED
        self.epochs_per_second: float | None = 30.0
        self.view = ask.View()
        self.pointing = Pointing()
        self.diagnostician = Diagnostician()
        self.undo = UndoStack()
        self.steps_per_second: float | None = None
        self.pending_steps: int | None = None
        self.until: ask.Until | None = None
        self.walk: Walk | None = None
        self.bench: Bench | None = None
        self.benched: Benched | None = None
        self.refusal: Error | None = None
        """Why it did not begin with the spec that was asked for; told to whoever joins first."""
        self.version = self.revision = self.data_revision = 0

    @classmethod
    def create(cls, spec: Experiment, tables: Tables = BUNDLED) -> "Session":
        """A fresh session, paused at step 0. SpecError where the spec's table cannot be used so."""
        spec = settled(spec, tables)
        session = cls(Machine(spec, draw_board(spec, tables)), tables)
        session.record()
        return session

    # -- what stands ---------------------------------------------------------------------------------------------------

    @property
    def machine(self) -> Machine:
        """What learns."""
        return self.run.machine

    @property
    def stopping(self) -> Stopping:
        """What watches the loss of its epochs."""
        return self.run.stopping

    @property
    def spec(self) -> Experiment:
        """The spec in force."""
        return self.machine.spec

    @property
    def board(self) -> Board:
        """The points."""
        return self.machine.board

    @property
    def chart(self) -> Chart:
        """What the directions of the board mean."""
        return chart_of(self.spec, self.board, self.view.plane)

    @property
    def theta(self) -> Array:
        """(P,) the live parameters; look, do not touch."""
        return self.machine.trainer.theta

    @property
    def step(self) -> int:
        """Updates done in this run."""
        return self.machine.trainer.step

    @property
    def epoch(self) -> int:
        """Whole passes done in this run."""
        return self.machine.trainer.epoch

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
        walk = walk_opened(self) if self.walk else []
        refusal = [self.refusal] if self.refusal else []
        self.refusal = None
        bench = told_again(self)
        return [self.state(), self.points(), self.marks_changed(), self.timeline(), *walk, *bench, *refusal]

    def frame(self, buffers: PictureBuffers, since: int, figures: bool = True) -> Frame:
        """The newest picture, with the loss rows numbered `since` and up; without `figures` neither results nor
        diagnosis."""
        return take_frame(
            self.machine,
            self.view,
            self.pointing,
            buffers,
            self.history.since(since),
            self.history.norms_since(since),
            self.revision,
            self.data_revision,
            diagnosis_of(self) if figures else None,
        )

    # -- commands ------------------------------------------------------------------------------------------------------

    def handle(self, command: ask.Command) -> Events:
        """Carry out `command`; the first event answers it. A refused one changes nothing."""
        before = self.marks.version, self.past.version, self.revision
        try:
            phase = next_phase(self.phase, command.type)
            answer, events = HANDLERS[command.type](self, command)
        except SpecError as error:
            return [Error(id=command.id, code=error.code, message=error.message, path=error.path)]
        if phase is not Phase.SEEKING and command.type not in LOOKING:
            self.travel = None
        if phase is not Phase.BENCHING:
            put_away(self)
        self.version += 1
        events = [*events, *close_for(self, command.type)]
        return [answer, *self._enter(phase, [*events, *self._untold(before, events)])]

    def _untold(self, before: tuple[int, int, int], events: Events) -> Events:
        """What has changed since `before` and none of the `events` tells."""
        marks, past, revision = before
        news: Events = []
        told = {type(event) for event in events}
        if self.revision != revision and State not in told:
            news.append(self.state())
        if self.marks.version != marks and MarksChanged not in told:
            news.append(self.marks_changed())
        if self.past.version != past and Timeline not in told:
            news.append(self.timeline())
        return news

    def _enter(self, phase: Phase, events: Events) -> Events:
        """Go to `phase`, unless what was just done has decided on another one."""
        decided = [event for event in events if isinstance(event, PhaseChanged)]
        if decided or phase is self.phase:
            return events
        self.phase = phase
        return [*events, self.phase_changed()]

    def begin(self, spec: Experiment, board: Board, keep: bool, beginning: Beginning | None = None) -> None:
        """Training begins anew from `beginning`, else from the seed's weights; `keep`: `board` is the one there is."""
        machine = Machine(spec, board)
        if beginning is not None:
            machine.set_parameters(beginning.theta, beginning.statistics)
        self.past.leave(self.step, self.history, self.marks, self.undo)
        self.run = Run(machine)
        self.past.begin(self.run, beginning)
        self.pointing = self.pointing.within(self.machine.network)
        self.undo = self.undo.copy() if keep else UndoStack()
        self.history = self.history.begun_anew(len(self.machine.network.layers))
        self.marks = self.marks.until(-1)
        self.revision += 1
        self.data_revision += not keep
        self.record()

    def put(self, change: Input) -> None:
        """Change the run from outside, and remember it for those who come this way again."""
        self.go_on()
        self.past.put(self.run, change)

    def put_board(self, board: Board, kept: Kept | None = None) -> None:
        """Go on with other points; `kept`: what of them is new, where that is known."""
        self.put(NewBoard(self.board, board, kept))

    # -- the past ------------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """The run is to be gone on with, or changed: from the past that begins a branch."""
        if not self.past.is_past(self.step):
            return
        branch = self.past.fork(self.run, self.history, self.marks)
        self.history, self.marks = branch.history, branch.marks
        self.revision += 1

    # -- training ------------------------------------------------------------------------------------------------------

    @property
    def watched(self) -> bool:
        """So slow a pace is set that each step can be followed on the charts."""
        pace = self.steps_per_second
        return self.pending_steps is None and pace is not None and pace <= WATCHED_PACE

    def advance(self, steps: int) -> Events:
        """Train up to `steps` updates while playing; recorded are whole epochs, or each step of a `watched` run."""
        if self.phase is Phase.BENCHING and self.bench:
            return advance_bench(self, self.bench, steps)
        if self.phase is Phase.SEEKING and self.travel:
            return approach(self, self.travel, steps)
        while steps > 0 and self.phase is Phase.PLAYING:
            most = 1 if self.watched else steps
            leg = self.run.train(min(most, self.pending_steps or most, self.past.room(self.step)))
            self.version += 1
            if leg.divergence:
                return diverged(self, leg.divergence)
            steps -= leg.steps
            if self.pending_steps is not None:
                self.pending_steps -= leg.steps
            if leg.ended_epoch or self.pending_steps == 0 or self.watched:
                self.record()
            halt = self.run.watch() if leg.ended_epoch else None
            self.past.went_on(self.run)
            if halt:
                return stopped(self, halt)
            reached = look(self, leg.ended_epoch)
            if reached or self.pending_steps == 0:
                self.phase, self.pending_steps = Phase.PAUSED, None
                return [*reached, self.phase_changed()]
        return []

    def mark(
        self, kind: MarkKind, text: str, key: str | None = None, rate_before: float | None = None
    ) -> None:
        """Remember for the charts that something happened at this step."""
        self.marks.add(Mark(self.step, self.epoch, kind, intern(text), key, rate_before))

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
                float(now.validation.loss),
                float(now.validation.score),
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

    def timeline(self) -> Timeline:
        """The event that tells which steps can be gone to, and the branches."""
        return self.past.told(self.step, self.history, self.marks)

    def points(self) -> Points:
        """The event that tells all points."""
        return points_of(self)

    def state(self) -> State:
        """The event that tells everything but points and pictures."""
        return state_of(self)

    # -- snapshots -----------------------------------------------------------------------------------------------------

    def snapshot(self) -> bytes:
        """All of the session, for `restore`."""
        return save(self)

    @classmethod
    def restore(cls, data: bytes, tables: Tables = BUNDLED) -> "Session":
        """The session that gave `data`; it goes on with the same bits. ValueError for another format."""
        facts, arrays = snapshot.unpack(data)
        session = cls(Machine.load(facts, arrays, tables), tables)
        put_back(session, facts, arrays)
        return session
