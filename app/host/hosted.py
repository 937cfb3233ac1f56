"""One session as the scheduler sees it: its viewers, its pace, what it has cost, and when it next wants attention."""

import math
from dataclasses import dataclass, field

from app.session.events import Phase
from app.session.session import Session

WINDOW = 2
"""Frames on the way to a viewer without an acknowledgement."""
SLICE = 0.003
"""Seconds of training at a time: how long a command may have to wait for its turn."""
PACE = 1 / 30
"""Seconds between two bunches of steps of a session with a set speed that nobody waits to see."""
WHOLE_EPOCHS_FROM = 10.0
"""Epochs a second from which training runs in whole epochs: frames come often enough without the steps between."""
ROUNDING = 1e-6
"""Of a step: a due time computed from a number of steps must give that number back."""
PATIENCE = 0.02
"""Seconds that a session may wait for its turn to train and still do all that was due."""
LARGEST_DEBT = 0.25
"""Seconds that a session may lag behind its speed before what it missed is forgotten."""
SNAPSHOT_EVERY = 0.8
"""Seconds between two snapshots of a session that changes: nobody must lose more than a second of training. Commands
are kept one by one."""
SNAPSHOT_AT_ONCE = 0.1
"""Seconds between two snapshots where it has come to rest, so that what was seen there comes back."""
LOOKS_EVERY = 10.0
"""Seconds between two snapshots where only what is pointed at has changed."""
FIGURES_EVERY = 0.1
"""Seconds between two frames of a playing session that tell results and diagnosis: nobody reads numbers faster."""
WORKING = frozenset({Phase.PLAYING, Phase.SEEKING, Phase.BENCHING})
"""Phases in which steps are wanted."""
NEVER = math.inf


@dataclass
class Viewer:
    """Somebody who looks. `seen` is the session version in the last frame, `rows` the loss rows sent. `read` is the
    version whose results and diagnosis were last told, `read_of` what they were of, `read_at` when."""

    credits: int = WINDOW
    seen: int = -1
    rows: int = 0
    frames: int = 0
    last: float = -NEVER
    read: int = -1
    read_of: tuple[bool, bool, int, int] | None = None
    read_at: float = -NEVER

    def shown(self, now: float, interval: float) -> None:
        """A frame went out: the next is due an interval after this one was, so that small delays do not add up."""
        due = self.last + interval
        self.last = due if now - due < interval else now
        self.credits -= 1
        self.frames += 1


