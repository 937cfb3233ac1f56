"""A session out of its story, in whatever process has one."""

from functools import partial
from json import loads

from app.data.tables import Shelf
from app.host.story import Story
from app.session.commands import parse_command
from app.session.session import Session
from app.spec import Experiment, SpecError
from app.wire.tables import decode_table


def reopened(story: Story) -> Session:
    """The session that `story` tells of. SpecError where its spec cannot be, ValueError where its snapshot is of
    another format."""
    shelf = Shelf()
    for name, table in story.tables.items():
        shelf.put(name, partial(decode_table, table.data, name))
    if story.is_snapshot:
        session = Session.restore(story.opening, shelf)
    else:
        session = Session.create(Experiment.parse(loads(story.opening)), shelf)
    for payload in story.commands:
        _carry_out(session, payload)
    return session


def _carry_out(session: Session, payload: bytes) -> None:
    """One that is refused has changed nothing, here as there."""
    try:
        command = parse_command(payload)
    except SpecError:
        return
    session.handle(command)
