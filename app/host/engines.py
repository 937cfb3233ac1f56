"""The engines of a server, and a spare that takes the place of one that dies. Knows no sessions: it tells whoever
keeps them when an engine is new, and when one keeps dying, and at which of them it was at work."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine

import structlog

from app.host.lines import Deliver, Line, ProcessLine
from app.host.link import Message
from app.host.tally import Tally
from app.host.watch import LOOKS, Watchdog

log = structlog.get_logger()

SHORT_LIFE = 5.0
"""Seconds; an engine that dies sooner after it was given sessions has perhaps met what the one before it died of."""
SHORT_LIVES = 3
"""So many in a row, and its sessions are thought to be the cause."""
SUSPECTED = 2
"""In so many of these the engine was at work at a session, and that one alone is thought to be: at another it may have
been by chance."""
AT_ONCE = 2.0
"""Seconds; an engine that dies sooner after its start has perhaps never come up at all."""
PROMPT_STARTS = 3
"""So many deaths of that kind in a row are made good at once; from then on engines are started after a pause."""
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0
"""Seconds; each pause is twice the one before."""

Place = Callable[[int], None]
Hopeless = Callable[[int, frozenset[int]], None]
"""`(engine, sessions)`: the numbers of those that it keeps dying of; none where it cannot be said which they are."""
pause = rest = asyncio.sleep


class Engines:
    """`count` engine processes, numbered from 0; with 0, one engine inside this process. One that answers nothing for
    `patience` seconds is killed. `replaced` is called when another engine stands in a place and knows nothing yet,
    `hopeless` before that when it is the third in a row to die young there."""

    def __init__(
        self,
        count: int,
        frames_per_second: float,
        patience: float,
        deliver: Deliver,
        replaced: Place,
        hopeless: Hopeless,
    ) -> None:
        self._fps, self._patience, self._deliver = frames_per_second, patience, deliver
        self._replaced, self._hopeless = replaced, hopeless
        self._inline = count == 0
        self._lines: list[Line] = [self._new_line() for _ in range(max(1, count))]
        self._spare: Line | None = None
        self._since = [time.monotonic()] * len(self._lines)
        self._short_lives: list[list[int]] = [[] for _ in self._lines]
        """At which session each that died young in a row was at work."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._started: dict[Line, float] = {}
        self._dead_at_once = 0
        self._watchdog, self._hung = Watchdog[ProcessLine](), set[Line]()
        self._before = Tally()

    def __len__(self) -> int:
        return len(self._lines)

    def _new_line(self) -> Line:
        if self._inline:
            from app.host.inline import InlineLine  # only here does the web process run an engine itself

            return InlineLine(self._deliver, self._fps)
        return ProcessLine(self._deliver, self._died, self._fps)

    @property
    def pids(self) -> list[int]:
        """The ids of the engine processes that hold sessions; none when inline."""
        return [line.pid for line in self._lines if isinstance(line, ProcessLine)]

    @property
    def tally(self) -> Tally:
        """What all engines have done, those that have died as far as they have said."""
        return sum((line.tally for line in self._lines), self._before)

    async def start(self) -> None:
        """Bring the engines up, and a spare for when one dies: starting it only then would take most of a second."""
        for line in self._lines:
            await self._bring_up(line)
        if not self._inline:
            await self._start_spare()
            self._later(self._watch())

    async def stop(self) -> None:
        """End the engines."""
        for task in self._tasks:
            task.cancel()
        spare = [self._spare] if self._spare else []
        await asyncio.gather(*(line.stop() for line in [*self._lines, *spare]))

    def send(self, engine: int, message: Message) -> None:
        """Hand a request over. One to a dead engine is lost; `replaced` is the moment to tell it again."""
        self._lines[engine].send(message)

    async def _bring_up(self, line: Line) -> Line:
        self._started[line] = time.monotonic()
        await line.start()
        return line

    async def _another(self) -> Line:
        """A new engine. Where engines die as soon as they start, it is not started in a hot loop."""
        if (late := self._dead_at_once - PROMPT_STARTS) > 0:
            seconds = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (late - 1))
            log.error("engines die as soon as they start; the next one waits", seconds=seconds)
            await pause(seconds)
        return await self._bring_up(self._new_line())

    async def _start_spare(self) -> None:
        self._spare = await self._another()

    def _died(self, line: ProcessLine) -> None:
        """The spare takes a dead engine's place, and another spare is started."""
        lived = time.monotonic() - (self._patience if line in self._hung else 0.0)
        self._hung.discard(line)
        self._before, line.tally = self._before + line.tally, Tally()
        at_once = lived - self._started.pop(line) < AT_ONCE
        self._dead_at_once = self._dead_at_once + 1 if at_once else 0
        if line is self._spare:
            self._spare = None
            self._later(self._start_spare())
            return
        engine = self._lines.index(line)
        self._judge(engine, line.at_work, young=lived - self._since[engine] < SHORT_LIFE)
        if self._spare is not None:
            log.warning("an engine died; the spare takes its sessions")
            spare, self._spare = self._spare, None
            self._put(engine, spare)
            self._later(self._start_spare())
        else:
            log.warning("an engine died; another is started for its sessions")
            self._later(self._start_in_place(engine))

    async def _watch(self) -> None:
        """Kill engines that hang: their sessions go on in others, as those of any engine that dies."""
        while True:
            await rest(self._patience / LOOKS)
            alive = [line for line in self._started if isinstance(line, ProcessLine)]
            for line in self._watchdog.look(alive):
                log.error("an engine hangs and is killed", seconds=self._patience)
                self._hung.add(line)
                line.kill()

    def _judge(self, engine: int, session: int, young: bool) -> None:
        lives = self._short_lives[engine] = [*(self._short_lives[engine] if young else []), session]
        self._short_lives[engine] = lives
        if len(lives) >= SHORT_LIVES:
            times = Counter(number for number in lives if number)
            guilty = frozenset(number for number in times if times[number] >= SUSPECTED)
            told = len(guilty) or "all"
            log.error("engines keep dying of the same sessions, which are given up", sessions=told)
            self._hopeless(engine, guilty)
            self._short_lives[engine] = []

    async def _start_in_place(self, engine: int) -> None:
        self._put(engine, await self._another())

    def _put(self, engine: int, line: Line) -> None:
        self._lines[engine], self._since[engine] = line, time.monotonic()
        self._replaced(engine)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
