"""Commands to a session as the page sends them, and what they lead to."""

import json
from collections.abc import Mapping
from typing import Any

from app.session import commands as ask
from app.session.events import Error, Event, Phase
from app.session.session import Session
from app.spec import SpecError

SLICE = 4096
"""Updates between two looks at the phase."""


def parsed(command: Mapping[str, Any]) -> ask.Command:
    """The command with those fields; SpecError with the path of the first thing wrong."""
    try:
        text = json.dumps({**command, "id": 0})
    except (TypeError, ValueError) as error:
        raise SpecError(f"that is not made of numbers, words, lists and objects: {error}") from error
    return ask.parse_command(text)


def carry_out(session: Session, command: ask.Command) -> list[Event]:
    """What follows `command`; SpecError where it is refused."""
    events = session.handle(command)
    if isinstance(refused := events[0], Error):
        raise SpecError(refused.message, refused.path, refused.code)
    return events


def run(session: Session, command: ask.Command) -> list[Event]:
    """The same, and all that training does until it stands."""
    events = carry_out(session, command)
    while session.phase is Phase.PLAYING:
        events += session.advance(SLICE)
    return events
