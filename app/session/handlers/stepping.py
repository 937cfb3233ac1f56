"""Handlers of the walk through one step."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.session import chain as products
from app.session import commands as ask
from app.session.events import Event, Ok
from app.session.handlers.common import Answer, need_points
from app.session.walk import Walk, arrive, begin, opened, take_step, told
from app.spec import SpecError

if TYPE_CHECKING:
    from app.session.session import Session


def walk(session: "Session", command: ask.Walk) -> Answer:
    """Go to a stop or a sample; opens the walk where none is open, into the next step where this one is over."""
    if command.by is None and command.stop is None and command.sample is None:
        return Ok(id=command.id), _close(session)
    need_points(session, "walk")
    now = session.walk
    if now is None:
        return _open(session, command)
    moved = _moved(now, command)
    if moved is not None:
        events = arrive(session, _chosen(moved, command))
        return Ok(id=command.id), [*events, told(session)]
    return _go_to_next(session, now, command)


def _close(session: "Session") -> list[Event]:
    session.pending_steps = None
    if session.walk is None:
        return []
    session.walk = None
    return [told(session)]


def _open(session: "Session", command: ask.Walk) -> Answer:
    """Before the next step; while playing, that is where training stands now."""
    fresh = begin(session)
    if fresh is None:
        return Ok(id=command.id), take_step(session)
    chosen = _chosen(fresh, command)
    session.pending_steps = session.until = None
    return Ok(id=command.id), [*arrive(session, chosen), *opened(session)]


def _go_to_next(session: "Session", now: Walk, command: ask.Walk) -> Answer:
    """The step of `now` is taken, if it has not been, and the next one is opened at its first stop."""
    if command.stop is not None or command.sample is not None:
        raise SpecError("the next step has samples of its own; allowed: by alone", ("by",), "not_allowed")
    events = [] if now.applied else arrive(session, replace(now, stop=now.last))
    if session.walk is not None:
        session.walk = begin(session)
        events += [] if session.walk else take_step(session)
    return Ok(id=command.id), [*events, *opened(session)]


def _moved(now: Walk, command: ask.Walk) -> Walk | None:
    """Where `by` leads within the step; None into the next one."""
    match command.by:
        case "phase":
            return replace(now, stop=now.stop + 1) if now.stop < now.last else None
        case "back":
            return replace(now, stop=max(0, now.stop - 1))
        case "sample":
            return replace(now, column=now.column + 1) if now.column + 1 < len(now.ids) else None
    return now


def _chosen(now: Walk, command: ask.Walk) -> Walk:
    """`now` with the stop and sample that are named."""
    if command.stop is not None:
        if command.stop > now.last:
            allowed = f"allowed: 0 to {now.last}"
            raise SpecError(f"there is no stop {command.stop}; {allowed}", ("stop",), "not_allowed")
        now = replace(now, stop=command.stop)
    if command.sample is not None:
        if command.sample not in now.ids:
            message = f"point {command.sample} is not in the batch of this step; allowed: those of the batch"
            raise SpecError(message, ("sample",), "unknown_point")
        now = replace(now, column=now.ids.index(command.sample))
    return now


def chain(session: "Session", command: ask.Chain) -> Answer:
    """A number of the step that is walked through, term by term."""
    now = session.walk
    if now is None:
        raise SpecError("cannot chain without an open walk; allowed: walk", (), "not_allowed")
    products.check_place(now.ledger, command)
    return Ok(id=command.id), [products.explain(now.ledger, command, now.ids, now.column)]
