"""A clock that only work moves, and a session whose costs are known: what makes the scheduler's tests exact."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.host.link import Kind, Message
from app.host.scheduler import Scheduler
from app.session.commands import View
from app.session.events import Event, Ok, Phase
from app.session.frame import Frame, Now


@dataclass
class Clock:
    """Seconds, as whoever tests says."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FakeTrainer:
    """What a step's cost grows with."""

    batch_size: int = 10
    theta: NDArray[np.float64] = field(default_factory=lambda: np.zeros(30))


@dataclass
class FakeMachine:
    """Holds the trainer."""

    trainer: FakeTrainer = field(default_factory=FakeTrainer)


@dataclass
class FakeSession:
    """A session of 25 steps an epoch in which each step takes `cost` seconds. `slices`, `pictures` and `told` (frames
    with figures) say when what was done."""

    clock: Clock
    cost: float = 1e-4
    epochs_per_second: float | None = None
    steps_per_second: float | None = None
    phase: Phase = Phase.PAUSED
    step: int = 0
    version: int = 0
    recorded: int = 0
    steps_per_epoch: int = 25
    pending_steps: int | None = None
    slices: list[tuple[float, int]] = field(default_factory=list)
    pictures: list[tuple[float, int]] = field(default_factory=list)
    broken: bool = False
    frame_cost: float = 0.0
    machine: "FakeMachine" = field(default_factory=lambda: FakeMachine())
    view: View = field(default_factory=View)
    revision: int = 0
    data_revision: int = 0
    told: list[float] = field(default_factory=list)

    @property
    def epoch(self) -> int:
        return self.step // self.steps_per_epoch

    @property
    def steps_left_in_epoch(self) -> int:
        return self.steps_per_epoch - self.step % self.steps_per_epoch

    def greet(self) -> list[Event]:
        return []

    def handle(self, command: Any) -> list[Event]:
        assert not self.broken
        if command.type == "play":
            self.phase = Phase.PLAYING
        if command.type == "pause":
            self.phase = Phase.PAUSED
        if command.type == "set_speed":
            self.epochs_per_second = command.epochs_per_second
            self.steps_per_second = command.steps_per_second
        if command.type == "set_spec":
            self.machine.trainer.batch_size *= 10
        self.version += 1
        return [Ok(id=command.id)]

    def advance(self, steps: int) -> list[Event]:
        assert not self.broken
        self.slices.append((self.clock.now, steps))
        self.clock.now += steps * self.cost
        self.step += steps
        self.version += 1
        return []

    def snapshot(self) -> bytes:
        return b"snapshot"

    def frame(self, buffers: object, since: int, figures: bool = True) -> Frame:
        self.pictures.append((self.clock.now, self.step))
        if figures:
            self.told.append(self.clock.now)
        self.clock.now += self.frame_cost
        nothing = np.zeros(0)
        return Frame(
            revision=0,
            data_revision=0,
            step=self.step,
            epoch=self.epoch,
            now=Now(None, None, None, None, None, None, None, None),
            boundary=np.zeros((1, 1, 1), np.uint8),
            boundary_range=(0.0, 1.0),
            maps=np.zeros((0, 1, 1), np.uint8),
            map_ranges=np.zeros((0, 2), np.float32),
            theta=nothing,
            gradient=nothing,
            predictions=np.zeros((1, 0), np.float32),
            curve=np.zeros((0, 0), np.float32),
            centre=(0.0, 0.0),
            extent=6.0,
            probe_at=None,
            probe=np.zeros(0, np.float32),
            focus_unit=None,
            focus=np.zeros((0, 0), np.uint8),
            focus_range=None,
            figures=figures,
            metrics=None,
            cells=np.zeros(0, np.uint8),
            roc=np.zeros((2, 0, 2), np.float32),
            readings=None,
            curvature=None,
            health=np.zeros(0, np.float32),
            histograms=np.zeros((3, 0, 20), np.float32),
            histogram_ranges=np.zeros((3, 0, 2), np.float32),
            losses=np.zeros((0, 10)),
            update=np.zeros(0, np.float32),
            statistics=np.zeros(0),
            layer_norms=np.zeros((0, 1, 2)),
        )


class Desk:
    """A scheduler, the clock, and everything it has sent."""

    def __init__(self, frames_per_second: float = 10.0) -> None:
        self.clock = Clock()
        self.sent: list[Message] = []
        self.scheduler = Scheduler(self.sent.append, self.clock, frames_per_second)

    def ask(self, kind: Kind, session: int, viewer: int = 0, payload: str = "", sequence: int = 0) -> None:
        """Hand a request over."""
        self.scheduler.receive(Message(kind, session, viewer, sequence, payload.encode()))

    def command(self, session: int, text: str, sequence: int = 1, viewer: int = 1) -> None:
        """Hand a command over."""
        self.ask(Kind.COMMAND, session, viewer, text, sequence)

    def play(self, session: int) -> None:
        """Let a session play."""
        self.command(session, '{"type": "play", "id": 1}')

    def run(self, seconds: float, deaf: tuple[int, ...] = ()) -> None:
        """Work for so long; idle time passes at once. Viewers acknowledge frames as they come, save the `deaf`."""
        until = self.clock.now + seconds
        while self.clock.now < until:
            before = len(self.sent)
            wait = self.scheduler.work()
            for message in self.sent[before:]:
                if message.kind is Kind.FRAME and message.viewer not in deaf:
                    self.ask(Kind.CREDIT, message.session, message.viewer)
                    wait = 0.0
            if wait != 0.0:
                self.clock.now = min(until, self.clock.now + (seconds if wait is None else wait))

    def of(self, kind: Kind, session: int | None = None) -> list[Message]:
        """What was sent of a kind."""
        return [
            message for message in self.sent if message.kind is kind and session in (None, message.session)
        ]
