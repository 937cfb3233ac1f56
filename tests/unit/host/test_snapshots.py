"""When a session is saved: soon where something would be lost, seldom where nothing would be."""

from typing import cast

from app.host.hosted import LOOKS_EVERY, NEVER, SNAPSHOT_AT_ONCE, SNAPSHOT_EVERY, Hosted
from app.host.link import Kind
from app.session.events import Phase
from app.session.session import Session
from tests.unit.host.fakes import Clock, Desk, FakeSession

AT = 1000.0


def saved(**facts: object) -> tuple[Hosted, FakeSession]:
    """A session of which a snapshot was just made."""
    session = FakeSession(Clock())
    for name, value in facts.items():
        setattr(session, name, value)
    hosted = Hosted(cast(Session, session))
    hosted.saved(AT)
    return hosted, session


def test_what_has_not_changed_is_not_saved_again() -> None:
    hosted, _ = saved()
    assert hosted.snapshot_due() == NEVER


def test_training_is_saved_now_and_then() -> None:
    hosted, session = saved(phase=Phase.PLAYING)
    session.version += 1
    assert hosted.snapshot_due() == AT + SNAPSHOT_EVERY


def test_an_edit_of_points_waits_as_it_is_kept_by_itself() -> None:
    hosted, session = saved(phase=Phase.PLAYING)
    session.version, session.data_revision = 1, 1
    assert hosted.snapshot_due() == AT + SNAPSHOT_EVERY == AT + 0.8


def test_coming_to_rest_is_saved_at_once() -> None:
    hosted, session = saved(phase=Phase.PLAYING)
    session.version, session.phase = 1, Phase.PAUSED
    assert hosted.snapshot_due() == AT + SNAPSHOT_AT_ONCE == AT + 0.1
    hosted.saved(AT + 1)
    session.version = 2  # a setting, at rest
    assert hosted.snapshot_due() == AT + 1 + SNAPSHOT_EVERY


def test_where_only_the_pointer_has_moved_a_snapshot_can_wait() -> None:
    hosted, session = saved()
    for version in (1, 2):
        session.version = version
        hosted.looked(version - 1)
    assert hosted.snapshot_due() == AT + LOOKS_EVERY
    session.version = 3  # something else
    assert hosted.snapshot_due() == AT + SNAPSHOT_EVERY
    session.version = 4
    hosted.looked(3)
    assert hosted.snapshot_due() == AT + SNAPSHOT_EVERY


def test_a_snapshot_that_was_asked_for_carries_the_number_of_the_request() -> None:
    desk = Desk()
    desk.ask(Kind.OPEN, 1, payload="{}")
    desk.ask(Kind.SAVE, 1, 5)
    assert [message.viewer for message in desk.of(Kind.SNAPSHOT)] == [5]
