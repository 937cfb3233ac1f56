"""How sessions outlive their engines: nothing lost, nothing done twice, and nothing tried for ever."""

from app.host.engines import SHORT_LIFE, SHORT_LIVES
from app.host.link import Kind, Message
from tests.unit.host.lines import ERROR, OK, SPEC, Clock, Engine, Spectator, ask, make, turns


async def test_a_session_without_a_snapshot_is_begun_again_with_all_its_commands(
    engines: list[Engine],
) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    one, two = ask(supervisor, key, viewer, 1, 2)
    engines[0].die()
    assert engines[1].commands() == [("OPEN", 0, SPEC), ("COMMAND", 1, one), ("COMMAND", 2, two)]


async def test_a_session_is_rebuilt_from_snapshot_replays_commands_and_viewers_in_that_order(
    engines: list[Engine],
) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    anna, bert = supervisor.join(key, Spectator()), supervisor.join(key, Spectator())
    _, _, three, four = ask(supervisor, key, anna, 1, 2, 3, 4)
    for number in (1, 2, 3):
        engines[0].report(Kind.EVENT, 1, anna, number, OK % number)
    engines[0].report(Kind.SNAPSHOT, 1, 0, 2, b"saved")
    engines[0].die()
    assert engines[1].heard == [
        Message(Kind.RESTORE, 1, 0, 2, b"saved"),
        Message(Kind.REPLAY, 1, anna, 3, three),
        Message(Kind.COMMAND, 1, anna, 4, four),
        Message(Kind.JOIN, 1, anna),
        Message(Kind.JOIN, 1, bert),
    ]


