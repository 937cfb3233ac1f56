"""Which session lives where, who hears of it, and who finds a place."""

import pytest

from app.host.link import Kind, Message
from app.host.supervisor import ServerFullError
from app.host.tally import Tally
from tests.unit.host.lines import OK, SPEC, Clock, Engine, Spectator, make

# -- placement ---------------------------------------------------------------------------------------------------


async def test_sessions_go_to_the_engine_that_has_fewest(engines: list[Engine]) -> None:
    supervisor = await make(3)
    keys = [supervisor.open(SPEC) for _ in range(7)]
    assert [len(engine.heard) for engine in engines[:3]] == [3, 2, 2]
    supervisor.close(keys[1])
    supervisor.close(keys[4])
    supervisor.open(SPEC)
    assert engines[1].heard[-1].kind is Kind.OPEN


async def test_keys_cannot_be_guessed_from_one_another(engines: list[Engine]) -> None:
    supervisor = await make()
    keys = {supervisor.open(SPEC) for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key) == 24 for key in keys)


async def test_the_spare_holds_no_session(engines: list[Engine]) -> None:
    supervisor = await make(2)
    for _ in range(6):
        supervisor.open(SPEC)
    assert len(engines) == 3
    assert engines[2].heard == []
    assert len(supervisor.engine_pids) == 2


async def test_what_dead_engines_have_done_still_counts(engines: list[Engine]) -> None:
    supervisor = await make(2)
    assert supervisor.tally == Tally(slices=2, steps=20, seconds=1.0)
    engines[0].die()
    assert supervisor.tally == Tally(slices=3, steps=30, seconds=1.5)
    engines[1].die()
    assert supervisor.tally == Tally(slices=3, steps=30, seconds=1.5)  # nobody is in its place yet


# -- reports -----------------------------------------------------------------------------------------------------


async def test_news_go_to_all_who_look_and_answers_and_frames_to_one(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    anna, bert = Spectator(), Spectator()
    first, second = supervisor.join(key, anna), supervisor.join(key, bert)
    engines[0].report(Kind.EVENT, 1, 0, payload=b"news")
    engines[0].report(Kind.EVENT, 1, second, payload=b"answer")
    engines[0].report(Kind.FRAME, 1, first, payload=b"picture")
    assert (anna.events, anna.frames) == ([b"news"], [b"picture"])
    assert (bert.events, bert.frames) == ([b"news", b"answer"], [])


async def test_what_was_on_its_way_to_a_viewer_that_left_does_not_reach_the_next(
    engines: list[Engine],
) -> None:
    """A page is loaded again: the answers and frames of the old one are not the new one's."""
    supervisor = await make()
    key = supervisor.open(SPEC)
    old = supervisor.join(key, Spectator())
    supervisor.leave(key, old)
    newcomer = Spectator()
    supervisor.join(key, newcomer)
    engines[0].report(Kind.EVENT, 1, old, payload=OK % 1)
    engines[0].report(Kind.FRAME, 1, old, payload=b"picture")
    assert (newcomer.events, newcomer.frames) == ([], [])


async def test_a_report_for_a_session_just_closed_falls_away(engines: list[Engine]) -> None:
    supervisor = await make()
    supervisor.close(supervisor.open(SPEC))
    for kind in (Kind.EVENT, Kind.FRAME, Kind.SNAPSHOT):
        engines[0].report(kind, 1, 1)
    assert supervisor.sessions == 0


async def test_leaving_and_acknowledging_after_the_end_is_nothing(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    supervisor.close(key)
    said = len(engines[0].heard)
    supervisor.credit(key, viewer)
    supervisor.leave(key, viewer)
    assert len(engines[0].heard) == said


# -- places ------------------------------------------------------------------------------------------------------


async def test_a_session_nobody_looks_at_is_forgotten_after_the_idle_time(
    engines: list[Engine], clock: Clock
) -> None:
    supervisor = await make(idle_seconds=60.0)
    deserted, watched = supervisor.open(SPEC), supervisor.open(SPEC)
    supervisor.join(watched, Spectator())
    viewer = supervisor.join(deserted, Spectator())
    clock.now += 100.0
    supervisor.leave(deserted, viewer)
    clock.now += 59.0
    supervisor.expire()
    assert supervisor.has(deserted)
    clock.now += 2.0
    supervisor.expire()
    assert not supervisor.has(deserted)
    assert supervisor.has(watched)
    assert engines[0].heard[-1] == Message(Kind.CLOSE, 1)


async def test_a_full_server_forgets_the_session_that_was_left_longest_ago(
    engines: list[Engine], clock: Clock
) -> None:
    supervisor = await make(max_sessions=3, idle_seconds=1000.0)
    keys = [supervisor.open(SPEC) for _ in range(3)]
    viewers = [supervisor.join(key, Spectator()) for key in keys]
    for index in (1, 0):
        clock.now += 1.0
        supervisor.leave(keys[index], viewers[index])
    newcomer = supervisor.open(SPEC)
    assert [supervisor.has(key) for key in keys] == [True, False, True]
    assert supervisor.has(newcomer)
    assert supervisor.sessions == 3


async def test_a_server_full_of_sessions_looked_at_begins_no_other(engines: list[Engine]) -> None:
    supervisor = await make(max_sessions=2)
    keys = [supervisor.open(SPEC) for _ in range(2)]
    for key in keys:
        supervisor.join(key, Spectator())
    with pytest.raises(ServerFullError):
        supervisor.open(SPEC)
    assert [supervisor.has(key) for key in keys] == [True, True]


async def test_stopping_ends_every_engine_and_the_spare(engines: list[Engine]) -> None:
    supervisor = await make(2)
    await supervisor.stop()
    assert [engine.alive for engine in engines] == [False, False, False]