@dataclass
class Hosted:
    """`cpu`: seconds used so far. `step_cost`: seconds an update takes, a running estimate; a whole slice, so that
    just one is tried, while nothing is known. `behind`: more steps were due than a slice takes.
    `training_at`: when training was to go on."""

    session: Session
    cpu: float = 0.0
    step_cost: float = SLICE
    viewers: dict[int, Viewer] = field(default_factory=dict)
    sequence: int = 0
    paced_from: float = 0.0
    paced_steps: int = 0
    behind: bool = False
    training_at: float = 0.0
    saved_version: int = -1
    saved_at: float = -NEVER
    saved_working: bool = False
    looked_version: int = -1
    """Up to here only what is pointed at has changed since the last snapshot."""
    ticket: int = 0

    @property
    def playing(self) -> bool:
        """Steps are wanted: it plays, or is on the way to another step, and somebody looks. Nobody's session stands
        still until somebody is back."""
        return self.session.phase in WORKING and bool(self.viewers)

    @property
    def step_size(self) -> int:
        """What an update's cost grows with: parameters times points of a batch."""
        trainer = self.session.machine.trainer
        return trainer.theta.size * trainer.batch_size

    @property
    def steps_per_second(self) -> float | None:
        """The set speed; None is flat out, as a bounded `step` and the way to another step always are."""
        session = self.session
        if session.pending_steps is not None or session.phase is not Phase.PLAYING:
            return None
        speed = session.epochs_per_second
        if speed is None:
            return session.steps_per_second
        return speed * self.session.steps_per_epoch

    def repace(self, now: float) -> None:
        """Count the speed from now on: play, pause or speed has changed."""
        self.paced_from, self.paced_steps = now, 0

    @property
    def in_epochs(self) -> bool:
        """The set speed is high enough to show whole epochs only."""
        return (self.session.epochs_per_second or 0.0) >= WHOLE_EPOCHS_FROM

    @property
    def bunch(self) -> int:
        """Steps taken together at a set speed: the rest of the epoch, or one."""
        return self.session.steps_left_in_epoch if self.in_epochs else 1

    def steps_due(self, now: float, interval: float) -> int:
        """Updates to run now, at most a slice of them. Where there are more sessions than time, waiting for a turn
        does not count as time to train in: training slows down with the pictures, and does not push them out."""
        if not self.playing:
            return 0
        affordable = max(1, int(SLICE / self.step_cost))
        rate = self.steps_per_second
        if rate is None:
            return affordable
        if (late := now - self.training_at) > PATIENCE:
            self.paced_from += late
        owed = int((now - self.paced_from) * rate + ROUNDING) - self.paced_steps
        if owed > rate * (LARGEST_DEBT + interval) + self.bunch:
            self.paced_from, self.paced_steps, owed = now, -self.bunch, self.bunch
        due = self._whole(owed)
        self.behind = due > affordable
        return min(due, affordable)

    def _whole(self, owed: int) -> int:
        """As many of the `owed` steps as end with a bunch: none, the rest of this epoch, or whole epochs more."""
        if not self.in_epochs:
            return owed
        left, epoch = self.session.steps_left_in_epoch, self.session.steps_per_epoch
        return 0 if owed < left else left + (owed - left) // epoch * epoch

    def training_due(self, now: float, interval: float) -> float:
        """When steps are next wanted: just before the next frame, or a bunch later if nobody waits for one."""
        if not self.playing:
            return NEVER
        rate = self.steps_per_second
        if rate is None or self.behind:
            return now
        wanted = [viewer.last + interval for viewer in self.viewers.values() if viewer.credits]
        next_bunch = self.paced_from + (self.paced_steps + self.bunch) / rate
        return max(next_bunch, min(wanted, default=next_bunch + PACE))

    def frame_due(self, viewer: Viewer, interval: float) -> float:
        """When this viewer next gets a frame: it has a credit, something has changed, and it is not too soon. What has
        changed may be figures alone, which the last frame left out."""
        if not viewer.credits:
            return NEVER
        if viewer.seen != self.session.version:
            return viewer.last + interval
        if viewer.read != viewer.seen:
            return max(viewer.last + interval, viewer.read_at + FIGURES_EVERY)
        return NEVER

    @property
    def _figures(self) -> tuple[bool, bool, int, int]:
        """What results and diagnosis are asked for and taken of, but for the step."""
        session = self.session
        return session.view.metrics, session.view.diagnostics, session.revision, session.data_revision

    def figures_due(self, viewer: Viewer, now: float, interval: float) -> bool:
        """Whether a frame of now tells results and diagnosis: while training runs on, the one nearest to each
        `FIGURES_EVERY`; any other frame, always."""
        if self.session.phase is not Phase.PLAYING or viewer.read_of != self._figures:
            return True
        if not (self.session.view.metrics or self.session.view.diagnostics):
            return True
        return now - viewer.read_at > FIGURES_EVERY - interval / 2

    def shown(self, viewer: Viewer, now: float, interval: float, figures: bool) -> None:
        """A frame of the session as it stands went out to `viewer`."""
        viewer.shown(now, interval)
        viewer.seen, viewer.rows = self.session.version, self.session.recorded
        if figures:
            viewer.read, viewer.read_of, viewer.read_at = viewer.seen, self._figures, viewer.last

    def snapshot_due(self) -> float:
        """When the session is next to be saved."""
        version = self.session.version
        if self.saved_version == version:
            return NEVER
        if self.looked_version == version:
            return self.saved_at + LOOKS_EVERY
        at_rest = self.saved_working and self.session.phase not in WORKING
        return self.saved_at + (SNAPSHOT_AT_ONCE if at_rest else SNAPSHOT_EVERY)

    def saved(self, now: float) -> None:
        """A snapshot of the session as it stands was made."""
        session = self.session
        self.saved_version = self.looked_version = session.version
        self.saved_working, self.saved_at = session.phase in WORKING, now

    def looked(self, before: int) -> None:
        """A command that only looks was carried out, at version `before`."""
        if self.looked_version == before:
            self.looked_version = self.session.version

    def next_due(self, now: float, interval: float, frames_held: bool) -> float:
        """When the session next wants attention. While frames are held it asks for them again an interval later."""
        training = self.training_due(now, interval)
        self.training_at = max(now, training)
        frames = min((self.frame_due(viewer, interval) for viewer in self.viewers.values()), default=NEVER)
        if frames_held and frames < NEVER:
            frames = max(frames, now + interval)
        return min(training, self.snapshot_due(), frames)