async def test_a_snapshot_makes_the_journal_forget_what_it_holds(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    for number in range(1, 101):
        ask(supervisor, key, viewer, number)
        engines[0].report(Kind.EVENT, 1, viewer, number, OK % number)
    engines[0].report(Kind.SNAPSHOT, 1, 0, 100, b"saved")
    engines[0].die()
    assert engines[1].commands() == [("RESTORE", 100, b"saved")]


async def test_a_refused_command_is_not_carried_out_again(engines: list[Engine]) -> None:
    """It changed nothing, no snapshot ever follows it, and after the death it might no longer be refused."""
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    one, _, three = ask(supervisor, key, viewer, 1, 2, 3)
    engines[0].report(Kind.EVENT, 1, viewer, 1, OK % 1)
    engines[0].report(Kind.EVENT, 1, viewer, 2, ERROR % 2)
    engines[0].die()
    assert engines[1].commands() == [("OPEN", 0, SPEC), ("REPLAY", 1, one), ("COMMAND", 3, three)]


async def test_each_answer_reaches_whoever_asked_once(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    anna = Spectator()
    viewer = supervisor.join(key, anna)
    ask(supervisor, key, viewer, 1, 2)
    engines[0].report(Kind.EVENT, 1, viewer, 1, OK % 1)
    engines[0].die()
    for kind, sequence, _ in engines[1].commands():
        if kind == "COMMAND":
            engines[1].report(Kind.EVENT, 1, viewer, sequence, OK % sequence)
    assert anna.events == [OK % 1, OK % 2]


async def test_a_greeting_is_no_answer(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    (text,) = ask(supervisor, key, viewer, 1)
    engines[0].report(Kind.EVENT, 1, viewer, 0, b'{"type":"state"}')
    engines[0].die()
    assert engines[1].commands()[-1] == ("COMMAND", 1, text)


async def test_only_the_dead_engines_sessions_are_rebuilt(engines: list[Engine]) -> None:
    supervisor = await make(2)
    for _ in range(4):
        supervisor.open(SPEC)
    engines[1].die()
    assert [message.session for message in engines[2].heard] == [2, 4]
    assert len(engines[0].heard) == 2


async def test_who_left_or_was_closed_is_not_brought_back(engines: list[Engine]) -> None:
    supervisor = await make()
    gone, kept = supervisor.open(SPEC), supervisor.open(SPEC)
    supervisor.leave(kept, supervisor.join(kept, Spectator()))
    supervisor.close(gone)
    engines[0].die()
    assert engines[1].heard == [Message(Kind.OPEN, 2, payload=SPEC)]


async def test_the_spare_takes_over_at_once_and_another_spare_is_started(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    engines[0].die()
    assert [message.kind for message in engines[1].heard] == [Kind.OPEN]
    await turns()
    assert len(engines) == 3
    engines[1].die()
    assert [message.kind for message in engines[2].heard] == [Kind.OPEN]
    assert supervisor.has(key)


async def test_a_dead_spare_is_started_again(engines: list[Engine]) -> None:
    supervisor = await make()
    supervisor.open(SPEC)
    engines[1].die()
    await turns()
    assert len(engines) == 3
    engines[0].die()
    assert [message.kind for message in engines[2].heard] == [Kind.OPEN]


async def test_commands_given_while_no_engine_is_up_are_carried_out_when_one_is(
    engines: list[Engine],
) -> None:
    """Two engines die in the same moment, and there is one spare."""
    supervisor = await make(2)
    keys = [supervisor.open(SPEC), supervisor.open(SPEC)]
    viewers = [supervisor.join(key, Spectator()) for key in keys]
    engines[0].die()
    engines[1].die()
    (text,) = ask(supervisor, keys[1], viewers[1], 1)
    await turns()
    assert any(engine.commands()[-1:] == [("COMMAND", 1, text)] for engine in engines[3:])


async def test_sessions_that_their_engines_keep_dying_of_are_given_up(
    engines: list[Engine], clock: Clock
) -> None:
    """Whatever it is that they do, it must not go on for ever."""
    supervisor = await make(2)
    fatal, sound = supervisor.open(SPEC), supervisor.open(SPEC)
    viewer, other = Spectator(), Spectator()
    supervisor.join(fatal, viewer)
    supervisor.join(sound, other)
    for death in range(SHORT_LIVES):
        assert supervisor.has(fatal)
        clock.now += SHORT_LIFE / 2
        next(
            engine for engine in engines if engine.alive and engine.heard and engine.heard[0].session == 1
        ).die()
        await turns()
        assert viewer.closed == ([1011] if death == SHORT_LIVES - 1 else [])
    assert not supervisor.has(fatal)
    assert supervisor.has(sound)
    assert other.closed == []


async def test_only_the_session_that_was_worked_at_when_they_died_is_given_up(
    engines: list[Engine],
) -> None:
    """Once another was, by chance: twice of three times is enough."""
    supervisor = await make()
    keys = [supervisor.open(SPEC) for _ in range(3)]
    viewers = [Spectator() for _ in keys]
    for key, viewer in zip(keys, viewers, strict=True):
        supervisor.join(key, viewer)
    for at_work in (2, 3, 2):
        assert all(map(supervisor.has, keys))
        next(engine for engine in engines if engine.alive and engine.heard).die(at_work)
        await turns()
    assert [supervisor.has(key) for key in keys] == [True, False, True]
    assert [viewer.closed for viewer in viewers] == [[], [1011], []]
    told = next(engine for engine in engines if engine.alive and engine.heard).heard
    assert {message.session for message in told} == {1, 3}


async def test_a_second_that_engines_die_of_is_found_after_the_first(
    engines: list[Engine], clock: Clock
) -> None:
    supervisor = await make()
    keys = [supervisor.open(SPEC) for _ in range(3)]
    for at_work in (1, 1, 1, 3, 3, 3):
        clock.now += SHORT_LIFE / 2
        next(engine for engine in engines if engine.alive and engine.heard).die(at_work)
        await turns()
    assert [supervisor.has(key) for key in keys] == [False, True, False]


async def test_where_none_was_worked_at_twice_all_are_given_up(engines: list[Engine]) -> None:
    supervisor = await make()
    keys = [supervisor.open(SPEC) for _ in range(3)]
    for at_work in (1, 0, 3):
        next(engine for engine in engines if engine.alive and engine.heard).die(at_work)
        await turns()
    assert not any(map(supervisor.has, keys))


async def test_deaths_far_apart_give_nothing_up(engines: list[Engine], clock: Clock) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    for _ in range(3 * SHORT_LIVES):
        clock.now += SHORT_LIFE + 1.0
        next(engine for engine in engines if engine.alive and engine.heard).die()
        await turns()
    assert supervisor.has(key)


async def test_a_session_that_failed_is_let_go_and_its_viewers_are_told(engines: list[Engine]) -> None:
    supervisor = await make()
    key, other = supervisor.open(SPEC), supervisor.open(SPEC)
    viewers = Spectator(), Spectator()
    for viewer in viewers:
        supervisor.join(key, viewer)
    engines[0].report(Kind.FAILED, 1)
    assert [viewer.closed for viewer in viewers] == [[1011], [1011]]
    assert not supervisor.has(key)
    assert supervisor.has(other)


async def test_a_command_for_a_session_that_has_gone_is_nothing(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    viewer = supervisor.join(key, Spectator())
    supervisor.close(key)
    ask(supervisor, key, viewer, 1)
    assert engines[0].heard[-1].kind is Kind.CLOSE
