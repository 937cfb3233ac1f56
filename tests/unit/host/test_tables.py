"""Tables that a session was given: kept by the web process, told to each engine of the session, found there."""

import numpy as np
import pytest

from app.data.tables import BUNDLED, Shelf, Table
from app.host import scheduler as scheduling
from app.host.kept_tables import KeptTable, KeptTables, NoRoomError, named_table, table_payload
from app.host.link import Kind, Message
from app.spec import BOUNDS
from app.wire.tables import encode_table, table_name
from tests.unit.host.fakes import Desk, FakeSession
from tests.unit.host.lines import SPEC, Engine, ask, make

IRIS = encode_table(BUNDLED.get("iris"))
NAME = table_name(IRIS)


def kept(size: int = 100) -> KeptTable:
    return KeptTable(bytes(size), b"{}", 1)


def name(number: int) -> str:
    return f"t-{number:016x}"


def use(tables: KeptTables, number: int) -> None:
    tables.note_use(b'{"spec": {"data": {"table": {"name": "%s"}}}}' % name(number).encode())


# -- keeping -----------------------------------------------------------------------------------------------------


def test_a_table_no_command_has_named_makes_room() -> None:
    tables = KeptTables()
    for number in range(BOUNDS.uploads):
        assert tables.put(name(number), kept(), 10**9) == []
    use(tables, 0)
    assert tables.put(name(9), kept(), 10**9) == [name(1)]
    assert tables.get(name(0)) is not None
    assert tables.get(name(1)) is None


def test_tables_in_use_are_refused_company_with_words() -> None:
    tables = KeptTables()
    for number in range(BOUNDS.uploads):
        tables.put(name(number), kept(1_000_000), 10**9)
        use(tables, number)
    with pytest.raises(NoRoomError) as caught:
        tables.put(name(9), kept(), 10**9)
    assert str(caught.value) == (
        "this session uses 4 tables of 4.0 MB; allowed with the new one: 4 of 40 MB together. "
        "Begin a new session for more"
    )
    assert tables.put(name(1), kept(), 10**9) == []


def test_bytes_are_bounded_for_a_session_and_for_the_server() -> None:
    tables = KeptTables()
    tables.put(name(0), kept(BOUNDS.uploads_bytes - 10), 10**9)
    assert tables.put(name(1), kept(), 10**9) == [name(0)]
    assert tables.size == 100
    with pytest.raises(NoRoomError, match="the server has no room for more tables"):
        tables.put(name(2), kept(), 99)
    assert tables.size == 100


async def test_the_server_s_bound_counts_all_sessions(engines: list[Engine]) -> None:
    supervisor = await make(tables_bytes=250)
    first, second = supervisor.open(SPEC), supervisor.open(SPEC)
    supervisor.keep_table(first, name(1), kept())
    supervisor.keep_table(first, name(1), kept())
    supervisor.keep_table(second, name(2), kept())
    with pytest.raises(NoRoomError):
        supervisor.keep_table(second, name(3), kept())
    supervisor.close(first)
    supervisor.keep_table(second, name(3), kept())
    with pytest.raises(KeyError):
        supervisor.keep_table(first, name(1), kept())
    assert supervisor.table(second, name(3)) == kept()
    assert supervisor.table(second, name(1)) is None
    assert supervisor.table(first, name(1)) is None


# -- telling -----------------------------------------------------------------------------------------------------


async def test_a_new_engine_is_told_the_tables_before_the_session(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    supervisor.keep_table(key, NAME, KeptTable(IRIS, b"{}", 150))
    ask(supervisor, key, 1, 1)
    engines[0].report(Kind.SNAPSHOT, 1, 0, 0, b"snapshot")
    engines[0].die()
    spare = engines[1]
    assert [message.kind for message in spare.heard] == [Kind.TABLE, Kind.RESTORE, Kind.COMMAND]
    assert named_table(spare.heard[0].payload) == (NAME, IRIS)


async def test_a_table_that_made_room_is_dropped_by_the_engine(engines: list[Engine]) -> None:
    supervisor = await make()
    key = supervisor.open(SPEC)
    for number in range(BOUNDS.uploads + 1):
        supervisor.keep_table(key, name(number), kept())
    assert [m.payload.decode() for m in engines[0].heard if m.kind is Kind.DROP] == [name(0)]


# -- finding -----------------------------------------------------------------------------------------------------


def hosting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Shelf]:
    """The shelves that sessions are opened with."""
    shelves: list[Shelf] = []

    def opener(payload: bytes, shelf: Shelf) -> FakeSession:
        shelves.append(shelf)
        return FakeSession(desk.clock)

    monkeypatch.setitem(scheduling.OPENERS, Kind.OPEN, opener)
    return shelves


def tell(desk: Desk, session: int) -> None:
    desk.scheduler.receive(Message(Kind.TABLE, session, payload=table_payload(NAME, IRIS)))


def found(shelf: Shelf) -> Table:
    return shelf.get(NAME)


def test_a_session_finds_tables_told_before_and_after_its_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    shelves = hosting(desk, monkeypatch)
    tell(desk, 1)
    desk.ask(Kind.OPEN, 1)
    desk.ask(Kind.OPEN, 2)
    np.testing.assert_array_equal(found(shelves[0]).columns[0].values, BUNDLED.get("iris").columns[0].values)
    with pytest.raises(KeyError):
        found(shelves[1])
    tell(desk, 2)
    assert found(shelves[1]).name == NAME


def test_a_closed_session_s_tables_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    shelves = hosting(desk, monkeypatch)
    for kind in (Kind.OPEN, Kind.CLOSE, Kind.OPEN):
        desk.ask(kind, 1)
        if kind is Kind.OPEN and len(shelves) == 1:
            tell(desk, 1)
    with pytest.raises(KeyError):
        found(shelves[1])


def test_a_dropped_table_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    shelves = hosting(desk, monkeypatch)
    desk.ask(Kind.OPEN, 1)
    tell(desk, 1)
    desk.ask(Kind.DROP, 1, payload=NAME)
    with pytest.raises(KeyError):
        found(shelves[0])
